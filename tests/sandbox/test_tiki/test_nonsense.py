"""Whatever a client sends, it gets an answer: a wrong type is a refusal, never a broken connection."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.server import Request

NONSENSE: list[Any] = [
    None,
    "x",
    "",
    [],
    {},
    -1,
    1.5,
    True,
    10**30,
    [[]],
    [{}],
    [None],
    {"a": {}},
    "\u0000",
    1e400,
    "\ud800",
]
CALLS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "POST",
        "/v2/requests/updateProductInfo",
        {"product_id": 1, "attributes": {"description": "x", "bulky": 0}, "images": ["x"]},
    ),
    ("PUT", "/v2.1/products/updateSku", {"product_id": 1, "price": 90_000, "active": 1, "seller_warehouse": "387001"}),
    (
        "PUT",
        "/v2.1/products/updateSkus",
        {
            "data": [
                {"product_id": 1, "status": 1, "warehouse_quantities": [{"warehouse_id": 387001, "qty_available": 3}]}
            ]
        },
    ),
    ("POST", "/v2/products/updateOriginalSku", {"product_id": 1, "original_sku": "X"}),
    ("POST", "/v2/sellers/me/updateCanUpdateProduct", {"can_update_product": 1}),
    ("POST", "/v1/queues", {"name": "x"}),
    ("POST", "/v1/queues/QUEUE/subscriptions", {"event_type": "ORDER_STATUS_UPDATED"}),
    ("POST", "/v1/queues/QUEUE/events/pull", {"ack_id": "x"}),
    ("POST", "/v2/orders/600000001/confirm-available", {"available_item_ids": [1], "seller_inventory_id": 387001}),
    (
        "POST",
        "/v2/orders/600000001/dropship/confirm-available",
        {
            "confirmation_status": "seller_confirmed",
            "expected_pickup_time": "2026-11-21 09:00:00",
            "seller_inventory_id": 1,
        },
    ),
)
QUERIES = {
    "/v2/categories": ("parent", "primary", "name"),
    "/v2/attributes/498/values": ("q", "page", "limit"),
    "/v2.1/products": ("page", "limit", "active", "include", "category_id", "created_from_date"),
    "/v2/products/findBy": ("original_sku",),
    "/v2/tracking": ("limit", "created_at_min", "updated_at_max"),
    "/v2/requests": ("state", "include", "page"),
    "/v2/orders": ("status", "code", "sku", "order_by", "filter_date_by", "updated_to_date", "include", "is_rma"),
    "/v2/seller-inventories": ("tiki_warehouse_codes",),
}
PUBLIC = {
    "/x-p279000121.html": ("spid",),
    "/tra-kho/c44101": ("page",),
    "/search": ("q", "page"),
    "/api/v2/reviews": ("product_id", "spid", "limit", "page", "sort"),
    "/api/personalish/v1/blocks/listings": ("category", "page", "limit"),
    "/seller-store/v2/collections/1/products": ("seller_id", "cursor", "limit"),
}


def spoiled(body: Any) -> Iterator[Any]:
    """The body with each of its places, at every depth, taken by each kind of nonsense."""
    yield from NONSENSE
    places = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for place, value in places:
        for junk in spoiled(value):
            copied = dict(body) if isinstance(body, dict) else list(body)
            copied[place] = junk
            yield copied


def ask(tiki: Any, method: str, path: str, body: Any) -> int:
    """Straight into the site, as its server does: what breaks a connection raises here."""
    headers = {"authorization": f"Bearer {tiki.credentials['access_token']}", "content-type": "application/json"}
    request = Request.of(method, f"/integration{path}", headers, json.dumps(body).encode())
    return int(tiki.api.handle(request).status)


def test_nonsense_in_a_draft(tiki: Any, draft: Any) -> None:
    """Every spoiled draft is taken or refused, and what was taken can be shown."""
    for body in spoiled(draft() | {"certificate_files": [{"url": "x", "type": "brand"}]}):
        assert ask(tiki, "POST", "/v2.1/requests", body) in {200, 400, 404, 422}
    for path in ("/v2/tracking", "/v2/requests?include=products", "/v2.1/products?include=attributes,images"):
        assert ask(tiki, "GET", path, None) == 200


@pytest.mark.parametrize(("method", "path", "body"), CALLS, ids=lambda value: value if isinstance(value, str) else "")
def test_nonsense_in_other_calls(tiki: Any, draft: Any, method: str, path: str, body: dict[str, Any]) -> None:
    """The calls that change things refuse or take whatever comes."""
    tiki.put_up(draft(stock=5_000))
    tiki.wait(minutes=30)
    queue = tiki.call("POST", "/v1/queues", {"name": "ocop"}).json()["code"]
    known = json.loads(json.dumps(body).replace('"product_id": 1', f'"product_id": {tiki.product()["product_id"]}'))
    for junk in spoiled(known):
        assert ask(tiki, method, path.replace("QUEUE", queue), junk) in {200, 400, 403, 404, 422}


def test_nonsense_in_queries(tiki: Any, draft: Any) -> None:
    """Every parameter refuses or takes whatever comes, on the API and on the public pages."""
    tiki.put_up(draft())
    words = ("", "x", "-1", "0", "1.5", "nin|", "in|in|x", "|", "²", "9" * 40, "\u202e", "a,,b", "'\"<>")
    for path, names in QUERIES.items():
        for name in names:
            for word in words:
                assert tiki.call("GET", path, **{name: word}).status_code in {200, 400}, (path, name, word)
    for path, names in PUBLIC.items():
        for name in names:
            for word in words:
                answer = tiki.session.get(f"{tiki.sandbox.storefront_url('tiki')}{path}", params={name: word})
                assert answer.status_code in {200, 400, 404}, (path, name, word)
