"""A report as one printable page of HTML: nothing is fetched, nothing runs, every text is escaped."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, Template

from analysis.headings import heading, shown_stage, source, title
from analysis.report import Report, Row

UNKNOWN = "–"
NOTHING_THERE = "Cột tiền không có số nào thì không in."
MOMENTS = {"as_of", "orders_read_until"}
Cell = tuple[str, bool]  # the text, and whether it is a figure


def to_html(report: Report) -> str:
    """A4 landscape when printed. Money has totals: one a stage where rows have stages, for stages are not added together."""
    columns = _shown(report)
    period, stage = report.period, "" if report.stage in {"by row", "none"} else shown_stage(report.stage)
    return _template().render(
        title=title(report.name),
        first=f"{period.first:%d/%m/%Y}",
        last=f"{period.last:%d/%m/%Y}",
        stage=stage,
        about=[("Nguồn", source(report.name)), *_about(report)],
        headings=[heading(column) for column in columns],
        rows=[[_cell(column, row[column]) for column in columns] for row in report.rows],
        totals=list(_totals(report, columns)),
        oddities=report.oddities,
        notes=[*report.notes, *([NOTHING_THERE] if len(columns) < len(report.columns) else [])],
    )


@cache
def _template() -> Template:
    return Environment(loader=PackageLoader("analysis"), autoescape=True).get_template("report.html")


def _about(report: Report) -> Iterator[tuple[str, str]]:
    for name, value in report.coverage.items():
        if isinstance(value, dict):
            told = "; ".join(f"{heading(str(key))}: {_cell(name, one)[0]}" for key, one in value.items())
            yield heading(name), told or UNKNOWN
        else:
            yield heading(name), _cell(name, value)[0]


def _cell(column: str, value: object) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _figure(column, value), True
    return _words(column, value), False


def _figure(column: str, value: float) -> str:
    if isinstance(value, float):
        return (f"{value:.1%}" if column.endswith("_share") else f"{value:,.4g}").replace(".", ",")
    return str(value) if column in {"day", "month", "stars", "star"} else f"{value:,}".replace(",", ".")


def _words(column: str, value: object) -> str:
    if value is None:
        return UNKNOWN
    if column == "stage":
        return shown_stage(value)
    if column in MOMENTS:
        return f"{datetime.fromisoformat(str(value)):%d/%m/%Y %H:%M}"
    return {True: "có", False: "không"}[value] if isinstance(value, bool) else str(value)


def _shown(report: Report) -> list[str]:
    """All columns but amounts of which no row has any: a page is narrow."""
    return [
        column
        for column in report.columns
        if not _is_money(column) or not report.rows or any(row[column] != 0 for row in report.rows)
    ]


def _is_money(column: str) -> bool:
    return column.endswith("_vnd") or ":" in column


def _totals(report: Report, columns: Sequence[str]) -> Iterator[list[Cell]]:
    money = [column for column in columns if _is_money(column)]
    groups: dict[object, list[Row]] = defaultdict(list)
    for row in report.rows:
        groups[row.get("stage")].append(row)
    for stage, rows in groups.items() if money else ():
        known = {column: [row[column] for row in rows if row[column] is not None] for column in money}
        total: dict[str, object] = {column: sum(int(str(one)) for one in amounts) for column, amounts in known.items()}
        total |= {"stage": stage, columns[0]: "Cộng"}
        yield [_cell(column, total[column]) if column in total else ("", False) for column in columns]
