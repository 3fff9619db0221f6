"""Whose file is it? A sheet that another shop downloaded is refused before a cell is looked at."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.sheets.errors import DOWNLOAD_AGAIN, ForeignSheetError
from connectors.sheets.layout import Layout, SheetRow
from jobs.export.rows import Ours
from models import Listing, Shop


def refuse_foreign(
    session: Session, shop: Shop, layout: Layout, rows: Sequence[SheetRow], marks: Collection[str], ours: Sequence[Ours]
) -> None:
    """Raises ForeignSheetError unless the file is the shop's: by its own id in the file, else by the ids of its products.

    `marks`: texts of the file's head and hidden sheets. Where a kind of file names no shop and neither side knows a
    product of it, a SKU of the shop's is proof enough.
    """
    if shop.external_id in marks:
        return
    if layout.names_shop:
        raise ForeignSheetError(_foreign(shop, _named(session, shop, marks)))
    if owner := _named(session, shop, marks) or _owner_of_products(session, shop, rows):
        raise ForeignSheetError(_foreign(shop, owner))
    theirs = {row.product_id for row in rows if row.product_id}
    known = {one.external_id for one in ours if one.external_id}
    by_sku = {one.sku: one.external_id for one in ours}
    if theirs & known or any(row.sku in by_sku and by_sku[row.sku] is None for row in rows):
        return
    raise ForeignSheetError(_foreign(shop, None))


def _named(session: Session, shop: Shop, marks: Collection[str]) -> str | None:
    """Another shop of ours whose id stands in the file."""
    others = select(Shop.name, Shop.external_id).where(Shop.marketplace == shop.marketplace, Shop.id != shop.id)
    return next((name for name, external_id in session.execute(others) if external_id in marks), None)


def _owner_of_products(session: Session, shop: Shop, rows: Sequence[SheetRow]) -> str | None:
    """Another shop of ours that has products of the file, where this one has none of them."""
    wanted = {row.product_id for row in rows if row.product_id}
    query = (
        select(Listing.external_id, Shop.name)
        .join(Shop, Listing.shop_id == Shop.id)
        .where(Shop.marketplace == shop.marketplace, Listing.external_id.is_not(None))
        .order_by(Shop.id)
    )
    owners = {name for external_id, name in session.execute(query) if external_id in wanted}
    return None if shop.name in owners else min(owners, default=None)


def _foreign(shop: Shop, owner: str | None) -> str:
    whose = f"tải từ gian hàng «{owner}»" if owner else "không phải tải từ gian hàng này"
    return f"Tệp {whose}, không điền cho «{shop.name}» ({shop.marketplace} {shop.external_id}). {DOWNLOAD_AGAIN}"
