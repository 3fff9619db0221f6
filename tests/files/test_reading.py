"""What a file says is read as it was meant, and what could be misread stops the file by its name."""

import csv
import io
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from connectors.facts.order import OrderState
from connectors.files.errors import FileError
from connectors.files.kind import once_or_sum
from sandbox.exports.book import Sheet, Value
from sandbox.exports.shopee_income import HEADINGS as INCOME_HEADINGS
from sandbox.exports.shopee_orders import HEADINGS
from tests.files.sheets import INCOME, ORDER, content, income_file, order_file

MONEY = {
    "original_cost_of_goods_sold": 330_000,
    "voucher_from_seller": -10_000,
    "commission_fee": -23_100,
    "service_fee": -12_900,
    "seller_transaction_fee": -16_000,
}


def test_an_order_row_is_an_order(tmp_path: Path) -> None:
    """`165000.00` is whole đồng, moments are Vietnam's, the line's amount is not the order's, and the province is all of a buyer."""
    (order,), _, _ = content(order_file(tmp_path / "a.xlsx", ORDER))
    assert (order.external_id, order.state, order.province) == ("260401KW474ETA", OrderState.COMPLETED, "Thái Nguyên")
    assert order.placed_at == datetime(2026, 4, 1, 2, 30, tzinfo=UTC)
    assert order.updated_at == datetime(2026, 4, 6, 3, 0, tzinfo=UTC)
    (line,) = order.lines
    assert (line.external_id, line.sku, line.quantity, line.unit_price_vnd) == ("~CHE-200", "CHE-200", 2, 165_000)
    assert (line.list_price_vnd, line.returned_quantity) == (180_000, 0)
    placed, *estimates = order.money
    assert (placed.code, placed.amount_vnd, placed.line_external_id) == ("model_discounted_price", 330_000, "~CHE-200")
    assert {one.code: one.amount_vnd for one in estimates} == MONEY
    assert "Người Nhận" not in order.raw
    assert "84912345678" not in order.raw


def test_repeated_amounts_count_once_and_equal_lines_are_two(tmp_path: Path) -> None:
    """An order's fees stand on each of its rows; the same goods twice are two sales."""
    (order,), _, _ = content(order_file(tmp_path / "a.xlsx", ORDER, ORDER))
    assert [line.external_id for line in order.lines] == ["~CHE-200", "~CHE-200~2"]
    money = {one.code: one.amount_vnd for one in order.money if one.stage == "processing"}
    assert money == MONEY | {"original_cost_of_goods_sold": 660_000}


@pytest.mark.parametrize(("values", "amount"), [([5, 5, 5], (5, False)), ([5, 7], (12, True)), ([0, 0], (0, False))])
def test_once_or_sum(values: list[int], amount: tuple[int, bool]) -> None:
    """Equal on all lines: once. Different: one a line, and said so."""
    assert once_or_sum(values) == amount


@pytest.mark.parametrize(
    ("word", "more", "state"),
    [
        ("Chờ giao hàng", {}, OrderState.PLACED),
        ("Chờ giao hàng", {"Ngày gửi hàng": "2026-04-02 08:00"}, OrderState.SHIPPED),
        ("Đang giao", {}, OrderState.SHIPPED),
        ("Đã hủy", {}, OrderState.CANCELLED),
        ("Hoàn thành", {"Trạng thái Trả hàng/Hoàn tiền": "Đã Chấp Thuận Yêu Cầu"}, OrderState.RETURNED),
        ("Hoàn thành", {"Số lượng sản phẩm được hoàn trả": 1}, OrderState.COMPLETED),
        ("Người mua xác nhận đã nhận được hàng, tuy nhiên … đến 12-04-2026.", {}, OrderState.DELIVERED),
    ],
)
def test_statuses(tmp_path: Path, word: str, more: dict[str, str], state: OrderState) -> None:
    """Whole words, one long sentence by its beginning, and a return that was granted."""
    (order,), _, _ = content(order_file(tmp_path / "a.xlsx", {**ORDER, "Trạng Thái Đơn Hàng": word, **more}))
    assert order.state is state


