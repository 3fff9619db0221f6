"""`ocop catalog map`: where each sub-group is listed on each marketplace, and the office's answers to what is asked there."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from commands.door import opened
from commands.speak import JsonOption, console, print_json, print_rows, say
from jobs.app import JobError
from jobs.category_map import CATEGORY, COLUMNS, Entry, known_entries, read_sheet, set_entries, sheet, write_sheet

app = typer.Typer(
    no_args_is_help=True, help="Ngành hàng và thuộc tính theo sàn · categories and attributes by marketplace"
)


@app.command("list")
def list_entries(as_json: JsonOption = False) -> None:
    """Những gì đã chọn, đã khai hoặc sàn đang hỏi · everything chosen, answered or asked."""
    with opened() as ocop:
        rows = [entry.model_dump() for entry in known_entries(ocop)]
    print_json({"entries": rows}) if as_json else print_rows(COLUMNS, rows)


@app.command("set")
def set_entry(
    marketplace: str,
    sub_group: Annotated[str, typer.Argument(help="food/tea, …")],
    category: Annotated[
        str | None,
        typer.Option(help="Mã ngành hàng của sàn; rỗng là bỏ chọn · the marketplace's id; empty takes it back"),
    ] = None,
    attribute: Annotated[
        list[str] | None, typer.Option(help="TÊN=GIÁ TRỊ, dùng được nhiều lần · NAME=VALUE, may be repeated")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Chọn ngành hàng, khai thuộc tính cho một phân nhóm · choose a category, answer attributes."""
    with opened() as ocop:
        fields = [*([(CATEGORY, category)] if category is not None else []), *map(_split, attribute or ())]
        if not fields:
            raise JobError(say("Cần --category hoặc --attribute.", "Give --category or --attribute."))
        entries = [
            Entry(marketplace=marketplace, sub_group=sub_group, field=name, value=value) for name, value in fields
        ]
        _tell(set_entries(ocop, entries), entries, as_json)


@app.command("export")
def export_sheet(file: Annotated[Path, typer.Argument(dir_okay=False)], as_json: JsonOption = False) -> None:
    """Ghi ra tệp CSV để sửa · write a CSV to edit."""
    with opened() as ocop:
        entries = sheet(ocop)
        try:
            write_sheet(file, entries)
        except OSError as err:
            raise JobError(
                say(f"Không ghi được {file}: {err.strerror}.", f"{file} cannot be written: {err.strerror}.")
            ) from None
    if as_json:
        print_json({"file": str(file), "entries": len(entries)})
    else:
        console.print(
            say(f"Đã ghi {len(entries)} dòng vào {file}.", f"Wrote {len(entries)} lines to {file}."), markup=False
        )


@app.command("import")
def import_sheet(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)], as_json: JsonOption = False
) -> None:
    """Nhập tệp CSV đã sửa; sai một dòng thì không ghi gì · read it back; one wrong line stores nothing."""
    with opened() as ocop:
        entries = read_sheet(file)
        _tell(set_entries(ocop, entries), entries, as_json)


def _split(text: str) -> tuple[str, str]:
    name, given, value = text.partition("=")
    if not given or not name.strip():
        raise JobError(say(f"«{text}» phải ghi như TÊN=GIÁ TRỊ.", f"{text!r} must read NAME=VALUE."))
    return name.strip(), value.strip()


def _tell(changed: int, entries: Sequence[Entry], as_json: bool) -> None:
    if as_json:
        print_json({"changed": changed, "unchanged": len(entries) - changed})
        return
    console.print(
        say(
            f"{changed} dòng mới, {len(entries) - changed} dòng giữ nguyên. Xem `ocop plan`.",
            f"{changed} new, {len(entries) - changed} the same. See `ocop plan`.",
        )
    )
