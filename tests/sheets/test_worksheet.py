"""The engine by itself: cells in every legal form of XML are read, written in place, and nothing else moves."""

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.listing import Listing
from connectors.sheets.errors import SheetError
from connectors.sheets.recognise import recognise
from connectors.sheets.workbook import Workbook
from connectors.sheets.worksheet import Worksheet
from connectors.sheets.zip_parts import with_member
from sandbox.sheets.paper import workbook
from tests.sheets.conftest import kept, members

LISTING = Listing(
    sku="A-1", title="Chè", description="Chè", sub_group="food/tea", price_vnd=1000, stock=1, shipping_weight_g=250
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _sheet(rows: str, dimension: str = "A1") -> Worksheet:
    xml = f'<worksheet {MAIN}><dimension ref="{dimension}"/><sheetData>{rows}</sheetData><x/></worksheet>'
    return Worksheet(xml.encode(), ("chung", "", "Chè"))


def test_values_are_read_in_every_form() -> None:
    """Shared, inline and rich text, numbers, results of formulas, cells and rows without addresses; empty text is nothing."""
    sheet = _sheet(
        '<row><c t="s"><v>2</v></c><c><v>1.50</v></c></row>'
        '<row r="3"><c r="B3" t="inlineStr"><is><r><t>Chè </t></r><r><t>nõn</t></r></is></c>'
        '<c r="D3" t="str"><f>A1</f><v>x</v></c><c r="E3" t="s"><v>1</v></c></row>',
    )
    assert [sheet.value(1, 1), sheet.value(1, 2)] == ["Chè", Decimal("1.50")]
    assert sheet.texts(3) == {2: "Chè nõn", 4: "x"}
    assert (sheet.value(3, 5), sheet.value(2, 1), sheet.filled_rows(2)) == (None, None, [3])


def test_a_cell_is_written_in_its_place_with_its_style() -> None:
    """Existing, missing between, missing at the end, in an empty row and in no row: each lands where it belongs."""
    sheet = _sheet(
        '<row r="2"><c r="A2" s="4"/><c r="C2" s="5" t="s"><v>0</v></c></row><row r="3" ht="9"/><row r="5"></row>'
    )
    written = sheet.written(
        {(2, 3): 7, (2, 2): "b", (2, 4): "d", (2, 1): "a<&", (3, 1): 1, (4, 1): 2, (5, 1): 3, (6, 1): 4}
    )
    rows = written.decode().partition("<sheetData>")[2].partition("</sheetData>")[0]
    text = '<is><t xml:space="preserve">{}</t></is></c>'
    assert rows == (
        '<row r="2"><c r="A2" s="4" t="inlineStr">' + text.format("a&lt;&amp;") + '<c r="B2" t="inlineStr">' + text.format("b")
        + '<c r="C2" s="5"><v>7</v></c><c r="D2" t="inlineStr">' + text.format("d") + "</row>"
        '<row r="3" ht="9"><c r="A3"><v>1</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>'
        '<row r="5"><c r="A5"><v>3</v></c></row><row r="6"><c r="A6"><v>4</v></c></row>'
    )  # fmt: skip
    assert b'<dimension ref="A1:D6"/>' in written


def test_a_size_stays_as_it_was_when_no_row_was_added() -> None:
    """A wrong claim of the file is not ours to mend."""
    assert b'<dimension ref="A1"/>' in _sheet('<row r="2"><c r="A2"><v>1</v></c></row>').written({(2, 5): "e"})


def test_a_namespace_prefix_is_kept() -> None:
    """New cells carry the prefix that the sheet uses."""
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<x:worksheet xmlns:x="{ns}"><x:sheetData><x:row r="1"/></x:sheetData></x:worksheet>'
    written = Worksheet(xml.encode(), ()).written({(1, 1): 5})
    assert b'<x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row>' in written


def test_a_formula_is_not_written_over() -> None:
    """Such a file was changed by hand: refused by the cell's address."""
    sheet = _sheet('<row r="7"><c r="B7"><f>1+1</f><v>2</v></c></row>')
    with pytest.raises(SheetError, match="Ô B7 có công thức"):
        sheet.written({(7, 2): 3})


@pytest.mark.parametrize(
    "rows", ['<row r="1"><c r="A1"><v>x</v></c></row>', '<row r="1"><c r="A1" t="s"><v>9</v></c></row>', "<row>"]
)
def test_damaged_xml_is_one_sentence(rows: str) -> None:
    """A number that is none, a shared text that is not there, a tag that never ends."""
    with pytest.raises(SheetError, match="bị hỏng hoặc chưa tải xong"):
        _sheet(rows)


PLACES = st.tuples(st.integers(1, 9), st.integers(1, 6))
VALUES = st.one_of(
    st.integers(0, 10**12), st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=9)
)


