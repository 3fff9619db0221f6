"""Weights, volumes and comparable prices."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.units import format_volume, format_weight, parse_volume_ml, parse_weight_g, price_per_kg, price_per_litre

# Up to two decimals of a kilogram: a third one could be read as thousands, and is refused.
amounts = st.integers(min_value=1, max_value=999) | st.integers(min_value=1, max_value=10**8).map(lambda n: n * 10)


@pytest.mark.parametrize(
    ("written", "weight_g"),
    [
        ("200", 200),
        (200, 200),
        (200.0, 200),
        (Decimal(200), 200),
        ("200 gam", 200),
        ("0,5 kg", 500),
        ("0,250 kg", 250),
        ("2 lạng", 200),
        ("1 cân", 1000),
        ("1,5 ký", 1500),
        ("1.000 g", 1000),
        ("10 x 5 g", 50),
        ("20×2,5 g", 50),
    ],
)
def test_weights(written: str | float, weight_g: int) -> None:
    """Market units and packs of several bags come out as whole grams."""
    assert parse_weight_g(written) == weight_g


@pytest.mark.parametrize(
    ("written", "volume_ml"), [("500 ml", 500), ("1,5 lít", 1500), ("6 x 330ml", 1980), ("750cc", 750)]
)
def test_volumes(written: str, volume_ml: int) -> None:
    """Volumes come out as whole millilitres."""
    assert parse_volume_ml(written) == volume_ml


@pytest.mark.parametrize(
    "written", ["1.250 kg", "0,5", 0.5, "0", "-1 g", "5 lít", "g", "", "1.2.3 g", float("inf"), True, 10**12]
)
def test_refused(written: str | float) -> None:
    """A second reading, a fraction of a gram, nothing, or another kind of unit is refused."""
    with pytest.raises(ValueError, match=r"."):
        parse_weight_g(written)


def test_comparable_prices() -> None:
    """Price per kilogram and litre to the nearest đồng, halves up."""
    assert price_per_kg(185_000, 200) == 925_000
    assert price_per_kg(100_000, 300) == 333_333
    assert price_per_litre(1, 2000) == 1


@given(amounts)
def test_print_and_read_back(amount: int) -> None:
    """What we print is read back to the gram and the millilitre."""
    assert parse_weight_g(format_weight(amount)) == amount
    assert parse_volume_ml(format_volume(amount)) == amount


@given(st.text(max_size=50))
def test_any_text_is_a_weight_or_a_sentence(text: str) -> None:
    """No text breaks the reader."""
    with suppress(ValueError):
        assert 1 <= parse_weight_g(text) <= 10**9
