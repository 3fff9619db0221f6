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
    write_book(path, [Sheet("a", [])])
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members |= {"xl/worksheets/sheet1.xml": sheet.encode(), "xl/sharedStrings.xml": strings.encode()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    with open_book(path) as book:
        return [(number, list(row)) for number, row in book["a"].rows(None)]


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
    ],
)
def test_what_is_no_sheet_is_one_sentence(tmp_path: Path, row: str) -> None:
    """Numbers that are none, strings that are not there, tags that do not close."""
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
