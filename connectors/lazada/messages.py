"""Pushed messages (reference, section 4.6, read 2026-11-24): signed over the app key and the raw body, repeated until answered."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

import pydantic_core
from pydantic import BaseModel, ConfigDict, ValidationError

from connectors.errors import ForgedMessageError, UnexpectedAnswerError
from connectors.facts.shop import Message
from connectors.lazada.payloads.kinds import Id, MaybeId, MaybeMoment
from connectors.lazada.settings import LazadaSettings
from connectors.verdict import unexpected_shape

ORDER_NAMES = ("trade_order_id", "order_id")  # messages about orders, and about reviews
PERSONAL = frozenset({"buyer_id"})


class Pushed(BaseModel):
    """The envelope. `data` differs with every type, and only an order's id is read from it."""

    model_config = ConfigDict(extra="ignore")

    message_type: Id
    seller_id: MaybeId = None  # the text "null" in one sample
    timestamp: MaybeMoment = None  # milliseconds in some types, seconds in others
    data: dict[str, Any]


def read(settings: LazadaSettings, headers: Mapping[str, str], body: bytes) -> Message:
    """Raises ForgedMessageError before anything of the body is read, UnexpectedAnswerError when a signed body is not as documented."""
    key = settings.app_secret.get_secret_value().encode()
    wanted = hmac.new(key, settings.app_key.encode() + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(headers.get("authorization", "").encode(), wanted.encode()):
        raise ForgedMessageError("the message is not signed with this app's key", marketplace="lazada")
    return _message(_parsed(body))


def _parsed(body: bytes) -> Pushed:
    try:
        return Pushed.model_validate(pydantic_core.from_json(body))
    except ValidationError as err:
        raise unexpected_shape(err) from None
    except ValueError:
        raise UnexpectedAnswerError("a message that is not JSON", marketplace="lazada") from None


def _message(pushed: Pushed) -> Message:
    order_id = next((str(pushed.data[name]) for name in ORDER_NAMES if pushed.data.get(name)), None)
    return Message(
        kind=pushed.message_type,
        identity=_identity(pushed),
        order_external_id=order_id,
        shop_external_id=pushed.seller_id,
        sent_at=pushed.timestamp,
    )


def _identity(pushed: Pushed) -> str:
    """Over what is told, not when: a message is sent again with a new timestamp."""
    told = {name: value for name, value in pushed.data.items() if name not in PERSONAL}
    text = json.dumps([pushed.message_type, pushed.seller_id, told], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
