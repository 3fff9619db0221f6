"""What each marketplace's own name of an amount stands for: one dated table, no guess.

A name that is not in `catalog/data/money_codes.csv` has no class: reports show it under its own name. The table follows the
marketplaces' references; its `source` column says where a name was made up by a test environment (read 2026-11-24).
"""

from datetime import date
from enum import StrEnum
from functools import cache

from catalog.base import Fact
from catalog.reference import table


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
    REFUND = "refund"
    ADJUSTMENT = "adjustment"


class MoneyCode(Fact):
    """One row of the table. `reverses`: the fee that this one gives back."""

    marketplace: str
    code: str
    kind: MoneyClass
    reverses: str | None = None
    source: str
    checked_on: date


def money_class(marketplace: str, code: str) -> MoneyClass | None:
    """None for a name nobody has classed yet."""
    row = _rows().get((marketplace, code))
    return row.kind if row else None


def fee_of(marketplace: str, code: str) -> str:
    """The fee an amount belongs to: its own name, or that of the fee it gives back."""
    row = _rows().get((marketplace, code))
    return row.reverses if row and row.reverses else code


@cache
def _rows() -> dict[tuple[str, str], MoneyCode]:
    return {(row.marketplace, row.code): row for row in table("money_codes", MoneyCode)}
