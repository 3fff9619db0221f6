"""Đồng as people write it."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.money import MAX_VND, format_dong, parse_dong

amounts = st.integers(min_value=0, max_value=MAX_VND)


@pytest.mark.parametrize(
    ("written", "amount_vnd"),
    [
        ("1.234.567", 1_234_567),
        ("1,234,567đ", 1_234_567),
        ("1.234.567 VND", 1_234_567),
        ("1.234.567 VNĐ", 1_234_567),
        ("1 234 567 đồng", 1_234_567),
        ("₫29,850,000", 29_850_000),
        ("80,000 ₫", 80_000),
        ("120k", 120_000),
        ("120 nghìn", 120_000),
        ("350 ngàn đồng", 350_000),
        ("1tr2", 1_200_000),
        ("1 triệu 25", 1_250_000),
        ("1,2 triệu", 1_200_000),
        ("1.5tr", 1_500_000),
        ("0,250 triệu", 250_000),
        ("2 tỷ", 2_000_000_000),
        ("120000.00", 120_000),
        ("1.234,00", 1_234),
        ("0", 0),
        (185_000.0, 185_000),
        (Decimal("409000.00"), 409_000),
    ],
)
def test_what_people_write(written: str | float | Decimal, amount_vnd: int) -> None:
    """Each usual way of writing an amount is read to the đồng."""
    assert parse_dong(written) == amount_vnd


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("12,50", "«12,50» có phần lẻ của đồng."),
        ("1.234,5", "«1.234,5» có phần lẻ của đồng."),
        (0.5, "«0.5» có phần lẻ của đồng."),
        (Decimal("1.1"), "«1.1» có phần lẻ của đồng."),
        ("0,0001 triệu 5", "Không đọc được «0,0001 triệu 5» thành một số tiền."),
        ("1.250 triệu", "«1.250 triệu» có thể đọc theo hai cách; hãy ghi đủ chữ số."),
        ("1.234.00", "«1.234.00» dùng cùng một dấu cho hàng nghìn và phần lẻ."),
        ("350-400 nghìn", "Không đọc được «350-400 nghìn» thành một số tiền."),
        ("Liên hệ", "Không đọc được «Liên hệ» thành một số tiền."),
        ("", "Không đọc được «» thành một số tiền."),
        ("12.34.567", "Không đọc được «12.34.567» thành một số tiền."),
        ("500.000₫/kg", "Không đọc được «500.000₫/kg» thành một số tiền."),
        ("-5.000", "Số tiền «-5.000» là số âm."),
        (float("nan"), "«nan» không phải số tiền."),
        (2.0**60, "«1.152921504606847e+18» quá lớn để biết chính xác từng đồng; hãy ghi bằng chữ số."),
        (True, "Ô này là đúng/sai, không phải số tiền."),
        ("9223372036854775808", "Số tiền «9223372036854775808» quá lớn."),
    ],
)
def test_what_is_refused(written: str | float | Decimal, sentence: str) -> None:
    """A fraction, a second reading, a range or a text is refused in a sentence that can be shown."""
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole sentence is compared
        parse_dong(written)
    assert str(refused.value) == sentence


def test_negative_only_where_allowed() -> None:
    """A fee or a refund may be negative; a price may not."""
    assert parse_dong("-5.000 đ", allow_negative=True) == -5_000
    assert parse_dong(-5_000, allow_negative=True) == -5_000


def test_format() -> None:
    """Dots between thousands, a space before the sign."""
    assert format_dong(1_234_567) == "1.234.567 ₫"
    assert format_dong(-3_000) == "-3.000 ₫"


@given(amounts)
def test_print_and_read_back(amount_vnd: int) -> None:
    """What we print we read back, whatever the amount."""
    assert parse_dong(format_dong(amount_vnd)) == amount_vnd


@given(amounts, st.sampled_from(["", "đ", " ₫", " VND", " đồng"]), st.sampled_from([",", ".", " "]))
def test_every_grouping_and_currency(amount_vnd: int, currency: str, separator: str) -> None:
    """Commas, dots and spaces between thousands mean the same."""
    assert parse_dong(f"{amount_vnd:,}".replace(",", separator) + currency) == amount_vnd


@given(st.text(max_size=80))
def test_any_text_is_an_amount_or_a_sentence(text: str) -> None:
    """No text breaks the reader: it gives a 64-bit amount or a ValueError."""
    with suppress(ValueError):
        assert 0 <= parse_dong(text) <= MAX_VND
