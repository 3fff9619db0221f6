"""What a row of sums is named after: few numbers in SQL, their names from the register afterwards."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, literal, select
from sqlalchemy.orm import Session

from analysis.money.keys import Key
from analysis.sold import STAR
from analysis.stars import star_on
from models import Producer, Product, Shop, Variant

OF_A_PRODUCER = ("producer", "producer_code", "commune")
OF_A_PRODUCT = ("product_id", "product", "product_code", "sub_group", *OF_A_PRODUCER)
OF_A_PACK = ("sku", *OF_A_PRODUCT)
OF_A_SHOP = ("marketplace", "shop")
OF_TIME = ("month", "day", STAR)
LAST_MONTH = 9999_12  # a larger number is a day

Facts = tuple[Any, ...]


class Detail(NamedTuple):
    """How finely the register's side is told apart: a column to group by, and the facts of each of its values."""

    column: ColumnElement[Any]
    join: Callable[[Select[Any], Any], Select[Any]]
    facts: Callable[[Session], Mapping[Any, Facts]]
    names: tuple[str, ...]


def detail(names: Sequence[str], sku: Any) -> Detail:
    """The coarsest that knows every name. A star is a product's."""
    if "sku" in names:
        return Detail(sku, _with_variant if STAR in names else _as_it_is, _by_sku, OF_A_PACK)
    if any(name in names for name in (STAR, *OF_A_PRODUCT[:4])):
        return Detail(Variant.product_id.expression, _with_variant, _by_product, OF_A_PRODUCT)
    if any(name in names for name in OF_A_PRODUCER):
        return Detail(Product.producer_id.expression, _with_product, _by_producer, OF_A_PRODUCER)
    return Detail(literal(None, Integer), _as_it_is, lambda _: {}, ())


class Naming:
    """The values of the names asked for, of a row's register side, shop and time."""

    def __init__(self, session: Session, names: Sequence[str]) -> None:
        fine = detail(names, literal(""))
        known = (*fine.names, *OF_A_SHOP, *OF_TIME)
        places = [known.index(name) for name in names]
        pick = itemgetter(*places)
        self._pick: Callable[[Facts], Key] = pick if len(places) > 1 else lambda facts: (pick(facts),)
        self._goods, self._shops = fine.facts(session), shops(session)
        self._unknown, self._is_told_apart = (None,) * len(fine.names[1:]), bool(fine.names)
        self._star = star_on(session) if STAR in names else None

    def key(self, fine: Any, shop_id: int | None, when: int | None) -> Key:
        """`when` is yyyymm, yyyymmdd, or None where no name is of a time. A SKU the register does not know keeps its own name."""
        goods = self._goods.get(fine) or ((fine or None, *self._unknown) if self._is_told_apart else ())
        star = self._star(goods[-len(OF_A_PRODUCT)], _first(when)) if self._star and when else None
        month = when // 100 if when and when > LAST_MONTH else when
        return self._pick((*goods, *self._shops[shop_id], month, when, star))


def fine_by_sku(session: Session, names: Sequence[str]) -> Mapping[str, Any]:
    """The value of the detail's column, of every SKU the register knows."""
    column = detail(names, Variant.sku).column
    query = select(Variant.sku, column).join(Product, Variant.product_id == Product.id)
    return {row[0]: row[1] for row in session.execute(query)}


def shops(session: Session) -> Mapping[int | None, tuple[str | None, str | None]]:
    """Marketplace and name by id; None stands for all shops together."""
    rows = session.execute(select(Shop.id, Shop.marketplace, Shop.name))
    return {None: (None, None)} | {row[0]: (row[1], row[2]) for row in rows}


def _by_sku(session: Session) -> Mapping[Any, Facts]:
    products = _by_product(session)
    rows = session.execute(select(Variant.sku, Variant.product_id))
    return {sku: (sku, *products[product_id]) for sku, product_id in rows}


def _by_product(session: Session) -> Mapping[Any, Facts]:
    producers = _by_producer(session)
    of_product = (Product.id, Product.name, Product.code, Product.sub_group)
    return {row[1]: (*row[1:], *producers[row[0]]) for row in session.execute(select(Product.producer_id, *of_product))}


def _by_producer(session: Session) -> Mapping[Any, Facts]:
    rows = session.execute(select(Producer.id, Producer.name, Producer.code, Producer.commune))
    return {row[0]: tuple(row[1:]) for row in rows}


def _as_it_is(query: Select[Any], _: Any) -> Select[Any]:
    return query


def _with_variant(query: Select[Any], sku: Any) -> Select[Any]:
    return query.outerjoin(Variant, Variant.sku == sku)


def _with_product(query: Select[Any], sku: Any) -> Select[Any]:
    return _with_variant(query, sku).outerjoin(Product, Variant.product_id == Product.id)


def _first(when: int) -> date:
    """The day, or the month's first."""
    day = when if when > LAST_MONTH else when * 100 + 1
    return date(day // 10000, day // 100 % 100, day % 100)
