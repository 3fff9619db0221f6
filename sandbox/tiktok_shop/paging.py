"""Pages by an opaque token. It names the last row told, so a row that changes or goes away meanwhile moves no other."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from typing import Any, Generic, TypeVar

from sandbox.tiktok_shop.call import Call
from sandbox.tiktok_shop.refusal import invalid

Key = tuple[int, ...]
T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    rows: list[T]
    next_token: str  # "" behind the last page


def page(
    call: Call, rows: Iterable[T], key: Callable[[T], Key], *, default_size: int | None = 20, newest_first: bool = False
) -> Page[T]:
    """One page of `rows` in the order of their unique `key`. 36009004 for a page size above 100 or a token nobody gave."""
    size, after = call.page_size(default_size), _place(call.text("page_token", ""))
    pick = nlargest if newest_first else nsmallest
    behind = (row for row in rows if after is None or (key(row) < after if newest_first else key(row) > after))
    found = pick(size + 1, behind, key=key)
    return Page(found[:size], _token(key(found[size - 1])) if len(found) > size else "")


def _token(key: Key) -> str:
    return urlsafe_b64encode(json.dumps(key).encode()).decode()


def _place(token: str) -> Key | None:
    try:
        value: Any = json.loads(urlsafe_b64decode(token)) if token else None
    except (ValueError, RecursionError):
        raise invalid("'page_token' is invalid") from None
    if value is not None and not (isinstance(value, list) and all(type(one) is int for one in value)):
        raise invalid("'page_token' is invalid")
    return None if value is None else tuple(value)
