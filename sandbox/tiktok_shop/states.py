"""Activate, deactivate, delete, recover: up to 20 products a call, each of which may fail alone inside a success (read 2026-11-23)."""

from collections.abc import Callable
from typing import Any

from sandbox.tiktok_shop import read, scopes
from sandbox.tiktok_shop.call import Call, Route
from sandbox.tiktok_shop.owned import own_product
from sandbox.tiktok_shop.refusal import Refusal, bad_field
from sandbox.tiktok_shop.shelf import Product
from sandbox.world import OfferState

MOST_PRODUCTS = 20
Step = Callable[[Call, Product, str], None]


def activate(call: Call) -> dict[str, Any]:
    """Back on sale by way of a review."""
    return _each(call, _activate, with_extra=True)


def deactivate(call: Call) -> dict[str, Any]:
    return _each(call, _deactivate)


def delete(call: Call) -> dict[str, Any]:
    return _each(call, _delete)


def recover(call: Call) -> dict[str, Any]:
    return _each(call, _recover)


def _each(call: Call, step: Step, *, with_extra: bool = False) -> dict[str, Any]:
    ids = read.texts(call.filters("product_ids", "listing_platforms"), "product_ids", 10_000)
    if not ids:
        raise bad_field("product_ids", "at least one id is required")
    if len(ids) > MOST_PRODUCTS:
        raise Refusal(12019120, f"More than {MOST_PRODUCTS} product ids")
    errors = []
    for product_id in ids:
        try:
            product = own_product(call, product_id)
            step(call, product, call.stage.shelf.status(product))
        except Refusal as refusal:
            extra = {"extra_errors": [{"code": refusal.code, "message": refusal.message}]} if with_extra else {}
            errors.append(refusal.as_row(product_id=product_id, **extra))
    return {"errors": errors} if errors else {}


def _activate(call: Call, product: Product, status: str) -> None:
    if status not in {"SELLER_DEACTIVATED", "DRAFT"}:
        raise _not_in(status)
    product.is_draft = False
    call.stage.shelf.set_state(product, OfferState.PENDING)
    call.stage.reviews.begin(product)


def _deactivate(call: Call, product: Product, status: str) -> None:
    if status != "ACTIVATE":
        raise _not_in(status)
    call.stage.shelf.set_state(product, OfferState.HIDDEN)


def _delete(call: Call, product: Product, status: str) -> None:
    if status in {"DELETED", "FREEZE"}:
        raise _not_in(status)
    call.stage.shelf.set_state(product, OfferState.DELETED)


def _recover(call: Call, product: Product, status: str) -> None:
    if status != "DELETED":
        raise _not_in(status)
    call.stage.shelf.set_state(product, OfferState.HIDDEN)


def _not_in(status: str) -> Refusal:
    return Refusal(12052901, f"The action is not allowed in the status {status}")


ROUTES = (
    Route("POST", "product", "/products/activate", ("202309",), activate, scopes.PRODUCT_WRITE),
    Route("POST", "product", "/products/deactivate", ("202309",), deactivate, scopes.PRODUCT_WRITE),
    Route("POST", "product", "/products/recover", ("202309",), recover, scopes.PRODUCT_WRITE),
    Route("DELETE", "product", "/products", ("202309",), delete, scopes.PRODUCT_DELETE),
)
