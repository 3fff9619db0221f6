"""The pretend world by itself: time, demand, the life of orders, and the truth about them."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import lifecycle
from sandbox.clock import VirtualClock
from sandbox.sandbox import START
from sandbox.world import Offer, OfferState, Order, OrderState, World


def stocked_world(seed: int = 7, packs: int = 40) -> World:
    world = World(seed, VirtualClock(START))
    world.fees["toy"] = lambda order: {"goods": order.goods_vnd, "commission": -order.goods_vnd // 10}
    for number in range(packs):
        world.add_offer("toy", "shop", f"SKU-{number}", f"Trà {number}", "", 50_000 + number * 1000, 300)
    return world


def everything(world: World) -> str:
    """Every fact of the world that anyone can see, as text to compare."""
    return repr((world.truth(), world.orders("toy"), world.reviews("toy"), world.offers("toy")))


@pytest.fixture(scope="module")
def month() -> World:
    world = stocked_world(packs=150)
    world.run_until(START + timedelta(days=30))
    return world


@pytest.mark.parametrize("step", [timedelta(hours=1), timedelta(hours=7, minutes=13), timedelta(days=5)])
def test_stepping_changes_nothing(step: timedelta) -> None:
    """One jump of ten days, or any number of steps: the same orders, reviews, counters and truth."""
    jumped, stepped = stocked_world(), stocked_world()
    jumped.run_until(START + timedelta(days=10))
    while stepped.clock.now() < START + timedelta(days=10):
        stepped.run_until(min(stepped.clock.now() + step, START + timedelta(days=10)))
    assert everything(stepped) == everything(jumped)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 5 * 86_400), max_size=30))
def test_any_stops_on_the_way_change_nothing(stops: list[int]) -> None:
    """Whatever moments the clock is stopped at, the world arrives at the same state."""
    jumped, stepped = stocked_world(packs=10), stocked_world(packs=10)
    jumped.run_until(START + timedelta(days=5))
    for second in sorted(stops):
        stepped.run_until(START + timedelta(seconds=second))
    stepped.run_until(START + timedelta(days=5))
    assert everything(stepped) == everything(jumped)


def test_another_seed_is_another_world() -> None:
    """The seed decides."""
    one, two = stocked_world(seed=1), stocked_world(seed=2)
    for world in (one, two):
        world.run_until(START + timedelta(days=10))
    assert everything(one) != everything(two)


def test_a_later_sku_does_not_disturb_the_others() -> None:
    """Visits are drawn for each SKU from its own name: another SKU changes no time at which this one is wanted."""

    def first_lines(world: World) -> list[datetime]:
        world.run_until(START + timedelta(days=10))
        return [order.placed_at for order in world.orders("toy") if order.lines[0].sku == "SKU-1"]

    assert first_lines(stocked_world(packs=5)) == first_lines(stocked_world(packs=6))


def test_a_month_of_the_register(month: World) -> None:
    """150 packs sell between 25 and 45 orders a day, and the shares of the accidents are what they were set to."""
    orders = month.orders("toy")
    states = Counter(order.state for order in orders)
    assert 25 * 30 <= len(orders) <= 45 * 30
    assert 0.03 <= states[OrderState.CANCELLED] / len(orders) <= 0.09
    assert 0.005 <= states[OrderState.RETURNED] / len(orders) <= 0.04
    delivered = sum(order.delivered_at is not None for order in orders)
    assert 0.2 <= len(month.reviews("toy")) / delivered <= 0.36


def test_truth_adds_up(month: World) -> None:
    """Revenue is the goods of the orders neither cancelled nor returned; by SKU it is the same sum; pieces are kept."""
    truth = month.truth()["markets"]["toy"]
    kept = [order for order in month.orders("toy") if not order.cancelled_at and not order.returned_at]
    assert truth["revenue_vnd"] == sum(line.quantity * line.unit_price_vnd for order in kept for line in order.lines)
    assert truth["revenue_vnd"] == sum(row["revenue_vnd"] for row in truth["by_sku"].values())
    assert truth["units"] == sum(row["units"] for row in truth["by_sku"].values())
    assert truth["orders"] == sum(truth["orders_by_state"].values()) == len(month.orders("toy"))
    settled = [order for order in month.orders("toy") if order.settled_at]
    assert truth["settled_payout_vnd"] == sum(order.goods_vnd + -order.goods_vnd // 10 for order in settled)


def test_pieces_are_neither_lost_nor_made(month: World) -> None:
    """Stock and pieces ordered make what was put on the shelf; only cancelled pieces go back; the sold counter never falls."""
    for offer in month.offers("toy"):
        lines = [(o, line) for o in month.orders("toy") for line in o.lines if line.offer_id == offer.offer_id]
        gone = sum(line.quantity for order, line in lines if order.cancelled_at is None)
        assert offer.stock == 300 - gone
        assert offer.sold == sum(line.quantity for _, line in lines) == sum(offer.sold_on.values())


def test_life_goes_in_order(month: World) -> None:
    """Placed, paid, shipped, delivered, completed, settled: each not before the one before, on whole seconds."""
    for order in month.orders("toy"):
        steps = (
            order.placed_at,
            order.paid_at,
            order.shipped_at,
            order.delivered_at,
            order.completed_at,
            order.settled_at,
        )
        reached = [moment for moment in steps if moment is not None]
        assert reached == sorted(reached)
        assert all(moment is None for moment in steps[len(reached) :])
        assert {moment.microsecond for moment in reached} == {0}


def test_stars_are_counted_once(month: World) -> None:
    """An offer's five counts are its reviews, and nobody reviews what was returned."""
    for offer in month.offers("toy"):
        given = Counter(review.stars for review in month.reviews("toy", offer.offer_id))
        assert offer.stars == [given[star] for star in (1, 2, 3, 4, 5)]
    reviewed = [month.order("toy", review.order_id) for review in month.reviews("toy")]
    assert all(order and order.returned_at is None for order in reviewed)


