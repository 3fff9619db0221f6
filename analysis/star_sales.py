"""What each product sold by month, in the terms in which a star's worth is told: pieces, price per kilogram, where."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from analysis.report import Period
from analysis.revenue import pieces, sold_lines
from models import OrderLine, SalesOrder, Shop, Variant


@dataclass
class Sold:
    """A product's sales of one side."""

    pieces: int = 0
    revenue_vnd: int = 0
    weighed_vnd: int = 0  # of packs whose weight is known
    weight_g: int = 0
    by_market: Counter[str] = field(default_factory=Counter)  # pieces

    def add(self, other: "Sold") -> None:
        self.pieces += other.pieces
        self.revenue_vnd += other.revenue_vnd
        self.weighed_vnd += other.weighed_vnd
        self.weight_g += other.weight_g
        self.by_market += other.by_market

    @property
    def price_per_kg_vnd(self) -> float | None:
        return 1000 * self.weighed_vnd / self.weight_g if self.weighed_vnd > 0 and self.weight_g > 0 else None

    def share(self, market: str) -> float:
        """Of the pieces, those sold there."""
        return self.by_market[market] / self.pieces


Months = Mapping[int, Mapping[int, Sold]]  # by product, by month counted from year 0


def sold_by_month(session: Session, period: Period, months: int) -> Months:
    """All that was sold in the period and so many months around it, by product and month."""
    reach = Period(_month_away(period.first, -months), _month_away(period.last, months + 1), period.zone)
    columns: list[Any] = [Variant.product_id, SalesOrder.placed_month, Variant.net_weight_g, Shop.marketplace]
    sums = [func.sum(pieces()), func.sum(pieces() * OrderLine.unit_price_vnd)]
    query = sold_lines(reach, [*columns, *sums]).where(Variant.product_id.is_not(None)).group_by(*columns)
    found: dict[int, dict[int, Sold]] = defaultdict(lambda: defaultdict(Sold))
    for product_id, month, weight_g, market, count, vnd in session.execute(query):
        weighed_vnd, grams = (int(vnd), int(count) * weight_g) if weight_g else (0, 0)
        one = Sold(int(count), int(vnd), weighed_vnd, grams, Counter({market: int(count)}))
        found[product_id][month // 100 * 12 + month % 100 - 1].add(one)
    return found


def month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_away(day: date, months: int) -> date:
    number = month_number(day) + months
    return date(number // 12, number % 12 + 1, 1)
