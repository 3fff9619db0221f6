"""A workbook as a seller centre writes it: hidden rows and sheets, styles, lists to choose from, and a size it states wrongly."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

Rows = Sequence[Sequence[Any]]
DATE = (2026, 10, 1, 0, 0, 0)
WRITTEN = b"2026-10-01T00:00:00Z"
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"')


def workbook(
    title: str,
    head: Rows,
    data: Iterable[Sequence[Any]],
    *,
    hidden_rows: int = 0,
    others: Mapping[str, Rows] | None = None,
) -> bytes:
    """`others` are further sheets by name, hidden. Empty texts are empty cells."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in (*head, *data):
        sheet.append([None if value == "" else value for value in row])
    _dress(sheet, len(head), hidden_rows)
    for name, rows in (others or {}).items():
        other = book.create_sheet(name)
        other.sheet_state = "hidden"
        for row in rows:
            other.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return _as_exported(out.getvalue())


def _dress(sheet: Any, head: int, hidden_rows: int) -> None:
    sheet.freeze_panes = sheet.cell(row=head + 1, column=1)
    for number in range(1, hidden_rows + 1):
        sheet.row_dimensions[number].hidden = True
    for row in sheet.iter_rows(min_row=1, max_row=head):
        for cell in row:
            cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="EE4D2D")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row in sheet.iter_rows(min_row=head + 1):
        for cell in row:
            cell.protection = Protection(locked=False)
    choice = DataValidation(type="list", formula1='"On,Off"', allow_blank=True)
    choice.add(f"ZZ{head + 1}:ZZ1000")
    sheet.add_data_validation(choice)


def _as_exported(package: bytes) -> bytes:
    """Every one of these exports says that it is one cell large; the same goods give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename.startswith("xl/worksheets/sheet"):
                content = _DIMENSION.sub(b'<dimension ref="A1"', content)
            if member.filename == "docProps/core.xml":
                content = _MOMENT.sub(WRITTEN, content)
            member.date_time = DATE
            target.writestr(member, content)
    return out.getvalue()
