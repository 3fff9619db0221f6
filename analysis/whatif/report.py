"""The report `what-if`: for each pack and shop on a day, price → fees → tax → packaging → what is left of a piece."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, exists, or_, select, type_coerce
from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.report import Period, Report, ReportError, Row
from analysis.tax.sellers import sellers
from analysis.whatif.piece import Piece, Terms, floor_vnd, sold_at
from analysis.whatif.recent import recent_shares
from catalog.fees import FeeRule, fee_rules, rule_for
from catalog.money import format_dong, parse_dong
from catalog.producer import ProducerKind
from catalog.reference import sub_group
from catalog.taxes import Withholding, withholding
from models import Product, Shop, ShopProducer, Variant

AMOUNTS = ("price", "packaging", "cost")
OPTIONS = (*AMOUNTS, "sku", "seller")
PIECE = (
    "price_vnd",
    "fee_vnd",
    "other_fee_vnd",
    "vat_vnd",
    "pit_vnd",
    "packaging_vnd",
    "cost_vnd",
    "net_vnd",
    "net_share",
)
COLUMNS = ("product", "sku", "marketplace", "shop", *PIECE, "floor_vnd")
FLOOR_REACH = 20  # times the price: a floor beyond that is no price


class Offer(NamedTuple):
    """A pack in a shop that may sell it."""

    product: str
    sub_group: str
    sku: str
    price_vnd: int
    marketplace: str
    shop: str


class Asked(NamedTuple):
    """What is supposed: amounts in đồng, one SKU, and the owner's legal form where the register does not know it."""

    price_vnd: int | None
    packaging_vnd: int
    cost_vnd: int
    sku: str | None
    seller: str | None


def what_if(
    session: Session, period: Period, by: Sequence[str], *, rules: Callable[[], Sequence[FeeRule]] = fee_rules
) -> Report:
    """By the rates of the period's last day. `by`: price=, packaging=, cost= (đồng a piece), sku=, seller=; all may be left out.

    Raises ReportError for an option that is none of these or an amount that cannot be read.
    """
    asked, table = _asked(by), rules()
    owners, others = sellers(session), recent_shares(session, period, table)
    rows = []
    offers = _offers(session, asked.sku)
    if asked.sku is not None and not offers:
        raise ReportError(
            f"Không có gói nào mang SKU «{asked.sku}» đang được bán và có giá: xem SKU bằng `ocop report products --by sku`."
        )
    for offer in offers:
        owner = owners.get(offer.shop)
        kind = owner.kind if owner else asked.seller
        terms = Terms(
            list(_rules(table, offer, period)),
            others.get(offer.marketplace),
            _tax(kind, offer, period),
            asked.packaging_vnd,
            asked.cost_vnd,
        )
        rows.append(_row(offer, sold_at(asked.price_vnd or offer.price_vnd, terms), terms))
    return Report("what-if", period, "none", COLUMNS, rows, coverage(session, period), [*_notes(asked, rows)])


def _asked(by: Sequence[str]) -> Asked:
    given = {name: value for name, _, value in (one.partition("=") for one in by)}
    if unknown := [name for name in given if name not in OPTIONS]:
        raise ReportError(
            f"Không có lựa chọn {', '.join(unknown)}. Các lựa chọn: {', '.join(f'{o}=' for o in OPTIONS)}."
        )
    if given.get("seller") not in {None, *ProducerKind}:
        raise ReportError(f"Loại hình «{given['seller']}» không có. Các loại hình: {', '.join(ProducerKind)}.")
    try:
        amounts = {name: parse_dong(given[name]) for name in AMOUNTS if name in given}
    except ValueError as err:
        raise ReportError(str(err)) from None
    return Asked(
        amounts.get("price"), amounts.get("packaging", 0), amounts.get("cost", 0), given.get("sku"), given.get("seller")
    )


def _offers(session: Session, sku: str | None) -> list[Offer]:
    """Packs with a price that are offered, in every shop that sells for their producer."""
    of_shop = ShopProducer.shop_id == Shop.id
    sells = or_(~exists().where(of_shop), exists().where(of_shop, ShopProducer.producer_id == Product.producer_id))
    query = (
        select(
            Product.name,
            Product.sub_group,
            Variant.sku,
            type_coerce(Variant.price_vnd, BigInteger),
            Shop.marketplace,
            Shop.name,
        )
        .select_from(Variant)
        .join(Product, Variant.product_id == Product.id)
        .join(Shop, sells)
        .where(Variant.price_vnd.is_not(None), Variant.is_offered)
        .order_by(Product.name, Variant.sku, Shop.marketplace, Shop.name)
    )
    return [Offer(*row) for row in session.execute(query if sku is None else query.where(Variant.sku == sku))]


def _rules(table: Sequence[FeeRule], offer: Offer, period: Period) -> Iterator[FeeRule]:
    for code in dict.fromkeys(rule.code for rule in table if rule.marketplace == offer.marketplace):
        rule = rule_for(table, offer.marketplace, code, offer.sub_group, period.last)
        if rule and not rule.is_optional:
            yield rule


def _tax(kind: str | None, offer: Offer, period: Period) -> Withholding | None:
    is_service = sub_group(offer.sub_group, period.last).nature == "service"
    return withholding(kind, "service" if is_service else "goods", period.last)


def _row(offer: Offer, piece: Piece, terms: Terms) -> Row:
    figures = {name: getattr(piece, name) for name in PIECE}
    named = {"product": offer.product, "sku": offer.sku, "marketplace": offer.marketplace, "shop": offer.shop}
    return named | figures | {"floor_vnd": floor_vnd(terms, FLOOR_REACH * piece.price_vnd)}


def _notes(asked: Asked, rows: Sequence[Row]) -> Iterator[str]:
    yield "Một gói bán lẻ một đơn. «other_fee_vnd» là các khoản phí chưa có mức trong bảng phí, ước theo tỷ lệ đã bị thu 90 ngày qua."
    if losing := [row for row in rows if isinstance(row["net_vnd"], int) and row["net_vnd"] < 0]:
        worst = min(losing, key=lambda row: int(str(row["net_vnd"])))
        yield f"{len(losing)} dòng bị lỗ; nặng nhất: {worst['sku']} ở {worst['shop']} ({format_dong(int(str(worst['net_vnd'])))})."
    if any(row["vat_vnd"] is None for row in rows):
        yield "Chưa biết thuế ở gian bán cho nhiều chủ thể: thêm --by seller=household, cooperative hoặc enterprise."
    if any(row["other_fee_vnd"] is None for row in rows):
        yield "Chưa biết các khoản phí khác ở sàn chưa có đơn nào trong 90 ngày: để trống, không coi là 0."
    if not asked.packaging_vnd:
        yield "Chưa trừ bao bì: thêm --by packaging=SỐ TIỀN. Chưa trừ giá vốn: thêm cost=SỐ TIỀN."
