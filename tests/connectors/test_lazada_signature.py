"""Every sign vector of the reference, and the very bytes that are sent (sections 1.5 and 1.6, read 2026-11-24)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import requests
from pydantic import SecretStr

from connectors.facts.listing import PriceChange
from connectors.lazada.signature import LazadaSignature, sign
from tests.connectors.lazada_desk import Desk, ok, open_desk, ref, refusal

SECRET = "sandbox-secret-001"
APP = {"app_key": "500001", "timestamp": "1795400000000", "sign_method": "sha256"}
SHOP = APP | {"access_token": "50000001abcTOKEN"}
NEW_PRODUCT = (
    '<?xml version="1.0" encoding="UTF-8"?><Request><Product><PrimaryCategory>10100123</PrimaryCategory><Attributes>'
    "<name>Trà Tân Cương Thái Nguyên 200g</name></Attributes></Product></Request>"
)
NEW_PRICE = (
    '{"Request":{"Product":{"Skus":{"Sku":[{"ItemId":"2100000001","SkuId":"11000000001","Price":"185000",'
    '"Quantity":"40"}]}}}}'
)
VECTORS = {
    "V1": (
        "/auth/token/create",
        APP | {"code": "0_500001_abcDEF123"},
        "9E7CA414E6C65DED769ECEFA33152C2D1FB63836F6B5AE228FB218A8EDD69B8D",
    ),
    "V2": (
        "/orders/get",
        SHOP
        | {
            "created_after": "2026-11-01T00:00:00+07:00",
            "limit": "100",
            "offset": "0",
            "sort_by": "created_at",
            "sort_direction": "ASC",
        },
        "2BC0BA6053EF1EDE41421A1216CD00B2CD6689F571253585E4169B9ED7298B5E",
    ),
    "V3": (
        "/product/price_quantity/update",
        SHOP | {"payload": NEW_PRICE},
        "CFB6CB16D21AB1E75EFE87EEA08DF6E81383A50F2380E7BA38C64D18FA348C8B",
    ),
    "V4": (
        "/product/create",
        SHOP | {"payload": NEW_PRODUCT},
        "3257ECCAB31B16CF0818C3B2B2909CAA5894D2AF81A4A7992EE2865CCF14CCB0",
    ),
    "V5": ("/image/upload", SHOP, "01EBC64564AB48BE52534AA69F483806D88998BCC5161D82B66259999F6D0110"),
    "V6": (
        "/category/tree/get",
        APP | {"partner_id": "lazop-sdk-python-20181207", "language_code": "vi_VN"},
        "A29F0B766D4D1E61DFC3B86ADDE9785E18C08C95BFA1F96F29F37D3DAD2B251D",
    ),
    "V7": (
        "/category/brands/query",
        APP | {"startRow": "0", "pageSize": "200"},
        "18FA4F35E26C0B4E3832BFF38716FBE35BC0DAD16F07ACD01468BF04B1547560",
    ),
    "V8": (
        "/review/seller/list/v2",
        SHOP | {"id_list": "[900000001,900000002]"},
        "C07A2A87EF6C348CC06CFFB13D34AE29E9BCAFEA8411CE9640CA0EE0C31136C0",
    ),
    "V9": (
        "/reverse/getreverseordersforseller",
        SHOP
        | {
            "page_no": "1",
            "page_size": "10",
            "TradeOrderLineCreatedTimeRangeStart": "1793000000000",
            "TradeOrderLineCreatedTimeRangeEnd": "1795000000000",
        },
        "8AA246D8FD12AFA3A68EA984063D57B6D0E396ED1EF9AD28B452FBE12E95FE72",
    ),
}
AT = datetime.fromtimestamp(1_795_400_000, UTC)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


def test_the_printed_vector() -> None:
    """V0 stands in the official request sample too."""
    parameters = {
        "app_key": "123456",
        "access_token": "test",
        "timestamp": "1517820392000",
        "sign_method": "sha256",
        "order_id": "1234",
    }
    assert sign("helloworld", "/order/get", parameters) == (
        "4190D32361CFB9581350222F345CB77F3B19F0E31D162316848A2C1FFD5FAB4A"
    )


@pytest.mark.parametrize("name", VECTORS)
def test_every_vector(name: str) -> None:
    """Three independent packages agree on each."""
    path, parameters, wanted = VECTORS[name]
    assert sign(SECRET, path, parameters) == wanted


def test_an_empty_parameter_is_not_signed() -> None:
    """Official clients disagree about empty ones; those who drop them agree with everybody who sends none."""
    assert sign(SECRET, "/image/upload", SHOP | {"note": ""}) == VECTORS["V5"][2]


def _signed(method: str, path: str, **given: object) -> requests.PreparedRequest:
    token = None if path.startswith("/auth") else SecretStr("50000001abcTOKEN")
    auth = LazadaSignature("500001", SecretStr(SECRET), AT, token)
    return requests.Request(method, f"https://api.lazada.vn/rest{path}", auth=auth, **given).prepare()


def test_a_query_is_signed_as_meant_and_sent_encoded() -> None:
    """Colons, plus signs and brackets travel encoded; the signature is over what they mean."""
    prepared = _signed("GET", VECTORS["V2"][0], params={k: v for k, v in VECTORS["V2"][1].items() if k not in SHOP})
    assert "created_after=2026-11-01T00%3A00%3A00%2B07%3A00" in str(prepared.url)
    assert f"sign={VECTORS['V2'][2]}" in str(prepared.url)


def test_a_form_carries_everything_in_its_body() -> None:
    """System parameters and signature are beside the payload; the address stays bare."""
    prepared = _signed("POST", VECTORS["V4"][0], data={"payload": NEW_PRODUCT})
    assert prepared.url == "https://api.lazada.vn/rest/product/create"
    assert isinstance(prepared.body, bytes)
    assert f"sign={VECTORS['V4'][2]}".encode() in prepared.body
    assert prepared.headers["Content-Length"] == str(len(prepared.body))


def test_a_file_is_not_signed() -> None:
    """Parameters of an upload are in the query; its body is the file's alone."""
    prepared = _signed("POST", "/image/upload", files={"image": ("a.png", b"picture", "image/png")})
    assert f"sign={VECTORS['V5'][2]}" in str(prepared.url)


def test_what_arrives_bears_its_own_signature(desk: Desk) -> None:
    """Over the wire: the signature of the parameters that came is the one that came with them."""
    desk.say("/product/price_quantity/update", ok({}))
    desk.connector().set_prices([PriceChange(ref=ref(), price_vnd=185_000)])
    (asked,) = desk.asked["/product/price_quantity/update"]
    came = asked.pop("sign")
    assert came == sign(SECRET, "/product/price_quantity/update", asked)
    assert asked.keys() == {"app_key", "sign_method", "timestamp", "access_token", "payload"}


def test_a_partner_id_is_signed_like_the_rest(desk: Desk) -> None:
    """Only for apps that ask for it."""
    desk.say("/seller/get", refusal("AppWhiteIpLimit"))
    connector = desk.connector(partner_id="lazop-sdk-python-20181207")
    with pytest.raises(Exception, match="AppWhiteIpLimit"):
        connector.check()
    (asked,) = desk.asked["/seller/get"]
    assert asked["partner_id"] == "lazop-sdk-python-20181207"
    assert asked.pop("sign") == sign(SECRET, "/seller/get", asked)
