"""What a row of sums is named after: few numbers in SQL, their names from the register afterwards."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, literal, select
from sqlalchemy.orm import Session

from models import Producer, Product, Shop, Variant

OF_A_PRODUCER = ("producer", "producer_code", "commune")
OF_A_PRODUCT = ("product", "product_code", "sub_group")
OF_A_SHOP = ("marketplace", "shop")

Facts = Mapping[str, object]


class Detail(NamedTuple):
    """How finely the register's side is told apart: a column to group by, and the facts of each of its values."""

    column: ColumnElement[Any]
    join: Callable[[Select[Any], Any], Select[Any]]
    facts: Callable[[Session], Mapping[Any, Facts]]


def detail(names: Sequence[str], sku: Any) -> Detail:
    """The coarsest that knows every name."""
    if "sku" in names:
        return Detail(sku, lambda query, _: query, _by_sku)
    if any(name in names for name in OF_A_PRODUCT):
        return Detail(Variant.product_id.expression, _with_variant, _by_product)
    if any(name in names for name in OF_A_PRODUCER):
        return Detail(Product.producer_id.expression, _with_product, _by_producer)
    return Detail(literal(None, Integer), lambda query, _: query, lambda _: {})


def shops(session: Session) -> Mapping[int, Facts]:
    rows = session.execute(select(Shop.id, Shop.marketplace, Shop.name))
    return {row[0]: dict(zip(OF_A_SHOP, row[1:], strict=True)) for row in rows}


def _with_variant(query: Select[Any], sku: Any) -> Select[Any]:
    return query.outerjoin(Variant, Variant.sku == sku)


def _with_product(query: Select[Any], sku: Any) -> Select[Any]:
    return _with_variant(query, sku).outerjoin(Product, Variant.product_id == Product.id)


def _by_sku(session: Session) -> Mapping[Any, Facts]:
    products = _by_product(session)
    rows = session.execute(select(Variant.sku, Variant.product_id))
    return {sku: products[product_id] for sku, product_id in rows}


def _by_product(session: Session) -> Mapping[Any, Facts]:
    producers = _by_producer(session)
    rows = session.execute(select(Product.id, Product.producer_id, Product.name, Product.code, Product.sub_group))
    return {row[0]: {**producers[row[1]], **dict(zip(OF_A_PRODUCT, row[2:], strict=True))} for row in rows}


def _by_producer(session: Session) -> Mapping[Any, Facts]:
    rows = session.execute(select(Producer.id, Producer.name, Producer.code, Producer.commune))
    return {row[0]: dict(zip(OF_A_PRODUCER, row[1:], strict=True)) for row in rows}
