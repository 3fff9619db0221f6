"""Pushed messages: which order something happened to (v2 reference 6, read 2026-11-24).

The signature covers the callback's address and the raw body. Readers disagree about the key and the address, so both are
settings; what was signed otherwise than set is refused, and the order comes with the next pull.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence

import pydantic_core
from pydantic import BaseModel, ValidationError

from connectors.endpoint import NoPayload
from connectors.errors import ForgedMessageError, UnexpectedAnswerError
from connectors.facts.shop import Message
from connectors.shopee.endpoints import CONFIRM_MESSAGES, LOST_MESSAGES
from connectors.shopee.mapper.times import to_utc
from connectors.shopee.payloads.messages import Confirm, LostPage, Pushed
from connectors.shopee.settings import ShopeeSettings
from connectors.shopee.shop import ShopeeShop
from connectors.verdict import unexpected_shape

ORDER_NUMBER = {
    3: "ordersn",
    4: "ordersn",
}  # order status, tracking number: the codes whose order is named in the documents


class Messages(ShopeeShop):
    message_status = 204  # a body would count as a failure

    @classmethod
    def read_message(cls, settings: BaseModel, headers: Mapping[str, str], body: bytes, url: str) -> Message:
        app = ShopeeSettings.model_validate(settings)
        if not hmac.compare_digest(headers.get("authorization", "").encode(), _signature(app, body, url).encode()):
            raise ForgedMessageError("chữ ký của tin báo không đúng", marketplace=cls.code)
        return _message(_parsed(body))

    def pull_messages(self) -> Iterator[Sequence[Message]]:
        """Lost pushes of all the app's shops: what is not confirmed within three days is gone, so the pull of orders stays."""
        while page := self._lost():
            yield [_message(_parsed(lost.data.encode())) for lost in page.push_message_list]
            self._channel.call(
                CONFIRM_MESSAGES, Confirm(last_message_id=page.last_message_id), signing=self._app_signing
            )

    def _lost(self) -> LostPage | None:
        page = self._channel.call(LOST_MESSAGES, NoPayload(), signing=self._app_signing)
        return page if page.push_message_list else None


def _message(pushed: Pushed) -> Message:
    return Message(
        kind=str(pushed.code),
        identity=_identity(pushed),
        order_external_id=_order_number(pushed),
        shop_external_id=pushed.shop_id,
        sent_at=to_utc(pushed.timestamp) if pushed.timestamp else None,
    )


def _signature(app: ShopeeSettings, body: bytes, url: str) -> str:
    """Lower-case hex, without any word before it."""
    key = app.push_key or app.partner_key
    said = body if app.push_signs == "body" else f"{app.push_url or url}|".encode() + body
    return hmac.new(key.get_secret_value().encode(), said, hashlib.sha256).hexdigest()


def _parsed(body: bytes) -> Pushed:
    try:
        return Pushed.model_validate(pydantic_core.from_json(body))
    except ValidationError as err:
        raise unexpected_shape(err) from None
    except ValueError:
        raise UnexpectedAnswerError("a message that is not JSON", marketplace="shopee") from None


def _order_number(pushed: Pushed) -> str | None:
    if pushed.code not in ORDER_NUMBER:
        return None
    number = pushed.data.get(ORDER_NUMBER[pushed.code])
    if not isinstance(number, str) or not number:
        raise UnexpectedAnswerError(
            "an order's message without its number", marketplace="shopee", code=str(pushed.code)
        )
    return number


def _identity(pushed: Pushed) -> str:
    """No message has an id. What is told is the same when it is sent again; the envelope's time may not be."""
    return json.dumps([pushed.code, pushed.shop_id, pushed.data], sort_keys=True, ensure_ascii=False)
