"""Shopee's envelope (v2 reference section 2, read 2026-11-23): the body decides, whatever the HTTP status says."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from connectors.dialect import Dialect
from connectors.errors import MarketplaceError, QuotaExhaustedError, UnexpectedAnswerError
from connectors.ports import Clock
from connectors.shopee.codes import bare, error_class

log = logging.getLogger(__name__)

ENVELOPE = frozenset({"error", "message", "msg", "warning", "request_id", "response", "debug_message"})
QUOTA_ZONE = timezone(timedelta(hours=8))  # the daily quota starts again at midnight there


class ShopeeDialect(Dialect):
    """Success is a blank `error`; returns and escrow samples write " " or "-" for blank."""

    marketplace = "shopee"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def result(self, status: int, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("error"), str):
            raise UnexpectedAnswerError(f"HTTP {status} without Shopee's envelope")
        if data["error"].strip() not in {"", "-"}:
            raise self._error(data["error"], _message(data))
        if warning := data.get("warning"):
            log.warning("answer carries a warning", extra={"marketplace": "shopee", "warning": str(warning)})
        return _unwrapped(data)

    def request_id(self, headers: Mapping[str, str], data: Any) -> str:  # noqa: ARG002 - Shopee writes it in the body
        found = data.get("request_id") if isinstance(data, dict) else None
        return found if isinstance(found, str) else ""

    def _error(self, code: str, message: str) -> MarketplaceError:
        if bare(code) == "error_limit":
            return QuotaExhaustedError(message, code=code, retry_after_s=_to_midnight_s(self._clock.now()))
        known = error_class(code, message)
        if known is None:
            return UnexpectedAnswerError(f"a code we do not know: {message}", code=code)
        return known(message, code=code)


def _unwrapped(data: dict[str, Any]) -> Any:
    """`response`, with the paging fields some endpoints write beside it; what is inside wins. Without it, the flat fields."""
    beside = {name: value for name, value in data.items() if name not in ENVELOPE}
    inside = data.get("response")
    if inside is None:
        return beside
    return {**beside, **inside} if beside and isinstance(inside, dict) else inside


def _message(data: dict[str, Any]) -> str:
    """The words, with the first failed row's: an all-bad batch says why only there."""
    inside = data.get("response")
    rows = inside.get("failure_list") if isinstance(inside, dict) else None
    return " - ".join(text for text in (data.get("message"), rows and rows[0].get("failed_reason")) if text)


def _to_midnight_s(now: datetime) -> float:
    local = now.astimezone(QUOTA_ZONE)
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight - local).total_seconds()
