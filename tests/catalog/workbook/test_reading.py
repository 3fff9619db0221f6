"""Reading a register that is in order, however it is laid out."""

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalog.certificate import Certificate
from catalog.document import Document
from catalog.producer import Producer, ProducerKind
from catalog.product import PackSize, Product, Variant
from catalog.sample import sample_register
from catalog.workbook import RegisterReading, read_register

HEADINGS = ("Mã chủ thể", "Tên chủ thể", "Mã sản phẩm", "Tên sản phẩm", "Phân nhóm", "SKU", "Giá bán (đồng)", "Tồn kho")
TEA = ("CT-1", "HTX chè", "SP-1", "Chè tôm nõn", "Chè tươi, chè chế biến", "SP-1-200G", 185_000, 25)
HONEY = ("CT-2", "HTX ong", "SP-2", "Mật ong rừng", "food/honey_other", "SP-2-500G", 120_000, 10)
TEA_READ = Product(
    code="SP-1",
    producer_code="CT-1",
    name="Chè tôm nõn",
    sub_group="food/tea",
    variants=(Variant(sku="SP-1-200G", price_vnd=185_000, stock=25),),
)

ReadRows = Callable[..., RegisterReading]
ReadCell = Callable[[str, Any], RegisterReading]


def test_a_register_in_order(read_rows: ReadRows) -> None:
    """Every product and producer once, nothing refused."""
    reading = read_rows(HEADINGS, TEA, HONEY)
    assert reading.rows == 2
    assert reading.producers == (Producer(code="CT-1", name="HTX chè"), Producer(code="CT-2", name="HTX ong"))
    assert reading.products[0] == TEA_READ
    assert [product.code for product in reading.products] == ["SP-1", "SP-2"]
    assert (reading.bad_cells, reading.held_back, reading.ignored_columns) == ((), (), ())


def test_headings_by_any_name_below_titles(read_rows: ReadRows) -> None:
    """Titles above, English or unaccented headings, another order, an unknown column: the same register."""
    headings = (
        "PRODUCT CODE",
        "ten san pham",
        "Nhóm sản phẩm",
        "Producer",
        "ma chu the",
        "Đơn giá",
        "sku",
        "stock",
        "Vụ mùa",
    )
    tea = ("SP-1", "Chè tôm nõn", "food/tea", "HTX chè", "CT-1", "185.000 đ", "SP-1-200G", "25", "xuân")
    reading = read_rows(("UBND TỈNH THÁI NGUYÊN",), ("Danh sách sản phẩm OCOP năm 2026",), (), headings, (), tea)
    assert reading.products == (TEA_READ,)
    assert (reading.bad_cells, reading.ignored_columns) == ((), ("Vụ mùa",))


def test_rows_of_one_product_anywhere(read_rows: ReadRows) -> None:
    """Packs, recognitions and papers of a product gather from rows apart; blank cells repeat what was said."""
    more = ("Khối lượng tịnh", "Hạng sao", "Ngày quyết định", "Loại giấy tờ", "Số giấy tờ")
    reading = read_rows(
        (*HEADINGS, *more),
        (*TEA, 200, 4, "26/06/2025", "food_self_declaration", "01/TCB"),
        (*HONEY, *[None] * 5),
        (
            None,
            None,
            "SP-1",
            None,
            None,
            "SP-1-500G",
            "450.000",
            3,
            "0,5 kg",
            4,
            date(2025, 6, 26),
            "Chứng nhận VietGAP",
            None,
        ),
    )
    tea, _ = reading.products
    assert [(variant.sku, variant.net_weight_g, variant.price_vnd) for variant in tea.variants] == [
        ("SP-1-200G", 200, 185_000),
        ("SP-1-500G", 500, 450_000),
    ]
    assert tea.certificates == (Certificate(stars=4, decision_date=date(2025, 6, 26)),)
    assert tea.documents == (Document(kind="food_self_declaration", number="01/TCB"), Document(kind="vietgap"))
    assert reading.bad_cells == ()


def test_headings_over_two_rows_and_on_every_page(read_rows: ReadRows) -> None:
    """Headings merged downwards, broken into lines, or printed again further down are no products."""
    headings = (*HEADINGS[:7], "Tồn\nkho")
    merges = [f"{column}1:{column}2" for column in "ABCDEF"]
    reading = read_rows(headings, (*[None] * 6, "đồng", "quy cách"), TEA, headings, HONEY, merges=merges)
    assert ([product.code for product in reading.products], reading.rows, reading.bad_cells) == (
        ["SP-1", "SP-2"],
        2,
        (),
    )


def test_a_repeated_class_is_no_second_recognition(read_rows: ReadRows) -> None:
    """A further pack's row that names only the stars again adds nothing to the row that names the decision."""
    more = ("Hạng sao", "Số quyết định")
    second = (*TEA[:5], "SP-1-500G", 450_000, 3, "4 sao", None)
    (tea,) = read_rows((*HEADINGS, *more), second, (*TEA, 4, "12/QĐ-UBND")).products
    assert tea.certificates == (Certificate(stars=4, decision_no="12/QĐ-UBND"),)


