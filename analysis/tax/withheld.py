"""What a marketplace withheld of each order against what the dated table says it must."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analysis.money.attribution import Part, parts
from analysis.money.facts import Line, Order
from analysis.tax.sellers import Seller
from catalog.money_codes import MoneyClass
from catalog.reference import UnknownReferenceError, sub_group
from catalog.taxes import withholding

# Gross revenue: goods at the price after the seller's own vouchers, the platform's subsidies included, fees not taken off.
BASE = (MoneyClass.GOODS, MoneyClass.PLATFORM_VOUCHER, MoneyClass.SELLER_VOUCHER, MoneyClass.REFUND)


class Cause(StrEnum):
    AS_EXPECTED = "as_expected"
    ROUNDING = "rounding"  # at most a đồng a piece and tax
    OTHER_TAX = "other_tax"  # as corporate income tax, or one that is not named: no row says what to expect
    WITHOUT_CAUSE = "withheld_without_cause"  # none is expected of a cooperative or enterprise
    NOT_WITHHELD = "not_withheld"
    OTHER_RATE = "other_rate"
    UNKNOWN = "unknown_seller"  # nobody can say what to expect


@dataclass
class Withheld:
    """Sums of one shop and stage, positive đồng. Expected None: one order's expectation is unknown, so the sum's is."""

    base_vnd: int = 0
    vat_expected_vnd: int | None = 0
    pit_expected_vnd: int | None = 0
    vat_withheld_vnd: int = 0
    pit_withheld_vnd: int = 0
    other_tax_vnd: int = 0
    pieces: int = 0

    def add(self, money: "Money", expected: tuple[int, int] | None) -> None:
        self.base_vnd += sum(money.bases.values())
        self.vat_withheld_vnd += money.vat_vnd
        self.pit_withheld_vnd += money.pit_vnd
        self.other_tax_vnd += money.other_vnd
        self.pieces += money.pieces
        vat_vnd, pit_vnd = expected or (None, None)
        self.vat_expected_vnd = _plus(self.vat_expected_vnd, vat_vnd)
        self.pit_expected_vnd = _plus(self.pit_expected_vnd, pit_vnd)

    @property
    def difference_vnd(self) -> int | None:
        """Withheld less expected: a household's two taxes may come as one that is not named."""
        if self.vat_expected_vnd is None or self.pit_expected_vnd is None:
            return None
        withheld_vnd = self.vat_withheld_vnd + self.pit_withheld_vnd + self.other_tax_vnd
        return withheld_vnd - self.vat_expected_vnd - self.pit_expected_vnd

    @property
    def cause(self) -> Cause:
        difference_vnd = self.difference_vnd
        if difference_vnd is None:
            return Cause.UNKNOWN
        if difference_vnd == 0:
            return Cause.AS_EXPECTED
        if self.other_tax_vnd:
            return Cause.OTHER_TAX
        if not self.vat_expected_vnd and not self.pit_expected_vnd:
            return Cause.WITHOUT_CAUSE
        if abs(difference_vnd) <= 2 * self.pieces:
            return Cause.ROUNDING
        return Cause.OTHER_RATE if self.vat_withheld_vnd or self.pit_withheld_vnd else Cause.NOT_WITHHELD


@dataclass
class Money:
    """One order's tax money at one stage: bases by nature of the goods (None: unknown), and what was withheld, positive."""

    bases: Counter[str | None]
    vat_vnd: int = 0
    pit_vnd: int = 0
    other_vnd: int = 0
    pieces: int = 0


def by_stage(order: Order, groups: Mapping[int, str], on: date) -> Iterator[tuple[str, Money]]:
    """`processing` and `settled` money of the order, where there is any."""
    grouped: dict[str, list[Part]] = defaultdict(list)
    for part in parts(order):
        if part.stage != "placed":
            grouped[part.stage].append(part)
    for stage, money in grouped.items():
        yield stage, _money(order, money, groups, on)


def expected(seller: Seller | None, money: Money, on: date) -> tuple[int, int] | None:
    """VAT and PIT in đồng; None where the owner, the legal form's rate or the nature of the goods is not known."""
    vat_vnd = pit_vnd = 0
    for nature, base_vnd in money.bases.items():
        rate = withholding(seller.kind, nature, on) if seller and nature else None
        if rate is None:
            return None
        vat_vnd, pit_vnd = vat_vnd + rate.vat_vnd(base_vnd), pit_vnd + rate.pit_vnd(base_vnd)
    return vat_vnd, pit_vnd


def _money(order: Order, money: list[Part], groups: Mapping[int, str], on: date) -> Money:
    found = Money(Counter(), pieces=sum(line.quantity for line in order.lines))
    for part in money:
        if part.kind in BASE:
            found.bases[_nature(part.line, groups, on)] += part.amount_vnd
        elif part.kind is MoneyClass.VAT_WITHHELD:
            found.vat_vnd -= part.amount_vnd
        elif part.kind is MoneyClass.PIT_WITHHELD:
            found.pit_vnd -= part.amount_vnd
        elif part.kind is MoneyClass.OTHER_TAX:
            found.other_vnd -= part.amount_vnd
    return found


def _nature(line: Line | None, groups: Mapping[int, str], on: date) -> str | None:
    """None for a SKU the register does not know, or a sub-group no decision holds on that day."""
    slug = groups.get(line.variant_id) if line and line.variant_id else None
    if slug is None:
        return None
    try:
        return "service" if sub_group(slug, on).nature == "service" else "goods"
    except UnknownReferenceError:
        return None


def _plus(total: int | None, more: int | None) -> int | None:
    return None if total is None or more is None else total + more
