"""Lazada's price-and-stock and basic sheets (a public description of measured files, read 2026-11-23).

Sheet `template`, headings in row 1, mandatory or not in row 2, help in row 3, data from row 4. One stock column a warehouse.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sandbox.lazada.rules import MARKET
from sandbox.lazada.shelf import Item
from sandbox.sheets.paper import workbook
from sandbox.things import Offer, OfferState
from sandbox.world import World

SHEET = "template"
WAREHOUSE = "Kho Đồng Hỷ"
PICTURES = range(1, 9)
PRICE_STOCK = (
    "Product ID", "catId", "Product Name", "currencyCode", "sku.skuId", "status", "Shop SKU", "SpecialPrice",
    "SpecialPrice Start", "SpecialPrice End", "Price",
)  # fmt: skip
BASIC = (
    "Product ID", "catId", "Tên sản phẩm", "Product Name(English)", "status",
    *(f"Hình ảnh sản phẩm{n}" for n in PICTURES),
)  # fmt: skip


def price_stock(
    world: World, shop: str, *, warehouses: Sequence[str] = (WAREHOUSE,), with_seller_sku: bool = True
) -> bytes:
    """Every SKU on sale. Only the first warehouse holds stock."""
    headings = [*PRICE_STOCK, *warehouses, *(["SellerSKU"] if with_seller_sku else [])]
    data = []
    for item, offer in _goods(world, shop):
        stock = [offer.stock, *[0 for _ in warehouses[1:]]][: len(warehouses)]
        data.append([*_sku(item, offer), *stock, *([offer.sku] if with_seller_sku else [])])
    return workbook(SHEET, _head(headings), data)


def basic(world: World, shop: str) -> bytes:
    """Every product, without its SKUs."""
    seen: dict[int, list[Any]] = {}
    for item, offer in _goods(world, shop):
        pictures = [*item.images, *["" for _ in PICTURES]][: len(PICTURES)]
        seen[item.item_id] = [str(item.item_id), str(item.category_id), offer.title, "", "active", *pictures]
    return workbook(SHEET, _head(BASIC), seen.values())


def _sku(item: Item, offer: Offer) -> list[Any]:
    ids = [str(item.item_id), str(item.category_id), offer.title, "VND", str(offer.offer_id), "active"]
    return [*ids, f"{item.item_id}_VNAMZ-{offer.offer_id}", "", "", "", _price(offer)]


def _head(headings: Sequence[str]) -> list[Sequence[Any]]:
    notes = ["Không được sửa" if heading in {"Product ID", "catId", "sku.skuId"} else "" for heading in headings]
    return [headings, ["Tùy chọn" for _ in headings], notes]


def _goods(world: World, shop: str) -> Iterator[tuple[Item, Offer]]:
    for offer in world.offers(MARKET, shop):
        if offer.state is not OfferState.DELETED:
            yield offer.extra["item"], offer


def _price(offer: Offer) -> str:
    """The regular price, as a text with two places."""
    return f"{offer.extra['tag'].price_vnd}.00"
