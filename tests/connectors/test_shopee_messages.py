"""Pushed messages of Shopee: whose signature is believed, and what is read of them."""

import hashlib
import hmac
import json

import pytest
from pydantic import SecretStr

from connectors.errors import ForgedMessageError, UnexpectedAnswerError
from connectors.shopee import CONNECTOR
from connectors.shopee.settings import ShopeeSettings

KEY = "5465737453616e64626f784b65794f434f505f5468616950677579656e303031"
URL = "https://ocop.example/webhooks/shopee"
BODY = (
    b'{"data":{"ordersn":"2611237QK4M0AB","status":"READY_TO_SHIP","update_time":1795391990},'
    b'"shop_id":770011223,"code":3,"timestamp":1795392000}'
)
OVER_BOTH = "b8ae83b00d2b86ed65ac1f20a3a18282f2c5f14e19157aac556ef866d48147ba"
OVER_BODY = "b4e67ec5b1d20e36f36e73e6424deddbd9e7b9fb6de1161f478cc61d63372525"


def app(**more: object) -> ShopeeSettings:
    return ShopeeSettings.model_validate({"partner_id": 1, "partner_key": SecretStr(KEY)} | more)


def signed(body: bytes) -> dict[str, str]:
    return {"authorization": hmac.new(KEY.encode(), f"{URL}|".encode() + body, hashlib.sha256).hexdigest()}


@pytest.mark.parametrize(
    ("settings", "signature", "url"),
    [
        (app(), OVER_BOTH, URL),
        (app(push_url=URL), OVER_BOTH, "http://127.0.0.1:8000/messages/shopee"),  # behind a proxy
        (app(push_signs="body"), OVER_BODY, "http://anything"),
        (app(partner_key=SecretStr("other"), push_key=SecretStr(KEY)), OVER_BOTH, URL),
    ],
)
def test_the_documented_vectors(settings: ShopeeSettings, signature: str, url: str) -> None:
    """Both forms that readers report, each where it is set; of the message only kind, order, shop and time are read."""
    message = CONNECTOR.read_message(settings, {"authorization": signature}, BODY, url)
    assert (message.kind, message.order_external_id, message.shop_external_id) == ("3", "2611237QK4M0AB", "770011223")
    assert message.sent_at is not None
    assert message.sent_at.isoformat() == "2026-11-23T00:00:00+00:00"


@pytest.mark.parametrize(
    ("headers", "body", "url"),
    [
        ({}, BODY, URL),
        ({"authorization": OVER_BODY}, BODY, URL),
        ({"authorization": OVER_BOTH.upper()}, BODY, URL),
        ({"authorization": OVER_BOTH}, BODY + b" ", URL),
        ({"authorization": OVER_BOTH}, BODY, URL + "/"),
        ({"authorization": "chữ ký"}, BODY, URL),
    ],
)
def test_anything_else_is_forged(headers: dict[str, str], body: bytes, url: str) -> None:
    """Not a byte more, not another address, not another form; and the error tells nothing of the key."""
    with pytest.raises(ForgedMessageError) as refused:
        CONNECTOR.read_message(app(), headers, body, url)
    assert KEY not in str(refused.value)


def test_the_test_push_names_nobody() -> None:
    """Shopee tries the address with a message of no shop and no order."""
    body = b'{"code": 0, "data": {"verify_info": "hello"}}'
    message = CONNECTOR.read_message(app(), signed(body), body, URL)
    assert (message.kind, message.order_external_id, message.shop_external_id) == ("0", None, None)


def test_sent_again_is_the_same_message() -> None:
    """Only the envelope's time differs; another status of the order is another message."""
    again = BODY.replace(b"1795392000}", b"1795392300}")
    later = BODY.replace(b"READY_TO_SHIP", b"SHIPPED")
    first, second, third = (CONNECTOR.read_message(app(), signed(b), b, URL).identity for b in (BODY, again, later))
    assert (first == second, first == third) == (True, False)


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"[]",
        json.dumps({"code": 3, "shop_id": 1, "data": {}}).encode(),
        json.dumps({"code": 3, "shop_id": 1, "data": {"ordersn": 5}}).encode(),
        json.dumps({"code": "3", "data": {}}).encode(),
    ],
)
def test_a_signed_body_that_is_not_as_documented_is_loud(body: bytes) -> None:
    """It is theirs, and we cannot read it: never taken for a message about nothing."""
    with pytest.raises(UnexpectedAnswerError):
        CONNECTOR.read_message(app(), signed(body), body, URL)
