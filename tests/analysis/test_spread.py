"""An amount shared out by weight loses nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.money.spread import spread


@pytest.mark.parametrize(
    ("amount_vnd", "weights", "shares"),
    [
        (100, (1, 1, 1), [34, 33, 33]),
        (-100, (1, 1, 1), [-34, -33, -33]),
        (10, (1, 2, 0), [3, 7, 0]),
        (-3_000, (200_000, 50_000), [-2_400, -600]),
        (5, (0, 0), [3, 2]),
        (0, (3, 4), [0, 0]),
        (7, (9,), [7]),
    ],
)
def test_the_largest_remainder_takes_the_odd_dong(amount_vnd: int, weights: tuple[int, ...], shares: list[int]) -> None:
    """Whole đồng, the earlier line first where two lost the same; without weight all weigh the same."""
    assert spread(amount_vnd, weights) == shares


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**10), min_size=1, max_size=12))
def test_shares_add_up_and_none_is_a_dong_off(amount_vnd: int, weights: list[int]) -> None:
    """The sum is the amount; each share is its exact part, cut to one of the two whole đồng around it."""
    shares, whole = spread(amount_vnd, weights), sum(weights)
    assert sum(shares) == amount_vnd
    if whole:
        assert all(abs(share * whole - amount_vnd * w) < whole for share, w in zip(shares, weights, strict=True))


def test_nobody_to_share_with_is_an_error() -> None:
    """An amount without a line must be shown without one, not lost."""
    with pytest.raises(ValueError, match="nothing to spread"):
        spread(1, ())
