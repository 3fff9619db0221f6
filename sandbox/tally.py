"""The ground truth, added up: what reports and estimates are scored against."""

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.world import World


def truth(world: "World") -> dict[str, Any]:
    """Money in đồng, units in pieces. Revenue is the goods of every order that is neither cancelled nor returned."""
    return {
        "now": world.clock.now().isoformat(),
        "seed": world.seed,
        "markets": {market: _market(world, market) for market in world.markets()},
        "offline_vnd": sum(row["amount_vnd"] for row in world.offline_sales),
    }


def _market(world: "World", market: str) -> dict[str, Any]:
    orders = world.orders(market)
    counted = [order for order in orders if order.counts]
    return {
        "orders": len(orders),
        "revenue_orders": len(counted),
        "revenue_vnd": sum(order.goods_vnd for order in counted),
        "units": sum(line.quantity for order in counted for line in order.lines),
        "by_sku": _by_sku(world, market),
        "orders_by_state": dict(sorted(Counter(order.state.value for order in orders).items())),
        "settled_orders": sum(order.settled_at is not None for order in orders),
        "settled_payout_vnd": _payout_vnd(world, market),
        "money": _money(world, market),
        "offers": dict(sorted(Counter(offer.state.value for offer in world.offers(market)).items())),
        "reviews": len(world.reviews(market)),
    }


def _by_sku(world: "World", market: str) -> dict[str, dict[str, int]]:
    totals: dict[str, dict[str, int]] = {}
    for order in world.orders(market):
        if order.counts:
            for line in order.lines:
                total = totals.setdefault(line.sku, {"units": 0, "revenue_vnd": 0})
                total["units"] += line.quantity
                total["revenue_vnd"] += line.quantity * line.unit_price_vnd
    return dict(sorted(totals.items()))


def _money(world: "World", market: str) -> dict[str, dict[str, int]]:
    """Signed amounts by the marketplace's own names: of orders whose money is revenue, and of those sent back."""
    sums: dict[str, Counter[str]] = {"kept": Counter(), "returned": Counter()}
    for order in world.orders(market) if market in world.fees else ():
        if order.counts or order.returned_at is not None:
            sums["kept" if order.counts else "returned"].update(world.fees[market](order))
    return {fate: dict(sorted(amounts.items())) for fate, amounts in sums.items()}


def _payout_vnd(world: "World", market: str) -> int | None:
    """None where the marketplace pays nothing out: a plain shop takes its money itself."""
    if market not in world.fees:
        return None
    return sum(world.payout_vnd(order) for order in world.orders(market) if order.settled_at is not None)
