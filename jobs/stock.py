"""One stock for all shops: what the office counted, less what was ordered since, told to every shop that sells it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.orm import Session

from connectors.base import Order, OrderState
from jobs.intend import spread_stock
from models import Listing, OrderLine, SalesOrder, Shop, Variant
from models.among import among

Taken = Mapping[str, int]  # pieces of each SKU that orders hold

NOT_TAKEN = (
    OrderState.CANCELLED.value,
)  # a cancelled order gives its pieces back; a return does not come back for sale


_HELD = case((SalesOrder.state.in_(NOT_TAKEN), 0), else_=OrderLine.quantity - OrderLine.cancelled_quantity)
_TAKEN = (
    select(OrderLine.sku, func.sum(_HELD))
    .join(SalesOrder, OrderLine.order_id == SalesOrder.id)
    .where(SalesOrder.shop_id == bindparam("shop_id"), among(SalesOrder.external_id, "orders"))
    .group_by(OrderLine.sku)
)
_VARIANTS = select(Variant.sku, Variant.id).where(among(Variant.sku, "skus"))
_LOWER_SENT = (
    update(Listing)
    .where(
        Listing.shop_id == bindparam("shop"),
        Listing.variant_id == bindparam("variant"),
        Listing.sent_stock.is_not(None),
    )
    .values(sent_stock=Listing.sent_stock - bindparam("pieces"))
)


def taken(session: Session, shop: Shop, orders: Sequence[Order]) -> Taken:
    """Pieces of each SKU that the stored versions of these orders hold now."""
    these = {"shop_id": shop.id, "orders": [order.external_id for order in orders]}
    return dict(session.execute(_TAKEN, these).all())


def count_stock(session: Session, shop: Shop, before: Taken, orders: Sequence[Order]) -> None:
    """After orders were stored: lower what is available, and note that this marketplace lowered its own figure itself.

    Called in the transaction that stored them, so that a crash counts neither or both.
    """
    change = Counter(taken(session, shop, orders))
    change.subtract(Counter(before))
    moved = {sku: pieces for sku, pieces in change.items() if pieces}
    variants = session.execute(_VARIANTS, {"skus": moved}).all()
    if not variants:
        return
    recount(session, [variant_id for _, variant_id in variants])
    lowered = [{"shop": shop.id, "variant": variant_id, "pieces": moved[sku]} for sku, variant_id in variants]
    session.connection().execute(_LOWER_SENT, lowered)


def recount(session: Session, variant_ids: Iterable[int]) -> None:
    """Set `available` from the count and the orders placed since it, never below zero, and spread it to the shops."""
    ids = list(variant_ids)
    ordered = (
        select(func.coalesce(func.sum(_HELD), 0))
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
