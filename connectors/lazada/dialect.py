"""Lazada's envelope (reference, section 2.1, read 2026-11-24): the body decides, almost always under HTTP 200."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from connectors.dialect import Dialect
from connectors.errors import MarketplaceError, RejectedError, UnexpectedAnswerError
from connectors.lazada.advice import with_advice
from connectors.lazada.codes import error_class, wait_s
from connectors.lazada.refusal import DetailedError, to_details
from connectors.limiter import NotAppliedError
from connectors.redaction import redact

FINE = "0"
ENVELOPE = frozenset({"code", "type", "message", "request_id", "_trace_id_", "success", "error_code", "error_msg"})


class LazadaDialect(Dialect):
    """Success is `code` "0" and, where there is a second layer, `success` too."""

    marketplace = "lazada"

    def __init__(self, secrets: Callable[[], Iterable[str]]) -> None:
        self._secrets = secrets

    def result(self, status: int, data: Any) -> Any:
        if not isinstance(data, dict) or "code" not in data:
            raise UnexpectedAnswerError(f"HTTP {status} without Lazada's envelope")
        if (code := str(data["code"])) != FINE:
            raise self._error(code, _text(data, "message"), data.get("detail"))
        if data.get("success") in {False, "false"}:
            raise self._error(_text(data, "error_code"), _text(data, "error_msg"), None)
        return data["data"] if "data" in data else {k: v for k, v in data.items() if k not in ENVELOPE}

    def request_id(self, headers: Mapping[str, str], data: Any) -> str:  # noqa: ARG002 - Lazada writes it in the body
        found = data.get("request_id") if isinstance(data, dict) else None
        return found if isinstance(found, str) else ""

    def _error(self, code: str, message: str, rows: Any) -> MarketplaceError:
        known = error_class(code)
        if known is None:
            return UnexpectedAnswerError(f"a code we do not know: {message}", code=code)
        if known is NotAppliedError:
            return NotAppliedError(message, code=code, retry_after_s=wait_s(code, message))
        details = tuple(one._replace(message=redact(one.message, self._secrets())) for one in to_details(rows))
        if known is RejectedError:
            words = "; ".join([message, *dict.fromkeys(one.words for one in details)])
            return DetailedError(with_advice(words, [code, *(one.code for one in details)]), code=code, details=details)
        return known(message, code=code)


def _text(data: Mapping[str, Any], name: str) -> str:
    found = data.get(name)
    return "" if found is None else str(found)
