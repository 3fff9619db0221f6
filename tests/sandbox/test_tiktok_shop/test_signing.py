"""The signature: the reference's vectors, and what the wire may and may not change about it."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from sandbox.tiktok_shop.signing import sign, sign_event

SECRET, APP, CIPHER, AT = "ocop-sandbox-secret-0001", "ocop6sandbox1", "ROW_ocopSandboxCipher01", "1795420800"
SHOPS, PRODUCTS = "/authorization/202309/shops", "/product/202309/products"
OFFICIAL = "b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8"
OWN = [("timestamp", AT), ("app_key", APP)]
BY_SHOP = [("app_key", APP), ("shop_cipher", CIPHER), ("timestamp", AT)]
SPEECH = '{"title":"Trà Tân Cương Thái Nguyên OCOP 5 sao hộp 200g","category_id":"700437"}'
HOOK = '{"address":"https://partner.tiktokshop.com","event_type":"PACKAGE_UPDATE"}'
HOOK_QUERY = [
    ("app_key", "68xu9ks5p4i8"),
    ("shop_cipher", "ROW_xkMbgAAAeVAQra0eZWebFQq5aIK"),
    ("timestamp", "1696909648"),
]
VECTORS = {
    "T1": ("e59af819cc", SHOPS, [("timestamp", "1623812664"), ("app_key", "29a39d")], "", OFFICIAL),
    "T2": (
        SECRET,
        SHOPS,
        [*OWN, ("access_token", "SHOULD_BE_IGNORED"), ("sign", "SHOULD_BE_IGNORED")],
        "",
        "7f67de2b4cc23720f977da39e135315fb7a146056d57628976e729829a94fa45",
    ),
    "T3": (
        SECRET,
        "/product/202502/products/search",
        [
            ("shop_cipher", CIPHER),
            ("timestamp", AT),
            ("page_size", "100"),
            ("app_key", APP),
            ("page_token", "b2Zmc2V0PTEwMA=="),
        ],
        '{"status":"ALL","seller_skus":["TRA-TANCUONG-200G"]}',
        "713006c35277391090054686656f77ed349e30f70f050133fa5270f952d4bfd6",
    ),
    "T4": (SECRET, PRODUCTS, BY_SHOP, SPEECH, "1558d806ee5d8cb319b143bbf575ecbdfb0af0c4ed4d13502e7ddf75aead39a6"),
    "T5": (
        SECRET,
        "/product/202309/images/upload",
        OWN,
        "",
        "532d5bffd86a8489c695b1b04ef6b28a54f84c11954d401a2cdc6387cc37b465",
    ),
    "T6": (
        SECRET,
        "/order/202507/orders",
        [("ids", "580000000000000001,580000000000000002"), *BY_SHOP],
        "",
        "6abd36fde0a7e25b1d4a20046578e314b667f29ab30cf24421fd2073e269461f",
    ),
    "T7": (
        SECRET,
        PRODUCTS,
        BY_SHOP,
        '{"product_ids":["1729592969712207008"]}',
        "2888a5f70f97cba82b55764f18c3ee0963dc30dd365fe7347d4e27330cb15333",
    ),
    "T8": (
        "e59af819cc",
        "/event/202309/webhooks",
        HOOK_QUERY,
        HOOK,
        "cd0d6268252f4ba293bf7ea4c0a2873bf9beec600d22530638564ab301435f7a",
    ),
    "T8b": (
        "e59af819cc",
        "/event/202309/webhooks",
        HOOK_QUERY,
        HOOK.replace('"event_type":', '"event_type": '),
        "f7ca36a232c721e1ec037d357b5dc51aa7dceda28b119d37122adaa3fb7dd6ca",
    ),
}
EVENT = (
    '{"type":1,"tts_notification_id":"7327112393057371910","shop_id":"7495000000000000001","timestamp":1795420800,'
    '"data":{"order_id":"580000000000000001","order_status":"AWAITING_SHIPMENT","is_on_hold_order":false,'
    '"update_time":1795420790}}'
)


@pytest.mark.parametrize("name", VECTORS)
def test_every_vector_of_the_reference_is_met(name: str) -> None:
    """Digests on which independent clients and the one official example agree."""
    secret, path, query, body, expected = VECTORS[name]
    assert sign(secret, path, query, body.encode()) == expected


def test_a_repeated_key_counts_once_per_occurrence_in_request_order() -> None:
    """Sorting by key is stable: two ids keep the order they were sent in."""
    one, other = [("ids", "1"), ("ids", "2")], [("ids", "2"), ("ids", "1")]
    assert sign(SECRET, "/p", [*one, *OWN], b"") == sign(SECRET, "/p", [*OWN, *one], b"")
    assert sign(SECRET, "/p", one, b"") != sign(SECRET, "/p", other, b"")


def test_a_webhook_is_signed_over_key_and_raw_body() -> None:
    """Vector W1."""
    expected = "9cdb32ea5410cc6fa338c1db4d8abf4550583d6fca500ed6cd8ea4e9c0ad3e59"
    assert sign_event(APP, SECRET, EVENT.encode()) == expected


def test_the_bytes_sent_are_the_bytes_checked(shop: Any) -> None:
    """Escaped letters and odd spaces are as good as any, as long as they are what was signed; other bytes are not."""
    path = "/product/202502/products/search"
    for spoken in (json.dumps({"seller_skus": ["TRÀ"]}), '{ "seller_skus" : ["TRÀ"] }'):
        body = spoken.encode()
        url = f"{shop.site.base_url}{path}?{shop.signed(path, body, {'page_size': 10})}"
        assert shop.http.post(url, data=body, headers=shop.headers(), timeout=10).json()["code"] == 0
        said = shop.http.post(url, data=body + b" ", headers=shop.headers(), timeout=10)
        assert (said.status_code, said.json()["code"]) == (401, 106001)


def test_an_upper_case_signature_is_refused(shop: Any) -> None:
    """Seen on the real gateway: the digest must be lower-case hex."""
    query = shop.signed(SHOPS, b"", {}, cipher=False)
    head, sign_hex = query.rsplit("sign=", 1)
    url = f"{shop.site.base_url}{SHOPS}?{head}sign="
    assert shop.http.get(url + sign_hex.upper(), headers=shop.headers(), timeout=10).json()["code"] == 106001
    assert shop.http.get(url + sign_hex, headers=shop.headers(), timeout=10).json()["code"] == 0


def test_values_are_signed_decoded(shop: Any) -> None:
    """A page token's padding is percent-encoded on the wire and plain in the string that is signed."""
    path = "/product/202502/products/search"
    token = "WzEyXQ=="
    query = shop.signed(path, b"{}", {"page_size": 1, "page_token": token})
    assert quote(token, safe="") in query
    said = shop.http.post(f"{shop.site.base_url}{path}?{query}", data=b"{}", headers=shop.headers(), timeout=10)
    assert said.json()["code"] == 0
