"""TikTok Shop's signatures: every vector of the reference, and the bytes they are made over."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from pydantic import SecretStr

from connectors.endpoint import Endpoint, NoPayload
from connectors.errors import ForgedMessageError, UnexpectedAnswerError
from connectors.prepare import prepare
from connectors.tiktok_shop.connector import TiktokShopConnector
from connectors.tiktok_shop.endpoints import PRODUCT_SEARCH, UPLOAD_IMAGE, next_page_of
from connectors.tiktok_shop.messages import signature
from connectors.tiktok_shop.payloads.listings import ProductSearch
from connectors.tiktok_shop.payloads.reference import UploadImage
from connectors.tiktok_shop.settings import TiktokShopSettings
from connectors.tiktok_shop.signature import TiktokSignature, sign

SECRET = "ocop-sandbox-secret-0001"
APP = TiktokShopSettings(app_key="ocop6sandbox1", app_secret=SecretStr(SECRET))
CIPHER = "ROW_ocopSandboxCipher01"
AT = datetime.fromtimestamp(1795420800, UTC)
COMMON = [("shop_cipher", CIPHER), ("timestamp", "1795420800"), ("app_key", "ocop6sandbox1")]
WITHOUT_CIPHER = COMMON[1:]

T4 = '{"title":"Trà Tân Cương Thái Nguyên OCOP 5 sao hộp 200g","category_id":"700437"}'.encode()
T8 = [
    ("app_key", "68xu9ks5p4i8"),
    ("shop_cipher", "ROW_xkMbgAAAeVAQra0eZWebFQq5aIK"),
    ("timestamp", "1696909648"),
]

VECTORS = [
    pytest.param(
        "e59af819cc",
        "/authorization/202309/shops",
        [("timestamp", "1623812664"), ("app_key", "29a39d")],
        b"",
        "b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8",
        id="T1",
    ),
    pytest.param(
        SECRET,
        "/authorization/202309/shops",
        [*WITHOUT_CIPHER, ("access_token", "SHOULD_BE_IGNORED"), ("sign", "SHOULD_BE_IGNORED")],
        b"",
        "7f67de2b4cc23720f977da39e135315fb7a146056d57628976e729829a94fa45",
        id="T2",
    ),
    pytest.param(
        SECRET,
        "/product/202502/products/search",
        [*COMMON, ("page_size", "100"), ("page_token", "b2Zmc2V0PTEwMA==")],
        b'{"status":"ALL","seller_skus":["TRA-TANCUONG-200G"]}',
        "713006c35277391090054686656f77ed349e30f70f050133fa5270f952d4bfd6",
        id="T3",
    ),
    pytest.param(
        SECRET,
        "/product/202309/products",
        COMMON,
        T4,
        "1558d806ee5d8cb319b143bbf575ecbdfb0af0c4ed4d13502e7ddf75aead39a6",
        id="T4",
    ),
    pytest.param(
        SECRET,
        "/product/202309/images/upload",
        WITHOUT_CIPHER,
        b"",
        "532d5bffd86a8489c695b1b04ef6b28a54f84c11954d401a2cdc6387cc37b465",
        id="T5",
    ),
    pytest.param(
        SECRET,
        "/order/202507/orders",
        [("ids", "580000000000000001,580000000000000002"), *COMMON],
        b"",
        "6abd36fde0a7e25b1d4a20046578e314b667f29ab30cf24421fd2073e269461f",
        id="T6",
    ),
    pytest.param(
        SECRET,
        "/product/202309/products",
        COMMON,
        b'{"product_ids":["1729592969712207008"]}',
        "2888a5f70f97cba82b55764f18c3ee0963dc30dd365fe7347d4e27330cb15333",
        id="T7",
    ),
    pytest.param(
        "e59af819cc",
        "/event/202309/webhooks",
        T8,
        b'{"address":"https://partner.tiktokshop.com","event_type":"PACKAGE_UPDATE"}',
        "cd0d6268252f4ba293bf7ea4c0a2873bf9beec600d22530638564ab301435f7a",
        id="T8",
    ),
    pytest.param(
        "e59af819cc",
        "/event/202309/webhooks",
        T8,
        b'{"address":"https://partner.tiktokshop.com","event_type": "PACKAGE_UPDATE"}',
        "f7ca36a232c721e1ec037d357b5dc51aa7dceda28b119d37122adaa3fb7dd6ca",
        id="T8b",
    ),
]


@pytest.mark.parametrize(("secret", "path", "query", "body", "expected"), VECTORS)
def test_signatures_are_the_documented_ones(
    secret: str, path: str, query: list[tuple[str, str]], body: bytes, expected: str
) -> None:
    """The nine vectors that independent clients agree on; one space in a body is another signature."""
    assert sign(secret, path, query, body) == expected


def test_other_bytes_are_another_signature() -> None:
    """Escaped JSON says the same and is signed as what it is; an encoded page token is not what is signed."""
    escaped = json.dumps(json.loads(T4), separators=(",", ":")).encode()
    assert sign(SECRET, "/product/202309/products", COMMON, escaped) != VECTORS[3].values[4]
    encoded = [*COMMON, ("page_size", "100"), ("page_token", "b2Zmc2V0PTEwMA%3D%3D")]
    body = b'{"status":"ALL","seller_skus":["TRA-TANCUONG-200G"]}'
    assert sign(SECRET, "/product/202502/products/search", encoded, body) != VECTORS[2].values[4]


def test_a_search_signs_its_page_and_its_filters() -> None:
    """The whole request of vector T3: the page in the address, encoded there, and the body as it is sent."""
    request = prepare(
        "http://127.0.0.1:9",
        next_page_of(PRODUCT_SEARCH),
        ProductSearch(seller_skus=["TRA-TANCUONG-200G"]),
        {"page_token": "b2Zmc2V0PTEwMA=="},
        TiktokSignature(APP, AT, SecretStr("ROW_token"), CIPHER),
    )
    query = parse_qs(urlsplit(str(request.url)).query)
    assert query["sign"] == ["713006c35277391090054686656f77ed349e30f70f050133fa5270f952d4bfd6"]
    assert query["page_token"] == ["b2Zmc2V0PTEwMA=="]
    assert request.body == b'{"status":"ALL","seller_skus":["TRA-TANCUONG-200G"]}'
    assert "ROW_token" not in str(request.url)
    assert request.headers["x-tts-access-token"] == "ROW_token"


def test_a_get_says_json_once_and_is_signed_without_body() -> None:
    """Vector T2's request: no cipher where none is given, one content type."""
    endpoint = Endpoint("GET", "/authorization/202309/shops", NoPayload, object)
    auth = TiktokSignature(APP, AT, SecretStr("ROW_token"))
    request = prepare("http://127.0.0.1:9", endpoint, NoPayload(), None, auth)
    assert dict(parse_qsl(urlsplit(str(request.url)).query)) == {
        "app_key": "ocop6sandbox1",
        "timestamp": "1795420800",
        "sign": "7f67de2b4cc23720f977da39e135315fb7a146056d57628976e729829a94fa45",
    }
    assert request.headers["content-type"] == "application/json"


