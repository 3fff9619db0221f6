"""Tiki's order rows as our orders and incomes. Pure.

Money (Tiki Open API notes, section 7.4, read 2026-11-23): an item earns `row_total` and loses the `final_amount` of each
fee; Tiki's own total of both is `seller_income`. Nothing here is ever *settled*: Tiki has no statement to say so.
"""

from collections import Counter
from collections.abc import Iterator

from connectors.facts.order import Income, MoneyLine, MoneyStage, Order, OrderLine, OrderState
from connectors.tiki.payloads.orders import Item, OrderRow
from connectors.tiki.words import order_state, to_utc

ROW_TOTAL = "row_total"
LOST = frozenset({OrderState.CANCELLED, OrderState.RETURNED})


def to_order(row: OrderRow) -> Order:
    return Order(
        external_id=row.code,
        state=order_state(row.status),
        raw_state=row.status,
        placed_at=to_utc(row.created_at),
        updated_at=to_utc(row.updated_at),
        paid_at=next((to_utc(h.created_at) for h in row.status_histories if h.status == "paid"), None),
        province=row.shipping.address.region if row.shipping and row.shipping.address else None,
        lines=tuple(_line(item) for item in row.items),
        money=_money(row, MoneyStage.PLACED),
        raw=row.model_dump_json(exclude_unset=True),
    )


def to_income(row: OrderRow) -> Income:
    """A lost order keeps its `row_total` in Tiki's answer but earns none of it: only fees are left."""
    is_lost = order_state(row.status) in LOST
    return Income(
        order_external_id=row.code,
        lines=tuple(m for m in _money(row, MoneyStage.PROCESSING) if not (is_lost and m.code == ROW_TOTAL)),
        payout_vnd=sum(item.invoice.seller_income for item in row.items),
    )


def _line(item: Item) -> OrderLine:
    return OrderLine(
        external_id=str(item.id),
        sku=item.product.seller_product_code,
        item_external_id=str(item.product.master_id),
        variant_external_id=str(item.product.id),
        name=item.product.name,
        quantity=item.qty,
        unit_price_vnd=item.price,
    )


def _money(row: OrderRow, stage: MoneyStage) -> tuple[MoneyLine, ...]:
    return tuple(
        MoneyLine(code=code, amount_vnd=amount, stage=stage, line_external_id=str(item.id))
        for item in row.items
        for code, amount in _amounts(item)
    )


def _amounts(item: Item) -> Iterator[tuple[str, int]]:
    """Fees of one kind are one amount: Tiki may list the same key several times under an item."""
    yield ROW_TOTAL, item.invoice.row_total
    fees: Counter[str] = Counter()
    for fee in item.invoice.fees:
        fees[fee.fee_type_key] += fee.final_amount
    yield from fees.items()
