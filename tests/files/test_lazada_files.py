"""Lazada's files: a row a piece, each with a status of its own; a row a fee, paid or not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from connectors.facts.order import MoneyStage, OrderState
from connectors.files.errors import FileError
from jobs.app import App
from jobs.imports import import_file
from jobs.imports_undo import undo_import
from models import MoneyLine, SalesOrder
from sandbox.exports.book import Sheet, Value, write_book
from tests.files.offices import Seen, dump, figures
from tests.files.sheets import content

ORDERS = (
    "orderItemId", "lazadaSku", "sellerSku", "createTime", "updateTime", "orderNumber", "customerName", "shippingAddress",
    "shippingRegion", "paidPrice", "unitPrice", "sellerDiscountTotal", "shippingFee", "itemName", "status", "refundAmount",
)  # fmt: skip
UNIT: dict[str, Value] = {
    "orderItemId": "900000000000001",
    "lazadaSku": "2001_VNAMZ-3001",
    "sellerSku": "CHE-200",
    "createTime": "21 Mar 2026 19:45",
    "updateTime": "23 Mar 2026 08:00",
    "orderNumber": "700000000000001",
    "customerName": "Người Nhận 000001",
    "shippingRegion": "Thái Nguyên",
    "paidPrice": "155000.00",
    "unitPrice": "165000.00",
    "sellerDiscountTotal": "10000.00",
    "itemName": "Chè",
    "status": "delivered",
    "refundAmount": "0.00",
}
FINANCE = (
    "Transaction Date", "Transaction Type", "Fee Name", "Transaction Number", "Details", "Seller SKU", "Lazada SKU", "Amount",
    "VAT in Amount", "WHT Amount", "WHT included in Amount", "Statement", "Paid Status", "Order No.", "Order Item No.",
)  # fmt: skip
FEE: dict[str, Value] = {
    "Transaction Date": "24 Mar 2026",
    "Fee Name": "Item Price Credit",
    "Amount": "165,000.00",
    "VAT in Amount": "0.00",
    "WHT Amount": "0.00",
    "WHT included in Amount": "No",
    "Statement": "23 Mar 2026 - 29 Mar 2026",
    "Paid Status": "Paid",
    "Order No.": "700000000000001",
    "Order Item No.": "900000000000001",
}


def test_files_give_the_figures_of_the_api(lazada: Seen, tmp_path: Path) -> None:
    """Revenue by SKU and month, and what each paid order brought: the names of fees differ, for files lack their numbers."""
    orders, finance = lazada.export("lazada.orders"), lazada.export("lazada.finance")
    with lazada.paper_office(tmp_path.name) as paper:
        empty = dump(paper)
        taken, paid = import_file(paper, orders), import_file(paper, finance)
        assert (taken.kind, paid.kind, paid.counts["waiting"]) == ("lazada.orders", "lazada.finance", 0)
        (note,) = paid.notes  # nothing was booked on the first day of the first week
        assert note.startswith("Kỳ 05 Oct 2026 - 11 Oct 2026 có thể không trọn trong tệp: chưa ghi bảng kê.")
        assert figures(paper)["revenue"] == figures(lazada.app)["revenue"]
        ours, theirs = _settled(paper), _settled(lazada.app)
        assert len(ours) > 20
        assert ours == {order: theirs[order] for order in ours}
        for one in (paid, taken):
            assert one.import_id is not None
            undo_import(paper, one.import_id)
        assert dump(paper) == empty


def _settled(app: App) -> dict[str, int]:
    """By order that was paid: the sum of its settled amounts."""
    query = (
        select(SalesOrder.external_id, func.sum(MoneyLine.amount_vnd))
        .join(MoneyLine, MoneyLine.order_id == SalesOrder.id)
        .where(SalesOrder.settled_at.is_not(None), MoneyLine.stage == "settled")
        .group_by(SalesOrder.external_id)
    )
    with app.database.session() as session:
        return dict(session.execute(query).all())


def _file(path: Path, headings: tuple[str, ...], *rows: dict[str, Value]) -> Path:
    write_book(path, [Sheet("Sheet1", [list(headings), *([row.get(name) for name in headings] for row in rows)])])
    return path


def test_pieces_are_folded_and_one_may_come_back(tmp_path: Path) -> None:
    """Three equal pieces are one line under the API's own id; the one that came back is counted, the order stands."""
    units = [{**UNIT, "orderItemId": f"90000000000000{n}"} for n in (3, 1, 2)]
    units[2] |= {"status": "returned", "refundAmount": "155000.00"}
    (order,), _, _ = content(_file(tmp_path / "a.xlsx", ORDERS, *units))
    (line,) = order.lines
    assert (line.external_id, line.quantity, line.returned_quantity, line.unit_price_vnd) == (
        "900000000000001",
        3,
        1,
        165_000,
    )
    assert (order.state, order.province) == (OrderState.DELIVERED, "Thái Nguyên")
    assert order.placed_at == datetime(2026, 3, 21, 12, 45, tzinfo=UTC)
    assert {one.code: one.amount_vnd for one in order.money} == {"item_price": 495_000, "voucher_seller": -30_000}
    assert "Người Nhận" not in order.raw


