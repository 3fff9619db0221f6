"""What every call shares: refusals, paging, and the small languages of query parameters (tiki.md section 3, read 2026-11-24)."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sandbox.server import Request

Row = TypeVar("Row")

DEFAULT_LIMIT = 20
MOST_ROWS = 50  # what is really accepted; the message speaks of 100, as sellers report (tiki.md section 11, gotcha 2)


class Refusal(Exception):  # noqa: N818 - the seller is refused; nothing here has gone wrong
    """An answer `{"errors": [...]}` with a status of 400 or more. A refused call has changed nothing."""

    def __init__(self, status: int, *errors: str) -> None:
        super().__init__(status, *errors)
        self.status = status
        self.errors = errors


def whole(name: str, text: str | None, default: int, *, least: int = 1) -> int:
    """A whole number of the query. Refusal 400 when it is none."""
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise Refusal(400, f"{name} must be an integer not less than {least}")
    return int(text)


def paged(rows: Sequence[Row], request: Request, show: Callable[[Row], Any]) -> dict[str, Any]:
    """One page as `{"data", "paging"}`; with no rows `last_page` is 0. Only the rows of the page are shown."""
    page = whole("page", request.one("page"), 1)
    limit = whole("limit", request.one("limit"), DEFAULT_LIMIT)
    if limit > MOST_ROWS:
        raise Refusal(400, "limit must be less than or equal to 100")
    start = (page - 1) * limit
    part = rows[start : start + limit]
    return {"data": [show(row) for row in part], "paging": paging(len(rows), page, limit, len(part))}


def paging(total: int, page: int, limit: int, shown: int) -> dict[str, int]:
    start = (page - 1) * limit
    return {
        "total": total,
        "current_page": page,
        "from": start,
        "to": start + shown,
        "per_page": limit,
        "last_page": -(-total // limit),
    }


def chosen(expression: str | None, known: frozenset[str], name: str) -> Callable[[str], bool]:
    """The test a set expression stands for: `in|a,b`, `nin|a,b` or a bare `a,b`. Refusal 400 for an unknown value."""
    if expression is None:
        return lambda _: True
    head, bar, tail = expression.partition("|")
    words = frozenset((tail if bar else head).split(","))
    if bar and head not in {"in", "nin"}:
        raise Refusal(400, f"{name} must be written in|a,b or nin|a,b")
    if unknown := words - known:
        raise Refusal(400, f"{name} has unknown values: {', '.join(sorted(unknown))}")
    return (lambda value: value not in words) if head == "nin" and bar else (lambda value: value in words)


def included(request: Request, name: str, known: frozenset[str]) -> frozenset[str]:
    """What the caller asked to have included. Refusal 400 for anything that cannot be."""
    asked = frozenset(request.all(name))
    if unknown := asked - known:
        raise Refusal(400, f"{name} does not know {', '.join(sorted(unknown))}")
    return asked


def body_of(request: Request) -> dict[str, Any]:
    """The JSON object of a call. Refusal 400 for a form, for broken JSON and for anything but an object."""
    if not request.headers.get("content-type", "").lower().startswith("application/json"):
        raise Refusal(400, "Content-Type must be application/json")
    try:
        body = request.json()
    except ValueError:
        raise Refusal(400, "Request body is not valid JSON") from None
    if not isinstance(body, dict) or not _is_text(body):
        raise Refusal(400, "Request body must be an object of well-formed text")
    return body


def _is_text(body: dict[str, Any]) -> bool:
    r"""False when it holds half a character (`"\ud800"`), which JSON lets through and no answer could carry."""
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
