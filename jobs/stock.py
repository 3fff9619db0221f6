"""One stock for all shops: what the office counted, less what was ordered since, told to every shop that sells it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from connectors.base import Order, OrderState
from jobs.intend import spread_stock
from models import Listing, OrderLine, SalesOrder, Shop, Variant

Taken = Mapping[str, int]  # pieces of each SKU that orders hold

NOT_TAKEN = (
    OrderState.CANCELLED.value,
)  # a cancelled order gives its pieces back; a return does not come back for sale


def taken(session: Session, shop: Shop, orders: Sequence[Order]) -> Taken:
    """Pieces of each SKU that the stored versions of these orders hold now."""
    held = case((SalesOrder.state.in_(NOT_TAKEN), 0), else_=OrderLine.quantity - OrderLine.cancelled_quantity)
    rows = session.execute(
        select(OrderLine.sku, func.sum(held))
        .join(SalesOrder, OrderLine.order_id == SalesOrder.id)
        .where(SalesOrder.shop_id == shop.id, SalesOrder.external_id.in_([order.external_id for order in orders]))
        .group_by(OrderLine.sku),
    )
    return dict(rows.all())


def count_stock(session: Session, shop: Shop, before: Taken, orders: Sequence[Order]) -> None:
    """After orders were stored: lower what is available, and note that this marketplace lowered its own figure itself.

    Called in the transaction that stored them, so that a crash counts neither or both.
    """
    change = Counter(taken(session, shop, orders))
    change.subtract(Counter(before))
    moved = {sku: pieces for sku, pieces in change.items() if pieces}
    if not moved:
        return
    variants = session.scalars(select(Variant).where(Variant.sku.in_(moved))).all()
    recount(session, [variant.id for variant in variants])
    for variant in variants:
        session.execute(
            update(Listing)
            .where(Listing.shop_id == shop.id, Listing.variant_id == variant.id, Listing.sent_stock.is_not(None))
            .values(sent_stock=Listing.sent_stock - moved[variant.sku]),
        )


def recount(session: Session, variant_ids: Iterable[int]) -> None:
    """Set `available` from the count and the orders placed since it, never below zero, and spread it to the shops."""
    ids = list(variant_ids)
    held = case((SalesOrder.state.in_(NOT_TAKEN), 0), else_=OrderLine.quantity - OrderLine.cancelled_quantity)
    ordered = (
        select(func.coalesce(func.sum(held), 0))
        .select_from(OrderLine)
        .join(SalesOrder, OrderLine.order_id == SalesOrder.id)
        .where(OrderLine.variant_id == Variant.id, SalesOrder.placed_at >= Variant.stock_at)
        .correlate(Variant)
        .scalar_subquery()
    )
    left = Variant.stock - ordered
    session.execute(
        update(Variant)
        .where(Variant.id.in_(ids), Variant.stock.is_not(None))
        .values(available=case((left < 0, 0), else_=left))
        .execution_options(synchronize_session=False),
    )
    spread_stock(session, ids)
