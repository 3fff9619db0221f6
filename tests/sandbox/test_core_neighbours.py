"""Other people's listings: the same for a seed however they are looked at, and what they show fits what they sold."""

from datetime import timedelta

from sandbox.clock import VirtualClock
from sandbox.neighbours import neighbours
from sandbox.sandbox import START
from sandbox.world import World


def world(seed: int = 3) -> World:
    return World(seed, VirtualClock(START))


def test_a_neighbour_follows_from_the_seed_alone() -> None:
    """Asked late first or day by day, in whatever order: the same counter, price and ratings."""
    late, daily = neighbours(world(), "lazada")[5], neighbours(world(), "lazada")[5]
    end = START + timedelta(days=30)
    for day in range(30):
        daily.sold(START + timedelta(days=day))
    assert (late.sold(end), late.ratings(end), late.price_vnd(end)) == (
        daily.sold(end),
        daily.ratings(end),
        daily.price_vnd(end),
    )
    assert neighbours(world(4), "lazada")[5].sold(end) != late.sold(end)


def test_a_counter_never_falls_and_counts_what_is_later_cancelled() -> None:
    """Between two readings it rises by what was ordered; of that about nine tenths are kept."""
    end, counted, kept = START + timedelta(days=30), 0, 0
    for one in neighbours(world(), "lazada"):
        counts = [one.sold(START + timedelta(days=day)) for day in range(31)]
        assert counts == sorted(counts)
        counted += counts[-1] - counts[0]
        kept += one.truth(START, end)[0]
    assert 0.88 < kept / counted < 0.96


def test_money_is_what_was_paid_at_the_time() -> None:
    """Two halves of a month add up to the month, and nothing costs other than the price of its day."""
    middle, end = START + timedelta(days=15), START + timedelta(days=30)
    for one in neighbours(world(), "lazada"):
        whole, halves = one.truth(START, end), [one.truth(START, middle), one.truth(middle, end)]
        assert whole == tuple(map(sum, zip(*halves, strict=True)))
        prices = {one.price_vnd(START + timedelta(days=day)) for day in range(31)}
        assert min(prices) * whole[0] <= whole[1] <= max(prices) * whole[0]
