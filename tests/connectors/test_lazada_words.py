"""How Lazada writes things, and its pushed messages (reference, sections 2.2 and 4.6)."""

import hashlib
import hmac
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from connectors.errors import ForgedMessageError, UnexpectedAnswerError
from connectors.lazada.advice import with_advice
from connectors.lazada.connector import LazadaConnector
from connectors.lazada.payloads.kinds import Dong, Flag, Id, MaybeText
from connectors.lazada.settings import LazadaSettings
from connectors.lazada.times import read_day, read_period, to_iso, to_utc

MORNING = datetime(2026, 11, 20, 2, 15, 2, tzinfo=UTC)
SETTINGS = LazadaSettings(app_key="500001", app_secret="sandbox-secret-001")
BODY = (
    b'{"seller_id":"200100300","message_type":0,"data":{"order_status":"pending","trade_order_id":"410000000000001",'
    b'"trade_order_line_id":"410000000100001","status_update_time":1795400000},"timestamp":1795400001000,'
    b'"site":"lazada_vn"}'
)
SIGNED = "cf2a04c468f34b17c645b07db294572d963104803b70b12e116244dced78dec1"


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-20T09:15:02+07:00",
        "2026-11-20T02:15:02Z",
        "2026-11-20 09:15:02 +0700",
        "2026-11-20 09:15:02",
        "1795140902000",
        1795140902000,
        1795140902,
    ],
)
def test_every_form_of_a_time(written: object) -> None:
    """All are the same moment; without a zone it is Vietnam's."""
    assert to_utc(written) == MORNING


def test_what_is_no_time_is_an_error() -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match="Invalid"):
        to_utc("hôm qua")


def test_requests_want_a_colon_in_the_offset() -> None:
    """E017 otherwise."""
    assert to_iso(MORNING) == "2026-11-20T09:15:02+07:00"


def test_days_are_read_whatever_the_computers_language() -> None:
    """English month names, from a table of ours."""
    assert read_day("22 Nov 2026") == date(2026, 11, 22)
    assert read_period("28 Dec 2026 - 03 Jan 2027") == (date(2026, 12, 28), date(2027, 1, 3))
    with pytest.raises(ValueError, match="month"):
        read_day("22 Thg11 2026")


@pytest.mark.parametrize("written", ["185000.00", "185000", 185000, 185000.0, "185000.00 VND"])
def test_every_form_of_an_amount(written: object) -> None:
    """Whole đồng."""
    assert TypeAdapter(Dong).validate_python(written, strict=True) == 185_000


@pytest.mark.parametrize("written", ["185000.50", 0.5, "rẻ", True, None])
def test_what_is_no_whole_amount_is_an_error(written: object) -> None:
    """A fraction of a đồng, a word, a flag, nothing."""
    with pytest.raises(ValidationError):
        TypeAdapter(Dong).validate_python(written, strict=True)


def test_flags_ids_and_nulls() -> None:
    """Documented samples quote what real answers do not, and the reverse."""
    assert [TypeAdapter(Flag).validate_python(one) for one in (True, "true", 1, "1", "No", "0")] == [
        True, True, True, True, False, False,
    ]  # fmt: skip
    assert TypeAdapter(Id).validate_python(410000000000001) == "410000000000001"
    assert [TypeAdapter(MaybeText).validate_python(one) for one in ("null", "", None, "x")] == [None, None, None, "x"]
    with pytest.raises(ValidationError):
        TypeAdapter(Flag).validate_python("maybe", strict=True)


def test_a_refusal_is_told_with_the_next_step_once() -> None:
    """Lazada's words first; a code without a known step adds nothing."""
    assert with_advice("E016: lỗi", ["16"]) == "E016: lỗi"
    assert with_advice("too long.", ["500", "4160", "4160"]) == (
        "too long. Rút ngắn tên sản phẩm: tối đa 255 byte, chữ có dấu tốn 2-3 byte."
    )


def read(body: bytes, signature: str = SIGNED) -> Any:
    return LazadaConnector.read_message(SETTINGS, {"authorization": signature}, body, "https://ocop.example/messages")


def test_the_push_vector() -> None:
    """Signed over the app key and the raw body; it names the order and the shop, and nothing else is kept."""
    message = read(BODY)
    assert (message.kind, message.order_external_id, message.shop_external_id) == ("0", "410000000000001", "200100300")
    assert message.sent_at == datetime.fromtimestamp(1_795_400_001, UTC)


@pytest.mark.parametrize("signature", ["", SIGNED.upper(), "0" * 64, "ký giả"])
def test_a_forged_message_is_not_believed(signature: str) -> None:
    """Missing, wrong, or not even ASCII."""
    with pytest.raises(ForgedMessageError):
        read(BODY, signature)


def test_one_byte_more_is_forged() -> None:
    """The body is signed as it came, not as it reads."""
    with pytest.raises(ForgedMessageError):
        read(BODY + b" ")


def _signed(**changes: Any) -> Any:
    body = json.dumps(json.loads(BODY) | changes).encode()
    return read(body, hmac.new(b"sandbox-secret-001", b"500001" + body, hashlib.sha256).hexdigest())


def test_a_message_sent_again_is_the_same() -> None:
    """Its timestamp changes, what it tells does not; another state of the same piece is another message."""
    first = _signed()
    assert _signed(timestamp=1795400099).identity == first.identity
    assert _signed(data={"order_status": "packed", "trade_order_id": "410000000000001"}).identity != first.identity


def test_messages_about_no_order_and_no_shop() -> None:
    """A product's review state, and the text `null` for a seller; a buyer's id is not even part of the identity."""
    product = _signed(message_type=1, seller_id="null", data={"itemId": "1", "status": "Lock"})
    assert (product.kind, product.order_external_id, product.shop_external_id) == ("1", None, None)
    reverse = {"trade_order_id": "41", "reverse_order_id": "7"}
    assert (
        _signed(message_type=10, data=reverse | {"buyer_id": "9"}).identity
        == _signed(message_type=10, data=reverse).identity
    )


def test_a_signed_message_that_is_not_as_documented_is_loud() -> None:
    """It came from Lazada, so it is we who misread."""
    with pytest.raises(UnexpectedAnswerError):
        _signed(data="nothing")
