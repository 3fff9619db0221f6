"""Shopee's wallet, returns, product performance and overview: recognised, checked, stored where there is a place, and undone."""

from pathlib import Path

import pytest
from sqlalchemy import select

from connectors.files.errors import FileError
from jobs.app import App
from jobs.imports import import_file
from jobs.imports_undo import undo_import
from models import OrderLine, SalesOrder, Shop, Statement
from models.statements_store import StatementRow, stored_statements
from sandbox.exports.book import Sheet, Value, write_book
from sandbox.exports.shopee_performance import OVERVIEW, PRODUCTS
from sandbox.exports.shopee_returns import HEADINGS as RETURNS
from sandbox.exports.shopee_wallet import HEADINGS as WALLET
from tests.files.offices import Seen, dump
from tests.files.sheets import INCOME, ORDER, content, income_file, order_file

MOVED: dict[str, Value] = {
    "Ngày": "2026-04-08 10:00:00",
    "Loại giao dịch": "Doanh thu Đơn Hàng",
    "Mã đơn hàng": "260401KW474ETA",
    "Dòng tiền": "Tiền vào",
    "Số tiền": "1.271.000",
    "Số dư Ví sau giao dịch": 1_271_000,
}
BANKED: dict[str, Value] = {
    **MOVED,
    "Ngày": "2026-04-09 01:10:00",
    "Loại giao dịch": "Rút tiền",
    "Mã đơn hàng": "-",
    "Dòng tiền": "Tiền ra",
    "Số dư Ví sau giao dịch": 0,
}
CAME_BACK: dict[str, Value] = {
    "Mã yêu cầu Trả hàng/Hoàn tiền": "2604100KW474ETA",
    "Mã đơn hàng": "260401KW474ETA",
    "Trạng thái Trả hàng/Hoàn tiền": "Đã Chấp Thuận Yêu Cầu",
    "SKU phân loại hàng": "CHE-200",
    "Số lượng sản phẩm được hoàn trả": 1,
    "Số tiền hoàn lại": "160000.00",
    "Người Mua": "a*****b",
}


def _sheet(path: Path, headings: tuple[str, ...], *rows: dict[str, Value], above: int = 0) -> Path:
    table = [[row.get(name) for name in headings] for row in rows]
    write_book(path, [Sheet("Sheet1", [*([] for _ in range(above)), list(headings), *table])])
    return path


def test_the_wallet_says_the_same_days_as_the_income_report(shopee: Seen, paper: App, tmp_path: Path) -> None:
    """A day's sum by order is one statement whichever file states it, more exact of the moment in the wallet; undone exactly."""
    import_file(paper, shopee.export("shopee.orders", folder=tmp_path))
    paid = import_file(paper, shopee.export("shopee.income", folder=tmp_path)).import_id
    with_income = dump(paper)
    wallet = import_file(paper, shopee.export("shopee.wallet", folder=tmp_path))
    with paper.database.session() as session:
        days = len(session.scalars(select(Statement.id)).all())
    assert (wallet.kind, wallet.counts) == ("shopee.wallet", {"updated": days})
    assert [note.split(" ")[0] for note in wallet.notes] == ["«Rút"]
    both = dump(paper)
    assert import_file(paper, shopee.export("shopee.income", folder=tmp_path)).import_id is None
    assert import_file(paper, shopee.export("shopee.wallet", folder=tmp_path)).import_id is None
    assert dump(paper) == both
    undo_import(paper, wallet.import_id or 0)
    assert dump(paper) == with_income
    assert paid is not None


def test_the_fuller_of_two_files_of_a_day_stands(paper: App, tmp_path: Path) -> None:
    """A day downloaded before it was over names fewer orders: whichever comes first, the whole day is kept, and both are named."""
    part = income_file(tmp_path / "part.xlsx", INCOME)
    whole = income_file(tmp_path / "whole.xlsx", INCOME, {**INCOME, "Mã đơn hàng": "260401KW474ETB"})
    said: list[object] = []
    for files in ((part, whole), (whole, part)):
        empty = dump(paper)
        taken = [import_file(paper, path) for path in files]
        assert "Bảng kê 2026-04-08: tệp này ghi" in "".join(taken[1].notes)
        with paper.database.session() as session:
            shop_id = session.scalars(select(Shop.id)).one()
            said.append(stored_statements(session, shop_id, ["2026-04-08"])["2026-04-08"])
        for one in reversed(taken):
            undo_import(paper, one.import_id or 0)
        assert dump(paper) == empty
    assert said[0] == said[1]
    assert isinstance(said[0], StatementRow)
    assert (said[0].total_vnd, len(said[0].lines)) == (542_000, 2)


