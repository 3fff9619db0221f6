"""What an answer we could not use means: judged by its status, its headers, and whether the call was safe to repeat."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

import requests
from pydantic import ValidationError

from connectors.errors import MarketplaceError, OutcomeUnknownError, TransientError, UnexpectedAnswerError
from connectors.limiter import NotAppliedError
from connectors.transport import RawReply

SHOWN = 5  # wrong fields named in one error


def by_status(raw: RawReply, error: MarketplaceError) -> MarketplaceError:
    """An answer nobody understood is judged by its status; a wait asked for in a header is kept."""
    if isinstance(error, UnexpectedAnswerError) and raw.status == requests.codes.too_many_requests:
        error = NotAppliedError("too many requests", code=error.code)
    elif isinstance(error, UnexpectedAnswerError) and raw.status >= requests.codes.internal_server_error:
        error = TransientError(f"server fault: {error.reason}", code=error.code)
    if isinstance(error, TransientError) and error.retry_after_s is None:
        error.retry_after_s = _retry_after_s(raw)
    return error


def may_be_applied(raw: RawReply, error: MarketplaceError) -> bool:
    """Server faults and unreadable successes may hide a write that happened; refusals do not."""
    if isinstance(error, UnexpectedAnswerError):
        return raw.status < requests.codes.multiple_choices and not error.code  # a code: an envelope that said no
    return type(error) is TransientError


def in_doubt(error: MarketplaceError) -> OutcomeUnknownError:
    """The same news for a write that must not be repeated blindly."""
    return OutcomeUnknownError(error.reason, code=error.code, request_id=error.request_id)


def server_time(raw: RawReply) -> datetime | None:
    """The marketplace's clock, from the Date header; None when it names none."""
    return _http_date(raw.headers.get("Date", ""))


def unexpected_shape(err: ValidationError) -> UnexpectedAnswerError:
    """Names the fields and what is wrong with them, never their values: those may be personal."""
    wrong = "; ".join(
        f"{'.'.join(str(step) for step in one['loc'])}: {one['type']}"
        for one in err.errors(include_url=False, include_input=False, include_context=False)[:SHOWN]
    )
    return UnexpectedAnswerError(f"the answer is not as documented ({wrong})")


def _retry_after_s(raw: RawReply) -> float | None:
    """Retry-After in either of its two forms; None when it is absent or unreadable."""
    text = raw.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    until, now = _http_date(text), server_time(raw) or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds()) if until else None


@lru_cache(maxsize=16)  # the answers of one second carry one date
def _http_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC) if text else None
    except ValueError:
        return None
