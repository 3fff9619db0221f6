"""Editing products (Partner Center "Edit Product" and "Partial Edit Product", read 2026-11-23).

A full edit overwrites everything and deletes the SKUs it does not name; a partial one replaces the properties it names, each as a whole.
Either is reviewed again; while that lasts, a live product shows its version before it.
"""

from copy import deepcopy
from typing import Any

from sandbox.tiktok_shop import listing, read, scopes, sku_checks
from sandbox.tiktok_shop.call import Call, Route
from sandbox.tiktok_shop.owned import own_product
from sandbox.tiktok_shop.refusal import Refusal
from sandbox.tiktok_shop.shelf import LOCKED, Product, Version
from sandbox.tiktok_shop.shop_pages import SALES_WAREHOUSE
from sandbox.tiktok_shop.versions import apply, drop, kept, name_values, new_offer
from sandbox.world import Offer, OfferState


def edit(call: Call) -> dict[str, Any]:
    return _edited(call, own_product(call, call.ids[0]), deepcopy(call.body))


def partial_edit(call: Call) -> dict[str, Any]:
    """What the body does not name is taken from the newest version."""
    product = own_product(call, call.ids[0])
    shown = product.waiting or Version(product.fields, [o.extra["row"] for o in call.stage.shelf.skus(product)])
    return _edited(call, product, deepcopy(shown.fields | {"skus": shown.rows} | call.body))


def _edited(call: Call, product: Product, body: dict[str, Any]) -> dict[str, Any]:
    status = call.stage.shelf.status(product)
    if status in LOCKED:
        raise Refusal(12052901, f"The action is not allowed in the status {status}")
    rows = read.rows(body, "skus")
    body["skus"] = _completed(_offers(call, product), rows)
    warnings = listing.check(call, body)
    fields = listing.fields_of(body)
    changed = sorted(name for name in fields if fields[name] != product.fields.get(name))
    name_values(call.world, rows)
    for row in rows:
        _put_sku(call, product, fields, row)
    version = Version(fields, [kept(row) for row in rows])
    _put_forward(call, product, version, status, is_draft=listing.is_draft(body))
    call.stage.webhooks.product(product, "PRODUCT_INFORMATION_CHANGE", change_source="OPEN_API", changed_fields=changed)
    return listing.told(call, product, [int(row["id"]) for row in rows], warnings)


def _put_forward(call: Call, product: Product, version: Version, status: str, *, is_draft: bool) -> None:
    """A live product keeps showing what it is until the review ends; any other is rewritten at once."""
    drop(call.world, product, {int(row["id"]) for row in version.rows})
    if status == "ACTIVATE":
        product.waiting = version
    else:
        apply(call.world, product, version)
        if status in {"FAILED", "PLATFORM_DEACTIVATED"} or (status == "DRAFT" and not is_draft):
            product.is_draft = False
            call.stage.shelf.set_state(product, OfferState.PENDING)
    call.stage.shelf.touch(product)
    if not (status == "DRAFT" and is_draft):
        call.stage.reviews.begin(product)


def _offers(call: Call, product: Product) -> dict[str, Offer]:
    """The product's SKUs by id, those of a version under review among them."""
    waiting = product.waiting.rows if product.waiting else []
    offers = [*call.stage.shelf.skus(product), *(call.stage.sku(int(row["id"])) for row in waiting)]
    return {str(offer.offer_id): offer for offer in offers}


def _completed(offers: dict[str, Offer], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of an edit as whole SKUs: price and stock survive when they are left out."""
    named = [read.text(row, "id") for row in rows if "id" in row]
    if len(named) > len(set(named)) or not set(named) <= offers.keys():
        raise Refusal(12052557, "The SKU does not belong to the product, or is named twice")
    return [_standing(offers[row["id"]]) | row if "id" in row else row for row in rows]


def _standing(offer: Offer) -> dict[str, Any]:
    stock = [{"warehouse_id": SALES_WAREHOUSE, "quantity": offer.stock}]
    return {"price": {"amount": str(offer.price_vnd), "currency": "VND"}, "inventory": stock}


def _put_sku(call: Call, product: Product, fields: dict[str, Any], row: dict[str, Any]) -> None:
    """A new SKU waits for the review. What is said of an old one's price and stock holds at once: neither is reviewed, and the
    end of a review must not bring back old ones.
    """
    if "id" not in row:
        new_offer(call.world, product, fields, row)
        return
    offer = call.stage.sku(int(row["id"]))
    if "price" in row:
        offer.price_vnd = sku_checks.price_vnd(call.stage.rules, row)
    if "inventory" in row:
        offer.stock = sku_checks.pieces(row, lowest=0)


PRODUCT = "/products/{}"
VERSIONS = ("202309", "202509")
ROUTES = (
    Route("PUT", "product", PRODUCT, VERSIONS, edit, scopes.PRODUCT_WRITE),
    Route("POST", "product", f"{PRODUCT}/partial_edit", VERSIONS, partial_edit, scopes.PRODUCT_WRITE),
)