@pytest.mark.parametrize(
    ("voucher_vnd", "notes"),
    [
        (-6_900, []),
        (-6_000, ["Đơn 260401KW474ETA: chi tiết phí dịch vụ cộng lại -9.000 ₫, «Phí Dịch Vụ» ghi -9.900 ₫."]),
    ],
)
def test_a_service_fee_is_its_programmes(tmp_path: Path, voucher_vnd: int, notes: list[str]) -> None:
    """The fee for processing is told apart; parts that do not make up the whole are named, and the whole is kept."""
    headings: list[Value] = ["Mã giao dịch", "Mã đơn hàng", "Phí Hạ Tầng", "Voucher Xtra"]
    rows: list[list[Value]] = [["Phí Dịch Vụ"], headings, [1, "260401KW474ETA", -3_000, voucher_vnd]]
    path = income_file(tmp_path / "i.xlsx", INCOME, beside=(Sheet("Service Fee Details", rows),))
    _, (income,), found = content(path)
    fees = {line.code: line.amount_vnd for line in income.lines}
    assert (fees["service_fee"], fees["seller_order_processing_fee"]) == (-6_900, -3_000)
    assert found.notes.all() == notes


def test_a_wallet_alone_is_a_statement_a_day(tmp_path: Path) -> None:
    """Orders' money only; what went to the bank is told in a note. Balances that follow from each other say nothing."""
    _, _, found = content(_sheet(tmp_path / "w.xlsx", WALLET, BANKED, MOVED, above=17))
    (day,) = found.statements
    assert (day.external_id, day.total_vnd, day.payout_vnd) == ("2026-04-08", 1_271_000, 1_271_000)
    assert [(line.order_external_id, line.code, line.amount_vnd) for line in day.lines] == [
        ("260401KW474ETA", "payout_amount", 1_271_000)
    ]
    assert found.notes.all() == ["«Rút tiền» -1.271.000 ₫ không thuộc đơn nào: không vào bảng kê nào."]


def test_a_wallet_that_lacks_a_row_says_so(tmp_path: Path) -> None:
    """The balance after a movement is the one before it and the movement."""
    _, _, found = content(_sheet(tmp_path / "w.xlsx", WALLET, {**BANKED, "Số dư Ví sau giao dịch": 5}, MOVED))
    assert len(list(found.statements)) == 1
    assert found.notes.all()[0] == (
        "Số dư ví không khớp ở 1 dòng (ví dụ dòng 2): tệp có thể thiếu giao dịch. Hãy tải lại."
    )


def test_money_that_flows_nowhere_is_loud(tmp_path: Path) -> None:
    """In or out, and the amount agrees with it."""
    for changes, column in (({"Dòng tiền": "Khác"}, "Dòng tiền"), ({"Số tiền": "-5"}, "Số tiền")):
        with pytest.raises(FileError, match=f"Dòng 2, cột «{column}»"):
            content(_sheet(tmp_path / "w.xlsx", WALLET, {**MOVED, **changes}))


def test_returns_are_noted_on_orders_of_files(paper: App, tmp_path: Path) -> None:
    """Two pieces of an order, one came back; twice changes nothing; undone, the order is as it was."""
    import_file(paper, order_file(tmp_path / "o.xlsx", ORDER))
    before = dump(paper)
    path = _sheet(tmp_path / "Order.return_refund.xls", RETURNS, CAME_BACK)
    back = import_file(paper, path)
    assert (back.kind, back.counts) == ("shopee.returns", {"updated": 1})
    assert back.notes == ["Đã hoàn cho người mua 160.000 ₫; tiền được tính từ báo cáo thu nhập."]
    with paper.database.session() as session:
        back_of = select(SalesOrder.state, OrderLine.returned_quantity)
        joined = back_of.join(OrderLine, OrderLine.order_id == SalesOrder.id)
        assert session.execute(joined).all() == [("completed", 1)]
    after = dump(paper)
    assert import_file(paper, path).import_id is None
    whole = _sheet(
        tmp_path / "again.xls", RETURNS, CAME_BACK, {**CAME_BACK, "Trạng thái Trả hàng/Hoàn tiền": "Từ chối"}
    )
    again = import_file(paper, whole)
    assert again.counts == {"unchanged": 1}
    undo_import(paper, again.import_id or 0)
    assert dump(paper) == after
    undo_import(paper, back.import_id or 0)
    assert dump(paper) == before


