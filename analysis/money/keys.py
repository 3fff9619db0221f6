"""What a line's money may be grouped by: facts of its order, of its SKU's register rows, and the star of the day."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.dated import Dated
from analysis.money.facts import Line, Order
from analysis.report import Period
from analysis.sold import STAR
from analysis.stars import star_on
from models import Producer, Product, Variant

OF_THE_ORDER: Mapping[str, Callable[[Order, date], object]] = {
    "marketplace": lambda order, _: order.marketplace,
    "shop": lambda order, _: order.shop,
    "month": lambda _, day: day.year * 100 + day.month,
    "day": lambda _, day: (day.year * 100 + day.month) * 100 + day.day,
}


class Goods(NamedTuple):
    """A pack's own facts, by the names of the keys."""

    product_id: int
    producer: str
    producer_code: str
    product: str
    product_code: str
    sub_group: str
    commune: str | None


Key = tuple[object, ...]
Keyed = Callable[[Order, Line | None], Key]


def keyed(session: Session, period: Period, names: Sequence[str], dated: Dated = Dated.PLACED) -> Keyed:
    """Reads the register once; the answer gives a line's values of the names, None where the register does not know its SKU.

    Days and months are those of `dated`, which the orders have; the star is always that of the day of placing.
    """
    register, star = _register(session), star_on(session) if STAR in names else None

    def key(order: Order, line: Line | None) -> Key:
        goods = register.get(line.variant_id) if line and line.variant_id else None
        return tuple(value(name, order, line, goods) for name in names)

    def value(name: str, order: Order, line: Line | None, goods: Goods | None) -> object:
        if name in OF_THE_ORDER:
            return OF_THE_ORDER[name](order, getattr(order, dated.moment).astimezone(period.zone).date())
        if name == "sku":
            return line.sku if line else None
        if name == STAR:
            return star(goods.product_id, order.placed_at.astimezone(period.zone).date()) if goods and star else None
        return getattr(goods, name) if goods else None

    return key


def _register(session: Session) -> dict[int, Goods]:
    product = (Product.id, Producer.name, Producer.code, Product.name, Product.code, Product.sub_group)
    query = (
        select(Variant.id, *product, Producer.commune)
        .join(Product, Variant.product_id == Product.id)
        .join(Producer, Product.producer_id == Producer.id)
    )
    return {row[0]: Goods(*row[1:]) for row in session.execute(query)}
