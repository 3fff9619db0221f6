"""One stock for all shops: what the office counted, less what was ordered since, told to every shop that sells it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.orm import Session

from connectors.facts.order import OrderState
from jobs.intend import spread_stock
from models import Listing, OrderLine, SalesOrder, Shop, Variant
from models.among import among


class Named(Protocol):
    """An order, known by its marketplace's id."""

    @property
    def external_id(self) -> str: ...


class Held(NamedTuple):
    """Pieces of one SKU that orders hold: in all, and those ordered since the office counted its stock."""

    in_all: int
    since_count: int


NOTHING = Held(0, 0)
Taken = Mapping[str, Held]

NOT_TAKEN = (
    OrderState.CANCELLED.value,
)  # a cancelled order gives its pieces back; a return does not come back for sale

_HELD = case((SalesOrder.state.in_(NOT_TAKEN), 0), else_=OrderLine.quantity - OrderLine.cancelled_quantity)
_HELD_SINCE_COUNT = case((SalesOrder.placed_at >= Variant.stock_at, _HELD), else_=0)
_TAKEN = (
    select(OrderLine.sku, func.sum(_HELD), func.sum(_HELD_SINCE_COUNT))
    .join(SalesOrder, OrderLine.order_id == SalesOrder.id)
    .outerjoin(Variant, OrderLine.variant_id == Variant.id)
    .where(SalesOrder.shop_id == bindparam("shop_id"), among(SalesOrder.external_id, "orders"))
    .group_by(OrderLine.sku)
)
_VARIANTS = select(Variant.sku, Variant.id).where(among(Variant.sku, "skus"))
_SOLD_OUT = select(Variant.id).where(among(Variant.id, "variants"), Variant.available == 0)
_LOWER_AVAILABLE = (
    update(Variant)
    .where(Variant.id == bindparam("variant"), Variant.available > 0)
    .values(
        available=case(
            (Variant.available < bindparam("since_count"), 0), else_=Variant.available - bindparam("since_count")
        )
    )
)
_LOWER_SENT = (
    update(Listing)
    .where(
        Listing.shop_id == bindparam("shop"),
        Listing.variant_id == bindparam("variant"),
        Listing.sent_stock.is_not(None),
    )
    .values(sent_stock=Listing.sent_stock - bindparam("in_all"))
)


def taken(session: Session, shop: Shop, orders: Sequence[Named]) -> Taken:
    """Pieces of each SKU that the stored versions of these orders hold now."""
    these = {"shop_id": shop.id, "orders": [order.external_id for order in orders]}
    return {sku: Held(*pieces) for sku, *pieces in session.execute(_TAKEN, these)}


def count_stock(session: Session, shop: Shop, before: Taken, orders: Sequence[Named]) -> None:
    """After orders were stored: lower what is available, and note that this marketplace lowered its own figure itself.

    Called in the transaction that stored them, so that a crash counts neither or both. It costs what the orders cost, however
    many there were before; only a pack that has sold out is counted anew, for how far below zero it is was not kept.
    """
    moved = _moved(before, taken(session, shop, orders))
    variants = session.execute(_VARIANTS, {"skus": moved}).all()
    if not variants:
        return
    lowered = [{"shop": shop.id, "variant": variant_id, **moved[sku]._asdict()} for sku, variant_id in variants]
    ids = [variant_id for _, variant_id in variants]
    session.connection().execute(_LOWER_AVAILABLE, lowered)
    session.connection().execute(_LOWER_SENT, lowered)
    if sold_out := session.scalars(_SOLD_OUT, {"variants": ids}).all():
        recount(session, sold_out)
    spread_stock(session, ids)


def _moved(before: Taken, after: Taken) -> Taken:
    """How many more pieces are held now; SKUs without a difference are left out."""
    then_and_now = {sku: (before.get(sku, NOTHING), after.get(sku, NOTHING)) for sku in {**before, **after}}
    return {
        sku: Held(now.in_all - then.in_all, now.since_count - then.since_count)
        for sku, (then, now) in then_and_now.items()
        if now != then
    }


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
