"""One request that passed the gateway, as handlers see it, and the answer they give back."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.lazada.accounts import Accounts, Seller
from sandbox.lazada.carrier import Cargo
from sandbox.lazada.ledger import Ledger
from sandbox.lazada.media import Pictures
from sandbox.lazada.order_book import OrderBook
from sandbox.lazada.refusal import business, missing
from sandbox.lazada.rules import Rules
from sandbox.lazada.shelf import Shelf
from sandbox.server import Request
from sandbox.world import World

TIME_SHAPE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")


@dataclass(frozen=True)
class Answer:
    """`data` None: the answer has no such member. `top` lies beside it."""

    data: Any = None
    top: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Backstage:
    """What the marketplace knows besides the world."""

    world: World
    accounts: Accounts
    rules: Rules
    pictures: Pictures
    books: dict[int, OrderBook]
    shelves: dict[int, Shelf]
    ledgers: dict[int, Ledger]


@dataclass(frozen=True)
class Call:
    """`seller` is set on every route that needs one. Reading a parameter wrongly given raises a Refusal."""

    backstage: Backstage
    request: Request
    cargo: Cargo
    seller_account: Seller | None

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
    def seller(self) -> Seller:
        if self.seller_account is None:
            raise AssertionError("a handler of an open path asked for the seller")
        return self.seller_account

    @property
    def book(self) -> OrderBook:
        return self.backstage.books[self.seller.seller_id]

    @property
    def shelf(self) -> Shelf:
        return self.backstage.shelves[self.seller.seller_id]

    def optional(self, name: str) -> str | None:
        """None when it is absent or empty."""
        return self.cargo.params.get(name) or None

    def text(self, name: str) -> str:
        value = self.optional(name)
        if value is None:
            raise missing(name)
        return value

    def integer(self, name: str, low: int, high: int, default: int | None = None, *, code: int = 5) -> int:
        """`code` is what a wrong number is refused with; each list has its own."""
        raw = self.text(name) if default is None else self.optional(name) or str(default)
        if not re.fullmatch(r"-?[0-9]{1,18}", raw) or not low <= int(raw) <= high:
            raise business(code, f'"{raw}" Invalid {name.capitalize()}', field=name)
        return int(raw)

    def moment(self, name: str) -> datetime | None:
        """ISO 8601 with a colon in the offset; anything else is code 17."""
        raw = self.optional(name)
        if raw is None:
            return None
        wrong = business(17, f'"{raw}" Invalid Date Format', field=name)
        if not TIME_SHAPE.fullmatch(raw):
            raise wrong
        try:
            return datetime.fromisoformat(raw)
        except ValueError:
            raise wrong from None

    def array(self, name: str, refusal: int) -> list[Any]:
        """A JSON list in one parameter."""
        try:
            value = json.loads(self.text(name))
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, list) or not value:
            raise business(refusal, f"{name} must be a list like [1,2]", field=name)
        return value


@dataclass(frozen=True)
class Route:
    """`writes`: an answer of code 0 changed the world. `layered`: the answer has `success`, `error_code` and `error_msg` too."""

    method: str
    handle: Callable[[Call], Answer]
    needs_seller: bool = True
    writes: bool = False
    layered: bool = False


def epoch_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
