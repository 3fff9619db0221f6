"""Amounts as marketplaces name them, orders that wait for their money and payouts that differ, from the sums."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from analysis.oddities import Kind
from analysis.report import Period
from analysis.rollup.day import number
from analysis.rollup.grains import ORDERS, Cut, rows
from models import AmountDay, OddOrder, Shop


def amounts(period: Period) -> Select[Any]:
    """Shop, stage, code, marketplace, and the đồng that went either way, of the orders placed in the period."""
    keys: tuple[Any, ...] = (Shop.name, AmountDay.stage, AmountDay.code, Shop.marketplace)
    sums: tuple[Any, ...] = (func.sum(AmountDay.plus_vnd), func.sum(AmountDay.minus_vnd))
    return (
        select(*keys, *sums)
        .join(Shop, AmountDay.shop_id == Shop.id)
        .where(AmountDay.day.between(number(period.first), number(period.last)))
        .group_by(*keys)
        .order_by(*keys)
    )


def differing(period: Period) -> Select[Any]:
    """Shop, order, the payout its marketplace names, and what its lines come to."""
    columns: tuple[Any, ...] = (Shop.name, OddOrder.external_id, OddOrder.against_vnd, OddOrder.amount_vnd)
    return (
        select(*columns)
        .join(Shop, OddOrder.shop_id == Shop.id)
        .where(
            OddOrder.kind == Kind.PAYOUT_DIFFERS.value,
            OddOrder.day.between(number(period.first), number(period.last)),
        )
        .order_by(Shop.name, OddOrder.external_id)
    )


def unsettled(session: Session, period: Period) -> int:
    """Orders that stand and that no payout has settled."""
    return sum(row.unsettled for row in rows(session, ORDERS, Cut(period, ("shop",))))