@given(
    st.dictionaries(PLACES, st.one_of(VALUES, st.none()), min_size=1, max_size=12),
    st.dictionaries(PLACES, VALUES, min_size=1, max_size=9),
)
@settings(max_examples=60, deadline=None)
def test_any_cells_written_read_back_equal_and_all_others_stay(stands: dict[Any, Any], changes: dict[Any, Any]) -> None:
    """Whatever stood where, styled and empty cells too: openpyxl reads what was written, and every untouched row's bytes are the same."""
    book = openpyxl.Workbook()
    for (row, column), value in stands.items():
        cell = book.active.cell(row, column, value)
        cell.font = openpyxl.styles.Font(bold=True)
        cell.data_type = "s" if isinstance(value, str) else "n"
    out = io.BytesIO()
    book.save(out)
    before = members(out.getvalue())["xl/worksheets/sheet1.xml"]
    shared = [value for value in dict.fromkeys(stands[place] for place in sorted(stands)) if isinstance(value, str)]
    after = Worksheet(before, shared).written(changes)
    package = with_member(out.getvalue(), "xl/worksheets/sheet1.xml", after)
    read = openpyxl.load_workbook(io.BytesIO(package)).active
    expected = {place: value for place, value in (stands | changes).items() if value is not None}
    assert {
        (cell.row, cell.column): cell.value for row in read.iter_rows() for cell in row if cell.value is not None
    } == expected
    for row in {row for row, _ in stands} - {row for row, _ in changes}:
        (piece,) = re.findall(rb'<row r="%d".*?</row>' % row, before)
        assert piece in after