def _renamed(name: str, other: str) -> tuple[str, ...]:
    return tuple(other if heading == name else heading for heading in HEADINGS)


def test_a_renamed_fee_stops_the_file_by_its_name(tmp_path: Path) -> None:
    """Both the missing and the new name are said; nothing is read."""
    path = order_file(tmp_path / "a.xlsx", ORDER, headings=_renamed("Phí cố định", "Phí hoa hồng nền tảng"))
    with pytest.raises(FileError, match=r"thiếu cột «Phí cố định» và có cột tiền chưa biết «Phí hoa hồng nền tảng»"):
        content(path)


@pytest.mark.parametrize("name", ["Phí mới 2027", "Thuế môi trường", "Platform Tax", "Trợ giá đặc biệt", "New Voucher"])
def test_a_new_money_column_stops_the_file(tmp_path: Path, name: str) -> None:
    """Whatever could be money and is known to nobody is never dropped."""
    with pytest.raises(FileError, match=f"«{name}»"):
        content(order_file(tmp_path / "a.xlsx", ORDER, headings=(*HEADINGS, name)))


def test_a_new_column_without_money_is_left_out_and_named(tmp_path: Path) -> None:
    """An allow-list: it may be about buyers."""
    _, _, found = content(order_file(tmp_path / "a.xlsx", ORDER, headings=(*HEADINGS, "E-mail nhận hóa đơn")))
    assert found.notes.all() == ["Không đọc 1 cột lạ: E-mail nhận hóa đơn."]


