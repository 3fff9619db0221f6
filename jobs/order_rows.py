"""Orders as the connectors tell them, as rows of the tables."""

import hashlib
from zoneinfo import ZoneInfo

from connectors.facts.order import MoneyLine, Order
from connectors.facts.order import OrderLine as OrderLineFact
from models.orders_store import LineRow, MoneyRow, OrderRow


def order_row(order: Order, zone: ZoneInfo) -> OrderRow:
    local = order.placed_at.astimezone(zone)
    return OrderRow(
        external_id=order.external_id,
        state=order.state.value,
        raw_state=order.raw_state,
        placed_at=order.placed_at,
        updated_at=order.updated_at,
        paid_at=order.paid_at,
        delivered_at=order.delivered_at,
        province=order.province and order.province.strip(),
        content_hash=hashlib.sha256(order.raw.encode()).hexdigest(),
        raw=order.raw,
        placed_month=local.year * 100 + local.month,
        lines=tuple(_line(line) for line in order.lines),
        money=tuple(money_row(line) for line in order.money),
    )


def _line(line: OrderLineFact) -> LineRow:
    """A marketplace may leave blanks around what a seller typed; here none are kept."""
    return LineRow(
        line.external_id,
        line.sku.strip(),
        line.item_external_id,
        line.name.strip(),
        line.quantity,
        line.cancelled_quantity,
        line.returned_quantity,
        line.unit_price_vnd,
        line.list_price_vnd,
    )


def money_row(line: MoneyLine) -> MoneyRow:
    return MoneyRow(line.line_external_id, line.code, line.stage.value, line.statement, line.amount_vnd)
