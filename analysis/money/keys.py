"""What a line's money may be grouped by: facts of its order, of its SKU's register rows, and the star of the day."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.money.facts import Line, Order
from analysis.report import Period, ReportError
from analysis.revenue import KEYS, STAR, WITH_CODE
from analysis.stars import star_on
from models import Producer, Product, Variant

OF_THE_ORDER: Mapping[str, Callable[[Order, Period], object]] = {
    "marketplace": lambda order, _: order.marketplace,
    "shop": lambda order, _: order.shop,
    "month": lambda order, period: int(f"{order.placed_at.astimezone(period.zone):%Y%m}"),
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


def names_of(keys: Sequence[str]) -> list[str]:
    """The columns of these keys, each name followed by the code that tells it from its namesakes. Raises ReportError."""
    if unknown := [key for key in keys if key not in KEYS]:
        raise ReportError(f"Không có khoá {', '.join(unknown)}. Các khoá: {', '.join(KEYS)}.")
    return [name for key in dict.fromkeys(keys) for name in (key, WITH_CODE.get(key)) if name]


def keyed(session: Session, period: Period, names: Sequence[str]) -> Keyed:
    """Reads the register once; the answer gives a line's values of the names, None where the register does not know its SKU."""
    register, star = _register(session), star_on(session) if STAR in names else None

    def key(order: Order, line: Line | None) -> Key:
        goods = register.get(line.variant_id) if line and line.variant_id else None
        return tuple(value(name, order, line, goods) for name in names)

    def value(name: str, order: Order, line: Line | None, goods: Goods | None) -> object:
        if name in OF_THE_ORDER:
            return OF_THE_ORDER[name](order, period)
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
