"""Revenue outside the online channels, as declared: sums by month, and what makes them doubtful."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from analysis.online import ProductMonth
from analysis.report import Period
from models import OfflineSale, Product


def offline_by_month(session: Session, period: Period) -> dict[int, int]:
    """Đồng by yyyymm; a month nobody declared is absent, not zero."""
    query = select(OfflineSale.month, func.sum(OfflineSale.amount_vnd)).where(_in(period)).group_by(OfflineSale.month)
    return {month: int(vnd) for month, vnd in session.execute(query)}


def undeclared_by_month(session: Session, period: Period, online: Iterable[ProductMonth]) -> Counter[int]:
    """By yyyymm: producers with online revenue and no declaration of that month. Each makes the share too high."""
    maker = {row[0]: row[1] for row in session.execute(select(Product.id, Product.producer_id))}
    sells = {(maker[product_id], month) for product_id, month in online if product_id is not None}
    declared = session.execute(select(OfflineSale.producer_id, OfflineSale.month).where(_in(period)))
    return Counter(month for _, month in sells.difference((row[0], row[1]) for row in declared))


def doubtful(session: Session, period: Period) -> list[str]:
    """A sentence when a producer's month was told twice: by two sources, or as a whole and also product by product."""
    query = (
        select(OfflineSale.producer_id)
        .where(_in(period))
        .group_by(OfflineSale.producer_id, OfflineSale.month)
        .having(
            or_(
                func.count(OfflineSale.source.distinct()) > 1,
                (func.min(OfflineSale.product_key) == "") & (func.max(OfflineSale.product_key) != ""),
            )
        )
    )
    producers = len(set(session.scalars(query)))
    if not producers:
        return []
    return [
        f"{producers} chủ thể có doanh thu ngoài mạng của một tháng từ nhiều nguồn hoặc vừa khai chung vừa khai từng sản phẩm: có thể bị tính hai lần."
    ]


def demonstration(session: Session, period: Period) -> bool:
    """True when any amount of the period is an example of ours."""
    query = select(OfflineSale.id).where(_in(period), OfflineSale.is_demonstration).limit(1)
    return session.scalar(query) is not None


def _in(period: Period) -> ColumnElement[bool]:
    return OfflineSale.month.between(period.months[0], period.months[-1])
