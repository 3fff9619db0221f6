"""Listings that would be on sale, or at another price, but for something the office can mend: what stands in the way of each."""

import json
from collections.abc import Iterator

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from jobs.floors import floor_on, is_under_floor, too_cheap
from jobs.plan import HELD, Action, Change
from jobs.push.held import SAID
from jobs.records import AnyRow
from models import Listing, Product, Shop, Variant

REFUSED = ("từ chối", "Sửa thông tin sản phẩm trong sổ đăng ký theo lời sàn rồi nhập lại; lần đẩy sau sẽ gửi lại.")


def blocked_listings(session: Session, shop: Shop) -> list[Change]:
    """Held back by the register, by a price below the floor, or by the marketplace's own refusal. Reads only."""
    found = (*_not_for_sale(session, shop), *_too_cheap(session, shop), *_refused(session, shop))
    return sorted(found, key=lambda change: change.listing_id)


def _not_for_sale(session: Session, shop: Shop) -> Iterator[Change]:
    """Packs that the register offers and the shop may not show: a create or a restore that is held back."""
    query = _listings(shop).where(Variant.is_offered, ~Listing.wanted, ~Listing.sent_wanted)
    for row in session.execute(query):
        blockers = tuple(blocker["sentence"] for blocker in json.loads(row.blockers))
        yield _change(shop, row, _first_step(row), "chưa được bán", *blockers)


def _too_cheap(session: Session, shop: Shop) -> Iterator[Change]:
    query = _listings(shop).where(Listing.wanted, is_under_floor(shop.marketplace))
    for row in session.execute(query.add_columns(floor_on(shop.marketplace).label("floor_vnd"))):
        sentence = too_cheap(row.name, row.sku, row.intended_price_vnd, row.floor_vnd, shop=shop.name)
        action = Action.PRICE if row.sent_wanted else _first_step(row)
        yield _change(shop, row, action, "giá thấp hơn giá sàn", sentence)


def _refused(session: Session, shop: Shop) -> Iterator[Change]:
    """What the marketplace took off sale or refused, as long as the register's words are the same."""
    is_held = and_(Listing.reported_state.in_(sorted(HELD)), Listing.sent_hash == Listing.intended_hash)
    refused = Listing.refused_hash == Listing.intended_hash
    for row in session.execute(_listings(shop).where(Listing.wanted, or_(is_held, refused))):
        what, todo = SAID.get(row.reported_state, REFUSED)
        sentence = f"Sàn {what} «{row.name}» ({row.sku}) ở gian hàng «{shop.name}»: {_said(row)}. {todo}"
        action = Action.CREATE if row.external_id is None else Action.UPDATE
        yield _change(shop, row, action, f"sàn {what}", sentence)


def _listings(shop: Shop) -> Select[*tuple[object, ...]]:
    columns = (Listing.id, Listing.external_id, Listing.blockers, Listing.sent_wanted, Listing.intended_price_vnd)
    said = (Listing.reported_state, Listing.last_code, Listing.last_error)
    return (
        select(*columns, *said, Variant.sku, Product.name)
        .join(Variant, Listing.variant_id == Variant.id)
        .join(Product, Variant.product_id == Product.id)
        .where(Listing.shop_id == shop.id)
        .order_by(Listing.id)
    )


def _said(row: AnyRow) -> str:
    words = row.last_error or row.last_code
    return str(words).rstrip(".") if words else "không nêu lý do"


def _first_step(row: AnyRow) -> Action:
    return Action.CREATE if row.external_id is None else Action.RESTORE


def _change(shop: Shop, row: AnyRow, action: Action, why: str, *sentences: str) -> Change:
    return Change(row.id, shop.name, row.sku, action, why=why, blockers=sentences)
