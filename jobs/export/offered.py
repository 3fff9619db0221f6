"""What the register offers today, pack by pack, for places that no connector speaks to; and what it holds back, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from catalog.describe import IncompleteError, compose
from catalog.eligibility import online_blockers
from catalog.listing import Listing
from catalog.producer import Producer as RegisteredProducer
from catalog.product import Product as RegisteredProduct
from catalog.product import Variant as RegisteredVariant
from jobs.app import App, JobError
from jobs.floors import floors_by_sku, too_cheap
from jobs.records import Registered, read_products
from models import Producer, Product, Shop, ShopProducer, Variant


@dataclass(frozen=True)
class Offered:
    """One pack that may be sold today, with its listing as composed for no marketplace in particular."""

    product: RegisteredProduct
    producer: RegisteredProducer
    variant: RegisteredVariant
    listing: Listing


@dataclass(frozen=True)
class Held:
    """One pack, or a product without packs (its code stands for the SKU), that is not offered."""

    sku: str
    name: str
    sentence: str


@dataclass(frozen=True)
class Offering:
    offered: Sequence[Offered]
    held: Sequence[Held]

    @property
    def notes(self) -> tuple[str, ...]:
        """Prices and stock drawn by the sandbox must not be taken for real ones."""
        drawn = sum(one.variant.is_demonstration for one in self.offered)
        return (
            (f"{drawn} quy cách có giá, kho hoặc kích thước là số liệu trình diễn: đừng gửi đi như số thật.",)
            if drawn
            else ()
        )


def offering(app: App, shop: Shop | None, producers: Sequence[str]) -> Offering:
    """Of the producers named, else of the shop's, else of the whole register. Raises JobError for a code nobody has."""
    with app.database.session() as session:
        products = read_products(session, _which(session, shop, producers))
        available = dict(session.execute(select(Variant.sku, Variant.available)).all())
        lowest = floors_by_sku(session, shop.marketplace) if shop else floors_by_sku(session)
    packs = [_at_its_floor(one, lowest) for known in products.values() for one in _packs(app, known, available)]
    return Offering([one for one in packs if isinstance(one, Offered)], [one for one in packs if isinstance(one, Held)])


def _which(session: Session, shop: Shop | None, codes: Sequence[str]) -> ColumnElement[bool]:
    if codes:
        theirs = select(Producer.code, Producer.id).where(Producer.code.in_(codes))
        known = dict(session.execute(theirs).all())
        if unknown := [code for code in codes if code not in known]:
            raise JobError(f"Sổ đăng ký không có chủ thể mã {', '.join(unknown)}.")
        return Product.producer_id.in_(known.values())
    if shop is None:
        return Product.id.is_not(None)
    named = exists().where(ShopProducer.shop_id == shop.id)
    return or_(~named, exists().where(ShopProducer.shop_id == shop.id, ShopProducer.producer_id == Product.producer_id))


def _packs(app: App, known: Registered, available: dict[str, int | None]) -> list[Offered | Held]:
    product, today = known.product, app.today()
    if not product.variants:
        return [
            Held(
                product.code, product.name, f"«{product.name}» ({product.code}) chưa có quy cách nào trong sổ đăng ký."
            )
        ]
    blockers = " ".join(blocker.sentence_vi for blocker in online_blockers(product, today))
    if blockers:
        return [Held(one.sku, product.name, f"«{product.name}» ({one.sku}): {blockers}") for one in product.variants]
    return [_pack(app, known, one.model_copy(update={"stock": available[one.sku]})) for one in product.variants]


def _pack(app: App, known: Registered, variant: RegisteredVariant) -> Offered | Held:
    try:
        listing = compose(known.product, variant, known.producer, app.today())
    except IncompleteError as err:
        return Held(variant.sku, known.product.name, str(err))
    return Offered(known.product, known.producer, variant, listing)


def _at_its_floor(one: Offered | Held, lowest: Mapping[str, int]) -> Offered | Held:
    """`lowest`: floors by SKU. No price below one leaves the house."""
    if isinstance(one, Held):
        return one
    sku, name, price_vnd = one.variant.sku, one.product.name, one.listing.price_vnd
    floor_vnd = lowest.get(sku, 0)
    return one if price_vnd >= floor_vnd else Held(sku, name, too_cheap(name, sku, price_vnd, floor_vnd))
