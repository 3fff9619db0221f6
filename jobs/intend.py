"""What each shop should show: the intended state of its listings, composed from the register.

A listing's intention is good until its product's revision rises or a date passes (`intended_until`: a certificate or a
paper runs out), so a run over an unchanged register composes nothing.
"""

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, insert, literal, or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from catalog.describe import IncompleteError, compose, valid_until
from catalog.eligibility import online_blockers
from catalog.listing import Listing as IntendedListing
from jobs.app import App
from jobs.records import to_producer, to_product, to_variant
from models import Listing, Product, Shop, ShopProducer, Variant


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
    stale = session.scalars(_stale(shop, today)).all()
    for listing in stale:
        _intend(listing, today)
    return len(stale)


def with_register() -> ExecutableOption:
    """Load, beside a listing, everything of the register that composing it reads: five statements however many listings."""
    product = joinedload(Listing.variant).joinedload(Variant.product)
    return product.options(
        joinedload(Product.producer),
        selectinload(Product.variants),
        selectinload(Product.certificates),
        selectinload(Product.documents),
    )


def load_listings(session: Session, ids: Sequence[int]) -> list[Listing]:
    """Those listings with their part of the register, in the order asked for."""
    found = session.scalars(select(Listing).where(Listing.id.in_(ids)).options(with_register()))
    by_id = {listing.id: listing for listing in found}
    return [by_id[listing_id] for listing_id in ids]


def intended_listing(listing: Listing, today: date) -> IntendedListing:
    """The full text and figures to send. Raises IncompleteError when the register lacks what a listing needs."""
    row = listing.variant
    variant = to_variant(row).model_copy(update={"stock": row.available})
    return compose(to_product(row.product), variant, to_producer(row.product.producer), today)


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


def _stale(shop: Shop, today: date) -> Select[Listing]:
    return (
        select(Listing)
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
        .options(
            joinedload(Listing.variant)
            .joinedload(Variant.product)
            .options(
                joinedload(Product.producer),
                selectinload(Product.variants),
                selectinload(Product.certificates),
                selectinload(Product.documents),
            ),
        )
    )


def _intend(listing: Listing, today: date) -> None:
    row = listing.variant
    product = to_product(row.product)
    blockers: dict[str, str] = {blocker.code: blocker.sentence_vi for blocker in online_blockers(product, today)}
    if not row.is_offered:
        blockers["not_offered"] = "Sổ đăng ký không còn mẫu này."
    try:
        wanted = intended_listing(listing, today)
    except IncompleteError as err:
        blockers["incomplete"] = str(err)
    else:
        listing.intended_hash = wanted.content_hash()
        listing.intended_price_vnd, listing.intended_stock = wanted.price_vnd, wanted.stock
    if listing.external_id is None and listing.intended_revision != row.product.revision:
        listing.refused_hash = None  # a create is refused for its figures too, which the hash leaves out
    listing.wanted = not blockers
    listing.blockers = json.dumps(
        [{"code": code, "sentence": why} for code, why in blockers.items()], ensure_ascii=False
    )
    listing.intended_revision = row.product.revision
    listing.intended_until = valid_until(product, today)


def spread_stock(session: Session, variant_ids: list[int]) -> None:
    """Carry a variant's new `available` into the intention of every shop that offers it, without composing anything."""
    available = select(Variant.available).where(Variant.id == Listing.variant_id).scalar_subquery()
    session.execute(
        update(Listing)
        .where(Listing.variant_id.in_(variant_ids), Listing.wanted)
        .values(intended_stock=available)
        .execution_options(synchronize_session=False),
    )
