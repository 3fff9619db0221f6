"""`ocop catalog`: the office's register in, its faults named, its template out."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from catalog.workbook import write_template
from commands import category_map
from commands.door import fail, foreseen, opened
from commands.speak import JsonOption, console, print_json, print_rows, say
from jobs.register import import_register
from jobs.standing import standing
from settings import load_settings

app = typer.Typer(no_args_is_help=True, help="Sổ đăng ký sản phẩm OCOP · the office's register")
app.add_typer(category_map.app, name="map")
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


@app.command("import")
def import_file(
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ kiểm tra, không ghi · check only")] = False,
    all_or_nothing: Annotated[
        bool, typer.Option("--all-or-nothing", help="Có lỗi thì không ghi gì · any fault stores nothing")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Nhập sổ đăng ký (xlsx, csv); mọi ô sai được nêu tên · read the workbook, naming every bad cell."""
    with opened() as ocop:
        report: dict[str, Any] = dict(import_register(ocop, file, dry_run=dry_run, all_or_nothing=all_or_nothing))
    _print_import(report, as_json)
    if report["rejected"] and (all_or_nothing or not report["created"] + report["updated"] + report["unchanged"]):
        raise typer.Exit(1)


def _print_import(report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(report)
        return
    stored = say("đã ghi", "stored") if report["stored"] else say("CHƯA ghi gì", "NOTHING stored")
    console.print(
        say(
            f"{report['rows']} dòng: {report['created']} sản phẩm mới, {report['updated']} đổi, {report['unchanged']} giữ nguyên ({stored}).",
            f"{report['rows']} rows: {report['created']} products new, {report['updated']} changed, {report['unchanged']} the same ({stored}).",
        ),
    )
    if report["ignored_columns"]:
        console.print(
            say("Cột không dùng tới: ", "Columns not used: ") + ", ".join(report["ignored_columns"]), markup=False
        )
    if report["rejected"]:
        print_rows(("sheet", "row", "column", "value", "reason"), report["rejected"], say("Ô cần sửa", "Cells to mend"))


@app.command()
def check(as_json: JsonOption = False) -> None:
    """Sản phẩm nào chưa bán được trực tuyến và vì sao · what cannot be sold online yet, and why."""
    with opened() as ocop:
        rows = standing(ocop)
    if as_json:
        print_json({"products": rows})
        return
    blocked = [row for row in rows if row["blockers"]]
    print_rows(("code", "name", "blockers"), [{**row, "blockers": "\n".join(row["blockers"])} for row in blocked])
    console.print(
        say(
            f"{len(rows) - len(blocked)} / {len(rows)} sản phẩm bán được.",
            f"{len(rows) - len(blocked)} of {len(rows)} products can be sold.",
        )
    )


@app.command()
def template(file: Annotated[Path, typer.Argument(dir_okay=False)]) -> None:
    """Ghi tệp mẫu có hướng dẫn · write a template with explanations."""
    with foreseen():
        if file.suffix.lower() != ".xlsx":
            fail(say("Tên tệp mẫu phải kết thúc bằng .xlsx.", "The template's name must end in .xlsx."))
        write_template(file, datetime.now(UTC).astimezone(ZoneInfo(load_settings().timezone)).date())
    console.print(say(f"Đã ghi {file}.", f"Wrote {file}."), markup=False)
