"""Cells of a workbook that is written row by row."""

import re

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2 (Char)


def text_cell(sheet: WriteOnlyWorksheet, value: str) -> Cell:
    """In xlsx a cell has a type, so text is simply marked as text; what XML cannot carry is dropped."""
    cell = plain_cell(sheet, NOT_XML.sub("", value))
    cell.data_type = "s"
    return cell


def plain_cell(sheet: WriteOnlyWorksheet, value: float | str) -> Cell:
    return WriteOnlyCell(sheet, value=value)
