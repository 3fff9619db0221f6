"""TikTok Shop's envelope (Partner reference 2.1, read 2026-11-24): `code` decides, whatever the HTTP status says.

A success may still carry `data.errors[]` (rows that failed: read by the call's own model) and `data.warnings[]` (optional
fields that were cleared silently), which are logged.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from connectors.dialect import Dialect
from connectors.errors import MarketplaceError, QuotaExhaustedError, RejectedError, UnexpectedAnswerError
from connectors.ports import Clock
from connectors.tiktok_shop.advice import with_advice
from connectors.tiktok_shop.codes import HOURLY_QUOTA, error_class

log = logging.getLogger(__name__)


class TiktokShopDialect(Dialect):
    """One envelope for the API and for the host that gives tokens."""

    marketplace = "tiktok_shop"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def result(self, status: int, data: Any) -> Any:
        """`data`, {} where there is none: some writes answer nothing more than that they succeeded."""
        if not isinstance(data, dict) or type(data.get("code")) is not int:
            raise UnexpectedAnswerError(f"HTTP {status} without TikTok Shop's envelope")
        if data["code"] != 0:
            raise self._error(data["code"], str(data.get("message", "")))
        inside = data.get("data")
        if inside is None:
            return {}
        if isinstance(inside, dict):
            _report_warnings(inside.get("warnings"))
        return inside

    def request_id(self, headers: Mapping[str, str], data: Any) -> str:  # noqa: ARG002 - TikTok writes it in the body
        found = data.get("request_id") if isinstance(data, dict) else None
        return found if isinstance(found, str) else ""

    def _error(self, code: int, message: str) -> MarketplaceError:
        if code == HOURLY_QUOTA:
            return QuotaExhaustedError(message, code=str(code), retry_after_s=self._to_next_hour_s())
        known = error_class(code, message)
        if known is None:
            return UnexpectedAnswerError(f"a code we do not know: {message}", code=str(code))
        words = with_advice(code, message) if issubclass(known, RejectedError) else message
        return known(words, code=str(code))

    def _to_next_hour_s(self) -> float:
        now = self._clock.now()
        next_hour = (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
        return (next_hour - now).total_seconds()


def _report_warnings(warnings: Any) -> None:
    for warning in warnings if isinstance(warnings, list) else ():
        words = warning.get("message") if isinstance(warning, dict) else warning
        log.warning("answer carries a warning", extra={"marketplace": "tiktok_shop", "warning": str(words)})