def test_merged_cells_say_the_same_on_every_row(read_rows: ReadRows) -> None:
    """A vertically merged product is one product with several packs, as a person sees it."""
    second = (None, None, None, None, None, "SP-1-500G", 450_000, 3)
    reading = read_rows(
        ("Danh sách",), HEADINGS, TEA, second, HONEY, merges=["A1:H1", *(f"{c}3:{c}4" for c in "ABCDE")]
    )
    assert [(p.code, [v.sku for v in p.variants]) for p in reading.products] == [
        ("SP-1", ["SP-1-200G", "SP-1-500G"]),
        ("SP-2", ["SP-2-500G"]),
    ]
    assert reading.bad_cells == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_every_dress(tmp_path: Path, encoding: str, separator: str) -> None:
    """Encoding and separator are found, not assumed."""
    rows = (HEADINGS, TEA, HONEY)
    text = "\r\n".join(separator.join(f'"{value}"' for value in row) for row in rows)
    if encoding == "cp1258":
        text = _windows_1258(text)
    path = tmp_path / "register.csv"
    path.write_bytes(text.encode(encoding))
    reading = read_register(path)
    assert reading.products[0] == TEA_READ
    assert (len(reading.products), reading.bad_cells) == (2, ())


def _windows_1258(text: str) -> str:
    """That code page has letters (ê, ơ) and tones apart; a few letters it holds whole."""
    out = []
    for char in text:
        try:
            char.encode("cp1258")
            out.append(char)
        except UnicodeEncodeError:
            out.append(_letter_and_tone(char))
    return "".join(out)


def _letter_and_tone(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone


@pytest.mark.parametrize(
    ("heading", "value", "field", "expected"),
    [
        ("Loại hình", "Hợp tác xã", "kind", ProducerKind.COOPERATIVE),
        ("Loại hình", "THT", "kind", ProducerKind.COOPERATIVE_GROUP),
        ("MST", 4600123456, "tax_code", "4600123456"),
    ],
)
def test_producer_cells(read_rows: ReadRows, heading: str, value: Any, field: str, expected: Any) -> None:
    """Producer columns are read into our words."""
    (producer,) = read_rows((*HEADINGS, heading), (*TEA, value)).producers
    assert getattr(producer, field) == expected


@pytest.mark.parametrize(
    ("heading", "value", "field", "expected"),
    [
        ("Thể tích", "1,5 lít", "net_volume_ml", 1500),
        ("Barcode", 4006381333931, "gtin", "4006381333931"),
        ("Mã vạch", "400 638-133 3931", "gtin", "4006381333931"),
        ("Ảnh", "https://vidu.vn/a.jpg; anh/b.png\nc.jpg", "images", ("https://vidu.vn/a.jpg", "anh/b.png", "c.jpg")),
        ("Quy cách", "Hộp\u200b 200 g", "name", "Hộp 200 g"),
        ("Khối lượng gửi hàng (g)", 250.0, "shipping_weight_g", 250),
    ],
)
def test_variant_cells(read_cell: ReadCell, heading: str, value: Any, field: str, expected: Any) -> None:
    """Pack columns are read into our units."""
    reading = read_cell(heading, value)
    assert reading.bad_cells == ()
    assert getattr(reading.products[0].variants[0], field) == expected


@pytest.mark.parametrize(
    ("heading", "value", "expected"),
    [
        ("Sao", "4 sao", Certificate(stars=4)),
        ("Sao", "★★★★★", Certificate(stars=5)),
        ("Sao", 3.0, Certificate(stars=3)),
    ],
)
def test_certificate_cells(read_cell: ReadCell, heading: str, value: Any, expected: Certificate) -> None:
    """Stars are written in several ways."""
    assert read_cell(heading, value).products[0].certificates == (expected,)


def test_alcohol_and_size(read_rows: ReadRows) -> None:
    """A strength with a comma, and a box of three sides."""
    headings = (*HEADINGS, "Độ cồn", "Dài (mm)", "Rộng (mm)", "Cao (mm)")
    (product,) = read_rows(headings, (*TEA, "14,5% vol", 180, 120, "1.000")).products
    assert product.alcohol_percent == Decimal("14.5")
    assert product.variants[0].shipping_size == PackSize(length_mm=180, width_mm=120, height_mm=1000)


def test_old_group_names(read_rows: ReadRows) -> None:
    """A 2018 group that is one sub-group today is understood; one that became several must be chosen."""
    textile = ("CT-1", "HTX chè", "SP-1", "Khăn Tày", "Vải và may mặc", "SP-1-1", 1000, 1)
    herb = ("CT-1", "HTX chè", "SP-3", "Cao gắm", "Thảo dược", "SP-3-1", 1000, 1)
    reading = read_rows(HEADINGS, textile, herb)
    assert [product.sub_group for product in reading.products] == ["handicraft/textile"]
    (bad,) = reading.bad_cells
    assert bad.reason.startswith("«Thảo dược» là tên nhóm, chưa rõ phân nhóm; hãy chọn một trong: Thực phẩm chức năng")


def test_reading_twice_is_the_same(read_rows: ReadRows, tmp_path: Path) -> None:
    """The same file gives the same answer."""
    first = read_rows(HEADINGS, TEA, HONEY)
    assert read_register(tmp_path / "register.xlsx") == first


def test_the_sample_register_ships_whole() -> None:
    """Real products of cooperatives, groups and enterprises, nothing invented: no packs, prices, stock or papers."""
    with sample_register() as path:
        reading = read_register(path)
    assert (reading.rows, len(reading.products), len(reading.producers)) == (87, 86, 61)
    assert (reading.bad_cells, reading.held_back, reading.ignored_columns) == ((), (), ())
    assert {producer.kind for producer in reading.producers} == {
        ProducerKind.COOPERATIVE,
        ProducerKind.COOPERATIVE_GROUP,
        ProducerKind.ENTERPRISE,
    }
    for product in reading.products:
        assert product.source
        assert (product.variants, product.documents, product.description) == ((), (), None)
    by_name = {product.name: product for product in reading.products}
    assert by_name["Trà tôm nõn hương quê"].certificates[0].decision_no == "2361/QĐ-BNNMT"
    assert by_name["Chè tôm nõn"].certificates[0].score == 90.86
    assert by_name["Măng khô Mảy Puốc"].certificates == ()
