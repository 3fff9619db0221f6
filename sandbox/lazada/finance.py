"""Transactions and statements (Lazada Open Platform reference, finance pages, read 2026-11-24).

A transaction is there as soon as its order is booked, under the statement of its week, `Not paid` until that statement is. No total is
told: who reads pages until a short one comes.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sandbox.lazada import documents, fees, order_views
from sandbox.lazada.call import Answer, Call, Route
from sandbox.lazada.fees import Entry
from sandbox.lazada.ledger import Booking, Ledger
from sandbox.lazada.order_views import money
from sandbox.lazada.refusal import Refusal, business
from sandbox.lazada.shelf import shop_sku
from sandbox.lazada.weeks import Week
from sandbox.things import VIETNAM, vietnam_day

MOST = 500
LONGEST = timedelta(days=180)
EVERY_TYPE = "-1"
EMPTY = ("shipping_provider", "shipping_speed", "shipment_type", "details", "comment", "payment_ref_id")


def transactions(call: Call) -> Answer:
    first, last = _day(call, "start_time"), _day(call, "end_time")
    if last - first >= LONGEST:
        raise Refusal("1000012", "E1000012: The time range must be shorter than 180 days")
    wanted = call.optional("trans_type") or EVERY_TYPE
    limit, offset = call.integer("limit", 1, MOST, MOST, code=19), call.integer("offset", 0, 10**9, 0, code=14)
    bookings = [one for one in _ledger(call).bookings() if first <= vietnam_day(one.at) <= last]
    rows = [
        (one, entry)
        for one in _of_order(call, bookings)
        for entry in one.entries
        if wanted in {EVERY_TYPE, entry.fee_type}
        and call.optional("trade_order_line_id") in {None, str(entry.piece.item_id)}
    ]
    shared = {one.order.order_id: _shared(call, one) for one, _ in rows[offset : offset + limit]}
    return Answer([_row(call, entry) | shared[one.order.order_id] for one, entry in rows[offset : offset + limit]])


def _of_order(call: Call, bookings: list[Booking]) -> list[Booking]:
    raw = call.optional("trade_order_id")
    if raw is None:
        return bookings
    number = documents.whole(raw)
    order = call.book.by_number(number) if number else None
    return [one for one in bookings if one.order is order]


def payouts(call: Call) -> Answer:
    """Newest first, as far back as asked."""
    since = _day(call, "created_after")
    ledger = _ledger(call)
    shown = [
        _statement(call, ledger, week, bookings)
        for week, bookings in ledger.statements(call.now)
        if week.drawn_up_at.date() >= since
    ]
    return Answer(shown[::-1])


def _shared(call: Call, one: Booking) -> dict[str, Any]:
    """What every line of an order repeats."""
    week = one.week
    return {
        "transaction_date": f"{one.at.astimezone(VIETNAM):%d %b %Y}",
        "statement": str(week),
        "paid_status": "Paid" if week.paid_at <= call.now else "Not paid",
        "order_no": str(call.book.number(one.order)),
        "orderItem_status": order_views.status(one.order),
    }


def _row(call: Call, entry: Entry) -> dict[str, Any]:
    line, piece_id = entry.piece.line, str(entry.piece.item_id)
    offer = call.shelf.sku(line.offer_id)
    return {
        "transaction_type": entry.transaction_type,
        "fee_type": entry.fee_type,
        "fee_name": entry.fee_name,
        "transaction_number": f"{call.seller.short_code}-{piece_id}-{entry.fee_type}",
        "amount": money(entry.amount_vnd),
        "VAT_in_amount": money(entry.vat_vnd),
        "WHT_amount": "0.00",
        "WHT_included_in_amount": "No",
        "orderItem_no": piece_id,
        "reference": piece_id,
        "seller_sku": line.sku,
        "lazada_sku": shop_sku(offer) if offer else "",
        **dict.fromkeys(EMPTY, ""),
    }


def _statement(call: Call, ledger: Ledger, week: Week, bookings: Sequence[Booking]) -> dict[str, Any]:
    entries = [entry for one in ledger.paid_in(bookings) for entry in one.entries]
    total = money(sum(entry.amount_vnd for entry in entries))
    drawn_up, paid = f"{week.drawn_up_at:%Y-%m-%d %H:%M:%S}", week.paid_at <= call.now
    return {
        "statement_number": week.number(call.seller.short_code),
        "created_at": drawn_up,
        "updated_at": f"{week.paid_at:%Y-%m-%d %H:%M:%S}" if paid else drawn_up,
        "opening_balance": "0.00",
        "closing_balance": total,
        **_parts(entries),
        "subtotal2": total,
        "payout": f"{total} VND",
        "paid": str(int(paid)),
    }


def _parts(entries: list[Entry]) -> dict[str, str]:
    """The statement's columns; all of them together are its total."""
    revenue = _sum(entries, {fees.SALES})
    refunds = _sum(entries, {fees.REFUNDS})
    shipped = [entry for entry in entries if entry.transaction_type == fees.SHIPPING]
    credit_vnd = sum(entry.amount_vnd for entry in shipped if entry.amount_vnd > 0)
    taken = [entry for entry in entries if entry.transaction_type in {fees.FEES, fees.TAXES}]
    given_back_vnd = sum(entry.amount_vnd for entry in taken if entry.fee_name.startswith(fees.REVERSAL))
    return {
        "item_revenue": money(revenue),
        "other_revenue_total": "0.00",
        "shipment_fee": money(sum(entry.amount_vnd for entry in shipped) - credit_vnd),
        "shipment_fee_credit": money(credit_vnd),
        "fees_total": money(sum(entry.amount_vnd for entry in taken) - given_back_vnd),
        "refunds": money(refunds),
        "fees_on_refunds_total": money(given_back_vnd),
        "guarantee_deposit": "0.00",
        "subtotal1": money(revenue),
    }


def _sum(entries: list[Entry], kinds: set[str]) -> int:
    return sum(entry.amount_vnd for entry in entries if entry.transaction_type in kinds)


def _ledger(call: Call) -> Ledger:
    return call.backstage.ledgers[call.seller.seller_id]


def _day(call: Call, name: str) -> date:
    raw = call.text(name)
    try:
        return datetime.strptime(raw, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise business(17, f'"{raw}" Invalid Date Format', field=name) from None


ROUTES = {
    "/finance/transaction/details/get": Route("GET", transactions),
    "/finance/payout/status/get": Route("GET", payouts),
}