def test_an_upload_is_signed_without_its_body() -> None:
    """Vector T5's request: whatever the picture, the signature is the same; the use case is an ordinary field."""
    payload = UploadImage(file=("a.png", b"\x89PNG", "image/png"))
    auth = TiktokSignature(APP, AT, SecretStr("ROW_token"))
    request = prepare("http://127.0.0.1:9", UPLOAD_IMAGE, payload, None, auth)
    query = parse_qs(urlsplit(str(request.url)).query)
    assert query["sign"] == ["532d5bffd86a8489c695b1b04ef6b28a54f84c11954d401a2cdc6387cc37b465"]
    assert b'name="use_case"\r\n' in bytes(request.body or b"")
    assert b'name="data"; filename="a.png"' in bytes(request.body or b"")
    assert request.headers["content-type"].startswith("multipart/form-data; boundary=")


W1 = (
    b'{"type":1,"tts_notification_id":"7327112393057371910","shop_id":"7495000000000000001","timestamp":1795420800,'
    b'"data":{"order_id":"580000000000000001","order_status":"AWAITING_SHIPMENT","is_on_hold_order":false,'
    b'"update_time":1795420790}}'
)
W1_SIGNATURE = "9cdb32ea5410cc6fa338c1db4d8abf4550583d6fca500ed6cd8ea4e9c0ad3e59"


def test_a_pushed_message_is_read_for_its_order() -> None:
    """Vector W1: verified over the raw body, and only what is needed is kept."""
    message = TiktokShopConnector.read_message(APP, {"authorization": W1_SIGNATURE}, W1, "https://ocop.example/m")
    assert message.model_dump() == {
        "kind": "1",
        "identity": "7327112393057371910",
        "order_external_id": "580000000000000001",
        "shop_external_id": "7495000000000000001",
        "sent_at": AT,
    }


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": W1_SIGNATURE.upper()}, {"authorization": f"Bearer {W1_SIGNATURE}"}]
)
def test_a_message_signed_otherwise_is_forged(headers: dict[str, str]) -> None:
    """No signature, upper case, or a scheme word before it: nothing of the body is believed."""
    with pytest.raises(ForgedMessageError):
        TiktokShopConnector.read_message(APP, headers, W1, "")


def test_a_message_whose_body_changed_is_forged() -> None:
    """One added space is another body."""
    with pytest.raises(ForgedMessageError):
        TiktokShopConnector.read_message(APP, {"authorization": W1_SIGNATURE}, W1 + b" ", "")


def test_a_signed_body_of_another_shape_is_loud() -> None:
    """TikTok signed it, but it is not what the reference says."""
    body = b'{"type":1}'
    given = {"authorization": signature(APP, body)}
    with pytest.raises(UnexpectedAnswerError, match="tts_notification_id"):
        TiktokShopConnector.read_message(APP, given, body, "")