def test_returns_of_an_unknown_order_wait(paper: App, tmp_path: Path) -> None:
    """The same file is taken again once its order is there."""
    path = _sheet(tmp_path / "r.xls", RETURNS, CAME_BACK)
    assert import_file(paper, path).counts == {"waiting": 1}
    import_file(paper, order_file(tmp_path / "o.xlsx", ORDER))
    assert import_file(paper, path).counts == {"updated": 1}


def test_what_the_api_says_of_returns_stays(shopee: Seen, tmp_path: Path) -> None:
    """A difference is named; nothing of the order changes."""
    with shopee.app.database.session() as session:
        order, sku = session.execute(
            select(SalesOrder.external_id, OrderLine.sku)
            .join(OrderLine, OrderLine.order_id == SalesOrder.id)
            .where(SalesOrder.state == "completed")
            .order_by(SalesOrder.id)
        ).first() or ("", "")
    before = dump(shopee.app, without=("file_import", "file_entry", "sqlite_sequence"))
    row: dict[str, Value] = {**CAME_BACK, "Mã đơn hàng": order, "SKU phân loại hàng": sku}
    taken = import_file(shopee.app, _sheet(tmp_path / "r.xls", RETURNS, row))
    assert taken.counts == {"exact": 1}
    assert f"Đơn {order}: tệp ghi trả 1 sản phẩm, API ghi 0; giữ số của API." in taken.notes
    assert dump(shopee.app, without=("file_import", "file_entry", "sqlite_sequence")) == before
    undo_import(shopee.app, taken.import_id or 0)


def test_the_worlds_returns_are_read(shopee: Seen, paper: App, tmp_path: Path) -> None:
    """The order export says already what came back: the file of returns adds nothing to its orders."""
    import_file(paper, shopee.export("shopee.orders", folder=tmp_path))
    taken = import_file(paper, shopee.export("shopee.returns", folder=tmp_path))
    back = sum(order.returned_at is not None for order in shopee.world.world.orders("shopee", shopee.shop))
    assert (taken.kind, taken.counts["unchanged"], taken.counts["updated"]) == ("shopee.returns", back, 0)


@pytest.mark.parametrize("kind", ["shopee.product_perf", "shopee.overview"])
def test_analytics_are_told_and_not_stored(shopee: Seen, paper: App, tmp_path: Path, kind: str) -> None:
    """What was sold in all, as the world knows it; no table but the list of imports has a row of it."""
    before = dump(paper, without=("file_import", "sqlite_sequence"))
    taken = import_file(paper, shopee.export(kind, folder=tmp_path))
    sold = [o for o in shopee.world.world.orders("shopee", shopee.shop) if o.paid_at and not o.cancelled_at]
    pieces = sum(line.quantity for order in sold for line in order.lines)
    (note,) = taken.notes
    goods_vnd = f"{sum(order.goods_vnd for order in sold):,}".replace(",", ".")
    assert f": bán {pieces} sản phẩm, doanh số {goods_vnd} ₫. Chỉ để đối chiếu" in note
    assert taken.kind == kind
    assert dump(paper, without=("file_import", "sqlite_sequence")) == before
    undo_import(paper, taken.import_id or 0)


def test_a_product_is_the_sum_of_its_variants(tmp_path: Path) -> None:
    """Both grains stand in the file and count once; a difference is named."""
    sums: dict[str, Value] = {
        "Doanh số (Đơn đã đặt) (VND)": "15,690,000",
        "Doanh số (Đơn đã xác nhận) (VND)": "13,652,000",
        "Sản phẩm (Đơn đã xác nhận)": "30",
    }
    whole: dict[str, Value] = {"Mã sản phẩm": "21487599009", "Mã phân loại hàng": "-", **sums}
    part = {**whole, "Mã phân loại hàng": "196262506388", "Sản phẩm (Đơn đã xác nhận)": "29"}
    _, _, found = content(_sheet(tmp_path / "p.xlsx", PRODUCTS, whole, part))
    assert found.notes.all() == [
        "Sản phẩm 21487599009: các phân loại cộng lại khác dòng của sản phẩm.",
        "1 sản phẩm: bán 30 sản phẩm, doanh số 13.652.000 ₫. Chỉ để đối chiếu, không ghi vào sổ: doanh thu tính từ tệp đơn hàng.",
    ]


def test_a_day_that_stands_twice_stops_the_overview(tmp_path: Path) -> None:
    """Its figures would count double."""
    day: dict[str, Value] = {"Ngày": "10:00 01-04-2026", "Doanh số (Đơn đã đặt) (VND)": "1.000"}
    with pytest.raises(FileError, match="Dòng 3, cột «Ngày»: có hai dòng"):
        content(_sheet(tmp_path / "o.xlsx", OVERVIEW, day, day))
