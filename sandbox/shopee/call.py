"""One request that passed the gateway, as handlers see it, and the answer they give back."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any

from sandbox.server import Request
from sandbox.shopee.accounts import Accounts, ShopAccount
from sandbox.shopee.media import Pictures
from sandbox.shopee.push import PushDesk
from sandbox.shopee.refusal import bad_param
from sandbox.shopee.rules import Rules
from sandbox.shopee.statement_errors import Errors
from sandbox.world import World

MARKET = "shopee"


class Access(Enum):
    """Which signature a path asks for."""

    PUBLIC = auto()
    SHOP = auto()
    PUBLIC_OR_SHOP = auto()


@dataclass(frozen=True)
class Answer:
    """`response` is wrapped, `top` lies beside it; a handler may so overrule the envelope's own fields."""

    response: Any = None
    top: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Backstage:
    """What the marketplace knows besides the world."""

    world: World
    accounts: Accounts
    rules: Rules
    pictures: Pictures
    push: PushDesk
    errors: Errors


@dataclass(frozen=True)
class Call:
    """`shop` is set on every path of Access.SHOP. Reading a parameter wrongly given raises `error_param`."""

    backstage: Backstage
    request: Request
    shop_account: ShopAccount | None

    @property
    def world(self) -> World:
        return self.backstage.world

    @property
    def rules(self) -> Rules:
        return self.backstage.rules

    @property
    def now(self) -> datetime:
        return self.world.clock.now()

    @property
    def shop(self) -> ShopAccount:
        if self.shop_account is None:
            raise AssertionError("a handler of a public path asked for the shop")
        return self.shop_account

    def text(self, name: str, default: str | None = None) -> str:
        value = self.request.one(name)
        if value is None:
            if default is None:
                raise bad_param(f"{name} is a required field")
            return default
        return value

    def integer(self, name: str, low: int, high: int, default: int | None = None) -> int:
        raw = self.text(name, None if default is None else str(default))
        if not re.fullmatch(r"-?[0-9]{1,18}", raw) or not low <= int(raw) <= high:
            raise bad_param(f"{name} must be an integer from {low} to {high}")
        return int(raw)

    def moment(self, name: str) -> datetime:
        """A Unix time in whole seconds."""
        return datetime.fromtimestamp(self.integer(name, 0, 4_294_967_295), UTC)

    def texts(self, name: str) -> list[str]:
        """A list as clients write it: comma-joined, repeated keys, or `[1 2]`."""
        joined = " ".join(self.request.all(name))
        return [part for part in re.split(r"[\s,\[\]]+", joined) if part]

    def ids(self, name: str, most: int) -> list[int]:
        """One to `most` numeric ids, each once, in the order asked for."""
        parts = self.texts(name)
        if not parts or len(parts) > most or not all(re.fullmatch(r"[0-9]{1,18}", part) for part in parts):
            raise bad_param(f"{name} must hold 1 to {most} ids")
        return list(dict.fromkeys(map(int, parts)))

    @property
    def body(self) -> dict[str, Any]:
        try:
            value = self.request.json()
        except (ValueError, RecursionError):
            raise bad_param("the body is not JSON") from None
        if not isinstance(value, dict):
            raise bad_param("the body must be a JSON object")
        return value


@dataclass(frozen=True)
class Route:
    """`envelope` names the fields that come with `error` and `request_id`; some pages have no `warning`, some no `message`."""

    method: str
    handle: Callable[[Call], Answer]
    access: Access = Access.SHOP
    envelope: tuple[str, ...] = ("message", "warning")


def epoch(moment: datetime) -> int:
    """Whole Unix seconds."""
    return int(moment.timestamp())
