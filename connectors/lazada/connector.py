"""Lazada Open Platform, Vietnam. Written from its reference as read on 2026-11-24, checked against no live shop yet."""

from collections.abc import Mapping

from pydantic import BaseModel

from connectors.capability import Can
from connectors.facts.shop import Message
from connectors.lazada import messages
from connectors.lazada.earnings import Earnings
from connectors.lazada.login import Login
from connectors.lazada.orders import Orders
from connectors.lazada.publishing import Publishing
from connectors.lazada.reading_back import ReadingBack
from connectors.lazada.reviews import Reviews
from connectors.lazada.settings import LazadaSettings


class LazadaConnector(Login, Publishing, ReadingBack, Orders, Earnings, Reviews):
    """All verbs but `track` (a product exists as soon as it is accepted) and metrics (only the public page has them)."""

    capabilities = frozenset(Can) - {Can.PULL_METRICS}

    @classmethod
    def read_message(cls, settings: BaseModel, headers: Mapping[str, str], body: bytes, url: str) -> Message:  # noqa: ARG003 - not signed here
        return messages.read(LazadaSettings.model_validate(settings), headers, body)
