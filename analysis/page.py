"""A report as one printable page of HTML: nothing is fetched, nothing runs, every text is escaped."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, Template

from analysis.headings import heading, shown_stage, title
from analysis.report import Report, Row

UNKNOWN = "–"
Cell = tuple[str, bool]  # the text, and whether it is a figure


def to_html(report: Report) -> str:
    """A4 landscape when printed. Money has totals: one a stage where rows have stages, for stages are not added together."""
    period, stage = report.period, "" if report.stage in {"by row", "none"} else shown_stage(report.stage)
    return _template().render(
        title=title(report.name),
        first=f"{period.first:%d/%m/%Y}",
        last=f"{period.last:%d/%m/%Y}",
        stage=stage,
        about=list(_about(report)),
        headings=[heading(column) for column in report.columns],
        rows=[[_cell(column, row[column]) for column in report.columns] for row in report.rows],
        totals=list(_totals(report)),
        notes=report.notes,
    )


@cache
def _template() -> Template:
    return Environment(loader=PackageLoader("analysis"), autoescape=True).get_template("report.html")


def _about(report: Report) -> Iterator[tuple[str, str]]:
    for name, value in report.coverage.items():
        if isinstance(value, dict):
            told = "; ".join(f"{heading(str(key))}: {UNKNOWN if one is None else one}" for key, one in value.items())
            yield heading(name), told or UNKNOWN
        else:
            yield heading(name), _cell(name, value)[0]


def _cell(column: str, value: object) -> Cell:
    if value is None:
        return UNKNOWN, False
    if column == "stage":
        return shown_stage(value), False
    if isinstance(value, bool):
        return ("có" if value else "không"), False
    if isinstance(value, float):
        return (f"{value:.1%}" if column.endswith("_share") else f"{value:,.4g}").replace(".", ","), True
    if isinstance(value, int):
        return (str(value) if column in {"month", "stars", "star"} else f"{value:,}".replace(",", ".")), True
    return str(value), False


def _totals(report: Report) -> Iterator[list[Cell]]:
    money = [column for column in report.columns if column.endswith("_vnd") or ":" in column]
    groups: dict[object, list[Row]] = defaultdict(list)
    for row in report.rows:
        groups[row.get("stage")].append(row)
    for stage, rows in groups.items() if money else ():
        known = {column: [row[column] for row in rows if row[column] is not None] for column in money}
        total: dict[str, object] = {column: sum(int(str(one)) for one in amounts) for column, amounts in known.items()}
        total |= {"stage": stage, report.columns[0]: "Cộng"}
        yield [_cell(column, total[column]) if column in total else ("", False) for column in report.columns]
