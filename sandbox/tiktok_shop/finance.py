"""Statements, their transactions, an order's settlement, what is not settled yet, and withdrawals (Partner Center, read 2026-11-23).

`sort_field` is mandatory and takes one word. For local sellers of this region shipping is inside a statement's `fee_amount`. The
payments page is not open to them, so it is no path here.
"""

from typing import Any

from sandbox.tiktok_shop import finance_views as views
from sandbox.tiktok_shop import scopes
from sandbox.tiktok_shop.call import Call, Route
from sandbox.tiktok_shop.moments import epoch
from sandbox.tiktok_shop.money import said
from sandbox.tiktok_shop.order_words import FIRST_ORDER, find_order, order_id
from sandbox.tiktok_shop.paging import page
from sandbox.tiktok_shop.refusal import Refusal, invalid
from sandbox.tiktok_shop.statement import Statement, Transaction

PAYMENT_STATUSES = ("PAID", "FAILED", "PROCESSING", "SETTLED")
WITHDRAWAL_TYPES = ("WITHDRAW", "SETTLE", "TRANSFER", "REVERSE", "PAYMENT", "REFUND")
END = 2**39


def statements(call: Call) -> dict[str, Any]:
    newest_first = _sorted(call, "statement_time")
    low, high = (call.integer(f"statement_time_{end}", 0, END, default) for end, default in (("ge", 0), ("lt", END)))
    wanted = call.one_of("payment_status", PAYMENT_STATUSES, "PAID") if call.request.one("payment_status") else ""
    found = [one for one in _own(call) if low <= epoch(one.at) < high and wanted in {"", _payment_status(call, one)}]
    shown = page(call, found, lambda one: (epoch(one.at), int(one.statement_id)), newest_first=newest_first)
    told: dict[str, Any] = {"next_page_token": shown.next_token, "total_count": len(found)}
    return told | ({"statements": [_head(call, one) for one in shown.rows]} if shown.rows else {})


def statement_transactions(call: Call) -> dict[str, Any]:
    newest_first = _sorted(call, "order_create_time")
    statement = next((one for one in _own(call) if one.statement_id == call.ids[0]), None)
    if statement is None:
        raise Refusal(98001004, "Invalid parameter 'statement_id': the statement is not found")
    rows, key = statement.transactions, _by_creation
    shown = page(call, rows, key, newest_first=newest_first)
    return {
        "id": statement.statement_id,
        "create_time": epoch(statement.at),
        "status": "SETTLED",
        "currency": "VND",
        "payable_amount": said(statement.settlement_vnd),
        "total_reserve_amount": "0",
        "total_settlement_amount": said(statement.settlement_vnd),
        "total_settlement_breakdown": {
            "total_revenue_amount": said(statement.revenue_vnd),
            "total_shipping_cost_amount": said(statement.shipping_vnd),
            "total_fee_tax_amount": said(statement.fee_tax_vnd),
            "total_adjustment_amount": "0",
        },
        "total_count": len(rows),
        "next_page_token": shown.next_token,
        "transactions": [views.transaction(call.world, row) for row in shown.rows],
    }


def order_transactions(call: Call) -> dict[str, Any]:
    """What statements say of one order so far; nothing before the first names it."""
    order = find_order(call.world, call.shop.shop_id, call.ids[0])
    if order is None:
        raise Refusal(21008111, "The order does not belong to the shop")
    booked = call.stage.ledger.by_order.get(order.order_id, [])
    rows = [row for statement, one in booked for row in views.sku_rows(call.world, one, statement.statement_id)]
    told = {
        "order_id": order_id(order),
        "order_create_time": epoch(order.placed_at),
        "currency": "VND",
        "settlement_amount": said(sum(one.settlement_vnd for _, one in booked)),
        "revenue_amount": said(sum(one.revenue_vnd for _, one in booked)),
        "shipping_cost_amount": said(sum(one.shipping_vnd for _, one in booked)),
        "fee_and_tax_amount": said(sum(one.fee_tax_vnd for _, one in booked)),
        "total_count": len(rows),
    }
    return told | ({"sku_transactions": rows} if rows else {})


