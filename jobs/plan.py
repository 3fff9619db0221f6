"""What a push would do: the difference between what we want and what the marketplace has, listing by listing."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from connectors.facts.listing import ListingState
from jobs.floors import is_under_floor
from jobs.records import AnyRow
from jobs.waits import Kind, is_held, waiting
from models import Listing, Shop, Variant


class Action(StrEnum):
    """In the order a push carries them out: what is for sale and at what price first, new listings last."""

    WITHDRAW = "withdraw"
    STOCK = "stock"
    PRICE = "price"
    RESTORE = "restore"
    UPDATE = "update"
    CREATE = "create"


KINDS = {
    Action.WITHDRAW: Kind.ON_OFF,
    Action.STOCK: Kind.STOCK,
    Action.PRICE: Kind.PRICE,
    Action.RESTORE: Kind.ON_OFF,
    Action.UPDATE: Kind.CONTENT,
    Action.CREATE: Kind.CONTENT,
}


COMPARED = (
    Listing.id,
    Listing.wanted,
    Listing.blockers,
    Listing.intended_hash,
    Listing.intended_price_vnd,
    Listing.intended_stock,
    Listing.external_id,
    Listing.tracking_id,
    Listing.sent_wanted,
    Listing.sent_hash,
    Listing.sent_price_vnd,
    Listing.sent_stock,
    Listing.refused_hash,
    Listing.reported_state,
)
HELD = frozenset({ListingState.REJECTED, ListingState.BANNED})  # the marketplace took it off: only new words help


@dataclass(frozen=True)
class Change:
    """One listing's difference. `fields` says what differs, `why` in a word, `blockers` what keeps it from being sold."""

    listing_id: int
    shop: str
    sku: str
    action: Action
    fields: tuple[str, ...] = ()
    why: str = ""
    blockers: tuple[str, ...] = ()


def differs() -> ColumnElement[bool]:
    """The one condition that says a listing needs anything sent."""
    return or_(
        Listing.wanted != Listing.sent_wanted,
        and_(
            Listing.wanted,
            or_(
                Listing.intended_hash.is_distinct_from(Listing.sent_hash),
                Listing.intended_price_vnd.is_distinct_from(Listing.sent_price_vnd),
                Listing.intended_stock.is_distinct_from(Listing.sent_stock),
            ),
        ),
    )


def differing(shop: Shop) -> Select[*tuple[Any, ...]]:
    """Listings that differ, each with its SKU, without those whose create may already have happened."""
    return (
        select(*COMPARED, Variant.sku, is_under_floor(shop.marketplace).label("is_under_floor"))
        .join(Variant, Listing.variant_id == Variant.id)
        .where(Listing.shop_id == shop.id, differs(), ~Listing.must_look_up)
        .order_by(Listing.id)
    )


def plan_shop(session: Session, shop: Shop, now: datetime) -> list[Change]:
    """Every change due, in the order a push sends them. Reads only; a listing may need several, each due by itself."""
    order = list(Action)
    waits = waiting(session, shop, now)
    changes = [
        change
        for listing in session.execute(differing(shop))
        for change in changes_of(listing, shop.name)
        if not is_held(listing, KINDS[change.action], waits)
    ]
    return sorted(changes, key=lambda change: (order.index(change.action), change.listing_id))


def changes_of(listing: AnyRow, shop: str) -> list[Change]:
    """What one row of `differing` needs, due or not. A create still under review waits: its figures follow once it has an id.

    Below its floor a listing is neither created, nor priced, nor put back on sale.
    """

    def change(action: Action, *fields: str, why: str) -> Change:
        blockers = tuple(blocker["sentence"] for blocker in json.loads(listing.blockers))
        return Change(listing.id, shop, listing.sku, action, fields, why, blockers)

    refused = listing.refused_hash is not None and listing.refused_hash == listing.intended_hash
    if listing.external_id is None:
        waits = listing.tracking_id is not None or refused or not listing.wanted or listing.is_under_floor
        return [] if waits else [change(Action.CREATE, why="chưa có trên sàn")]
    words = []
    if listing.wanted and listing.intended_hash != listing.sent_hash and not refused and listing.tracking_id is None:
        words.append(change(Action.UPDATE, "content", why="nội dung đã đổi"))
    if listing.reported_state in HELD:
        return words
    if not listing.wanted:
        return [change(Action.WITHDRAW, why="không còn được bán")] if listing.sent_wanted else []
    found = []
    if listing.intended_stock != listing.sent_stock:
        found.append(change(Action.STOCK, "stock", why=f"{listing.sent_stock} → {listing.intended_stock}"))
    if listing.intended_price_vnd != listing.sent_price_vnd and not listing.is_under_floor:
        found.append(change(Action.PRICE, "price_vnd", why=f"{listing.sent_price_vnd} → {listing.intended_price_vnd}"))
    if not listing.sent_wanted and not listing.is_under_floor:
        found.append(change(Action.RESTORE, why="được bán trở lại"))
    return found + words
