"""Whatever a client sends, it gets an envelope back: a wrong type is a refusal, never a broken connection."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.server import Request
from sandbox.tiktok_shop.site import ROUTES

NONSENSE: list[Any] = [None, "x", "", [], {}, -1, 1.5, True, 10**30, [[]], [{}], [None], {"a": {}}, "\u0000", 1e400]
TEXTS = (None, "", "x", "-1", "1.5", "9" * 40, "٣", "[", "null", "\x00", "²", "W1tb", "http://[")
WAREHOUSE = "7068517275539719942"
MONEY = {"amount": "179000", "currency": "VND"}
IDS = {"product_ids": ["1729592969712207008"] * 2}
TIMES = {"create_time_ge": 0, "create_time_lt": 1, "update_time_ge": 0, "update_time_lt": 1}
BODIES: dict[str, dict[str, Any]] = {
    "POST /product/202309/categories/recommend": {
        "product_title": "Trà Tân Cương Thái Nguyên",
        "category_version": "v2",
    },
    "POST /product/202309/brands": {"name": "Hảo Đạt"},
    "PUT /product/202309/products/{}": {},
    "POST /product/202309/products/{}/partial_edit": {"title": "Trà Tân Cương thượng hạng hộp 200g"},
    "POST /product/202309/products/activate": IDS,
    "POST /product/202309/products/deactivate": IDS,
    "POST /product/202309/products/recover": IDS,
    "DELETE /product/202309/products": IDS,
    "POST /product/202309/products/{}/prices/update": {"skus": [{"id": "SKU", "price": MONEY}]},
    "POST /product/202309/products/{}/inventory/update": {
        "skus": [{"id": "SKU", "inventory": [{"warehouse_id": WAREHOUSE, "quantity": 5}]}] * 2
    },
    "POST /product/202309/inventory/search": IDS | {"sku_ids": ["1"]},
    "POST /product/202502/products/search": {
        "status": "ALL",
        "seller_skus": ["S"],
        "sku_ids": ["1"],
        "audit_status": ["APPROVED"],
        "create_time_ge": 0,
        "create_time_le": 1,
        "update_time_ge": 0,
        "update_time_le": 1,
    },
    "POST /order/202309/orders/search": {"order_status": "UNPAID", "shipping_type": "TIKTOK", "warehouse_ids": ["1"]}
    | TIMES,
    "POST /return_refund/202602/returns/search": {"return_ids": ["1"], "order_ids": ["1"], "return_types": ["REFUND"]}
    | TIMES,
    "POST /return_refund/202602/cancellations/search": {"cancel_ids": ["1"], "cancel_status": ["X"]} | TIMES,
    "PUT /event/202309/webhooks": {"address": "http://127.0.0.1:9/", "event_type": "PRODUCT_CREATION"},
    "DELETE /event/202309/webhooks": {"event_type": "PRODUCT_CREATION"},
}
DAYS = {"start_date_ge": "2026-10-01", "end_date_lt": "2026-10-02", "granularity": "1D", "currency": "LOCAL"}
SORTED = {"sort_field": "order_create_time", "sort_order": "ASC", "page_token": ""}
QUERIES: dict[str, dict[str, str]] = {
    "GET /product/202309/categories": {
        "category_version": "v2",
        "keyword": "Trà",
        "include_prohibited_categories": "x",
    },
    "GET /product/202309/categories/{}/attributes": {"category_version": "v2"},
    "GET /product/202309/categories/{}/rules": {"category_version": "v2"},
    "GET /product/202309/brands": {"page_size": "5", "page_token": "", "brand_name": "x"},
    "GET /product/202309/products/{}": {"return_under_review_version": "true"},
    "GET /order/202507/orders": {"ids": "1,2"},
    "GET /order/202407/orders/{}/price_detail": {},
    "GET /finance/202309/statements": SORTED
    | {"statement_time_ge": "0", "statement_time_lt": "1", "payment_status": "PAID"},
    "GET /finance/202501/statements/{}/statement_transactions": SORTED,
    "GET /finance/202501/orders/{}/statement_transactions": SORTED,
    "GET /finance/202507/orders/unsettled": SORTED | {"search_time_ge": "0"},
    "GET /finance/202309/withdrawals": {"types": "SETTLE", "create_time_ge": "0", "page_token": ""},
    "GET /analytics/202609/shop/performance": DAYS,
    "GET /analytics/202605/shop_products/performance": DAYS | {"sort_field": "gmv", "page_token": ""},
    "GET /analytics/202509/shop_products/{}/performance": DAYS,
    "GET /analytics/202509/shop_skus/performance": DAYS | {"page_token": ""},
}
CREATE = ("POST /product/202309/products", "POST /product/202309/products/listing_check")


def spoiled(value: Any) -> Iterator[Any]:
    """The value with nonsense in place of each of its parts, one at a time, and with each part left out."""
    yield from NONSENSE
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            less = copy.copy(value)
            del less[key]
            yield less
            for other in spoiled(value[key]):
                more = copy.copy(value)
                more[key] = other
                yield more


def envelope(shop: Any, method: str, path: str, query: dict[str, str], body: bytes) -> dict[str, Any]:
    by_shop = not path.startswith(("/product/202309/brands", "/authorization")) or method == "GET"
    target = f"{path}?{shop.signed(path, body, query, cipher=by_shop)}"
    headers = shop.headers()
    with shop.sandbox.world.lock:
        said: dict[str, Any] = json.loads(shop.site.handle(Request.of(method, target, headers, body)).body)
    return said


def facts(shop: Any) -> str:
    """What a refusal must not change: offers, products, and the numbers that come next."""
    stage, world = shop.site.stage, shop.sandbox.world
    counters = {kind: count for kind, count in world._counters.items() if "request" not in kind}
    return repr((world.offers("tiktok_shop"), list(stage.shelf.products.values()), counters, stage.webhooks.hooks))


def good_body(shop: Any, call: str) -> dict[str, Any]:
    made = shop.add()
    sizes = [{"id": "100000", "name": "Khối lượng", "value_name": "200g", "value_id": "5"}]
    rows = [shop.sku(sales_attributes=sizes, identifier_code={"code": "8938505970011", "type": "EAN"})]
    whole = shop.listing(skus=rows, idempotency_key="k", search_terms=["trà"], brand_id="1", is_cod_allowed=True)
    if call in CREATE or call.startswith("PUT /product"):
        return whole if call in CREATE else {key: value for key, value in whole.items() if key != "idempotency_key"}
    return json.loads(json.dumps(BODIES[call]).replace('"SKU"', json.dumps(made["skus"][0]["id"])))


@pytest.mark.parametrize("call", [*CREATE, *BODIES])
def test_a_spoiled_body_is_answered(shop: Any, call: str) -> None:
    """Every part of a good body in turn is missing or of another type. A refusal changes nothing; all products stay readable."""
    good = good_body(shop, call)
    shop.pass_time(hours=6)
    method, template = call.split(" ")
    path = template.replace("{}", "1729592969712207008")
    query = {"page_size": "5"} if path.endswith("search") else {}
    for body in spoiled(good):
        before = facts(shop)
        said = envelope(shop, method, path, query, json.dumps(body).encode())
        assert len(said["request_id"]) == 34
        assert said["code"] == 0 or facts(shop) == before, body
    for junk in (b"{", b"\xff\xfe", b"[" * 50_000, b'{"title":"\\ud800"}', b'{"a":' + b"9" * 5000 + b"}"):
        said = envelope(shop, method, path, query, junk)
        assert said["code"] in {98001004, 36009004} or said["data"]["check_result"] == "FAILED"
    listed = envelope(shop, "POST", "/product/202502/products/search", {"page_size": "100"}, b"{}")
    for row in listed["data"].get("products", []):
        assert shop.detail(row["id"])["id"] == row["id"]
        assert shop.detail(row["id"], return_under_review_version="true")["id"] == row["id"]


@pytest.mark.parametrize("call", QUERIES)
def test_a_spoiled_query_is_answered(shop: Any, call: str) -> None:
    """Every parameter of a good query, and the id in the path, is in turn missing or senseless."""
    shop.add()
    shop.pass_time(days=2)
    method, template = call.split(" ")
    good = QUERIES[call]
    path = template.replace("{}", "1729592969712207008" if "product" in template else "700437")
    for name in good:
        for text in TEXTS:
            query = {key: value for key, value in (good | {name: text}).items() if value is not None}
            assert isinstance(envelope(shop, method, path, query, b"")["code"], int)
    for number in ("x", "0", "9" * 19, "9" * 5000) if "{}" in template else ():
        assert isinstance(envelope(shop, method, template.replace("{}", number), good, b"")["code"], int)


def test_every_path_is_among_those_tried() -> None:
    """A path added to the marketplace is tried with nonsense too; uploads are tried with pictures elsewhere, the rest take nothing."""
    tried = {*BODIES, *QUERIES, *CREATE}
    others = {"POST /product/202309/images/upload", "POST /product/202309/files/upload", "GET /event/202309/webhooks"}
    others |= {
        "GET /authorization/202309/shops",
        "GET /logistics/202309/warehouses",
        "GET /product/202312/prerequisites",
    }
    assert {f"{route.method} {route.template}" for route in ROUTES} == tried | others