def unsettled(call: Call) -> dict[str, Any]:
    """Paid orders that no statement has booked. A returned one has nothing more to come."""
    newest_first = _sorted(call, "order_create_time")
    low, high = (call.integer(f"search_time_{end}", 0, END, default) for end, default in (("ge", 0), ("lt", END)))
    ledger = call.stage.ledger
    rows = [
        Transaction(str(FIRST_ORDER * 2 + order.order_id), order, ledger.amounts(order))
        for order in ledger.open_orders(call.shop.shop_id)
        if order.counts and low <= epoch(order.placed_at) < high
    ]
    shown = page(call, rows, _by_creation, newest_first=newest_first)
    sums = {
        "settlement": sum(row.settlement_vnd for row in rows),
        "revenue": sum(row.revenue_vnd for row in rows),
        "fee": sum(row.shipping_vnd + row.fee_tax_vnd for row in rows),
        "adjustment": 0,
    }
    told: dict[str, Any] = {f"sum_est_{name}_amount": said(value) for name, value in sums.items()}
    told |= {"total_count": len(rows), "next_page_token": shown.next_token}
    return told | ({"transactions": [views.estimate(row) for row in shown.rows]} if shown.rows else {})


def withdrawals(call: Call) -> dict[str, Any]:
    """A paid statement settles to the shop's account, and leaves it for the bank at once."""
    types = call.request.all("types")
    if not types or not set(types) <= set(WITHDRAWAL_TYPES):
        raise invalid(f"'types' must hold {', '.join(WITHDRAWAL_TYPES)}")
    low, high = (call.integer(f"create_time_{end}", 0, END, default) for end, default in (("ge", 0), ("lt", END)))
    rows = [
        {
            "id": f"{prefix}{statement.statement_id[2:]}",
            "type": kind,
            "amount": said(statement.settlement_vnd),
            "currency": "VND",
            "status": "SUCCESS",
            "create_time": epoch(statement.paid_at),
        }
        for statement in _own(call)
        for kind, prefix in (("SETTLE", 76), ("WITHDRAW", 77))
        if kind in types and statement.paid_at <= call.now and low <= epoch(statement.paid_at) < high
    ]
    shown = page(call, rows, lambda row: (int(str(row["create_time"])), int(str(row["id"]))))
    told: dict[str, Any] = {"total_count": len(rows), "next_page_token": shown.next_token}
    return told | ({"withdrawals": shown.rows} if shown.rows else {})


def _own(call: Call) -> list[Statement]:
    return [one for one in call.stage.ledger.statements if one.shop_id == call.shop.shop_id]


def _by_creation(row: Transaction) -> tuple[int, ...]:
    return epoch(row.order.placed_at), int(row.transaction_id)


def _sorted(call: Call, field: str) -> bool:
    """Newest first? The sort field must be named, though there is but one."""
    call.one_of("sort_field", (field,))
    return call.one_of("sort_order", ("ASC", "DESC"), "DESC") == "DESC"


def _payment_status(call: Call, statement: Statement) -> str:
    return "PAID" if statement.paid_at <= call.now else "PROCESSING"


def _head(call: Call, statement: Statement) -> dict[str, Any]:
    told = {
        "id": statement.statement_id,
        "statement_time": epoch(statement.at),
        "currency": "VND",
        "settlement_amount": said(statement.settlement_vnd),
        "revenue_amount": said(statement.revenue_vnd),
        "fee_amount": said(statement.shipping_vnd + statement.fee_tax_vnd),
        "adjustment_amount": "0",
        "payment_status": _payment_status(call, statement),
    }
    paid = {"payment_id": statement.payment_id, "payment_time": epoch(statement.paid_at)}
    return told | (paid if statement.paid_at <= call.now else {})


ROUTES = (
    Route("GET", "finance", "/statements", ("202309",), statements, scopes.FINANCE),
    Route(
        "GET", "finance", "/statements/{}/statement_transactions", ("202501",), statement_transactions, scopes.FINANCE
    ),
    Route("GET", "finance", "/orders/{}/statement_transactions", ("202501",), order_transactions, scopes.FINANCE),
    Route("GET", "finance", "/orders/unsettled", ("202507",), unsettled, scopes.FINANCE),
    Route("GET", "finance", "/withdrawals", ("202309",), withdrawals, scopes.FINANCE),
)
