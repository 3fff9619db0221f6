"""TikTok Shop's files alone give what its API gives, to the đồng; what does not add up stops the file."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from connectors.files.book import open_book
from connectors.files.errors import FileError
from connectors.files.kinds import recognise
from jobs.app import App
from jobs.imports import import_file
from jobs.imports_undo import undo_import
from models import MoneyLine, SalesOrder
from sandbox.exports.book import Sheet, Value, write_book
from sandbox.exports.tiktok_settled import HEADINGS
from tests.files.offices import Seen, dump, figures
from tests.files.sheets import content

ROW: dict[str, Value] = {
    "ID đơn hàng/điều chỉnh": "580000000000000001",
    "Loại giao dịch": "Đơn hàng",
    "Thời gian quyết toán đơn hàng": "2026/04/08",
    "Đơn vị tiền tệ": "VND",
    "Tổng số tiền quyết toán": "80000",
    "Tổng phụ trước giảm giá": "100000",
    "Giảm giá của người bán": "-10000",
    "Tổng phí": "-10000",
    "Phí giao dịch": "-6000",
    "Phí hoa hồng của TikTok Shop": "-3000",
    "Thuế GTGT do TikTok Shop khấu trừ": "-1000",
    "ID đơn hàng liên quan": "/",
}


def test_files_give_the_figures_of_the_api(tiktok: Seen, tmp_path: Path) -> None:
    """Revenue by SKU and month, and every settled fee and tax; undoing both leaves nothing."""
    orders, settled = tiktok.export("tiktok.orders"), tiktok.export("tiktok.settled")
    with tiktok.paper_office(tmp_path.name) as paper:
        empty = dump(paper)
        taken, paid = import_file(paper, orders), import_file(paper, settled)
        assert (taken.kind, paid.kind, paid.counts["waiting"], paid.notes) == ("tiktok.orders", "tiktok.settled", 0, [])
        with tiktok.app.database.session() as session:
            assert taken.counts["new"] == session.scalar(select(func.count(SalesOrder.id)))
        assert figures(paper) == figures(tiktok.app)
        for one in (paid, taken):
            assert one.import_id is not None
            undo_import(paper, one.import_id)
        assert dump(paper) == empty


def _settled(path: Path, *rows: dict[str, Value]) -> Path:
    write_book(
        path, [Sheet("Chi tiết đơn hàng", [list(HEADINGS), *([row.get(name) for name in HEADINGS] for row in rows)])]
    )
    return path


def test_an_adjustment_is_no_order(tmp_path: Path) -> None:
    """Its id looks like one; it belongs to the order it names, under the name of its kind, or to none."""
    plain = dict.fromkeys(("Tổng phụ trước giảm giá", "Giảm giá của người bán", "Tổng phí", "Phí giao dịch"), "0")
    plain |= dict.fromkeys(("Phí hoa hồng của TikTok Shop", "Thuế GTGT do TikTok Shop khấu trừ"), "0")
    moved: dict[str, Value] = {**ROW, **plain, "Tổng số tiền quyết toán": "5000", "Số tiền điều chỉnh": "5000"}
    claim = {
        **moved,
        "Loại giao dịch": "Bồi thường do vận chuyển-kho vận",
        "ID đơn hàng liên quan": "580000000000000001",
    }
    ads = {**moved, "Loại giao dịch": "GMV thanh toán cho Quảng cáo TikTok"}
    _, (income,), found = content(_settled(tmp_path / "a.xlsx", ROW, claim, ads))
    assert (income.order_external_id, income.payout_vnd) == ("580000000000000001", 85_000)
    assert ("Bồi thường do vận chuyển-kho vận", 5_000) in [(line.code, line.amount_vnd) for line in income.lines]
    assert found.notes.all() == [
        "Khoản «GMV thanh toán cho Quảng cáo TikTok» 5.000 ₫ không gắn với đơn nào: chỉ ghi trong bảng kê."
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"Tổng số tiền quyết toán": "80001"}, "Dòng 2: các khoản cộng lại lệch 1 ₫"),
        ({"Phí giao dịch": "-6.000"}, "Dòng 2, cột «Phí giao dịch»: không phải số nguyên"),
        ({"Đơn vị tiền tệ": "THB"}, "Dòng 2, cột «Đơn vị tiền tệ»"),
        ({"ID đơn hàng/điều chỉnh": 580000000000000001}, "Dòng 2, cột «ID đơn hàng/điều chỉnh»: mã đã bị Excel"),
    ],
)
def test_one_dong_is_enough_to_stop(tmp_path: Path, changes: dict[str, Value], sentence: str) -> None:
    """The report's arithmetic, its digits, its currency, and ids that Excel has rounded."""
    with pytest.raises(FileError) as said:
        content(_settled(tmp_path / "a.xlsx", {**ROW, **changes}))
    assert str(said.value).startswith(sentence)


UNSETTLED: dict[str, Value] = {
    "Loại giao dịch": "Đơn hàng",
    "ID đơn hàng/điều chỉnh": "580000000000000001",
    "Đơn vị tiền tệ": "VND",
    "Số tiền quyết toán ước tính": "80000",
    "Lý do chưa quyết toán": "Đang chờ hoàn tất",
    "Tổng phụ trước giảm giá": "100000",
    "Giảm giá của người bán": "-10000",
    "Tổng phí": "-10000",
    "Phí giao dịch ước tính": "-10000",
}
ZEROES = (
    "Tổng phụ hoàn tiền trước giảm giá của người bán", "Khoản hoàn tiền giảm giá của người bán", "Phí hoa hồng của TikTok Shop",
    "Hoa hồng liên kết ước tính", "Thuế GTGT do TikTok Shop khấu trừ", "Thuế TNCN do TikTok Shop khấu trừ", "Số tiền điều chỉnh",
)  # fmt: skip


