"""One piece sold alone at one price: fees, tax and costs, and what is left. Pure arithmetic in whole đồng."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from catalog.fees import FeeRule
from catalog.taxes import Withholding


@dataclass(frozen=True)
class Terms:
    """What a piece is sold under. None: unknown, so whatever rests on it is unknown too."""

    rules: Sequence[FeeRule]  # that hold for these goods on that day, programmes a shop may or may not join left out
    other_share: Fraction | None  # of the price: fees without a rate, as they came to lately
    tax: Withholding | None
    packaging_vnd: int = 0
    cost_vnd: int = 0


@dataclass(frozen=True)
class Piece:
    """What becomes of one price; every amount is what is taken, not negative."""

    price_vnd: int
    fee_vnd: int
    other_fee_vnd: int | None
    vat_vnd: int | None
    pit_vnd: int | None
    packaging_vnd: int
    cost_vnd: int

    @property
    def net_vnd(self) -> int | None:
        """None as soon as one part is unknown."""
        taken = (self.fee_vnd, self.other_fee_vnd, self.vat_vnd, self.pit_vnd, self.packaging_vnd, self.cost_vnd)
        known = [vnd for vnd in taken if vnd is not None]
        return self.price_vnd - sum(known) if len(known) == len(taken) else None

    @property
    def net_share(self) -> float | None:
        return None if self.net_vnd is None else round(self.net_vnd / self.price_vnd, 4)


def sold_at(price_vnd: int, terms: Terms) -> Piece:
    """`price_vnd` is positive, before vouchers; the buyer pays shipping on top, which no fee here is taken of."""
    return Piece(
        price_vnd,
        sum(rule.amount_vnd(price_vnd) for rule in terms.rules),
        None if terms.other_share is None else round(terms.other_share * price_vnd),
        terms.tax.vat_vnd(price_vnd) if terms.tax else None,
        terms.tax.pit_vnd(price_vnd) if terms.tax else None,
        terms.packaging_vnd,
        terms.cost_vnd,
    )


def floor_vnd(terms: Terms, highest_vnd: int) -> int | None:
    """A price at which a piece loses nothing and a đồng below which it does; None when that is above `highest_vnd` or unknown."""
    if (sold_at(highest_vnd, terms).net_vnd or -1) < 0:
        return None
    low, high = 1, highest_vnd
    while low < high:
        middle = (low + high) // 2
        net_vnd = sold_at(middle, terms).net_vnd
        if net_vnd is not None and net_vnd >= 0:
            high = middle
        else:
            low = middle + 1
    return low