@pytest.mark.parametrize("state", [s for s in OfferState if s is not OfferState.LIVE])
def test_only_what_is_live_sells(state: OfferState) -> None:
    """Nobody buys an offer that is pending, hidden, rejected, banned or deleted."""
    world = stocked_world()
    for offer in world.offers("toy"):
        offer.state = state
    world.run_until(START + timedelta(days=5))
    assert world.orders("toy") == []


def test_an_empty_shelf_sells_nothing() -> None:
    """Stock never falls below zero, and without stock there is no order."""
    world = stocked_world(packs=1)
    world.offers("toy")[0].stock = 2
    world.run_until(START + timedelta(days=60))
    sold = sum(line.quantity for order in world.orders("toy") if not order.cancelled_at for line in order.lines)
    assert (world.offers("toy")[0].stock, sold) == (0, 2)


def test_an_offer_made_at_noon_sells_from_noon() -> None:
    """The visits of the first day that lie before the offer was made find nothing."""
    world = World(7, VirtualClock(START))
    world.run_until(START + timedelta(hours=12))
    for number in range(40):
        world.add_offer("toy", "shop", f"SKU-{number}", "Trà", "", 50_000, 300)
    world.run_until(START + timedelta(days=1))
    placed = [order.placed_at for order in world.orders("toy")]
    assert placed != []
    assert min(placed) >= START + timedelta(hours=12)


def test_a_renamed_sku_is_found_by_its_new_name() -> None:
    """`touch` makes a changed SKU known; the old name finds nothing any more."""
    world = stocked_world(packs=1)
    offer = world.offers("toy")[0]
    offer.sku = "NEW"
    world.touch(offer)
    assert world.offer_by_sku("toy", "shop", "NEW") is offer
    assert world.offer_by_sku("toy", "shop", "SKU-0") is None


def test_a_deleted_offer_is_not_found_by_sku() -> None:
    """Of two offers with one SKU the deleted one is passed over."""
    world = stocked_world(packs=1)
    old = world.offers("toy")[0]
    old.state = OfferState.DELETED
    new = world.add_offer("toy", "shop", "SKU-0", "Trà", "", 60_000, 1)
    assert world.offer_by_sku("toy", "shop", "SKU-0") is new


def test_offer_ids_are_not_given_twice() -> None:
    """A second offer with a taken id is refused."""
    world = stocked_world(packs=1)
    taken = world.offers("toy")[0].offer_id
    with pytest.raises(ValueError, match="already"):
        world.add_offer("toy", "shop", "X", "", "", 1000, 1, offer_id=taken)


def placed_order(world: World) -> Order:
    """The first order of a world, still unpaid or unshipped."""
    while not world.orders("toy"):
        world.run_until(world.clock.now() + timedelta(minutes=10))
    return world.orders("toy")[0]


STEPS: list[Callable[[World, Order], None]] = [
    lifecycle.pay,
    lifecycle.ship,
    lifecycle.deliver,
    lifecycle.complete,
    lifecycle.settle,
]


@pytest.mark.parametrize("times", [1, 2])
def test_a_step_taken_early_is_taken_once(times: int) -> None:
    """A marketplace may ship by itself, twice by mistake too: the world's own later step changes nothing."""
    world = stocked_world()
    order = placed_order(world)
    for step in STEPS[:2]:
        for _ in range(times):
            step(world, order)
    shipped_at = order.shipped_at
    world.run_until(world.clock.now() + timedelta(days=2))
    assert order.shipped_at == shipped_at


def test_a_shipped_order_cannot_be_cancelled() -> None:
    """Cancelling works until it is shipped, and puts the pieces back exactly once."""
    world = stocked_world()
    order = placed_order(world)
    offer: Offer | None = world.offer("toy", order.lines[0].offer_id)
    assert offer
    before = offer.stock
    lifecycle.cancel(world, order)
    lifecycle.cancel(world, order)
    assert offer.stock == before + order.lines[0].quantity
    world.run_until(world.clock.now() + timedelta(days=20))
    assert (order.state, order.shipped_at) == (OrderState.CANCELLED, None)


def test_time_does_not_go_back() -> None:
    """A clock that is set into the past, or to a moment without a zone, is an error."""
    clock = VirtualClock(START)
    with pytest.raises(ValueError, match="cannot go back"):
        clock.set(START - timedelta(seconds=1))
    with pytest.raises(ValueError, match="time zone"):
        clock.set(datetime(2027, 1, 1))  # noqa: DTZ001 - the point of the test
    assert clock.now() == START.astimezone(UTC)


def test_names_and_chance_come_from_the_seed() -> None:
    """Two worlds of one seed give the same ids, tokens and draws, kind by kind."""
    one, two = World(3, VirtualClock(START)), World(3, VirtualClock(START))
    assert [one.token("a"), one.token("a"), one.token("b")] == [two.token("a"), two.token("a"), two.token("b")]
    assert one.token("a") != one.token("a")
    assert (one.counter("x", 10), one.counter("x", 10), one.counter("y", 5)) == (10, 11, 5)
    assert one.rng("k", 1).random() == two.rng("k", 1).random()
