"""`ocop import map FILE` says once which column of an unknown sheet is what; `ocop import mapping` keeps what was said."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from commands.door import opened
from commands.mapping_asked import asked
from commands.mapping_shown import options, show_sheet, tell_saved
from commands.speak import JsonOption, console, errors, print_json, print_rows, say
from connectors.mapped.days import Days
from connectors.mapped.mapping import Mapping
from connectors.mapped.numbers import Numbers
from connectors.mapped.survey import Survey
from jobs.app import JobError
from jobs.mapping_drafts import Wishes, drafted, look_at, suggestion
from jobs.mappings import delete_mapping, mapping_named, mappings, parse_mapping, save_mapping

app = typer.Typer(no_args_is_help=True, help="Cách đọc đã lưu cho tệp riêng · saved mappings of your own sheets")
LISTED = ("name", "marketplace", "columns", "numbers", "days", "producer")
FilePath = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="Tệp chưa nhận ra · a sheet")
]


def map_file(  # noqa: PLR0913 - the command's own options
    file: FilePath,
    name: Annotated[str | None, typer.Option(help="Lưu dưới tên này · save under this name")] = None,
    marketplace: Annotated[
        str | None, typer.Option(help="Tệp là đơn hàng của sàn này · orders of this marketplace")
    ] = None,
    column: Annotated[list[str] | None, typer.Option(help="TRƯỜNG=CỘT, lặp lại được · TARGET=HEADING")] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(help="Cột tiền cố ý không đọc · money left out on purpose")
    ] = None,
    numbers: Annotated[Numbers | None, typer.Option(help="Số viết thế nào · how numbers are written")] = None,
    days: Annotated[Days | None, typer.Option(help="Ngày viết thế nào · how days are written")] = None,
    status: Annotated[list[str] | None, typer.Option(help="CHỮ=NGHĨA, lặp lại được · WORD=MEANING")] = None,
    producer: Annotated[str | None, typer.Option(help="Mã chủ thể của cả tệp · whose sales all rows are")] = None,
    sheet: Annotated[str | None, typer.Option(help="Trang tính · the sheet")] = None,
    row: Annotated[int | None, typer.Option(help="Dòng tiêu đề · the row of headings")] = None,
    replace: Annotated[bool, typer.Option(help="Sửa cách đọc cùng tên · change the one of that name")] = False,
    as_json: JsonOption = False,
) -> None:
    """Chỉ một lần cột nào là gì; lần sau tệp cùng cột tự được đọc · map a sheet's columns once."""
    wishes = Wishes(
        marketplace, dict(_pairs(column)), tuple(ignore or ()), numbers, days, dict(_pairs(status)), producer, sheet, row,
        again=name if replace else None,
    )  # fmt: skip
    with opened() as ocop:
        seen = look_at(file, wishes)
        if name is not None:
            mapping = drafted(ocop, seen, name, wishes)
            _refuse_unknown_words(seen, mapping)
        else:
            mapping = suggestion(ocop, seen, wishes)
            show_sheet(file, seen, mapping, as_json=as_json)
            if as_json or not (errors.is_terminal and console.is_terminal):
                return
            mapping = asked(seen, mapping)
        save_mapping(ocop, mapping, replace=replace)
    tell_saved(file, mapping, as_json=as_json)


@app.command("list")
def list_mappings(as_json: JsonOption = False) -> None:
    """Các cách đọc đã lưu · saved mappings."""
    with opened() as ocop:
        found = mappings(ocop)
    rows = [one.model_dump(mode="json") | {"columns": len(one.columns)} for one in found]
    print_json([one.model_dump(mode="json") for one in found]) if as_json else print_rows(LISTED, rows)


@app.command()
def show(name: str, as_json: JsonOption = False) -> None:
    """Cột nào là gì trong một cách đọc · what a mapping says."""
    with opened() as ocop:
        mapping = mapping_named(ocop, name)
    if as_json:
        print_json(mapping.model_dump(mode="json"))
        return
    print_rows(("target", "heading"), [{"target": key, "heading": value} for key, value in mapping.columns.items()])
    for said, state in mapping.statuses.items():
        console.print(f"{said} = {state}", markup=False)
    console.print(
        shlex.join(["ocop", "import", "map", say("TỆP", "FILE"), *options(mapping)]), markup=False, soft_wrap=True
    )


@app.command()
def delete(name: str, as_json: JsonOption = False) -> None:
    """Bỏ một cách đọc; những gì đã nhập vẫn còn · forget a mapping, keep what was imported."""
    with opened() as ocop:
        delete_mapping(ocop, name)
    if as_json:
        print_json({"deleted": name})
    else:
        console.print(say(f"Đã bỏ cách đọc «{name}».", f"Mapping {name!r} is gone."), markup=False)


@app.command("export")
def export_mapping(
    name: str, file: Annotated[Path, typer.Argument(dir_okay=False)], as_json: JsonOption = False
) -> None:
    """Ghi cách đọc ra tệp JSON cho nơi khác dùng · write it as a JSON file."""
    with opened() as ocop:
        said = mapping_named(ocop, name).model_dump_json(indent=2)
        try:
            file.write_text(said + "\n", encoding="utf-8")
        except OSError as err:
            raise JobError(
                say(f"Không ghi được {file}: {err.strerror}.", f"{file} cannot be written: {err.strerror}.")
            ) from None
    print_json({"file": str(file)}) if as_json else console.print(str(file), markup=False)


@app.command("import")
def import_mapping(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    replace: Annotated[bool, typer.Option(help="Thay cách đọc cùng tên · replace the one of that name")] = False,
    as_json: JsonOption = False,
) -> None:
    """Lấy cách đọc từ tệp JSON · take a mapping from a JSON file."""
    with opened() as ocop:
        mapping = parse_mapping(file.read_text(encoding="utf-8", errors="replace"))
        save_mapping(ocop, mapping, replace=replace)
    tell_saved(None, mapping, as_json=as_json)


def _pairs(said: Sequence[str] | None) -> Iterator[tuple[str, str]]:
    for one in said or ():
        name, given, value = one.partition("=")
        if not given or not name.strip() or not value.strip():
            raise typer.BadParameter(say(f"«{one}» phải ghi như TÊN=GIÁ TRỊ.", f"{one!r} must read NAME=VALUE."))
        yield name.strip(), value.strip()


def _refuse_unknown_words(seen: Survey, mapping: Mapping) -> None:
    """Better now than at the first import: every word of the status column needs its meaning."""
    if heading := mapping.columns.get("status"):
        words = [word for word in seen.statuses(heading) if word not in mapping.statuses]
        if words:
            options = " ".join(f'--status "{word}=…"' for word in words)
            raise JobError(f"Chưa nói các trạng thái này là gì ({', '.join(mapping.meanings)}): {options}")
