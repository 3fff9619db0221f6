"""What was sold, from the sums: orders, pieces and đồng by whatever is asked for, each order once a group."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from analysis.money.keys import Key
from analysis.report import Period
from analysis.rollup.grains import BASKETS, ORDERS, SOLD, Cut, rows
from analysis.rollup.names import Naming, fine_by_sku
from analysis.sold import OF_AN_ORDER, STAR

Sales = Mapping[Key, list[int]]  # orders, pieces, đồng


def sold(session: Session, cut: Cut) -> Sales:
    """Groups in which a piece stayed sold."""
    naming = Naming(session, cut.names)
    found: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    for fine, shop_id, when, _, orders, units, revenue_vnd in rows(session, SOLD, cut):
        sums = found[naming.key(fine, shop_id, when)]
        sums[0] += orders
        sums[1] += units
        sums[2] += revenue_vnd
    _count_once(session, cut, naming, found)
    return {key: sums for key, sums in found.items() if sums[0]}


def _count_once(session: Session, cut: Cut, naming: Naming, found: dict[Key, list[int]]) -> None:
    """An order of several SKUs of one group was counted once a SKU."""
    if OF_AN_ORDER.issuperset(cut.names):
        for sums in found.values():
            sums[0] = 0
        for _, shop_id, when, _, orders, _ in rows(session, ORDERS, cut):
            found[naming.key(None, shop_id, when)][0] += orders
    elif "sku" not in cut.names:
        again = _repetitions(session, cut.names, naming)
        for _, shop_id, when, skus, orders in rows(session, BASKETS, cut):
            for fine, times in again(skus, when if STAR in cut.names else None):
                found[naming.key(fine, shop_id, when)][0] -= times * orders


def _repetitions(
    session: Session, names: Sequence[str], naming: Naming
) -> Callable[[str, int | None], Sequence[tuple[Any, int]]]:
    """How often a basket's SKUs fall into a group again, with one of the group's own; few baskets differ, so each is told once."""
    fine_of = fine_by_sku(session, names)

    @cache
    def again(skus: str, when: int | None) -> Sequence[tuple[Any, int]]:
        fines = [fine_of.get(sku) for sku in json.loads(skus)]
        groups = {naming.key(fine, None, when): fine for fine in fines}
        times = Counter(naming.key(fine, None, when) for fine in fines)
        return [(groups[group], count - 1) for group, count in times.items() if count > 1]

    return again


def counted(session: Session, period: Period) -> tuple[int, int, int]:
    """Orders in any state, their lines, and the lines whose SKU the register does not know."""
    orders = sum(row[3] for row in rows(session, ORDERS, Cut(period, ("shop",))))
    by_product = [(product_id, lines) for product_id, _, _, lines, *_ in rows(session, SOLD, Cut(period, ("product",)))]
    return (
        orders,
        sum(lines for _, lines in by_product),
        sum(lines for product_id, lines in by_product if not product_id),
    )
