"""Listings that would be on sale but for something the office can mend: what stands in the way of each, before any request."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.plan import Action, Change
from models import Listing, Shop, Variant


def blocked_listings(session: Session, shop: Shop) -> list[Change]:
    """Packs that the register offers and the shop may not show: a create or a restore that is held back. Reads only."""
    query = (
        select(Listing.id, Listing.external_id, Listing.blockers, Variant.sku)
        .join(Variant, Listing.variant_id == Variant.id)
        .where(Listing.shop_id == shop.id, Variant.is_offered, ~Listing.wanted, ~Listing.sent_wanted)
        .order_by(Listing.id)
    )
    return [
        Change(
            listing_id,
            shop.name,
            sku,
            Action.CREATE if external_id is None else Action.RESTORE,
            why="chưa được bán",
            blockers=tuple(blocker["sentence"] for blocker in json.loads(blockers)),
        )
        for listing_id, external_id, blockers, sku in session.execute(query)
    ]