def test_a_status_nobody_knows_is_loud(tmp_path: Path) -> None:
    """There is no default."""
    with pytest.raises(FileError, match="trạng thái chưa biết «vanished»"):
        content(_file(tmp_path / "a.xlsx", ORDERS, {**UNIT, "status": "vanished"}))


def test_fees_are_settled_when_paid(tmp_path: Path) -> None:
    """Known names bear the API's codes, tax withheld inside an amount stands apart, what is not paid is an estimate."""
    fee = {
        **FEE,
        "Fee Name": "Commission",
        "Amount": "-9900.00",
        "WHT Amount": "-900.00",
        "WHT included in Amount": "Yes",
    }
    later = {**FEE, "Fee Name": "Lazada Bonus", "Amount": "500.00", "Paid Status": "Not paid"}
    shop = {
        **FEE,
        "Fee Name": "Sponsored Discovery - Top up",
        "Amount": "-50000.00",
        "Order No.": None,
        "Order Item No.": None,
    }
    _, (income,), found = content(_file(tmp_path / "a.xlsx", FINANCE, FEE, fee, later, shop))
    assert [(line.code, line.amount_vnd, line.stage, line.statement) for line in income.lines] == [
        ("13 Item Price Credit", 165_000, MoneyStage.SETTLED, "23 Mar 2026 - 29 Mar 2026"),
        ("3 Commission", -9_000, MoneyStage.SETTLED, "23 Mar 2026 - 29 Mar 2026"),
        ("3 Commission WHT_amount", -900, MoneyStage.SETTLED, "23 Mar 2026 - 29 Mar 2026"),
        ("Lazada Bonus", 500, MoneyStage.PROCESSING, ""),
    ]
    assert income.settled_at is None
    assert list(found.statements) == []
    assert found.notes.all() == [
        "Khoản «Sponsored Discovery - Top up» -50.000 ₫ không gắn với đơn nào: chỉ ghi trong bảng kê.",
        "Kỳ 23 Mar 2026 - 29 Mar 2026 có thể không trọn trong tệp: chưa ghi bảng kê. Hãy tải từ tuần trước kỳ này đến tuần sau.",
    ]


def test_a_whole_week_is_a_statement(tmp_path: Path) -> None:
    """Its rows by order and its own amounts; settled though not paid yet, for a later week has begun."""
    first = {**FEE, "Transaction Date": "23 Mar 2026", "Paid Status": "Not paid"}
    shop = {**first, "Fee Name": "Sponsored Discovery - Top up", "Amount": "-50000.00", "Order No.": None}
    later = {**FEE, "Transaction Date": "30 Mar 2026", "Paid Status": "Not paid", "Order No.": "700000000000002"}
    later |= {"Statement": "30 Mar 2026 - 05 Apr 2026"}
    _, incomes, found = content(_file(tmp_path / "a.xlsx", FINANCE, first, shop, later))
    (week,) = found.statements
    assert (week.external_id, week.total_vnd, week.payout_vnd) == ("23 Mar 2026 - 29 Mar 2026", 115_000, None)
    assert week.period_end == datetime(2026, 3, 29, 17, tzinfo=UTC)
    assert [(line.order_external_id, line.code, line.amount_vnd) for line in week.lines] == [
        ("700000000000001", "order", 165_000),
        ("", "Sponsored Discovery - Top up", -50_000),
    ]
    assert [(one.settled_at, one.lines[0].stage) for one in incomes] == [
        (None, MoneyStage.SETTLED),
        (None, MoneyStage.PROCESSING),
    ]


def test_a_statement_that_names_no_week_is_loud(tmp_path: Path) -> None:
    """Weeks are how statements of files and of the API are held against each other."""
    with pytest.raises(FileError, match="Dòng 2, cột «Statement»: không phải kỳ dạng"):
        content(_file(tmp_path / "a.xlsx", FINANCE, {**FEE, "Statement": "tuần 13"}))
