"""Creating and editing products, and the dry run (Partner Center reference, read 2026-11-23).

TikTok Shop does not mind two products with one seller SKU: who creates twice without an `idempotency_key` has two. A full edit
overwrites everything and deletes the SKUs it does not name; a partial one replaces the properties it names, each as a whole. Either is
reviewed again; while that lasts, a live product shows its version before it.
"""

from copy import deepcopy
from typing import Any

from sandbox.tiktok_shop import checks, read, scopes, sku_checks
from sandbox.tiktok_shop.call import Call, Route
from sandbox.tiktok_shop.refusal import Refusal, bad_field
from sandbox.tiktok_shop.shelf import FIRST_PRODUCT_ID, LOCKED, Product, Version
from sandbox.tiktok_shop.shop_pages import SALES_WAREHOUSE
from sandbox.tiktok_shop.versions import apply, name_values, new_offer
from sandbox.world import Offer, OfferState

OUTSIDE = frozenset({"skus", "save_mode", "idempotency_key"})  # what a version's fields leave out
LONGEST_KEY = 128
SAVE_MODES = frozenset({"LISTING", "AS_DRAFT"})


def create(call: Call) -> dict[str, Any]:
    """The same `idempotency_key` in the same shop gives the first answer again."""
    body = deepcopy(call.body)
    key = read.text(body, "idempotency_key", "")
    if len(key) > LONGEST_KEY:
        raise bad_field("idempotency_key", f"it has more than {LONGEST_KEY} characters")
    if key and (told := call.stage.created.get((call.shop.shop_id, key))):
        return told
    warnings = _check(call, body)
    if call.stage.is_full(call.shop):
        raise Refusal(12052093, "The shop has reached its listing limit")
    product = _new_product(call, body)
    told = _told(call, product, product.sku_ids, warnings)
    if key:
        call.stage.created[call.shop.shop_id, key] = told
    call.stage.webhooks.product(product, "PRODUCT_CREATION", product_types=["NORMAL"])
    return told


def listing_check(call: Call) -> dict[str, Any]:
    try:
        _check(call, deepcopy(call.body))
    except Refusal as refusal:
        return {"check_result": "FAILED", "fail_reasons": [{"code": refusal.code, "message": refusal.message}]}
    return {"check_result": "PASS"}


def edit(call: Call) -> dict[str, Any]:
    product = own_product(call, call.ids[0])
    return _edited(call, product, deepcopy(call.body))


def partial_edit(call: Call) -> dict[str, Any]:
    product = own_product(call, call.ids[0])
    shown = product.waiting or Version(product.fields, [])
    body = deepcopy(shown.fields) | deepcopy(call.body)
    if "skus" not in body:
        body["skus"] = deepcopy(shown.rows) or [
            deepcopy(offer.extra["row"]) for offer in call.stage.shelf.skus(product)
        ]
    return _edited(call, product, body)


def own_product(call: Call, product_id: str) -> Product:
    """Refusal 12052032 for none, 12052034 for another shop's."""
    number = read.number(product_id)
    product = None if number is None else call.stage.shelf.find(number)
    if product is None:
        raise Refusal(12052032, "Product not found")
    if product.shop != call.shop.shop_id:
        raise Refusal(12052034, "The product does not belong to the shop")
    return product


def _check(call: Call, body: dict[str, Any]) -> list[dict[str, str]]:
    """Refuse what is wrong; clear and warn about what may be left out."""
    checks.known_fields(body)
    if read.text(body, "save_mode", "LISTING") not in SAVE_MODES:
        raise bad_field("save_mode", "it must be LISTING or AS_DRAFT")
    checks.whole_product(call, body)
    sku_checks.all_skus(call.stage.rules, read.rows(body, "skus"))
    if not (brand_id := read.text(body, "brand_id", "")) or brand_id in call.stage.brands.known:
        return []
    del body["brand_id"]
    return [{"message": f"The brand {brand_id} is unknown and was left out"}]


def _new_product(call: Call, body: dict[str, Any]) -> Product:
    fields = _fields(body)
    product_id = call.world.counter("tiktok_shop.product", FIRST_PRODUCT_ID)
    product = Product(product_id, call.shop.shop_id, fields, call.now)
    rows = read.rows(body, "skus")
    name_values(call.world, rows)
    product.sku_ids = [new_offer(call.world, product, fields, row).offer_id for row in rows]
    call.stage.shelf.products[product_id] = product
    if read.text(body, "save_mode", "LISTING") == "AS_DRAFT":
        product.is_draft = True
        call.stage.shelf.set_state(product, OfferState.HIDDEN)
    else:
        call.stage.reviews.begin(product)
    return product


