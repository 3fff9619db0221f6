"""Who sells, in the eyes of a marketplace: the shop's owner, known only where a shop sells for exactly one producer."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Producer, Product, Shop, ShopProducer, Variant


class Seller(NamedTuple):
    """The producer behind a shop. A marketplace withholds by the owner's legal form, whoever made the goods."""

    producer_id: int
    producer: str
    producer_code: str
    tax_code: str | None
    kind: str | None


def sellers(session: Session) -> dict[str, Seller]:
    """By shop name. A shop that sells for several producers, or for the whole register, is not here: its owner is not known."""
    single = (
        select(ShopProducer.shop_id).group_by(ShopProducer.shop_id).having(func.count(ShopProducer.producer_id) == 1)
    )
    query = (
        select(Shop.name, Producer.id, Producer.name, Producer.code, Producer.tax_code, Producer.kind)
        .join(ShopProducer, ShopProducer.shop_id == Shop.id)
        .join(Producer, ShopProducer.producer_id == Producer.id)
        .where(Shop.id.in_(single))
    )
    return {row[0]: Seller(*row[1:]) for row in session.execute(query)}


def sub_groups(session: Session) -> dict[int, str]:
    """The sub-group of each variant."""
    query = select(Variant.id, Product.sub_group).join(Product, Variant.product_id == Product.id)
    return {key: slug for key, slug in session.execute(query)}  # noqa: C416 - a Row is no pair to a type checker
