"""What a fee usually comes to for a product, learnt from the shop's own orders: no marketplace's rate is written down here.

A fee is a share of the goods, or so much an order, or so much a piece: the form under which the shop's orders are most
alike is taken. Rates differ by category, so an order is held against orders of the same SKUs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from statistics import median

from analysis.statement_facts import Sold

LEAST_ORDERS = 4  # of a SKU, the order itself included: fewer tell nothing usual
ALIKE = 0.15  # vouchers move a share of the goods by less than this
MOST = 0.75  # of the orders are alike, or the amount has no usual: carriage and vouchers differ by nature
_FORMS: tuple[Callable[[Sold], int], ...] = (
    lambda sold: sold.goods_vnd,
    lambda _: 1,
    lambda sold: sold.pieces,
)


def times_the_usual(fees: Mapping[str, int], orders: Mapping[str, Sold]) -> dict[str, float]:
    """By order, how many times the usual amount of this one fee it was charged.

    Orders without enough like them are left out, and all of them where the amount has no usual.
    """
    standing = {order: amount for order, amount in fees.items() if order in orders and not orders[order].is_undone}
    if not standing:
        return {}
    rates = min((_rates(standing, orders, form) for form in _FORMS), key=_spread)
    by_sku: dict[str, list[float]] = defaultdict(list)
    for order, rate in rates.items():
        for sku in orders[order].skus:
            by_sku[sku].append(rate)
    usual = {sku: median(found) for sku, found in by_sku.items() if len(found) >= LEAST_ORDERS}
    times = {order: rate / expected for order, rate in rates.items() if (expected := _mean(orders[order].skus, usual))}
    alike = sum(abs(one - 1) <= ALIKE for one in times.values())
    return times if alike >= MOST * len(times) else {}


def _rates(fees: Mapping[str, int], orders: Mapping[str, Sold], form: Callable[[Sold], int]) -> dict[str, float]:
    return {order: amount / form(orders[order]) for order, amount in fees.items() if form(orders[order])}


def _spread(rates: Mapping[str, float]) -> float:
    """How unlike they are: the median distance from the median, as a share of it."""
    if not rates:
        return float("inf")
    middle = median(rates.values())
    return median(abs(rate - middle) for rate in rates.values()) / abs(middle) if middle else float("inf")


def _mean(skus: Iterable[str], usual: Mapping[str, float]) -> float | None:
    known = [usual[sku] for sku in skus if sku in usual]
    return sum(known) / len(known) if known else None
