"""How Tiki says no: an HTTP status, and words in `errors`, or `error` from its OAuth server.

Tiki Open API notes, sections 2 and 3, read 2026-11-23. Tiki asks callers never to retry a 4xx other than 429.
"""

from collections.abc import Mapping
from typing import Any

from connectors.dialect import Dialect, ExpiredTokenError
from connectors.errors import (
    LoginRequiredError,
    MarketplaceError,
    NotFoundError,
    RejectedError,
    TransientError,
    UnexpectedAnswerError,
)
from connectors.limiter import NotAppliedError

STATUSES: dict[int, type[MarketplaceError]] = {
    400: RejectedError,
    401: ExpiredTokenError,  # missing, expired, or not linked with any seller
    403: RejectedError,  # scope not granted, seller not active, or not our product
    404: NotFoundError,
    405: UnexpectedAnswerError,
    406: UnexpectedAnswerError,
    422: RejectedError,
    429: NotAppliedError,
    500: TransientError,
    502: TransientError,
    503: TransientError,
    504: TransientError,
}
OAUTH_ERRORS: dict[str, type[MarketplaceError]] = {
    "invalid_grant": LoginRequiredError,  # code used or expired, refresh token rotated away
    "invalid_client": LoginRequiredError,
    "unauthorized_client": LoginRequiredError,
    "invalid_scope": LoginRequiredError,
    "access_denied": LoginRequiredError,
}
REFUSED = 300  # and above; no redirect is documented


class TikiDialect(Dialect):
    """The whole body is the answer: there is no envelope around a success."""

    marketplace = "tiki"

    def result(self, status: int, data: Any) -> Any:
        if status < REFUSED:
            return data
        if isinstance(data, dict) and "error" in data:
            code = str(data["error"])
            raise OAUTH_ERRORS.get(code, UnexpectedAnswerError)(str(data.get("error_description", code)), code=code)
        raise STATUSES.get(status, UnexpectedAnswerError)(_words(status, data), code=str(status))

    def request_id(self, headers: Mapping[str, str], data: Any) -> str:  # noqa: ARG002 - Tiki puts it in the body
        meta = data.get("meta") if isinstance(data, dict) else None
        return str(meta["id"]) if isinstance(meta, dict) and "id" in meta else ""


def _words(status: int, data: Any) -> str:
    errors = data.get("errors") if isinstance(data, dict) else None
    return "; ".join(str(one) for one in errors) if isinstance(errors, list) and errors else f"HTTP {status}"
