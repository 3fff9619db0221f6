"""What every call passes before anything is done: path, parameters, time, signature, quota, token."""

import json
from datetime import timedelta
from typing import Any

import pytest

from sandbox.lazada.signing import sign as own_sign
from sandbox.lazada.signing import sign_push
from tests.sandbox.test_lazada.conftest import Client, sign

SECRET = "sandbox-secret-001"
COMMON = {"app_key": "500001", "timestamp": "1795400000000", "sign_method": "sha256"}
TOKEN = {"access_token": "50000001abcTOKEN"}
PRICE = '{"Request":{"Product":{"Skus":{"Sku":[{"ItemId":"2100000001","SkuId":"11000000001","Price":"185000","Quantity":"40"}]}}}}'
TEA = (
    '<?xml version="1.0" encoding="UTF-8"?><Request><Product><PrimaryCategory>10100123</PrimaryCategory>'
    "<Attributes><name>Trà Tân Cương Thái Nguyên 200g</name></Attributes></Product></Request>"
)
WINDOW = {"TradeOrderLineCreatedTimeRangeStart": "1793000000000", "TradeOrderLineCreatedTimeRangeEnd": "1795000000000"}
ORDERS = {
    "created_after": "2026-11-01T00:00:00+07:00",
    "limit": "100",
    "offset": "0",
    "sort_by": "created_at",
    "sort_direction": "ASC",
}
VECTORS = [
    (
        "/auth/token/create",
        {"code": "0_500001_abcDEF123"},
        "9E7CA414E6C65DED769ECEFA33152C2D1FB63836F6B5AE228FB218A8EDD69B8D",
    ),
    ("/orders/get", TOKEN | ORDERS, "2BC0BA6053EF1EDE41421A1216CD00B2CD6689F571253585E4169B9ED7298B5E"),
    (
        "/product/price_quantity/update",
        TOKEN | {"payload": PRICE},
        "CFB6CB16D21AB1E75EFE87EEA08DF6E81383A50F2380E7BA38C64D18FA348C8B",
    ),
    ("/product/create", TOKEN | {"payload": TEA}, "3257ECCAB31B16CF0818C3B2B2909CAA5894D2AF81A4A7992EE2865CCF14CCB0"),
    ("/image/upload", TOKEN, "01EBC64564AB48BE52534AA69F483806D88998BCC5161D82B66259999F6D0110"),
    (
        "/category/tree/get",
        {"partner_id": "lazop-sdk-python-20181207", "language_code": "vi_VN"},
        "A29F0B766D4D1E61DFC3B86ADDE9785E18C08C95BFA1F96F29F37D3DAD2B251D",
    ),
    (
        "/category/brands/query",
        {"startRow": "0", "pageSize": "200"},
        "18FA4F35E26C0B4E3832BFF38716FBE35BC0DAD16F07ACD01468BF04B1547560",
    ),
    (
        "/review/seller/list/v2",
        TOKEN | {"id_list": "[900000001,900000002]"},
        "C07A2A87EF6C348CC06CFFB13D34AE29E9BCAFEA8411CE9640CA0EE0C31136C0",
    ),
    (
        "/reverse/getreverseordersforseller",
        TOKEN | WINDOW | {"page_no": "1", "page_size": "10"},
        "8AA246D8FD12AFA3A68EA984063D57B6D0E396ED1EF9AD28B452FBE12E95FE72",
    ),
]


@pytest.mark.parametrize(("path", "params", "signature"), VECTORS)
def test_signatures_of_the_reference(path: str, params: dict[str, str], signature: str) -> None:
    """The reference's vectors V1 to V9, computed by three independent clients."""
    assert own_sign(SECRET, path, COMMON | params) == signature


def test_the_printed_sample() -> None:
    """V0 is printed in the official page itself; the tests' own client agrees."""
    params = COMMON | {"app_key": "123456", "access_token": "test", "timestamp": "1517820392000", "order_id": "1234"}
    expected = "4190D32361CFB9581350222F345CB77F3B19F0E31D162316848A2C1FFD5FAB4A"
    assert own_sign("helloworld", "/order/get", params) == expected
    assert sign("helloworld", "/order/get", params) == expected


def test_a_push_is_signed_over_key_and_body() -> None:
    """The reference's push vector."""
    data = '{"order_status":"pending","trade_order_id":"410000000000001","trade_order_line_id":"410000000100001","status_update_time":1795400000}'
    body = f'{{"seller_id":"200100300","message_type":0,"data":{data},"timestamp":1795400001000,"site":"lazada_vn"}}'
    expected = "cf2a04c468f34b17c645b07db294572d963104803b70b12e116244dced78dec1"
    assert sign_push(SECRET, "500001", body.encode()) == expected


