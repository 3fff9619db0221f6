"""Searching and reading products (Partner Center reference, read 2026-11-23). Paging goes by age, oldest first, 10,000 hits at most."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from sandbox.tiktok_shop import read, scopes
from sandbox.tiktok_shop.call import MARKET, Call, Route
from sandbox.tiktok_shop.moments import epoch
from sandbox.tiktok_shop.owned import own_product
from sandbox.tiktok_shop.paging import page
from sandbox.tiktok_shop.product_views import audit, detail, summary
from sandbox.tiktok_shop.refusal import Refusal, bad_field
from sandbox.tiktok_shop.shelf import STATUSES, Product

MOST_HITS = 10_000
AUDITS = frozenset({"AUDITING", "FAILED", "APPROVED"})
FILTERS = ("status", "seller_skus", "sku_ids", "category_version", "audit_status", "return_draft_version", "locale")
TIMES = ("create_time_ge", "create_time_le", "update_time_ge", "update_time_le")
Test = Callable[[Product], bool]
Moment = Callable[[Product], datetime]


def search(call: Call) -> dict[str, Any]:
    body = call.filters(*FILTERS, *TIMES)
    tests = _tests(call, body)
    found = [product for product in _candidates(call, body) if all(test(product) for test in tests)]
    if len(found) > MOST_HITS:
        raise Refusal(12052180, f"More than {MOST_HITS} products are found")
    shown = page(call, found, key=lambda product: (product.product_id,), default_size=None)
    told: dict[str, Any] = {"total_count": len(found), "next_page_token": shown.next_token}
    if shown.rows:
        told["products"] = [summary(call.stage, product) for product in shown.rows]
    return told


def get(call: Call) -> dict[str, Any]:
    product = own_product(call, call.ids[0])
    under_review = call.text("return_under_review_version", "false") == "true"
    return detail(call.stage, product, under_review=under_review)


def _candidates(call: Call, body: dict[str, Any]) -> Iterable[Product]:
    """The products of the SKUs named, found by the world's own index; all of the shop when none is named."""
    shelf, shop_id = call.stage.shelf, call.shop.shop_id
    if "seller_skus" not in body and "sku_ids" not in body:
        return shelf.all_of(shop_id)
    named = [
        offer for sku in _few(body, "seller_skus", 12019027) for offer in call.world.namesakes(MARKET, shop_id, sku)
    ]
    ids = _few(body, "sku_ids", 12019087)
    by_id = [call.world.offer(MARKET, number) for number in map(read.number, ids) if number is not None]
    offers = [offer for offer in (*named, *by_id) if offer is not None and offer.shop == shop_id]
    products = {offer.offer_id: shelf.of_offer(offer) for offer in offers}
    return {p.product_id: p for i, p in products.items() if any(s.offer_id == i for s in shelf.skus(p))}.values()


def _tests(call: Call, body: dict[str, Any]) -> list[Test]:
    tests = [_by_status(call, read.text(body, "status", "ALL"))]
    if "audit_status" in body:
        wanted = set(read.texts(body, "audit_status", 3))
        if not wanted <= AUDITS:
            raise bad_field("audit_status", f"it must hold {', '.join(sorted(AUDITS))}")
        tests.append(lambda product: audit(call.stage, product)["status"] in wanted)
    return tests + _times(call, body)


def _by_status(call: Call, wanted: str) -> Test:
    """ALL leaves deleted products out: that is this sandbox's reading."""
    if wanted == "ALL":
        return lambda product: call.stage.shelf.status(product) != "DELETED"
    if wanted not in STATUSES:
        raise bad_field("status", f"it must be ALL or one of {', '.join(sorted(STATUSES))}")
    return lambda product: call.stage.shelf.status(product) == wanted


def _times(call: Call, body: dict[str, Any]) -> list[Test]:
    """Both ends belong to it."""
    shelf = call.stage.shelf
    moments: dict[str, Moment] = {"create_time": lambda product: product.created_at, "update_time": shelf.updated_at}
    tests: list[Test] = []
    for name, moment in moments.items():
        low, high = read.integer(body, f"{name}_ge", 0), read.integer(body, f"{name}_le", 2**40)
        if low > high:
            raise Refusal(12019118, "The time range is invalid")
        if f"{name}_ge" in body or f"{name}_le" in body:
            tests.append(partial(_is_between, moment, low, high))
    return tests


def _is_between(moment: Moment, low: int, high: int, product: Product) -> bool:
    return low <= epoch(moment(product)) <= high


def _few(body: dict[str, Any], name: str, code: int) -> list[str]:
    values = read.texts(body, name, 10_000)
    if len(values) > 10:
        raise Refusal(code, f"More than 10 {name}")
    return values


ROUTES = (
    Route("POST", "product", "/products/search", ("202502", "202309", "202312"), search, scopes.PRODUCT_READ),
    Route("GET", "product", "/products/{}", ("202309",), get, scopes.PRODUCT_READ),
)
