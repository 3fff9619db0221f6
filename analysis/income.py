"""Money by stage and code: what marketplaces took and paid. Stages stand apart; a payout is held against its lines."""

from collections.abc import Sequence

from sqlalchemy import BigInteger, ColumnElement, and_, case, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from analysis.coverage import coverage
from analysis.report import Period, Report, ReportError, Row
from analysis.revenue import NOT_REVENUE
from catalog.money import format_dong
from models import MoneyLine, SalesOrder, Shop


def income(session: Session, period: Period, by: Sequence[str]) -> Report:
    """One row a shop, stage and code of the orders placed in the period; amounts are signed, plus towards the seller.

    Of an order that was undone only settled money is money; of one that was settled the earlier estimate is not shown.
    """
    if by:
        raise ReportError("Báo cáo thu nhập luôn chia theo gian hàng, giai đoạn và khoản.")
    query = (
        select(
            Shop.name.label("shop"), MoneyLine.stage, MoneyLine.code, func.sum(MoneyLine.amount_vnd).label("amount_vnd")
        )
        .join(SalesOrder, MoneyLine.order_id == SalesOrder.id)
        .join(Shop, SalesOrder.shop_id == Shop.id)
        .where(_inside(period), _stands())
        .group_by(Shop.name, MoneyLine.stage, MoneyLine.code)
        .order_by(Shop.name, MoneyLine.stage, MoneyLine.code)
    )
    rows: list[Row] = [{**row, "amount_vnd": int(row["amount_vnd"])} for row in session.execute(query).mappings()]
    unsettled = _unsettled(session, period)
    return Report(
        "income",
        period,
        "by row",
        ("shop", "stage", "code", "amount_vnd"),
        rows,
        coverage(session, period) | {"orders_not_settled": unsettled},
        _differences(session, period),
    )


def _inside(period: Period) -> ColumnElement[bool]:
    return and_(SalesOrder.placed_at >= period.start, SalesOrder.placed_at < period.end)


def _stands() -> ColumnElement[bool]:
    """An estimate ends when its order is settled, or its own amount is named by a statement that is not paid yet."""
    paid = aliased(MoneyLine)
    is_named = exists().where(
        paid.order_id == MoneyLine.order_id,
        paid.line_external_id == MoneyLine.line_external_id,
        paid.code == MoneyLine.code,
        paid.stage == "settled",
    )
    estimate_stands = or_(MoneyLine.stage != "processing", and_(SalesOrder.settled_at.is_(None), ~is_named))
    return or_(MoneyLine.stage == "settled", and_(SalesOrder.state.not_in(NOT_REVENUE), estimate_stands))


def _unsettled(session: Session, period: Period) -> int:
    """Orders that stand and that no payout has named yet: their fees and taxes may still change."""
    query = select(func.count(SalesOrder.id)).where(
        _inside(period), SalesOrder.state.not_in(NOT_REVENUE), SalesOrder.settled_at.is_(None)
    )
    return session.scalar(query) or 0


def _differences(session: Session, period: Period) -> list[str]:
    """Orders whose lines do not add up to the payout the marketplace names: shown, never absorbed.

    Settled lines when the order is settled, the estimate's before; a payout without any line differs by all of it.
    """
    stage = case((SalesOrder.settled_at.is_(None), "processing"), else_="settled")
    payout = type_coerce(SalesOrder.payout_vnd, BigInteger)  # never None below: asked for
    lines = func.coalesce(func.sum(MoneyLine.amount_vnd), 0)
    query = (
        select(Shop.name, SalesOrder.external_id, payout, lines)
        .select_from(SalesOrder)
        .join(Shop, SalesOrder.shop_id == Shop.id)
        .outerjoin(MoneyLine, (MoneyLine.order_id == SalesOrder.id) & (MoneyLine.stage == stage))
        .where(_inside(period), SalesOrder.payout_vnd.is_not(None))
        .group_by(Shop.name, SalesOrder.external_id, SalesOrder.payout_vnd)
        .having(lines != SalesOrder.payout_vnd)
        .order_by(Shop.name, SalesOrder.external_id)
    )
    return [
        f"Đơn {order} của {shop}: các khoản cộng lại {format_dong(int(total))}, sàn báo trả {format_dong(payout)}."
        for shop, order, payout, total in session.execute(query)
    ]
