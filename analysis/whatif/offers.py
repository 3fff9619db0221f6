"""What a pack is sold under in each shop on one day: which fees hold, what other fees came to lately, what tax is withheld."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, Self

from sqlalchemy import BigInteger, exists, or_, select, type_coerce
from sqlalchemy.orm import Session

from analysis.report import Period
from analysis.tax.sellers import Seller, sellers
from analysis.whatif.piece import Terms
from analysis.whatif.recent import recent_shares
from catalog.fees import FeeRule, rule_for
from catalog.reference import sub_group
from catalog.taxes import Withholding, withholding
from models import Product, Shop, ShopProducer, Variant


class Offer(NamedTuple):
    """A pack in a shop that may sell it."""

    product: str
    sub_group: str
    variant_id: int
    sku: str
    price_vnd: int
    marketplace: str
    shop: str


class Costs(NamedTuple):
    """What a piece costs its seller in đồng, and the owner's legal form where the register does not know it."""

    packaging_vnd: int = 0
    cost_vnd: int = 0
    seller: str | None = None


@dataclass(frozen=True)
class Conditions:
    """By the rates of the period's last day."""

    table: Sequence[FeeRule]
    period: Period
    owners: Mapping[str, Seller]  # by shop
    others: Mapping[str, Fraction]  # by marketplace

    @classmethod
    def of(cls, session: Session, period: Period, table: Sequence[FeeRule]) -> Self:
        return cls(table, period, sellers(session), recent_shares(session, period, table))

    def terms(self, offer: Offer, costs: Costs) -> Terms:
        rules, other_share = list(self._rules(offer)), self.others.get(offer.marketplace)
        return Terms(rules, other_share, self._tax(offer, costs.seller), costs.packaging_vnd, costs.cost_vnd)

    def _rules(self, offer: Offer) -> Iterator[FeeRule]:
        for code in dict.fromkeys(rule.code for rule in self.table if rule.marketplace == offer.marketplace):
            rule = rule_for(self.table, offer.marketplace, code, offer.sub_group, self.period.last)
            if rule and not rule.is_optional:
                yield rule

    def _tax(self, offer: Offer, stated: str | None) -> Withholding | None:
        owner, day = self.owners.get(offer.shop), self.period.last
        is_service = sub_group(offer.sub_group, day).nature == "service"
        return withholding(owner.kind if owner else stated, "service" if is_service else "goods", day)


def offers(session: Session, sku: str | None = None) -> list[Offer]:
    """Packs with a price that are offered, in every shop that sells for their producer."""
    of_shop = ShopProducer.shop_id == Shop.id
    sells = or_(~exists().where(of_shop), exists().where(of_shop, ShopProducer.producer_id == Product.producer_id))
    pack = (Variant.id, Variant.sku, type_coerce(Variant.price_vnd, BigInteger))
    query = (
        select(Product.name, Product.sub_group, *pack, Shop.marketplace, Shop.name)
        .select_from(Variant)
        .join(Product, Variant.product_id == Product.id)
        .join(Shop, sells)
        .where(Variant.price_vnd.is_not(None), Variant.is_offered)
        .order_by(Product.name, Variant.sku, Shop.marketplace, Shop.name)
    )
    return [Offer(*row) for row in session.execute(query if sku is None else query.where(Variant.sku == sku))]
