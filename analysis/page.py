"""A report as one printable page of HTML: nothing is fetched, nothing runs, every text is escaped."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, Template

from analysis.headings import heading, shown_stage, source, title
from analysis.report import Report, Row
from analysis.shown import Cell, shown

NOTHING_THERE = "Cột tiền không có số nào thì không in."


def to_html(report: Report) -> str:
    """A4 landscape when printed. Money has totals: one a stage where rows have stages, for stages are not added together."""
    columns = _shown(report)
    period, stage = report.period, "" if report.stage in {"by row", "none"} else shown_stage(report.stage)
    return _template().render(
        title=title(report.name),
        first=f"{period.first:%d/%m/%Y}",
        last=f"{period.last:%d/%m/%Y}",
        stage=stage,
        about=[
            ("Nguồn", source(report.name)),
            *((heading(name), shown(name, value)[0]) for name, value in report.coverage.items()),
        ],
        headings=[heading(column) for column in columns],
        rows=[[shown(column, row[column]) for column in columns] for row in report.rows],
        totals=list(_totals(report, columns)),
        oddities=report.oddities,
        notes=[*report.notes, *([NOTHING_THERE] if len(columns) < len(report.columns) else [])],
    )


@cache
def _template() -> Template:
    return Environment(loader=PackageLoader("analysis"), autoescape=True).get_template("report.html")


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
        yield [shown(column, total[column]) if column in total else ("", False) for column in columns]