def code(answer: dict[str, Any]) -> str:
    return answer["code"]


@pytest.mark.parametrize("name", ["app_key", "timestamp", "sign_method"])
def test_a_missing_parameter_is_named(shop: Client, name: str) -> None:
    """MissingParameter says which."""
    answer = shop.get("/seller/get", **{name: None})
    assert (code(answer), answer["type"]) == ("MissingParameter", "ISV")
    assert f'"{name}"' in answer["message"]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"app_key": "500002"}, "InvalidAppKey"),
        ({"sign_method": "hmac"}, "InvalidParameter"),
        ({"sign": "0" * 64}, "IncompleteSignature"),
        ({"access_token": "nobody"}, "IllegalAccessToken"),
        ({"access_token": None}, "MissingParameter"),
        ({"timestamp": "yesterday"}, "IllegalTimestamp"),
    ],
)
def test_refused_at_the_gate(shop: Client, changes: dict[str, Any], refused: str) -> None:
    """Each wrong system parameter has its code, and all travel with HTTP 200."""
    query = shop.signed("/seller/get", {name: value for name, value in changes.items() if name != "sign"})
    query |= {name: value for name, value in changes.items() if name == "sign"}
    answer = shop.http.get(f"{shop.site.base_url}/rest/seller/get", params=query, timeout=10)
    assert (answer.status_code, code(answer.json())) == (200, refused)


def test_an_unknown_path_or_method(shop: Client) -> None:
    """Both are InvalidApiPath."""
    assert code(shop.get("/seller/all")) == "InvalidApiPath"
    assert code(shop.post("/products/get", filter="all")) == "InvalidApiPath"


def test_lower_case_signatures_are_refused(shop: Client) -> None:
    """The signature is compared in capitals."""
    query = shop.signed("/seller/get", {})
    query["sign"] = query["sign"].lower()
    answer = shop.http.get(f"{shop.site.base_url}/rest/seller/get", params=query, timeout=10).json()
    assert code(answer) == "IncompleteSignature"


@pytest.mark.parametrize(("off_s", "accepted"), [(7199, True), (-7199, True), (7201, False), (-7201, False)])
def test_two_hours_of_tolerance(shop: Client, off_s: int, accepted: bool) -> None:
    """A clock may be 7200 seconds off, either way."""
    now = shop.sandbox.world.clock.now() + timedelta(seconds=off_s)
    answer = shop.get("/seller/get", timestamp=int(now.timestamp() * 1000))
    assert code(answer) == ("0" if accepted else "IllegalTimestamp")


def test_iso_timestamps(shop: Client) -> None:
    """The documented second form."""
    now = shop.sandbox.world.clock.now()
    assert code(shop.get("/seller/get", timestamp=f"{now:%Y-%m-%dT%H:%M:%SZ}")) == "0"


def test_every_carrier(shop: Client) -> None:
    """Query and form, query and JSON copy, all in the form, all in JSON: real SDKs use all of them."""
    path, product = (
        "/product/price_quantity/update",
        {"Skus": {"Sku": [{"SkuId": "1", "ItemId": "1", "Price": "1000"}]}},
    )
    params = {"payload": json.dumps({"Request": {"Product": product}})}
    signed, url = shop.signed(path, params), f"{shop.site.base_url}/rest{path}"
    system = {name: value for name, value in signed.items() if name != "payload"}
    answers = [
        shop.http.post(url, data=signed, timeout=10),
        shop.http.post(url, params=system, data=params, timeout=10),
        shop.http.post(url, params=signed, json=params, timeout=10),
        shop.http.post(url, params=system, json=params, timeout=10),
        shop.http.post(url, json=signed, timeout=10),
    ]
    assert [answer.json()["detail"][0]["code"] for answer in answers] == ["208"] * 5


def test_numbers_in_a_json_body_are_signed_as_text(shop: Client) -> None:
    """A client that sends its body as JSON signs the number's text."""
    signed = shop.signed("/product/deactivate", {"apiRequestBody": 7})
    body = {"apiRequestBody": 7}
    query = {name: value for name, value in signed.items() if name != "apiRequestBody"}
    answer = shop.http.post(f"{shop.site.base_url}/rest/product/deactivate", params=query, json=body, timeout=10).json()
    assert code(answer) == "30"


def test_two_values_of_one_parameter(shop: Client) -> None:
    """Whatever was signed, it was not both."""
    signed = shop.signed("/products/get", {"filter": "all"})
    url = f"{shop.site.base_url}/rest/products/get?filter=live"
    assert code(shop.http.get(url, params=signed, timeout=10).json()) == "IncompleteSignature"


