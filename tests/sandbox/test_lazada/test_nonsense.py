"""Whatever a client sends, it gets an envelope back: a wrong type is a refusal, never a broken connection."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.lazada.routes import ROUTES
from tests.sandbox.test_lazada.conftest import Client, attributes, sku

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
    "\ud800",
    1e400,
    "9" * 5000,
]
TEXTS = [
    "",
    "x",
    "-1",
    "1.5",
    "9" * 5000,
    "[",
    "[]",
    "[null]",
    "{}",
    "²",
    "٣",
    "\u0000",
    "true",
    "2026-13-45T99:99:99+07:00",
]
PRODUCT: dict[str, Any] = {
    "PrimaryCategory": "10100123",
    "Images": {"Image": ["https://vn-live.slatic.net/a.jpg"]},
    "Attributes": attributes(),
    "variation": {"variation1": {"name": "Loại", "options": {"option": ["a"]}}},
    "Skus": {
        "Sku": [
            sku(saleProp={"weight": "200g"}, special_price="1000", special_from_date="2026-10-01", Images={"Image": []})
        ]
    },
}
CHANGE: dict[str, Any] = {
    "ItemId": "2100000001",
    "Attributes": {"name": "Trà"},
    "Skus": {"Sku": [{"SkuId": "11000000001", "Status": "active", "quantity": "7", "saleProp": {"weight": "1kg"}}]},
}
PRICES = {
    "Skus": {
        "Sku": [{"ItemId": "2100000001", "SkuId": "11000000001", "Price": "1000", "SalePrice": "900", "Quantity": "7"}]
    }
}
BODIES = {
    "/product/create": PRODUCT,
    "/product/update": CHANGE,
    "/product/price_quantity/update": PRICES,
    "/product/stock/sellable/update": {
        "Skus": {"Sku": [{"ItemId": "2100000001", "SkuId": "11000000001", "SellableQuantity": "7"}]}
    },
    "/images/set": {
        "Skus": {"Sku": [{"SkuId": "11000000001", "Images": {"Image": ["https://vn-live.slatic.net/a.jpg"]}}]}
    },
    "/product/deactivate": {"ItemId": 2100000001, "Skus": {"SkuId": [11000000001]}},
}
QUERIES: dict[str, dict[str, str]] = {
    "/category/attributes/get": {"primary_category_id": "10100123", "language_code": "vi_VN"},
    "/category/brands/query": {"startRow": "0", "pageSize": "40"},
    "/product/category/suggestion/get": {"product_name": "trà"},
    "/products/get": {
        "filter": "all",
        "limit": "5",
        "offset": "0",
        "create_after": "",
        "sku_seller_list": "",
        "update_before": "",
    },
    "/product/item/get": {"item_id": "2100000001"},
    "/product/remove": {"sku_id_list": '["SkuId_7_7"]'},
    "/image/response/get": {"batch_id": "x"},
    "/image/migrate": {"payload": "x"},
    "/images/migrate": {"payload": "x"},
    "/orders/get": {
        "created_after": "2026-10-01T00:00:00+07:00",
        "limit": "5",
        "offset": "0",
        "status": "",
        "sort_by": "",
    },
    "/order/get": {"order_id": "410000000000001"},
    "/order/items/get": {"order_id": "410000000000001"},
    "/orders/items/get": {"order_ids": "[410000000000001]"},
    "/reverse/getreverseordersforseller": {
        "page_no": "1",
        "page_size": "10",
        "TradeOrderLineCreatedTimeRangeStart": "0",
    },
    "/finance/transaction/details/get": {
        "start_time": "2026-10-01",
        "end_time": "2026-10-02",
        "trade_order_id": "",
        "offset": "0",
    },
    "/finance/payout/status/get": {"created_after": "2026-10-01"},
    "/review/seller/history/list": {"item_id": "2100000001", "start_time": "0", "end_time": "0", "current": "1"},
    "/review/seller/list/v2": {"id_list": "[7000001]"},
    "/review/seller/reply/add": {"id": "7000001", "content": "x"},
}
XMLS = [
    "<Request/>",
    "<Request><Product/></Request>",
    "<Request><Product>" + "<a>" * 9000 + "</a>" * 9000 + "</Product></Request>",
    "<Request><Product><Skus>x</Skus><Attributes>x</Attributes></Product></Request>",
    "<Request><Product><Skus><Sku>x</Sku><Sku/></Skus></Product></Request>",
    '<!DOCTYPE r [<!ENTITY a "aaaa">]><Request><Product><ItemId>&a;</ItemId></Product></Request>',
    "<Request",
    "<r/>",
]


def spoilt(good: Any) -> Iterator[Any]:
    """The body once for each place in it and each nonsense put there."""
    for path in places(good):
        for nonsense in NONSENSE:
            body = copy.deepcopy(good)
            spot = body
            for step in path[:-1]:
                spot = spot[step]
            spot[path[-1]] = nonsense
            yield body


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from places(inner, (*path, step))


def is_envelope(answer: dict[str, Any]) -> bool:
    return isinstance(answer["code"], str) and isinstance(answer["request_id"], str)


@pytest.mark.parametrize("path", BODIES)
def test_every_place_of_a_document(shop: Client, path: str) -> None:
    """Nonsense anywhere in a payload is answered, and the shop can still be read afterwards."""
    shop.on_sale()
    name = "apiRequestBody" if path == "/product/deactivate" else "payload"
    for body in spoilt(BODIES[path]):
        assert is_envelope(shop.post(path, **{name: json.dumps({"Request": {"Product": body}})}))
    assert shop.get("/products/get", filter="all", limit=50)["code"] == "0"


@pytest.mark.parametrize("path", QUERIES)
def test_every_parameter(shop: Client, path: str) -> None:
    """Nonsense in any parameter is answered."""
    shop.on_sale()
    call = shop.post if ROUTES[path].method == "POST" else shop.get
    for name in QUERIES[path]:
        for text in TEXTS:
            assert is_envelope(call(path, **(QUERIES[path] | {name: text})))


@pytest.mark.parametrize("payload", XMLS)
def test_documents_that_are_none(shop: Client, payload: str) -> None:
    """XML cut off, empty, too deep or with tricks in it."""
    for path in ("/product/create", "/product/update", "/product/price_quantity/update"):
        answer = shop.post(path, payload=payload)
        assert (is_envelope(answer), answer["code"] != "0") == (True, True)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe=1", "application/x-www-form-urlencoded"),
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b'{"payload":"\\ud800"}', "application/json"),
        (b"--x\r\n\r\nabc\r\n--x--", "multipart/form-data; boundary=x"),
        (b"abc", "multipart/form-data"),
        (b"abc", "text/plain"),
    ],
)
def test_bodies_that_are_none(shop: Client, body: bytes, kind: str) -> None:
    """A body in no shape is refused by the gate."""
    query = shop.signed("/product/create", {})
    url = f"{shop.site.base_url}/rest/product/create"
    answer = shop.http.post(url, params=query, data=body, headers={"Content-Type": kind}, timeout=10).json()
    assert answer["code"] in {"InvalidParameter", "IncompleteSignature"}


def test_every_read_is_covered() -> None:
    """A new route with parameters belongs into these tables."""
    plain = {"/auth/token/create", "/auth/token/refresh", "/seller/get", "/seller/warehouse/get", "/seller/metrics/get"}
    plain |= {"/seller/performance/get", "/category/tree/get", "/image/upload", "/product/qc/alert/list"}
    same = {"/product/stock/sellable/adjust"}
    assert ROUTES.keys() - BODIES.keys() - QUERIES.keys() == plain | same
