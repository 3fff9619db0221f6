"""The price that no push goes under: neither a create nor a price below a pack's floor is ever sent.

What is on sale already stays on sale at the price it has, and its stock and words still move: the office decides, nothing is
taken down for it. The floor is asked for where the plan is made and once more where figures are read to be sent, so a register
that changes in the middle of a push does not slip through.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from catalog.money import format_dong
from models import Listing, PriceFloor, Variant
from models.price_floor import EVERYWHERE


def floor_on(marketplace: str) -> ScalarSelect[int | None]:
    """A listing's floor on that marketplace in đồng: the higher of the pack's own there and the one for everywhere."""
    return (
        select(func.max(PriceFloor.floor_vnd))
        .where(PriceFloor.variant_id == Listing.variant_id, PriceFloor.marketplace.in_((EVERYWHERE, marketplace)))
        .correlate(Listing)
        .scalar_subquery()
    )


def is_under_floor(marketplace: str) -> ColumnElement[bool]:
    """Whether a listing's intended price is below its floor; NULL, which is not true, where it has no price or no floor."""
    return Listing.intended_price_vnd < floor_on(marketplace)


def too_cheap(name: str, sku: str, price_vnd: int, floor_vnd: int, *, shop: str = "") -> str:
    """What a person is told of a price below its floor, and what to do."""
    where = f" ở gian hàng «{shop}»" if shop else ""
    return (
        f"Giá {format_dong(price_vnd)} của «{name}» ({sku}){where} thấp hơn giá sàn {format_dong(floor_vnd)}: không gửi. "
        f"Sửa giá trong sổ đăng ký rồi nhập lại, hoặc đặt lại giá sàn bằng `ocop floor set {sku} SỐ_TIỀN`."
    )


def floors(session: Session, marketplace: str, listing_ids: Sequence[int]) -> dict[int, int]:
    """The floors, in đồng, of those of the listings that have one."""
    floor = floor_on(marketplace)
    query = select(Listing.id, floor).where(Listing.id.in_(listing_ids), floor.is_not(None))
    return {listing_id: floor_vnd for listing_id, floor_vnd in session.execute(query) if floor_vnd is not None}


def floors_by_sku(session: Session, marketplace: str = EVERYWHERE) -> dict[str, int]:
    """Every floor, in đồng, that holds on that marketplace, or wherever goods are offered."""
    query = (
        select(Variant.sku, func.max(PriceFloor.floor_vnd))
        .join(Variant, PriceFloor.variant_id == Variant.id)
        .where(PriceFloor.marketplace.in_((EVERYWHERE, marketplace)))
        .group_by(Variant.sku)
    )
    return {sku: floor_vnd for sku, floor_vnd in session.execute(query)}  # noqa: C416 - a Row is no pair to a type checker