def _edited(call: Call, product: Product, body: dict[str, Any]) -> dict[str, Any]:
    status = call.stage.shelf.status(product)
    if status in LOCKED:
        raise Refusal(12052901, f"The action is not allowed in the status {status}")
    rows = read.rows(body, "skus")
    body["skus"] = [_completed(call, product, row) for row in rows]
    warnings = _check(call, body)
    name_values(call.world, rows)
    version = Version(_fields(body), rows)
    for row in rows:
        if "id" in row:
            _price_and_stock(call, row)
        else:
            new_offer(call.world, product, version.fields, row)
    _put_forward(call, product, version, status, as_draft=read.text(body, "save_mode", "LISTING") == "AS_DRAFT")
    changed = sorted(name for name in version.fields if version.fields[name] != product.fields.get(name))
    call.stage.webhooks.product(product, "PRODUCT_INFORMATION_CHANGE", change_source="OPEN_API", changed_fields=changed)
    return _told(call, product, [int(row["id"]) for row in rows], warnings)


def _put_forward(call: Call, product: Product, version: Version, status: str, *, as_draft: bool) -> None:
    """A live product keeps showing what it is until the review ends; any other is rewritten at once."""
    if status == "ACTIVATE":
        product.waiting = version
    else:
        apply(call.world, product, version)
        if status in {"FAILED", "PLATFORM_DEACTIVATED"} or (status == "DRAFT" and not as_draft):
            product.is_draft = False
            call.stage.shelf.set_state(product, OfferState.PENDING)
    call.stage.shelf.touch(product)
    if not (status == "DRAFT" and as_draft):
        call.stage.reviews.begin(product)


def _completed(call: Call, product: Product, row: dict[str, Any]) -> dict[str, Any]:
    """A SKU's row of an edit: its price and stock survive when they are left out."""
    if "id" not in row:
        return row
    offer = next((o for o in call.stage.shelf.skus(product) if str(o.offer_id) == row["id"]), None)
    if offer is None:
        raise Refusal(12052557, "The SKU does not belong to the product")
    return _standing(offer) | row


def _price_and_stock(call: Call, row: dict[str, Any]) -> None:
    """What an edit says of price and stock holds at once: neither is reviewed, and a review must not bring back old ones."""
    offer = call.stage.sku(int(row["id"]))
    if "price" in row:
        offer.price_vnd = sku_checks.price_vnd(call.stage.rules, row)
    if "inventory" in row:
        offer.stock = sku_checks.pieces(row, lowest=0)


def _standing(offer: Offer) -> dict[str, Any]:
    stock = [{"warehouse_id": SALES_WAREHOUSE, "quantity": offer.stock}]
    return {"price": {"amount": str(offer.price_vnd), "currency": "VND"}, "inventory": stock}


def _fields(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in OUTSIDE}


def _told(call: Call, product: Product, sku_ids: list[int], warnings: list[dict[str, str]]) -> dict[str, Any]:
    rows = []
    for sku_id in sku_ids:
        row = call.stage.sku(sku_id).extra["row"]
        attributes = [{"id": one["id"], "value_id": one["value_id"]} for one in read.rows(row, "sales_attributes")]
        shown = {"id": str(sku_id), "seller_sku": row.get("seller_sku", ""), "sales_attributes": attributes}
        rows.append(shown | ({"external_sku_id": row["external_sku_id"]} if "external_sku_id" in row else {}))
    return {"product_id": str(product.product_id), "skus": rows, "warnings": warnings}


PRODUCT = "/products/{}"
EDITS = ("202309", "202509")
ROUTES = (
    Route("POST", "product", "/products", ("202309",), create, scopes.PRODUCT_WRITE),
    Route("POST", "product", "/products/listing_check", ("202309",), listing_check, scopes.PRODUCT_WRITE),
    Route("PUT", "product", PRODUCT, EDITS, edit, scopes.PRODUCT_WRITE),
    Route("POST", "product", f"{PRODUCT}/partial_edit", EDITS, partial_edit, scopes.PRODUCT_WRITE),
)
