"""What each marketplace's own name of an amount stands for: one dated table, no guess.

A name that is not in `catalog/data/money_codes.csv` has no class: reports show it under its own name. The table follows the
marketplaces' references; its `source` column says where a name was made up by a test environment (read 2026-11-24).
Lazada's API writes the number of the fee before its name and the seller centre's file does not: the table has the name alone.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache

from catalog.base import Fact
from catalog.reference import table

WITHHELD_BESIDE = "WHT_amount"  # Lazada's column beside an amount; it does not say which tax that is
_NUMBER = re.compile(r"^\d+ ")


class MoneyClass(StrEnum):
    """What an amount is to the seller. All amounts are signed: plus is towards the seller."""

    GOODS = "goods"
    GOODS_LESS_VOUCHER = "goods_less_voucher"  # one amount: the goods with the seller's voucher already taken off
    SELLER_VOUCHER = "seller_voucher"
    PLATFORM_VOUCHER = "platform_voucher"
    SHIPPING = "shipping"
    FEE = "fee"
    VAT_WITHHELD = "vat_withheld"
    PIT_WITHHELD = "pit_withheld"
    OTHER_TAX = "other_tax"  # withheld too: corporate income tax, other countries' taxes, or a tax that is not named
    REFUND = "refund"
    ADJUSTMENT = "adjustment"


class Sign(StrEnum):
    """Which way an amount moves money as a rule; taken back, it moves it the other way."""

    PLUS = "plus"
    MINUS = "minus"
    EITHER = "either"


class MoneyCode(Fact):
    """One row of the table. `meaning` is Vietnamese, `stages` those it is told at, `reverses` the fee that it gives back."""

    marketplace: str
    code: str
    kind: MoneyClass
    sign: Sign
    stages: tuple[str, ...]
    meaning: str
    reverses: str | None = None
    source: str
    checked_on: date


def money_code(marketplace: str, code: str) -> MoneyCode | None:
    """None for a name nobody has classed yet."""
    return _rows().get((marketplace, plain(marketplace, code)))


def money_class(marketplace: str, code: str) -> MoneyClass | None:
    row = money_code(marketplace, code)
    return row.kind if row else None


def fee_of(marketplace: str, code: str) -> str:
    """The fee an amount belongs to, by its plain name: its own, or that of the fee it gives back."""
    row = money_code(marketplace, code)
    return row.reverses if row and row.reverses else plain(marketplace, code)


def plain(marketplace: str, code: str) -> str:
    """The name that the table has: without Lazada's number; a tax withheld beside any of Lazada's amounts is one and the same."""
    if marketplace != "lazada":
        return code
    return WITHHELD_BESIDE if code.endswith(WITHHELD_BESIDE) else _NUMBER.sub("", code)


def money_codes() -> Iterable[MoneyCode]:
    """The whole table."""
    return _rows().values()


@cache
def _rows() -> dict[tuple[str, str], MoneyCode]:
    return {(row.marketplace, row.code): row for row in table("money_codes", MoneyCode)}