def test_names_the_fee_had_before_are_known(tmp_path: Path) -> None:
    """`Phí thanh toán` until the spring of 2026."""
    row = {**ORDER, "Phí thanh toán": "16000.00"}
    (order,), _, _ = content(
        order_file(tmp_path / "a.xlsx", row, headings=_renamed("Phí xử lý giao dịch", "Phí thanh toán"))
    )
    assert ("seller_transaction_fee", -16_000) in [(one.code, one.amount_vnd) for one in order.money]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"Trạng Thái Đơn Hàng": "Đang bay"}, "Dòng 2, cột «Trạng Thái Đơn Hàng»: trạng thái chưa biết «Đang bay»"),
        ({"Giá ưu đãi": "165.000"}, "Dòng 2, cột «Giá ưu đãi»: không phải số tiền dạng 165000.00"),
        ({"Giá ưu đãi": "165000.50"}, "Dòng 2, cột «Giá ưu đãi»"),
        ({"Mã đơn hàng": "5.83E+17"}, "Dòng 2, cột «Mã đơn hàng»: mã đã bị Excel đổi thành số"),
        ({"Ngày đặt hàng": "01/04/2026"}, "Dòng 2, cột «Ngày đặt hàng»: không phải thời điểm dạng 2026-11-24 09:30"),
        ({"Ngày đặt hàng": 99_999_999_999}, "Dòng 2, cột «Ngày đặt hàng»: không phải ngày trong lịch"),
        ({"Ngày đặt hàng": "0001-01-01 00:00"}, "Dòng 2, cột «Ngày đặt hàng»: không phải ngày trong lịch"),
        ({"Số lượng": 0}, "Dòng 2, cột «Số lượng»: trống hoặc bằng 0"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_by_its_place(
    tmp_path: Path, changes: dict[str, Value], sentence: str
) -> None:
    """Row and column, never the cell of a person."""
    with pytest.raises(FileError) as said:
        content(order_file(tmp_path / "a.xlsx", {**ORDER, **changes}))
    assert str(said.value).startswith(sentence)


def test_an_order_torn_apart_is_refused(tmp_path: Path) -> None:
    """A sheet somebody sorted anew cannot be summed by order."""
    other = {**ORDER, "Mã đơn hàng": "260401KW474ETB"}
    with pytest.raises(FileError, match="không nằm liền nhau"):
        content(order_file(tmp_path / "a.xlsx", ORDER, other, ORDER))


def test_dates_as_excel_numbers_are_vietnams(tmp_path: Path) -> None:
    """46113.5 is noon of 1 April 2026 in Vietnam; a workbook that was saved by Excel says so."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "orders"
    sheet.append(list(HEADINGS))
    sheet.append([datetime(2026, 4, 1, 12, 0) if name == "Ngày đặt hàng" else ORDER.get(name) for name in HEADINGS])  # noqa: DTZ001 - as Excel has it
    book.save(tmp_path / "a.xlsx")
    (order,), _, _ = content(tmp_path / "a.xlsx")
    assert order.placed_at == datetime(2026, 4, 1, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_every_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    """The same order as from the workbook."""
    text = io.StringIO()
    rows = [HEADINGS, ["" if ORDER.get(name) is None else str(ORDER[name]) for name in HEADINGS]]
    csv.writer(text, delimiter=separator).writerows(rows)
    written = _tones_apart(text.getvalue()) if encoding == "cp1258" else text.getvalue()
    (tmp_path / "a.csv").write_bytes(written.encode(encoding))
    from_csv, from_book = content(tmp_path / "a.csv")[0], content(order_file(tmp_path / "a.xlsx", ORDER))[0]
    assert from_csv == from_book


def _tones_apart(text: str) -> str:
    """Windows-1258 has the letters with their hats, and the tones as signs of their own."""
    found = []
    for letter in text:
        try:
            letter.encode("cp1258")
            found.append(letter)
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
            found.append(unicodedata.normalize("NFC", parts.replace(tone, "")) + tone)
    return "".join(found)


def test_a_workbook_called_xls_is_read(tmp_path: Path) -> None:
    """What it is, its first bytes say."""
    assert len(content(order_file(tmp_path / "Order.return.xls", ORDER))[0]) == 1


def test_an_income_row_is_what_was_paid(tmp_path: Path) -> None:
    """Signed amounts under the API's codes, `-` is nothing, the statement is the Vietnamese day."""
    _, (income,), found = content(income_file(tmp_path / "a.xlsx", INCOME))
    assert (income.payout_vnd, income.settled_at) == (271_000, datetime(2026, 4, 7, 17, tzinfo=UTC))
    assert {line.code: line.amount_vnd for line in income.lines} == {
        "original_cost_of_goods_sold": 330_000,
        "voucher_from_seller": -10_000,
        "commission_fee": -23_100,
        "service_fee": -9_900,
        "seller_transaction_fee": -16_000,
    }
    assert {line.statement for line in income.lines} == {"2026-04-08"}
    assert [note for note in found.notes.all() if "lệch" in note] == []


def test_what_does_not_add_up_is_shown(tmp_path: Path) -> None:
    """A payout beside its terms, and the summary beside the payouts; both amounts are named, none is mended."""
    summary = Sheet("Summary", [["3. Tổng số tiền đã phát hành", None, None, 999]])
    wrong = {**INCOME, "Tổng tiền đã thanh toán": 271_001}
    _, (income,), found = content(income_file(tmp_path / "a.xlsx", wrong, beside=(summary,)))
    assert income.payout_vnd == 271_001
    assert found.notes.all()[0] == "Đơn 260401KW474ETA: các khoản cộng lại lệch 1 ₫ so với «Tổng tiền đã thanh toán»."
    assert found.notes.all()[1] == "Trang Summary ghi tổng 999 ₫, các đơn cộng lại 271.001 ₫."


def test_an_unknown_fee_of_an_income_stops_it(tmp_path: Path) -> None:
    """The rename that once dropped a fee silently."""
    with pytest.raises(FileError, match="«Phí nền tảng»"):
        content(income_file(tmp_path / "a.xlsx", INCOME, headings=(*INCOME_HEADINGS, "Phí nền tảng")))


def test_an_unknown_file_says_what_was_seen(tmp_path: Path) -> None:
    """Its headings, and what could be read instead; nothing that looks like a phone."""
    (tmp_path / "a.csv").write_text("Ngày,Sản phẩm,Tiền\n2026-04-01,Chè,84912345678\n", encoding="utf-8")
    with pytest.raises(FileError, match="có các ô Ngày, Sản phẩm, Tiền") as said:
        content(tmp_path / "a.csv")
    assert "849" not in str(said.value)