def test_empty_parameters_signed_or_not(shop: Client) -> None:
    """The Python SDK signs empty parameters, the Java SDK leaves them out of the signature: both pass."""
    now = str(int(shop.sandbox.world.clock.now().timestamp() * 1000))
    params = {"app_key": "500001", "timestamp": now, "sign_method": "sha256", "filter": "all", "search": ""}
    params["access_token"] = shop.credentials["access_token"]
    url, secret = f"{shop.site.base_url}/rest/products/get", shop.credentials["app_secret"]
    with_empty = sign(secret, "/products/get", params)
    without = sign(secret, "/products/get", {name: value for name, value in params.items() if value})
    answers = [shop.http.get(url, params=params | {"sign": one}, timeout=10).json() for one in (with_empty, without)]
    assert [code(answer) for answer in answers] == ["0", "0"]


def test_the_bare_base_is_the_same_api(shop: Client) -> None:
    """`/rest` belongs to the base address and is never signed."""
    answer = shop.http.get(f"{shop.site.base_url}/seller/get", params=shop.signed("/seller/get", {}), timeout=10).json()
    assert answer["data"]["seller_id"] == 200100300


def test_the_daily_quota(shop: Client) -> None:
    """The call too many is AppCallLimit; the next day starts anew."""
    shop.site.rules.calls_per_day = 2
    assert [code(shop.get("/seller/get")) for _ in range(3)] == ["0", "0", "AppCallLimit"]
    shop.pass_time(days=1)
    assert code(shop.get("/seller/get")) == "0"


def test_fifty_price_calls_a_second_and_seller(shop: Client, household: Client) -> None:
    """Per seller, and over with the second."""
    shop.site.rules.price_calls_per_s = 2
    row = {"ItemId": "1", "SkuId": "1", "Price": "1000"}
    assert [code(shop.price(row)) for _ in range(3)] == ["501", "501", "SellerCallLimit"]
    assert code(household.price(row)) == "501"
    shop.pass_time(seconds=1)
    assert code(shop.price(row)) == "501"


def test_too_fast_is_not_a_429(shop: Client) -> None:
    """The answer to haste is HTTP 200 and names the seconds."""
    shop.sandbox.faults.add("lazada.api", "status", status=429, retry_after=7)
    query = shop.signed("/seller/get", {})
    answer = shop.http.get(f"{shop.site.base_url}/rest/seller/get", params=query, timeout=10)
    assert (answer.status_code, code(answer.json())) == (200, "ApiCallLimit")
    assert answer.json()["message"].endswith("this ban will last 7 seconds")


def test_a_clock_that_is_off(shop: Client) -> None:
    """The marketplace's own clock judges timestamps."""
    shop.sandbox.faults.add("lazada.api", "clock_skew", seconds=8000, times=None)
    assert code(shop.get("/seller/get")) == "IllegalTimestamp"


def test_announced_trouble(shop: Client) -> None:
    """Lazada's own words of trouble, as often as announced, and then no more."""
    shop.site.trouble.announce("901", "/products/get", times=2)
    answers = [shop.get("/products/get", filter="all") for _ in range(3)]
    assert [code(answer) for answer in answers] == ["901", "901", "0"]
    with pytest.raises(KeyError):
        shop.site.trouble.announce("902", "/products/get")


def test_brands_asked_too_fast_are_an_empty_success(shop: Client) -> None:
    """The one API that does not say it is throttling."""
    shop.site.trouble.announce("empty_brands", "/category/brands/query")
    first, second = (shop.get("/category/brands/query", token=False, startRow=0, pageSize=200) for _ in range(2))
    assert (first["code"], first["success"], first["data"]["module"]) == ("0", True, [])
    assert len(second["data"]["module"]) == 200


def test_a_failure_in_the_second_layer(shop: Client) -> None:
    """Code 0 and `success` false: a success only to who does not look."""
    shop.site.trouble.announce("second_layer", "/review/")
    answer = shop.get("/review/seller/list/v2", id_list="[1]")
    assert (answer["code"], answer["success"], answer["error_code"], answer["data"]) == (
        "0",
        False,
        "SYSTEM_ERROR",
        None,
    )


def test_loose_types(shop: Client) -> None:
    """Every scalar quoted, nothing as "null", when the site is told so."""
    item_id, _ = shop.on_sale()
    shop.site.rules.loose_types = True
    item = shop.item(item_id)
    assert (item["item_id"], item["subStatus"], item["trialProduct"]) == (str(item_id), "null", "false")
    assert item["skus"][0]["price"] == "185000.0"


def test_a_trace_id_now_and_then(shop: Client) -> None:
    """An envelope may have a member more; request ids are never the same."""
    answers = [shop.get("/seller/get") for _ in range(64)]
    assert len({answer["request_id"] for answer in answers}) == 64
    assert sum("_trace_id_" in answer for answer in answers) == 3
