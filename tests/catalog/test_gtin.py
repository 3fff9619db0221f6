"""Barcodes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.gtin import check_digit, valid_gtin
from catalog.product import Variant

digits = st.text(alphabet="0123456789", min_size=12, max_size=12)


def test_known_codes() -> None:
    """Published examples: a GS1 textbook code and a Vietnamese one (893)."""
    assert valid_gtin("4006381333931") == "4006381333931"
    assert check_digit("893600000000") == 4


@given(digits, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(first_twelve: str, place: int, shift: int) -> None:
    """The check digit finds every single mistyped digit."""
    code = f"{first_twelve}{check_digit(first_twelve)}"
    assert valid_gtin(code) == code
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    with pytest.raises(ValueError, match="sai chữ số kiểm tra"):
        valid_gtin(wrong)


@pytest.mark.parametrize("text", ["", "123", "40063813339311", "400638133393x", "４００６３８１３３３９３１"])
def test_thirteen_plain_digits(text: str) -> None:
    """Only thirteen ASCII digits are a GTIN-13."""
    with pytest.raises(ValueError, match="13 chữ số"):
        valid_gtin(text)


def test_a_variant_takes_no_wrong_code() -> None:
    """The door is shut: a pack cannot carry a barcode that scanners refuse."""
    with pytest.raises(ValueError, match="sai chữ số kiểm tra"):
        Variant(sku="TN-1", gtin="4006381333930")
