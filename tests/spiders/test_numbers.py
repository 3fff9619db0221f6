"""Prices, counts and ratings as shops write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.numbers import currency_of, machine_price, read_count, read_price, read_rating


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("₫29,850,000", 29850000),
        ("80,000 ₫", 80000),
        ("14.500.000₫", 14500000),
        (" 190.000\xa0₫ ", 190000),
        ("1.300.000", 1300000),
        ("310.000 đ", 310000),
        ("165000 VNĐ", 165000),
        ("120k", 120000),
        ("1,2tr", 1200000),
        ("1,5 triệu", 1500000),
        ("190000.0", 190000),
        ("25900000.00", 25900000),
        ("1,299.50", Decimal("1299.50")),
        ("185 ₫", 185),
    ],
)
def test_shown_price(text: str, price: int | Decimal) -> None:
    """Groups of three win over a decimal mark; a unit word multiplies."""
    assert read_price(text) == price


@pytest.mark.parametrize(
    "text", [None, "", "Liên hệ", "LIÊN HỆ", "Ngừng kinh doanh", "{{ product.price }}", "Giá: Liên hệ"]
)
def test_words_in_place_of_a_price_are_no_price(text: str | None) -> None:
    """A shop that asks to be called has no price, and that is no error."""
    assert read_price(text) is None


@pytest.mark.parametrize("text", ["12.34.567", "giá tốt", "1.2.3", "100 - 200", "٣٤٥", "1" * 40])
def test_unreadable_price_is_loud(text: str) -> None:
    """What looks like neither a price nor the absence of one is an error."""
    with pytest.raises(ValueError, match="unknown price"):
        read_price(text)


def test_machine_price_knows_its_currency() -> None:
    """In đồng "24.170" is 24170, in dollars 24.17; booleans are no numbers."""
    assert machine_price("24.170", "VND") == 24170
    assert machine_price("24.170", "USD") == Decimal("24.170")
    assert machine_price(80000) == 80000
    assert machine_price(26350.24) == Decimal("26350.24")
    with pytest.raises(ValueError, match="no number"):
        machine_price(True)


@given(st.integers(min_value=1, max_value=10**11))
def test_both_groupings_read_back(amount: int) -> None:
    """English and Vietnamese grouping of the same amount read as the same price."""
    english = f"₫{amount:,}"
    assert read_price(english) == amount == read_price(english.replace(",", ".").replace("₫", "") + " ₫")


def test_counts_ratings_and_currencies() -> None:
    """Brackets, groups and decimal commas; a text without a mark names no currency."""
    assert read_count("(2,441)") == 2441
    assert read_count("") is None
    assert read_rating("4,8") == 4.8
    assert read_rating(None) is None
    assert currency_of("80.000₫") == "VND"
    assert currency_of("310.000 đ") == "VND"
    assert currency_of("1.000") is None
    with pytest.raises(ValueError, match="unknown count"):
        read_count("1,2")
    with pytest.raises(ValueError, match="unknown rating"):
        read_rating("tốt")