def test_a_member_is_replaced_and_the_others_keep_their_packed_bytes() -> None:
    """Stored and deflated members, data descriptors, comments and extra fields: all but the one are the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xml", b"a" * 999, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("b.bin", (2020, 2, 2, 2, 2, 2)), b"b" * 50)
        with archive.open("c.xml", "w", force_zip64=True) as member:
            member.write(b"c" * 500)
        archive.comment = b"hash"
    package = out.getvalue()
    for name in ("a.xml", "b.bin", "c.xml"):
        changed = with_member(package, name, b"new content")
        before, after = members(package), members(changed)
        assert after == before | {name: b"new content"}
        with zipfile.ZipFile(io.BytesIO(package)) as one, zipfile.ZipFile(io.BytesIO(changed)) as other:
            assert other.comment == b"hash"
            for left, right in zip(one.infolist(), other.infolist(), strict=True):
                start, end = left.header_offset, left.header_offset + 30 + len(left.filename) + left.compress_size
                if left.filename != name:
                    assert package[start:end] in changed
                assert (left.date_time, left.external_attr) == (right.date_time, right.external_attr)


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_files_that_are_no_sheet_end_in_a_sentence(tmp_path: Path) -> None:
    """Text, half a download, a parcel of sheets, macros, links to other files, entities, a bomb: none is opened any further."""
    good = workbook("t", [["a"]], [])
    cases = {
        "không phải tệp Excel": kept(tmp_path / "1.xlsx", b"ma,ten\n"),
        "bị hỏng, quá lớn": kept(tmp_path / "2.xlsx", good[: len(good) // 2]),
        "gói nén chứa nhiều tệp Excel": _zip(tmp_path / "3.xlsx", {"mass_update_1.xlsx": good}),
        "có macro": _zip(tmp_path / "4.xlsx", members(good) | {"xl/vbaProject.bin": b"x"}),
        "liên kết sang tệp khác": _zip(
            tmp_path / "5.xlsx", members(good) | {"xl/externalLinks/externalLink1.xml": b"<a/>"}
        ),
        "không an toàn": _zip(
            tmp_path / "6.xlsx", members(good) | {"xl/a.xml": b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'}
        ),
        "quá lớn hoặc không an toàn": _zip(tmp_path / "8.xlsx", members(good) | {"xl/b.xml": b" " * 10_000_000}),
        "Tệp Excel bị hỏng": _zip(tmp_path / "7.xlsx", {"a.xml": b"<a/>"}),
    }
    for sentence, path in cases.items():
        with pytest.raises(SheetError, match=sentence):
            Workbook(path)


def test_an_unknown_sheet_is_refused_with_what_was_seen(tmp_path: Path) -> None:
    """Sheet names, the first headings, and what can be filled."""
    path = kept(tmp_path / "Order.all.xlsx", workbook("orders", [["Mã đơn hàng", "Mã Kiện Hàng"]], []))
    with pytest.raises(SheetError, match="đã thấy «orders»: Mã đơn hàng, Mã Kiện Hàng"):
        recognise(Workbook(path))


@pytest.mark.parametrize("damage", [5.83e17, "5.83E+17"])
def test_ids_that_excel_has_rounded_are_refused(tmp_path: Path, damage: object) -> None:
    """The last digits are gone: filling such a file would change other goods."""
    rows = [["product_id", "sku_id", "seller_sku", "price"], ["V4", "Sales_Information", "metric"], [], [], []]
    path = kept(tmp_path / "t.xlsx", workbook("Template", rows, [[damage, "1", "A", "5"]]))
    found = recognise(Workbook(path))
    with pytest.raises(SheetError, match="đã bị Excel làm tròn"):
        found.layout.rows(found.sheet)


@pytest.mark.parametrize(
    ("row_2", "sentence"),
    [("future_info", "thuộc loại «future_info» chưa biết"), ("sales_info", "thiếu cột et_title_variation_id")],
)
def test_a_mass_update_in_an_unknown_form_is_refused(tmp_path: Path, row_2: str, sentence: str) -> None:
    """The word of row 2 is the truth; a basic sheet that says it holds prices is not believed."""
    head = [["et_title_product_id", "et_title_product_name"], [row_2, "hash", "", "770"], [], [], [], []]
    path = kept(tmp_path / "s.xlsx", workbook("Sheet1", head, [["1", "a"]]))
    with pytest.raises(SheetError, match=sentence):
        recognise(Workbook(path))


def test_a_weight_without_a_unit_is_not_guessed(tmp_path: Path) -> None:
    """Grams or kilograms is a factor of a thousand: the column's own head says which (its rule before its description), or the file is refused."""
    head = [
        ["et_title_product_id", "et_title_product_weight"],
        ["shipping_info", "h", "", "770"],
        ["Mã", "Cân nặng"],
        [],
        [],
        [],
    ]
    path = kept(tmp_path / "s.xlsx", workbook("Sheet1", head, [["1", 5]]))
    with pytest.raises(SheetError, match="Cột «Cân nặng» của tệp không nói rõ đơn vị đo"):
        recognise(Workbook(path))
    head[3:] = [["", "Dưới 30 kg, tức 30000 g"], ["", "Nhập số"], ["", "Đơn vị: gram"]]
    found = recognise(Workbook(kept(tmp_path / "g.xlsx", workbook("Sheet1", head, [["1", 5]]))))
    assert found.layout.fills[2].wanted(LISTING) == 250


def test_bare_tokens_are_tokens_too(tmp_path: Path) -> None:
    """Some templates leave the marks behind the names out."""
    head = [["ps_product_name", "ps_product_description", "ps_price"], ["basic", "h", "", "770"], [], [], [], []]
    found = recognise(Workbook(kept(tmp_path / "m.xlsx", workbook("Bản đăng tải", head, []))))
    assert (found.layout.kind, sorted(found.layout.fills), found.layout.required) == (
        "shopee.mass_upload.basic",
        [1, 2, 3],
        {},
    )


def test_a_byte_order_mark_moves_nothing() -> None:
    """Places are counted in the bytes of the file, the mark included."""
    xml = (
        b"\xef\xbb\xbf"
        + f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'.encode()
    )
    assert b'<row r="1"><c r="A1"><v>2</v></c></row>' in Worksheet(xml, ()).written({(1, 1): 2})
