"""What can be wrong with a workbook: the whole file (one sentence), or single cells (all of them, each named)."""

from typing import NamedTuple

_SHOWN = 120  # code points of a value kept for the list: enough to find the cell, not enough to drown it


class WorkbookError(ValueError):
    """The file cannot be read as a register at all. One Vietnamese sentence saying what to do; nothing was read."""


class BadCell(NamedTuple):
    """One cell that cannot be taken: where a person finds it, what stands there, and why it is refused."""

    sheet: str
    row: int  # as the spreadsheet numbers it, from 1
    column: str  # the heading as written in the file
    value: str
    reason: str


def shown(value: object) -> str:
    """A cell's value as the list shows it."""
    text = "" if value is None else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
