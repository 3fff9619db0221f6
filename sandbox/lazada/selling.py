"""Prices and stock of many SKUs at once (Lazada Open Platform reference, price and stock pages, read 2026-11-24).

At most 50 rows, of any products. A bad row is named in `detail` under code 501 while the good ones are applied. `Quantity` is the
total: what can be sold, and what lies withheld or occupied for orders not yet shipped. `SellableQuantity` is the first part alone.
"""

from collections.abc import Callable
from dataclasses import replace

from sandbox.lazada import documents, pricing, products
from sandbox.lazada.call import Answer, Call, Route
from sandbox.lazada.documents import Node
from sandbox.lazada.pricing import Tag
from sandbox.lazada.refusal import Refusal, Row, business
from sandbox.world import Offer, OfferState

Change = Callable[[Call, Offer, Node, int], None]


def price_quantity(call: Call) -> Answer:
    return _each(call, _set_price_and_total)


def sellable_update(call: Call) -> Answer:
    return _each(call, _set_sellable)


def sellable_adjust(call: Call) -> Answer:
    return _each(call, _add_sellable)


def _each(call: Call, change: Change) -> Answer:
    rows = documents.skus(documents.product(call.text("payload")))
    if not rows:
        raise business(1, "Parameter Skus is mandatory", field="Skus")
    if len(rows) > call.rules.skus_per_call:
        raise business(4171, "At most 50 SKUs in a call", field="Skus")
    withheld, occupied = call.book.reserved()
    failed: list[Row] = []
    for row in rows:
        try:
            offer = _target(call, row)
            change(call, offer, row, withheld[offer.offer_id] + occupied[offer.offer_id])
            call.world.touch(offer)
        except Refusal as refusal:
            failed.append(_failure(call, row, refusal))
    if failed:
        partly = Refusal("501", "E0501: Update product failed", detail=tuple(failed))
        partly.applied = len(failed) < len(rows)
        raise partly
    return Answer({})


def _target(call: Call, row: Node) -> Offer:
    seller_sku = documents.text(row, "SellerSku")
    sku_id = documents.text(row, "SkuId")
    if sku_id is None:
        return products.sku(call, None, None, seller_sku)
    return products.sku(call, products.item(call, documents.text(row, "ItemId")), sku_id, seller_sku)


def _failure(call: Call, row: Node, refusal: Refusal) -> Row:
    """The row by its SellerSku when it is one of ours, else by the id that was sent."""
    raw = documents.text(row, "SkuId")
    sku_id = documents.whole(raw)
    offer = call.shelf.sku(sku_id) if sku_id else None
    named = {"sku": raw or ""} if offer is None else {"seller_sku": offer.sku}
    return named | {"code": refusal.code, "message": refusal.message}


def _set_price_and_total(call: Call, offer: Offer, row: Node, reserved: int) -> None:
    if not row.keys() & {"Price", "SalePrice", "Quantity"}:
        raise business(1, "Price or Quantity is mandatory", field="Price", seller_sku=offer.sku)
    if "MultiWarehouseInventories" in row:
        raise business(5, "A seller of one warehouse names no warehouses", seller_sku=offer.sku, field="Quantity")
    if offer.state is OfferState.BANNED:
        raise business(4128, "The product is locked by the platform", field="SkuId", seller_sku=offer.sku)
    tag, stock = _tag(offer, row), _sellable(offer, row, reserved)
    pricing.put_tag(call.world, offer, tag)
    offer.stock = stock


def _tag(offer: Offer, row: Node) -> Tag:
    """A sale price of 0 or nothing ends the sale."""
    tag = pricing.tag_of(offer)
    if (raw := documents.text(row, "Price")) is not None:
        tag = replace(tag, price_vnd=pricing.price(raw, offer.sku, "Price"))
    if "SalePrice" in row:
        tag = replace(tag, special_vnd=None, begins=None, ends=None)
    sale = documents.text(row, "SalePrice")
    if sale not in {None, "0", "0.0", "0.00"}:
        begins = pricing.day(documents.text(row, "SaleStartDate"), offer.sku)
        ends = pricing.day(documents.text(row, "SaleEndDate"), offer.sku, end=True)
        tag = replace(tag, special_vnd=pricing.price(str(sale), offer.sku, "SalePrice"), begins=begins, ends=ends)
    return pricing.checked(tag, offer.sku)


def _sellable(offer: Offer, row: Node, reserved: int) -> int:
    """What is left to sell of the total that was sent."""
    raw = documents.text(row, "Quantity")
    if raw is None:
        return offer.stock
    left = pricing.quantity(raw, offer.sku, "Quantity") - reserved
    if left < 0:
        raise Refusal("501", "E0501: negative sellable on channel inventory")
    return left


def _set_sellable(_: Call, offer: Offer, row: Node, __: int) -> None:
    offer.stock = pricing.quantity(documents.text(row, "SellableQuantity") or "", offer.sku, "SellableQuantity")


def _add_sellable(_: Call, offer: Offer, row: Node, __: int) -> None:
    raw = documents.text(row, "SellableQuantity") or ""
    change = documents.whole(raw.removeprefix("-"))
    stock = -1 if change is None else offer.stock + (-change if raw.startswith("-") else change)
    if stock < 0:
        raise business(212, "The quantity would fall below zero", field="SellableQuantity", seller_sku=offer.sku)
    offer.stock = stock


ROUTES = {
    "/product/price_quantity/update": Route("POST", price_quantity, writes=True),
    "/product/stock/sellable/update": Route("GET|POST", sellable_update, writes=True),
    "/product/stock/sellable/adjust": Route("GET|POST", sellable_adjust, writes=True),
}
