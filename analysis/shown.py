"""Values as a person reads them in Vietnamese: on a printed page, and in what a workbook says it rests on."""

from datetime import datetime

from analysis.headings import heading, shown_stage

UNKNOWN = "–"
MOMENTS = {"as_of", "orders_read_until"}
Cell = tuple[str, bool]  # the text, and whether it is a figure


def shown(column: str, value: object) -> Cell:
    """A dict, of a report's coverage, is told entry by entry."""
    if isinstance(value, dict):
        return "; ".join(
            f"{heading(str(key))}: {shown(column, one)[0]}" for key, one in value.items()
        ) or UNKNOWN, False
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
