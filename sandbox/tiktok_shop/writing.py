"""Creating products, and the dry run (Partner Center "Create Product", read 2026-11-23).

TikTok Shop does not mind two products with one seller SKU: who creates twice without an `idempotency_key` has two.
"""

from copy import deepcopy
from typing import Any

from sandbox.tiktok_shop import listing, read, scopes
from sandbox.tiktok_shop.call import Call, Route
from sandbox.tiktok_shop.refusal import Refusal, bad_field
from sandbox.tiktok_shop.shelf import FIRST_PRODUCT_ID, Product
from sandbox.tiktok_shop.versions import name_values, new_offer
from sandbox.world import OfferState

LONGEST_KEY = 128


def create(call: Call) -> dict[str, Any]:
    """The same `idempotency_key` in the same shop gives the first answer again."""
    body = deepcopy(call.body)
    key = read.text(body, "idempotency_key", "")
    if len(key) > LONGEST_KEY:
        raise bad_field("idempotency_key", f"it has more than {LONGEST_KEY} characters")
    if key and (before := call.stage.created.get((call.shop.shop_id, key))):
        return before
    warnings = listing.check(call, body)
    if call.stage.is_full(call.shop):
        raise Refusal(12052093, "The shop has reached its listing limit")
    product = _new_product(call, body)
    told = listing.told(call, product, product.sku_ids, warnings)
    if key:
        call.stage.created[call.shop.shop_id, key] = told
    return told


def listing_check(call: Call) -> dict[str, Any]:
    try:
        listing.check(call, deepcopy(call.body))
    except Refusal as refusal:
        return {"check_result": "FAILED", "fail_reasons": [{"code": refusal.code, "message": refusal.message}]}
    return {"check_result": "PASS"}


def _new_product(call: Call, body: dict[str, Any]) -> Product:
    product_id = call.world.counter("tiktok_shop.product", FIRST_PRODUCT_ID)
    product = Product(product_id, call.shop.shop_id, listing.fields_of(body), call.now)
    rows = read.rows(body, "skus")
    name_values(call.world, rows)
    product.sku_ids = [new_offer(call.world, product, product.fields, row).offer_id for row in rows]
    call.stage.shelf.products[product_id] = product
    call.stage.webhooks.product(product, "PRODUCT_CREATION", product_types=["NORMAL"])
    if listing.is_draft(body):
        product.is_draft = True
        call.stage.shelf.set_state(product, OfferState.HIDDEN)
    else:
        call.stage.reviews.begin(product)
    return product


ROUTES = (
    Route("POST", "product", "/products", ("202309",), create, scopes.PRODUCT_WRITE),
    Route("POST", "product", "/products/listing_check", ("202309",), listing_check, scopes.PRODUCT_WRITE),
)
