"""Settled money of a rehearsal by marketplace: what our tables hold of it, and what the world itself knows.

Both sides are classed by the same dated table (`catalog.money_codes`), so that fees and taxes can be compared whatever names the
API, a file and the world give them.
"""

from collections import Counter
from collections.abc import Iterable
from typing import TypedDict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.money_codes import MoneyClass, money_class
from connectors import marketplaces
from connectors.capability import Can
from models import MoneyLine, SalesOrder, Shop
from sandbox.sandbox import Sandbox

TAXES = frozenset({MoneyClass.VAT_WITHHELD, MoneyClass.PIT_WITHHELD})


class Paid(TypedDict):
    """Of orders that were paid out: signed sums in đồng, `net_vnd` of everything."""

    fee_vnd: int
    tax_vnd: int
    net_vnd: int


def paid(session: Session, markets: Iterable[str]) -> dict[str, Paid | None]:
    """None where the marketplace names no payout (Tiki): its orders are never known to be paid."""
    amounts = {market: Counter[str]() for market in markets}
    query = (
        select(Shop.marketplace, MoneyLine.code, func.sum(MoneyLine.amount_vnd))
        .join(SalesOrder, SalesOrder.shop_id == Shop.id)
        .join(MoneyLine, MoneyLine.order_id == SalesOrder.id)
        .where(MoneyLine.stage == "settled", SalesOrder.settled_at.is_not(None))
        .group_by(Shop.marketplace, MoneyLine.code)
    )
    for market, code, amount_vnd in session.execute(query):
        amounts[market][code] += int(amount_vnd)
    return {market: _added_up(market, sums) if _names_payouts(market) else None for market, sums in amounts.items()}


def truth_paid(world: Sandbox, markets: Iterable[str]) -> dict[str, Paid]:
    """A returned order brings its seller nothing, so it does not matter which side counts it as paid."""
    return {market: _added_up(market, _amounts(world, market)) for market in markets}


def _names_payouts(market: str) -> bool:
    return Can.PULL_STATEMENTS in marketplaces()[market].capabilities


def _amounts(world: Sandbox, market: str) -> Counter[str]:
    sums: Counter[str] = Counter()
    for order in world.world.orders(market):
        if order.settled_at is not None:
            sums.update(world.world.fees[market](order))
    return sums


def _added_up(market: str, sums: Counter[str]) -> Paid:
    kinds = {code: money_class(market, code) for code in sums}
    return {
        "fee_vnd": sum(sums[code] for code, kind in kinds.items() if kind is MoneyClass.FEE),
        "tax_vnd": sum(sums[code] for code, kind in kinds.items() if kind in TAXES),
        "net_vnd": sum(sums.values()),
    }
