"""A SKU's price, its special price and the days of it (Lazada Open Platform reference, product pages, read 2026-11-24).

The special price is below the price; without dates it holds at once and for good. The world's offer always carries what a buyer pays now.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sandbox.lazada.refusal import business
from sandbox.things import VIETNAM
from sandbox.world import Offer, World

MOST_VND = 1_000_000_000


@dataclass(frozen=True)
class Tag:
    """What a SKU costs. Moments are Vietnam's; None leaves that end open."""

    price_vnd: int
    special_vnd: int | None = None
    begins: datetime | None = None
    ends: datetime | None = None

    def pays_vnd(self, now: datetime) -> int:
        if self.special_vnd is None or (self.begins and now < self.begins) or (self.ends and now > self.ends):
            return self.price_vnd
        return self.special_vnd


def tag_of(offer: Offer) -> Tag:
    """The SKU's own, or one made of what the world's offer says."""
    if "tag" not in offer.extra:
        listed = offer.list_price_vnd
        offer.extra["tag"] = Tag(offer.price_vnd) if listed is None else Tag(listed, offer.price_vnd)
    tag: Tag = offer.extra["tag"]
    return tag


def put_tag(world: World, offer: Offer, tag: Tag) -> None:
    """Price the offer now, and again whenever its special price begins or ends."""
    offer.extra["tag"] = tag
    _apply(world, offer, tag)
    turns = (tag.begins, tag.ends + timedelta(seconds=1) if tag.ends else None)
    for moment in turns:
        if moment is not None and moment > world.clock.now():
            world.later(moment, partial(_apply, world, offer, tag))


def _apply(world: World, offer: Offer, tag: Tag) -> None:
    if offer.extra["tag"] is tag:
        offer.price_vnd = tag.pays_vnd(world.clock.now())
        offer.list_price_vnd = tag.price_vnd if offer.price_vnd < tag.price_vnd else None


def checked(tag: Tag, sku: str) -> Tag:
    """The tag itself when its special price makes sense."""
    if tag.special_vnd is not None and tag.special_vnd >= tag.price_vnd:
        raise business(4157, "special price should be lower than price", field="special_price", seller_sku=sku)
    if tag.begins and tag.ends and tag.begins > tag.ends:
        raise business(4117, "special price dates are not valid", field="special_from_date", seller_sku=sku)
    return tag


def price(raw: str, sku: str, name: str = "price") -> int:
    """A positive whole number of đồng; `185000.00` is one too."""
    if not re.fullmatch(r"[0-9]{1,12}(\.0{1,2})?", raw):
        raise business(4104, f"{name} is not valid for VND: {raw}", field=name, seller_sku=sku)
    amount_vnd = int(raw.partition(".")[0])
    if not 0 < amount_vnd <= MOST_VND:
        raise business(4118, f"{name} must be greater than 0", field=name, seller_sku=sku)
    return amount_vnd


def quantity(raw: str, sku: str, name: str = "quantity") -> int:
    if not re.fullmatch(r"[0-9]{1,9}", raw):
        raise business(5, f"{name} must be a whole number from 0", field=name, seller_sku=sku)
    return int(raw)


def day(raw: str | None, sku: str, *, end: bool = False) -> datetime | None:
    """`YYYY-MM-DD HH:MM:SS`, with or without seconds or time of day; a bare last day lasts until midnight."""
    if raw is None:
        return None
    for shape in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"):
        try:
            moment = datetime.strptime(raw, shape).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
        return moment.replace(hour=23, minute=59, second=59) if end and len(raw) == 10 else moment
    raise business(4117, f"special price date is not valid: {raw}", field="special_from_date", seller_sku=sku)
