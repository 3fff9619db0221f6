"""What each shop should show: the intended state of its listings, composed from the register.

A listing's intention is good until its product's revision rises or a date passes (`intended_until`: a certificate or a
paper runs out), so a run over an unchanged register composes nothing. The words are kept as they were composed: a push
sends those, and never composes again.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from catalog.listing import Listing as IntendedListing
from jobs.app import App
from jobs.composing import Intention, Standing, intention
from jobs.placement import placement_on
from jobs.records import read_products
from models import Listing, Product, Shop, ShopProducer, Variant
from models.bulk import update_rows

COMPOSED_TOGETHER = 500  # listings whose part of the register is in memory at a time


class Intended(NamedTuple):
    """What one listing should show, and the hash of its content."""

    listing_id: int
    content_hash: str
    listing: IntendedListing


def keep_intentions_fresh(app: App, shop: Shop) -> None:
    """Bring the shop's intentions up to date. Over an unchanged register this reads twice and writes nothing."""
    today = app.today()
    with app.database.session() as session:
        is_fresh = not session.scalar(select(or_(exists(_missing(shop)), exists(_stale(shop, today)))))
    if not is_fresh:
        with app.database.write() as session:
            refresh_intentions(session, shop, today)


def refresh_intentions(session: Session, shop: Shop, today: date) -> int:
    """The number of listings composed anew. Safe to repeat."""
    _add_missing(session, shop)
    stale = session.execute(_stale(shop, today)).all()
    placement = placement_on(session, shop.marketplace)
    for start in range(0, len(stale), COMPOSED_TOGETHER):
        rows = stale[start : start + COMPOSED_TOGETHER]
        known = read_products(session, Product.id.in_({row.product_id for row in rows}))
        standing = {product_id: Standing(one, today, placement) for product_id, one in known.items()}
        update_rows(session, Listing, Intention._fields, [intention(row, standing[row.product_id]) for row in rows])
    return len(stale)


def intended(session: Session, ids: Sequence[int]) -> list[Intended]:
    """What those listings should show, in the order asked for. Only for listings that are wanted."""
    columns = ("intended_content", "intended_hash", "intended_price_vnd", "intended_stock")
    query = select(Listing.id, *(Listing.__table__.c[name] for name in columns)).where(Listing.id.in_(ids))
    by_id = {
        listing_id: Intended(listing_id, content_hash, IntendedListing.of(content, price_vnd, stock))
        for listing_id, content, content_hash, price_vnd, stock in session.execute(query)
    }
    return [by_id[listing_id] for listing_id in ids]


def _sold_by(shop: Shop) -> ColumnElement[bool]:
    """Which products a shop sells: those of its producers, or all when it names none."""
    named = exists().where(ShopProducer.shop_id == shop.id)
    mine = exists().where(ShopProducer.shop_id == shop.id, ShopProducer.producer_id == Product.producer_id)
    return or_(~named, mine)


def _missing(shop: Shop) -> Select[int]:
    """Packs that the shop sells and has no listing row for."""
    known = exists().where(Listing.shop_id == shop.id, Listing.variant_id == Variant.id)
    return (
        select(Variant.id)
        .join(Product, Variant.product_id == Product.id)
        .where(Variant.is_offered, _sold_by(shop), ~known)
    )


def _add_missing(session: Session, shop: Shop) -> None:
    fresh = {
        "intended_revision": 0,
        "blockers": "[]",
        "wanted": False,
        "sent_wanted": False,
        "must_look_up": False,
    }
    rows = _missing(shop).add_columns(literal(shop.id), *(literal(value) for value in fresh.values()))
    session.execute(insert(Listing).from_select(["variant_id", "shop_id", *fresh], rows, include_defaults=False))


def _stale(shop: Shop, today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Listing.id,
            Listing.variant_id,
            Listing.external_id,
            Listing.intended_revision,
            Listing.refused_hash,
            Variant.product_id,
            Variant.available,
            Variant.is_offered,
        )
        .join(Variant, Listing.variant_id == Variant.id)
        .join(Product, Variant.product_id == Product.id)
        .where(
            Listing.shop_id == shop.id,
            or_(
                Listing.intended_revision != Product.revision,
                Listing.intended_until <= today,
                and_(Listing.wanted, Listing.intended_stock.is_distinct_from(Variant.available)),
            ),
        )
        .order_by(Listing.id)
    )


def spread_stock(session: Session, variant_ids: list[int]) -> None:
    """Carry a variant's new `available` into the intention of every shop that offers it, without composing anything."""
    available = select(Variant.available).where(Variant.id == Listing.variant_id).scalar_subquery()
    session.execute(
        update(Listing)
        .where(Listing.variant_id.in_(variant_ids), Listing.wanted)
        .values(intended_stock=available)
        .execution_options(synchronize_session=False),
    )
