"""A report as JSON, CSV or xlsx. A cell that a spreadsheet would run as a formula is made harmless text."""

import csv
import io
import json
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from analysis.report import Report

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
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
    about.append(["report", report.name])
    about.append(["stage", report.stage])
    for name, value in (*report.period.as_dict().items(), *report.coverage.items()):
        about.append([name, value if isinstance(value, int | float | str) else json.dumps(value, ensure_ascii=False)])
    for note in report.notes:
        about.append(["note", _cell(about, note)])
    book.save(path)


def harmless(value: object) -> object:
    """Text that starts like a formula gets an apostrophe; numbers stay numbers, however negative."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    """In xlsx a cell has a type, so text is simply marked as text and control characters are dropped."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell
