"""A report as JSON, CSV or xlsx. A cell that a spreadsheet would run as a formula is made harmless text."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from analysis.report import Report

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width ones run in some locales
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2 (Char)
BOM = "\ufeff"  # without it Excel reads UTF-8 as the machine's own code page


def to_json(report: Report) -> str:
    return json.dumps(report.as_dict(), ensure_ascii=False, indent=2, default=str)


def to_csv(report: Report) -> str:
    """UTF-8 text that begins with a byte-order mark; lines end as RFC 4180 says."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(report.columns)
    writer.writerows([harmless(row[column]) for column in report.columns] for row in report.rows)
    return BOM + text.getvalue()


def to_xlsx(report: Report, path: Path) -> None:
    """One sheet of rows, one that says period, stage, coverage and notes. Streams: memory does not grow with the rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Số liệu")
    sheet.append(list(report.columns))
    for row in report.rows:
        sheet.append([_cell(sheet, row[column]) for column in report.columns])
    about = book.create_sheet("Ghi chú")
    for name, value in _about(report):
        about.append([name, _cell(about, value)])
    book.save(path)


def _about(report: Report) -> Iterator[tuple[str, object]]:
    yield from (("report", report.name), ("stage", report.stage), *report.period.as_dict().items())
    for name, value in report.coverage.items():
        yield name, value if isinstance(value, int | float | str) else json.dumps(value, ensure_ascii=False)
    yield from (("note", note) for note in report.notes)


def harmless(value: object) -> object:
    """Text that starts like a formula gets an apostrophe; numbers stay numbers, however negative."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    """In xlsx a cell has a type, so text is simply marked as text; what XML cannot carry is dropped."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=NOT_XML.sub("", value))
    cell.data_type = "s"
    return cell
