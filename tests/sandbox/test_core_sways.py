"""What sways buyers and prices: exactly on its days, exactly for its shelves, and gone without a trace afterwards."""

from collections import Counter
from datetime import date, timedelta

import pytest

from sandbox.clock import VirtualClock
from sandbox.sandbox import START
from sandbox.shopee.accounts import ShopAccount
from sandbox.shopee.fees import signed_amounts
from sandbox.sways import Shelf, Sway, Sways
from sandbox.things import Order, vietnam_day
from sandbox.world import World

DAYS = 20
PACKS = 30


def shelf(number: int) -> Shelf:
    return ("toy", "shop", f"SKU-{number}")


def october(day: int) -> date:
    return date(2026, 10, day)


def lived(*sways: Sway, step: timedelta = timedelta(days=DAYS)) -> World:
    world = World(7, VirtualClock(START))
    world.sways = Sways(sways)
    for number in range(PACKS):
        world.add_offer("toy", "shop", f"SKU-{number}", f"Trà {number}", "", 50_000 + number * 1_000, 100_000)
    while world.clock.now() < START + timedelta(days=DAYS):
        world.run_until(min(world.clock.now() + step, START + timedelta(days=DAYS)))
    return world


def first_bought(world: World, number: int) -> list[Order]:
    """The orders of buyers who came for that pack."""
    return [order for order in world.orders("toy") if order.lines[0].sku == f"SKU-{number}"]


def seen(world: World) -> list[tuple[object, ...]]:
    return [
        (order.placed_at, [(line.sku, line.quantity, line.unit_price_vnd) for line in order.lines])
        for order in world.orders("toy")
    ]


def test_a_promotion_is_cheaper_on_its_days_and_then_costs_what_it_did() -> None:
    """Fifteen hundredths off from the 5th to the 8th: every order of those days pays it, none before or after, to the đồng."""
    world = lived(Sway(october(5), october(8), frozenset({shelf(3)}), demand=20, price=0.85))
    bought = first_bought(world, 3)
    paid = {(5 <= vietnam_day(order.placed_at).day <= 8, order.lines[0].unit_price_vnd) for order in bought}
    assert paid == {(True, 45_000), (False, 53_000)}
    assert world.offers("toy")[3].price_vnd == 53_000


def test_several_sways_of_one_price_multiply() -> None:
    """A certificate adds a fifth for good, a promotion within it takes a tenth off; what is left is the fifth."""
    twice = (Sway(october(4), None, frozenset({shelf(0)}), price=1.2), Sway(october(6), october(7), None, price=0.9))
    assert Sways(twice).price(shelf(0), october(6)) == pytest.approx(1.08)
    offers = lived(*twice).offers("toy")
    assert (offers[0].price_vnd, offers[1].price_vnd) == (60_000, 51_000)


def test_bought_orders_come_on_their_day_and_disturb_no_other() -> None:
    """A burst of orders for one pack on one day: every other day of it, and every other pack's buyers, are as without it."""
    burst = Sway(october(9), october(9), frozenset({shelf(5)}), demand=300)
    plain, faked = lived(), lived(burst)
    days = [Counter(vietnam_day(order.placed_at).day for order in first_bought(world, 5)) for world in (plain, faked)]
    assert (days[0][9], days[1][9]) == (0, 14)
    assert days[1] - Counter({9: days[1][9]}) == days[0] - Counter({9: days[0][9]})
    for number in (4, 6):
        placed = [[order.placed_at for order in first_bought(world, number)] for world in (plain, faked)]
        assert placed[0] == placed[1]


def test_a_bad_batch_comes_back() -> None:
    """Fifty times the usual fiftieth: every order of that week that was delivered is returned, and no more of the others."""
    world = lived(Sway(october(2), october(5), frozenset({shelf(1)}), demand=40, returns=50))
    delivered = [order for order in first_bought(world, 1) if order.delivered_at]
    bad = [order for order in delivered if 2 <= vietnam_day(order.placed_at).day <= 5]
    assert len(bad) > 10
    assert all(order.fate.return_s is not None for order in bad)


def test_a_fee_that_changes_holds_for_orders_placed_from_then_on() -> None:
    """A commission of 7 % that becomes 10,5 % on the 11th: orders of the 10th that are settled later still pay the old one."""
    world = lived(Sway(october(11), None, commission=1.5))
    account = ShopAccount(1, "HTX", "4600000000")
    rates = {
        (vietnam_day(order.placed_at).day >= 11, round(-1000 * amounts["commission_fee"] / order.goods_vnd))
        for order in world.orders("toy")
        if "commission_fee" in (amounts := signed_amounts(account, order))
    }
    assert rates == {(False, 70), (True, 105)}


def test_a_world_of_sways_is_the_same_however_its_clock_is_stepped() -> None:
    """Prices turn at midnight, whoever stops there."""
    sways = (
        Sway(october(3), october(9), None, demand=2.0, price=0.9),
        Sway(october(5), None, frozenset({shelf(2), shelf(8)}), price=1.2),
    )
    jumped, stepped = lived(*sways), lived(*sways, step=timedelta(hours=7, minutes=13))
    assert seen(jumped) == seen(stepped)


def test_a_world_without_sways_is_as_it_was() -> None:
    """A sway that multiplies by one changes nothing."""
    assert seen(lived()) == seen(lived(Sway(october(1), None)))
