"""Pushed messages: verified over the raw body, then read for what they are about (Partner reference 7, read 2026-11-24)."""

import hashlib
import hmac
from collections.abc import Mapping

from pydantic import BaseModel, ValidationError

from connectors.endpoint import Answer
from connectors.errors import ForgedMessageError
from connectors.facts.shop import Message
from connectors.tiktok_shop.mapper.times import to_utc
from connectors.tiktok_shop.payloads.kinds import Seconds
from connectors.tiktok_shop.settings import TiktokShopSettings
from connectors.tiktok_shop.shop import TiktokShop
from connectors.verdict import unexpected_shape


class About(BaseModel):
    """The order a message names. What else it holds differs from topic to topic, and is not kept."""

    order_id: str | None = None


class Event(Answer):
    type: int
    tts_notification_id: str
    shop_id: str
    timestamp: Seconds
    data: About


class Messages(TiktokShop):
    @classmethod
    def read_message(cls, settings: BaseModel, headers: Mapping[str, str], body: bytes, url: str) -> Message:  # noqa: ARG003 - TikTok does not sign its address
        """Raises ForgedMessageError before a byte of the body is read as anything else."""
        app = TiktokShopSettings.model_validate(settings)
        given = headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), signature(app, body).encode()):
            raise ForgedMessageError("chữ ký của tin báo không đúng", marketplace=cls.code)
        try:
            event = Event.model_validate_json(body)
        except ValidationError as err:
            raise unexpected_shape(err) from None
        return Message(
            kind=str(event.type),
            identity=event.tts_notification_id,
            order_external_id=event.data.order_id,
            shop_external_id=event.shop_id,
            sent_at=to_utc(event.timestamp),
        )


def signature(app: TiktokShopSettings, body: bytes) -> str:
    """Lower-case hex over app key and body, without any word before it."""
    secret = app.app_secret.get_secret_value().encode()
    return hmac.new(secret, app.app_key.encode() + body, hashlib.sha256).hexdigest()
