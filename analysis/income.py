"""Money by stage and code: what marketplaces took and paid. Stages stand apart; a payout is held against its lines."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.report import Period, Report, ReportError, Row
from models import MoneyLine, SalesOrder, Shop


def income(session: Session, period: Period, by: Sequence[str]) -> Report:
    """One row a shop, stage and code of the orders placed in the period; amounts are signed, plus towards the seller."""
    if by:
        raise ReportError("Báo cáo thu nhập luôn chia theo gian hàng, giai đoạn và khoản.")
    inside = (SalesOrder.placed_at >= period.start) & (SalesOrder.placed_at < period.end)
    query = (
        select(
            Shop.name.label("shop"), MoneyLine.stage, MoneyLine.code, func.sum(MoneyLine.amount_vnd).label("amount_vnd")
        )
        .join(SalesOrder, MoneyLine.order_id == SalesOrder.id)
        .join(Shop, SalesOrder.shop_id == Shop.id)
        .where(inside)
        .group_by(Shop.name, MoneyLine.stage, MoneyLine.code)
        .order_by(Shop.name, MoneyLine.stage, MoneyLine.code)
    )
    rows: list[Row] = [{**row, "amount_vnd": int(row["amount_vnd"])} for row in session.execute(query).mappings()]
    return Report(
        "income",
        period,
        "by row",
        ("shop", "stage", "code", "amount_vnd"),
        rows,
        coverage(session, period),
        _differences(session, period),
    )


def _differences(session: Session, period: Period) -> list[str]:
    """Orders whose settled lines do not add up to the payout the marketplace names: shown, never absorbed."""
    settled = func.sum(MoneyLine.amount_vnd)
    query = (
        select(Shop.name, SalesOrder.external_id, SalesOrder.payout_vnd, settled)
        .join(SalesOrder, MoneyLine.order_id == SalesOrder.id)
        .join(Shop, SalesOrder.shop_id == Shop.id)
        .where(MoneyLine.stage == "settled", SalesOrder.placed_at >= period.start, SalesOrder.placed_at < period.end)
        .group_by(Shop.name, SalesOrder.external_id, SalesOrder.payout_vnd)
        .having(settled != SalesOrder.payout_vnd)
        .order_by(Shop.name, SalesOrder.external_id)
    )
    return [
        f"Đơn {order} của {shop}: các khoản cộng lại {int(total)} đ, sàn báo trả {payout} đ."
        for shop, order, payout, total in session.execute(query)
    ]
