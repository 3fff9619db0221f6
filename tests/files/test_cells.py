"""A sheet's XML in every legal form gives the same cells, and none of the illegal ones gives a traceback."""

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from connectors.files.book import open_book
from connectors.files.errors import FileError
from sandbox.exports.book import Sheet, write_book

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PLAIN = f'<worksheet xmlns="{SPACE}"><sheetData>%s</sheetData></worksheet>'
PREFIXED = f'<x:worksheet xmlns:x="{SPACE}"><x:sheetData>%s</x:sheetData></x:worksheet>'
STRINGS = f'<sst xmlns="{SPACE}"><si><t>Chè &amp; mật</t></si><si><r><t>Tân </t></r><r><t>Cương</t></r></si></sst>'


def _rows(path: Path, sheet: str, strings: str = STRINGS) -> list[tuple[int, list[object]]]:
    with open_book(_written(path, sheet, strings)) as book:
        return [(number, list(row)) for number, row in book["a"].rows(None)]


def _written(path: Path, sheet: str, strings: str = STRINGS) -> Path:
    write_book(path, [Sheet("a", [])])
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members |= {"xl/worksheets/sheet1.xml": sheet.encode(), "xl/sharedStrings.xml": strings.encode()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return path


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (
            '<row r="7"><c r="A7" t="s"><v>0</v></c><c r="C7"><v>1.50</v></c></row>',
            (7, ["Chè & mật", None, Decimal("1.50")]),
        ),
        ('<row r="1"><c r="A1" s="2" t="s"><v>1</v></c><c r="B1" s="3"/></row>', (1, ["Tân Cương"])),
        ('<row><c t="inlineStr"><is><t>a</t></is></c><c><v>2</v></c></row>', (1, ["a", Decimal(2)])),
        ('<row r="1"><c t="str" r="B1"><v>a&lt;b</v></c></row>', (1, [None, "a<b"])),
        ('<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>', (1, ["ab"])),
        ('<row r="3" s="1"/><row r="4"><c r="A4"><v>5</v></c></row>', (4, [Decimal(5)])),
        (
            '\n<row r="2"><c r="A2"><v>1.5</v></c><c r="B2"><v>1.50</v></c></row>',
            (2, [Decimal("1.5"), Decimal("1.50")]),
        ),
    ],
)
@pytest.mark.parametrize("layout", ["plain", "prefixed"])
def test_every_legal_form_is_read(tmp_path: Path, row: str, cells: tuple[int, list[object]], layout: str) -> None:
    """Shared and inline, rich and plain, with and without references, namespace prefixes and empty rows."""
    sheet = PLAIN % row
    if layout == "prefixed":
        sheet = PREFIXED % row.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    assert _rows(tmp_path / "a.xlsx", sheet) == [cells]


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1"><c r="A1"><v>abc</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="A1"><v>1</c></row>',
        '<row r="1"><c r="A1"><v>Infinity</v></c></row>',
        '<row r="1"><c r="A1"><v>sNaN</v></c></row>',
        '<row r="1"><c r="A1"><v>1e999999999</v></c></row>',
    ],
)
def test_what_is_no_sheet_is_one_sentence(tmp_path: Path, row: str) -> None:
    """Numbers that are none or without end, strings that are not there, tags that do not close."""
    with pytest.raises(FileError, match="bị hỏng"):
        _rows(tmp_path / "a.xlsx", PLAIN % row)


def test_a_bomb_of_shared_strings_is_refused(tmp_path: Path) -> None:
    """They are held in memory, so there may be only so many."""
    with pytest.raises(FileError, match="quá lớn"):
        _rows(
            tmp_path / "a.xlsx",
            PLAIN % '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
            "<sst>" + "x" * 20_000_000 + "</sst>",
        )


def test_asked_for_columns_are_read_in_any_form(tmp_path: Path) -> None:
    """In the order they are asked for, a column beyond the last is empty, and one odd cell does not hide its neighbours."""
    plain = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><v>b</v></c><c r="AA1" t="str"><v>c</v></c></row>'
    odd = '<row r="2"><c r="A2"><v>1</v></c><c t="str" r="B2"><v>b</v></c><c r="AA2" t="inlineStr"><is><r><t>c</t></r></is></c></row>'
    empty = '<row r="3"><c r="B3" s="1"/><c r="AA3" t="str"><v></v></c><c r="ABC3"><v>9</v></c></row>'
    with open_book(_written(tmp_path / "a.xlsx", PLAIN % (plain + odd + empty))) as book:
        rows = [(number, list(row)) for number, row in book["a"].rows((26, 1, 702))]
    assert rows == [(1, ["c", "b", None]), (2, ["c", "b", None]), (3, [None, None, None])]
