"""What a marketplace charges for an order, as dated rows: `catalog/data/fees.csv`, or an office's own file of the same columns.

Only rates that a source states are in the table (press and seller notes, read 2026-11-23); fees nobody published are not guessed.
Rates are those of ordinary sellers, not of Mall shops. Left out: commissions known as a range of many trades only (Shopee's fixed
fee, TikTok Shop's commission, Lazada's since 16/4/2025, Tiki's), and Shopee's Xtra programmes (2 % and 3 %), which are charged
together under one name.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator

from catalog.money_codes import plain
from catalog.reference import table
from catalog.reference_rows import Dated


class FeeTableError(ValueError):
    """A file of fees that cannot be read; the sentence is Vietnamese and names the row."""


class FeeBase(StrEnum):
    """What a percentage is of."""

    GOODS = "goods"  # at the buyer's price
    PAID_GOODS = "paid_goods"  # less the seller's vouchers
    PAID_WITH_SHIPPING = "paid_with_shipping"  # and with what the buyer paid for shipping


class Confidence(StrEnum):
    """How much a row may be relied on."""

    STATED = "stated"  # the source names rate and day
    UNDATED = "undated"  # the rate is stated; since when is not, or not by the marketplace itself
    OFFICE = "office"  # an office's own row, read off its seller centre


class FeeRule(Dated):
    """One fee while it holds: a percentage of its base and a fixed amount an order, at most `cap_vnd` an order.

    `sub_group` None holds for all goods, else for that sub-group or, as `food`, for its whole group. An optional fee is
    charged only to shops that joined a programme. One that is not refundable stays when the goods come back.
    """

    marketplace: str
    code: str
    sub_group: str | None = None
    percent: Decimal = Field(ge=0, le=100)
    fixed_vnd: int = Field(ge=0)
    cap_vnd: int | None = Field(default=None, gt=0)
    base: FeeBase
    is_optional: bool
    is_refundable: bool
    source: str
    checked_on: date
    confidence: Confidence = Confidence.OFFICE

    @model_validator(mode="after")
    def _under_its_plain_name(self) -> Self:
        """An office may copy Lazada's name with its number from a statement."""
        name = plain(self.marketplace, self.code)
        return self if name == self.code else self.model_copy(update={"code": name})

    def covers(self, sub_group: str | None) -> bool:
        if self.sub_group is None:
            return True
        return sub_group is not None and (sub_group == self.sub_group or sub_group.startswith(f"{self.sub_group}/"))

    def amount_vnd(self, base_vnd: int) -> int:
        """Đồng, not negative, rounded half up."""
        share = int((base_vnd * self.percent / 100).quantize(Decimal(1), ROUND_HALF_UP))
        whole = max(share, 0) + self.fixed_vnd
        return whole if self.cap_vnd is None else min(whole, self.cap_vnd)


def fee_rules() -> Sequence[FeeRule]:
    """The table that ships."""
    return table("fees", FeeRule)


def read_fee_rules(path: Path) -> Sequence[FeeRule]:
    """An office's own table (UTF-8 csv). Raises FeeTableError, and OSError when the file is not there."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(_rule(number, row) for number, row in enumerate(csv.DictReader(file), start=2))


def rule_for(rules: Iterable[FeeRule], marketplace: str, code: str, sub_group: str | None, on: date) -> FeeRule | None:
    """The rule in force on that day that is most particular about the goods; None when the table has none."""
    found = [
        rule
        for rule in rules
        if (rule.marketplace, rule.code) == (marketplace, code) and rule.holds(on) and rule.covers(sub_group)
    ]
    return max(found, key=lambda rule: len(rule.sub_group or ""), default=None)


def _rule(number: int, row: dict[str, str]) -> FeeRule:
    try:
        return FeeRule.model_validate({key: value or None for key, value in row.items()})
    except ValidationError as err:
        where = ", ".join(sorted({str(one["loc"][0]) for one in err.errors() if one["loc"]}))
        raise FeeTableError(f"Bảng phí, dòng {number}: ô {where} thiếu hoặc sai.") from None