def _unsettled(path: Path, count: int, *rows: dict[str, Value]) -> Path:
    headings = (*UNSETTLED, *ZEROES)
    head: list[list[Value]] = [
        ["Đơn chưa quyết toán"],
        ["Thời gian tải xuống"],
        ["Tổng số giao dịch", str(count)],
        [],
        [*headings],
    ]
    body = [[(dict.fromkeys(ZEROES, "0") | row).get(name) for name in headings] for row in rows]
    write_book(path, [Sheet("Đơn hàng chưa quyết toán và kho", [*head, *body])])
    return path


def test_estimates_are_summed_over_an_orders_rows(tmp_path: Path) -> None:
    """Fees are shared out over SKUs there; nothing of it is settled."""
    _, (income,), found = content(_unsettled(tmp_path / "a.xlsx", 2, UNSETTLED, UNSETTLED))
    assert {line.code: (line.amount_vnd, line.stage.value) for line in income.lines} == {
        "subtotal_before_discount_amount": (200_000, "processing"),
        "seller_discount_amount": (-20_000, "processing"),
        "transaction_fee_amount": (-20_000, "processing"),
    }
    assert (income.payout_vnd, income.settled_at, found.rows) == (160_000, None, 2)


def test_a_file_that_lost_rows_is_refused(tmp_path: Path) -> None:
    """It says itself how many it has."""
    with pytest.raises(FileError, match="Tệp ghi 3 giao dịch nhưng chỉ đọc được 2"):
        content(_unsettled(tmp_path / "a.xlsx", 3, UNSETTLED, UNSETTLED))


def test_analytics_are_told_and_not_stored(tiktok: Seen, tmp_path: Path) -> None:
    """Pieces and GMV of paid orders as the world knows them; no table but the list of imports has a row of it."""
    path = tiktok.export("tiktok.product_analytics")
    with tiktok.paper_office(tmp_path.name) as paper:
        before = dump(paper, without=("file_import", "sqlite_sequence"))
        taken = import_file(paper, path)
        assert dump(paper, without=("file_import", "sqlite_sequence")) == before
    sold = [o for o in tiktok.world.world.orders("tiktok_shop", tiktok.shop) if o.paid_at and not o.cancelled_at]
    pieces = sum(line.quantity for order in sold for line in order.lines)
    goods_vnd = f"{sum(order.goods_vnd for order in sold):,}".replace(",", ".")
    (note,) = taken.notes
    assert note.startswith("2026-10-01 ~ 2026-11-10")
    assert f": bán {pieces} sản phẩm, doanh số {goods_vnd} ₫." in note


def test_a_total_that_is_not_the_sum_is_named(tmp_path: Path) -> None:
    """The report's first sheet states what all rows come to, ads too."""
    rows = [list(HEADINGS), [ROW.get(name) for name in HEADINGS]]
    for stated, notes in (
        ("80000", []),
        ("80001", ["Trang báo cáo ghi tổng quyết toán 80.001 ₫, các dòng cộng lại 80.000 ₫."]),
    ):
        report: list[list[Value]] = [["Báo cáo thu nhập"], ["Tổng số tiền quyết toán", stated]]
        write_book(tmp_path / "b.xlsx", [Sheet("Báo cáo", report), Sheet("Chi tiết đơn hàng", rows)])
        with open_book(tmp_path / "b.xlsx") as book:
            kind, place = recognise(book)
            found = kind.read(book, place)
            assert len(list(found.incomes)) == 1
            (day,) = found.statements
            assert (day.external_id, day.total_vnd, day.payout_vnd) == ("2026-04-08", 80_000, None)
            assert found.notes.all() == notes


def test_estimates_of_a_file_are_those_of_the_api(tiktok: Seen, tmp_path: Path) -> None:
    """By order and code, of every order the API was asked for; the settled report takes their place, and all can be taken back."""
    with tiktok.paper_office(tmp_path.name) as paper:
        empty = dump(paper)
        kinds = ("tiktok.orders", "tiktok.unsettled", "tiktok.settled")
        verdicts = [import_file(paper, tiktok.export(kind, folder=tmp_path)) for kind in kinds]
        assert verdicts[1].kind == "tiktok.unsettled"
        assert verdicts[1].notes == []
        ours, theirs = _estimates(paper), _estimates(tiktok.app)
        assert len(theirs) >= 5
        assert {key: ours[key] for key in theirs} == theirs
        for one in reversed(verdicts):
            undo_import(paper, one.import_id or 0)
        assert dump(paper) == empty


def _estimates(app: App) -> dict[tuple[str, str], int]:
    query = (
        select(SalesOrder.external_id, MoneyLine.code, func.sum(MoneyLine.amount_vnd))
        .join(MoneyLine, MoneyLine.order_id == SalesOrder.id)
        .where(MoneyLine.stage == "processing", SalesOrder.settled_at.is_(None))
        .group_by(SalesOrder.external_id, MoneyLine.code)
    )
    with app.database.session() as session:
        return {(order, code): amount_vnd for order, code, amount_vnd in session.execute(query)}
