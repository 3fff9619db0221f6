"""`ocop report`: the tables, for eyes and for files."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analysis.headings import heading
from analysis.page import to_html
from analysis.report import Maker, Period, Report
from analysis.reports import REPORTS, with_fee_table
from analysis.rollup.build import refresh
from analysis.writers import to_csv, to_json
from analysis.xlsx import to_xlsx
from catalog.fees import FeeTableError, read_fee_rules
from commands.door import opened
from commands.speak import JsonOption, console, print_json, print_rows, say
from jobs.app import JobError


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"


TEXTS = {Format.JSON: to_json, Format.CSV: to_csv, Format.HTML: to_html}


def report(  # noqa: PLR0913 - a command has as many options as it has
    name: Annotated[str | None, typer.Argument(help="Bỏ trống để xem danh sách · leave out to list them")] = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d", "%d/%m/%Y"])] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d", "%d/%m/%Y"])] = None,
    by: Annotated[str, typer.Option(help="Các khoá, cách nhau bằng dấu phẩy · keys, comma separated")] = "",
    form: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    output: Annotated[Path | None, typer.Option("-o", "--output", dir_okay=False)] = None,
    fees: Annotated[
        Path | None,
        typer.Option("--fees", exists=True, dir_okay=False, help="Bảng phí của văn phòng · an own fee table"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Bảng doanh thu và các báo cáo khác · revenue and the other reports."""
    if name is None:
        _list(as_json)
        return
    with opened() as ocop:
        if name not in REPORTS:
            raise JobError(
                say(
                    f"Không có báo cáo «{name}». Các báo cáo: {', '.join(REPORTS)}.",
                    f"No report {name!r}. The reports: {', '.join(REPORTS)}.",
                )
            )
        period = Period(*_days(ocop.today(), first, last), zone=ocop.zone)
        make = _maker(name, fees)
        with ocop.database.write() as session:
            refresh(session, ocop.zone)
        with ocop.database.session() as session:
            made = make(session, period, [key.strip() for key in by.split(",") if key.strip()])
        try:
            _give(made, Format.JSON if as_json else form, output)
        except OSError as err:
            raise JobError(
                say(f"Không ghi được {output}: {err.strerror}.", f"{output} cannot be written: {err.strerror}.")
            ) from None


def _maker(name: str, fees: Path | None) -> Maker:
    if fees is None:
        return REPORTS[name].make
    try:
        return with_fee_table(name, read_fee_rules(fees))
    except FeeTableError as err:
        raise JobError(str(err)) from None


def _days(today: date, first: datetime | None, last: datetime | None) -> tuple[date, date]:
    """The month so far, unless said otherwise."""
    end = last.date() if last else today
    return (first.date() if first else end.replace(day=1)), end


def _list(as_json: bool) -> None:
    rows = [{"report": name, "about": say(offered.about_vi, offered.about_en)} for name, offered in REPORTS.items()]
    print_json({"reports": rows}) if as_json else print_rows(("report", "about"), rows)


def _give(made: Report, form: Format, output: Path | None) -> None:
    match form:
        case Format.XLSX:
            if output is None:
                raise JobError(
                    say("Bảng xlsx cần tên tệp: thêm -o TÊN.xlsx.", "An xlsx needs a file name: add -o NAME.xlsx.")
                )
            to_xlsx(made, output)
        case Format.TABLE:
            _print_table(made)
        case Format.JSON | Format.CSV | Format.HTML:
            text = TEXTS[form](made)
            _write(output, text) if output else typer.echo(text, nl=not text.endswith("\n"))
    if output:
        console.print(say(f"Đã ghi {output}.", f"Wrote {output}."), markup=False)


def _write(output: Path, text: str) -> None:
    output.write_text(text, encoding="utf-8", newline="")


def _print_table(made: Report) -> None:
    days = made.period.as_dict()
    print_rows(
        made.columns,
        made.rows,
        f"{made.name} · {days['from']} → {days['to']} · {say('giai đoạn', 'stage')}: {made.stage}",
        heading=lambda name: say(heading(name), name),
    )
    for note in made.notes:
        console.print(note, markup=False)
    for oddity in made.oddities:
        console.print(f"! {oddity}", markup=False)
    if made.coverage.get("complete") is False:
        console.print(
            say(
                "Chưa đọc hết đơn hàng của khoảng này: số có thể còn tăng.",
                "Orders of this period are not all read yet.",
            )
        )
