"""Rows of a seller's sheet and listings of ours: which row is which listing, and which rows nobody may touch."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from connectors.sheets.layout import SheetRow
from jobs.floors import floor_on, too_cheap
from models import Listing, Product, Shop, Variant


class Ours(NamedTuple):
    """One listing of the shop, as far as matching needs it."""

    id: int
    sku: str
    product: str
    external_id: str | None
    external_variant_id: str | None
    wanted: bool
    is_on_its_way: bool  # a create whose answer is still to come
    blockers: str
    price_vnd: int | None
    floor_vnd: int | None
    shop: str

    @property
    def too_cheap(self) -> str | None:
        """The sentence about a price below its floor; None where it is not."""
        if self.price_vnd is None or self.floor_vnd is None or self.price_vnd >= self.floor_vnd:
            return None
        return too_cheap(self.product, self.sku, self.price_vnd, self.floor_vnd, shop=self.shop)

    @property
    def reasons(self) -> str:
        """Why it may not be sold, in one sentence or more."""
        return " ".join(blocker["sentence"] for blocker in json.loads(self.blockers))


def listings_of(session: Session, shop: Shop) -> list[Ours]:
    """Every listing of the shop, in a steady order."""
    query = (
        select(
            Listing.id,
            Variant.sku,
            Product.name,
            Listing.external_id,
            Listing.external_variant_id,
            Listing.wanted,
            Listing.must_look_up | Listing.tracking_id.is_not(None),
            Listing.blockers,
            Listing.intended_price_vnd,
            floor_on(shop.marketplace),
            literal(shop.name),
        )
        .join(Variant, Listing.variant_id == Variant.id)
        .join(Product, Variant.product_id == Product.id)
        .where(Listing.shop_id == shop.id)
        .order_by(Listing.id)
    )
    return [Ours(*row) for row in session.execute(query)]


@dataclass(frozen=True)
class Untouched:
    """A row that is left alone, and why, for a person."""

    row: int
    sku: str
    name: str
    sentence: str


class Matched(NamedTuple):
    found: list[tuple[SheetRow, Ours]]
    untouched: list[Untouched]


def match(rows: Sequence[SheetRow], ours: Iterable[Ours]) -> Matched:
    """By SKU where the row has one, else by the marketplace's ids. A pack that is there twice is known by its id, or by nothing."""
    listings = list(ours)
    by_sku = {one.sku: one for one in listings}
    by_id = {(one.external_id, one.external_variant_id): one for one in listings if one.external_id}
    by_product = {one.external_id: one for one in listings if one.external_id}
    times = Counter(row.sku for row in rows)
    matched = Matched([], [])
    for row in rows:
        ids = by_id.get((row.product_id, row.variant_id)) if row.variant_id else by_product.get(row.product_id)
        listing = by_sku.get(row.sku) if row.sku else ids
        if sentence := _why_not(row, listing, times[row.sku]):
            matched.untouched.append(Untouched(row.number, row.sku, row.name, sentence))
        elif listing is not None:
            matched.found.append((row, listing))
    return matched


def _why_not(row: SheetRow, listing: Ours | None, times: int) -> str | None:
    if listing is None:
        return (
            f"Dòng {row.number}: SKU «{row.sku}» không có trong sổ đăng ký của gian hàng; dòng giữ nguyên."
            if row.sku
            else f"Dòng {row.number} không ghi SKU và sàn chưa từng báo mã này; dòng giữ nguyên."
        )
    is_another = _differs(row.product_id, listing.external_id) or _differs(row.variant_id, listing.external_variant_id)
    is_doubtful = bool(row.sku) and times > 1 and listing.external_id is None
    if is_another or is_doubtful:
        return f"Dòng {row.number}: SKU {row.sku} có nhiều sản phẩm trên sàn; hãy bỏ bớt sản phẩm trùng, dòng này giữ nguyên."
    if not listing.wanted:
        return f"«{listing.product}» ({listing.sku}) không được bán: {listing.reasons} Hãy ẩn sản phẩm trong trang người bán; dòng {row.number} giữ nguyên."
    return f"Dòng {row.number} giữ nguyên: {listing.too_cheap}" if listing.too_cheap else None


def _differs(stands: str, known: str | None) -> bool:
    """Only two ids that are both known can differ."""
    return bool(stands) and known is not None and stands != known
