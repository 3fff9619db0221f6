"""One request that passed the gateway, as handlers see it, and the routes that lead to them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.server import Request
from sandbox.tiktok_shop.accounts import ShopAccount
from sandbox.tiktok_shop.refusal import bad_field, invalid
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.tiktok_shop.stage import Stage

MARKET = "tiktok_shop"
MOST_ROWS = 100


@dataclass(frozen=True)
class Call:
    """`ids` are what the path's placeholders stand for. Reading a parameter wrongly given raises 36009004 or 98001004."""

    stage: "Stage"
    request: Request
    shop: ShopAccount
    version: str
    ids: tuple[str, ...]

    @property
    def world(self) -> World:
        return self.stage.world

    @property
    def now(self) -> datetime:
        return self.world.clock.now()

    def text(self, name: str, default: str | None = None) -> str:
        value = self.request.one(name)
        if value:
            return value
        if default is None:
            raise invalid(f"'{name}' is a required field")
        return default

    def integer(self, name: str, low: int, high: int, default: int | None = None) -> int:
        raw = self.text(name, None if default is None else str(default))
        if not re.fullmatch(r"[0-9]{1,12}", raw) or not low <= int(raw) <= high:
            raise invalid(f"'{name}' must be an integer from {low} to {high}")
        return int(raw)

    def one_of(self, name: str, words: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(name, default)
        if value not in words:
            raise invalid(f"'{name}' must be one of {', '.join(words)}")
        return value

    def page_size(self, default: int | None = None, most: int = MOST_ROWS) -> int:
        return self.integer("page_size", 1, most, default)

    @property
    def body(self) -> dict[str, Any]:
        """The JSON object sent; {} for an empty body."""
        try:
            value = self.request.json() if self.request.body else {}
        except (ValueError, RecursionError):
            raise bad_field("body", "it is not JSON") from None
        if not isinstance(value, dict):
            raise bad_field("body", "it must be a JSON object")
        if b"\\u" in self.request.body and not _can_be_said(value):
            raise bad_field("body", "it holds half a character")
        return value

    def filters(self, *names: str) -> dict[str, Any]:
        """A search's body. Paging and sorting belong into the query, so here they are refused like any other stranger."""
        body = self.body
        if strangers := sorted(body.keys() - set(names)):
            raise invalid(f"unexpected parameter in body: {', '.join(strangers)}")
        return body


def _can_be_said(value: dict[str, Any]) -> bool:
    """JSON can spell a lone surrogate, which no answer could repeat."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


Handler = Callable[[Call], dict[str, Any] | None]


@dataclass(frozen=True)
class Route:
    """`rest` is the path behind group and version, `{}` for an id. `versions` lead to one handler; `by_shop`: it carries a cipher."""

    method: str
    group: str
    rest: str
    versions: tuple[str, ...]
    handle: Handler
    scope: str
    by_shop: bool = True

    @property
    def template(self) -> str:
        return f"/{self.group}/{self.versions[0]}{self.rest}"
