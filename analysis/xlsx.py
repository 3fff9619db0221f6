"""A report as a workbook for people: Vietnamese headings, money grouped by thousands, a chart, and what it all rests on.

Streams: memory does not grow with the rows. A cell that a spreadsheet would run as a formula is marked as text.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from analysis.cells import plain_cell, text_cell
from analysis.charts import Sketch, draw
from analysis.headings import heading, shown_stage, source, title
from analysis.report import Report
from analysis.shown import shown

HEAD_FONT, HEAD_FILL = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="2E7D32")
WRAPPED = Alignment(wrap_text=True, vertical="center", horizontal="center")
WHOLE, SHARE = "#,##0", "0.0%"
WIDE, NARROW = 34, 16
NUMBERS = {"day", "month", "stars", "star", "units", "orders"}


def to_xlsx(report: Report, path: Path) -> None:
    """Sheets "Số liệu" (the rows), "Biểu đồ" where there is something to draw, and "Ghi chú" (period, stage, coverage, notes)."""
    book = Workbook(write_only=True)
    sketch = Sketch(report.columns)
    _figures(book.create_sheet("Số liệu"), report, sketch)
    if sketch.is_worth_drawing:
        draw(book.create_sheet("Biểu đồ"), sketch, title(report.name))
    about = book.create_sheet("Ghi chú")
    for name, value in _about(report):
        about.append([heading(name), _cell(about, value)])
    book.save(path)


def _figures(sheet: Any, report: Report, sketch: Sketch) -> None:
    """`sheet` is write-only; openpyxl's stubs forget that it has columns with a width."""
    sheet.freeze_panes = "A2"
    for place, column in enumerate(report.columns):
        is_figure = column.endswith(("_vnd", "_share")) or column in NUMBERS
        sheet.column_dimensions[_letter(place)].width = NARROW if is_figure else WIDE
    sheet.append([_head(sheet, column) for column in report.columns])
    for row in report.rows:
        sketch.add(row)
        sheet.append([_value(sheet, column, row[column]) for column in report.columns])


def _letter(place: int) -> str:
    """The spreadsheet's name of a column, counted from 0."""
    before, letter = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + letter)


def _head(sheet: WriteOnlyWorksheet, column: str) -> Cell:
    cell = text_cell(sheet, heading(column))
    cell.font, cell.fill, cell.alignment = HEAD_FONT, HEAD_FILL, WRAPPED
    return cell


def _value(sheet: WriteOnlyWorksheet, column: str, value: object) -> object:
    if column == "stage":
        return text_cell(sheet, shown_stage(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _cell(sheet, value)
    cell = plain_cell(sheet, value)
    if column.endswith("_share"):
        cell.number_format = SHARE
    elif column.endswith("_vnd") or ":" in column:  # ":" is a marketplace's own name of an amount
        cell.number_format = WHOLE
    return cell


def _about(report: Report) -> Iterator[tuple[str, object]]:
    yield from (("report", title(report.name)), ("stage", shown_stage(report.stage)), ("source", source(report.name)))
    yield from report.period.as_dict().items()
    for name, value in report.coverage.items():
        text, is_figure = shown(name, value)
        yield name, value if is_figure else text
    yield from (("oddity", oddity) for oddity in report.oddities)
    yield from (("note", note) for note in report.notes)


def _cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    return text_cell(sheet, value) if isinstance(value, str) else value
