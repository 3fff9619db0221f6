"""A saved mapping: which column of a sheet is what, how its numbers and days are written, and what it leaves out on purpose.

A sheet is known again by the fingerprint of its headings: NFC, white space collapsed, case left out, in whatever order the columns
stand, because people move columns and change the case of a letter; a heading that is new, gone or named otherwise makes another sheet.
"""

import hashlib
from collections.abc import Iterable

from pydantic import Field

from catalog.base import Fact
from catalog.money_codes import MoneyClass, money_class
from connectors.facts.order import OrderState
from connectors.mapped.days import Days
from connectors.mapped.numbers import Numbers
from connectors.mapped.targets import TARGETS, Holds, Shape, Target

COST, SIGNED = "cost:", "signed:"  # before a marketplace's name of an amount: what is taken, or what the sign says
MAPPED = "mapped."  # how such kinds begin
COUNTED, LEFT_OUT = "counted", "left_out"


class Mapping(Fact):
    """`columns`: heading by target. `statuses`: what each status written there is. `producer`: whose sales all rows are."""

    name: str
    marketplace: str = ""  # "": sold outside the marketplaces
    headings: tuple[str, ...]
    columns: dict[str, str]
    ignored: tuple[str, ...] = ()
    numbers: Numbers | None = None
    days: Days | None = None
    statuses: dict[str, str] = Field(default_factory=dict)
    producer: str = ""

    @property
    def shape(self) -> Shape:
        return Shape.ORDERS if self.marketplace else Shape.SALES

    @property
    def kind(self) -> str:
        """Under which imports and declared sales are kept."""
        return f"{MAPPED}{self.name}"

    @property
    def meanings(self) -> list[str]:
        """What a status of such a sheet can mean."""
        return [state.value for state in OrderState] if self.marketplace else [COUNTED, LEFT_OUT]

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.headings)


def fingerprint(headings: Iterable[str]) -> str:
    """Of headings as `headings_of` gives them; empty ones do not count."""
    return hashlib.sha256("\n".join(sorted(name.casefold() for name in headings if name)).encode()).hexdigest()


def target_of(mapping: Mapping, name: str) -> Target | None:
    """None for a target this shape does not have."""
    for sign in (COST, SIGNED):
        code = name.removeprefix(sign)
        if (
            mapping.marketplace
            and code != name
            and money_class(mapping.marketplace, code) not in {None, MoneyClass.GOODS}
        ):
            return Target(name, Holds.MONEY, code)
    return TARGETS[mapping.shape].get(name)
