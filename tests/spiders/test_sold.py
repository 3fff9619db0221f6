"""Sold counters: what a shown text says about the true count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.reading import Sold
from spiders.sold import read_sold

TRUE_COUNTS = st.integers(min_value=0, max_value=2_000_000_000)


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("Đã bán 354", 354, 354),
        ("476 sold", 476, 476),
        ("2,441 Terjual", 2441, 2441),
        ("Đã bán 11280", 11280, 11280),
        ("Đã bán 43,7k", 43700, 43799),
        ("1.2K sold", 1200, 1299),
        ("Đã bán\xa0194,2k", 194200, 194299),
        ("Đã bán 11k", 11000, 11999),
        ("Đã bán 231 nghìn", 231000, 231999),
        ("Đã bán 1,2tr", 1200000, 1299999),
        ("1,25 triệu đã bán", 1250000, 1259999),
        ("1,2k+", 1200, None),
        ("500+ đã bán", 500, None),
        ("Đã bán 1000+", 1000, None),
        ("9,999+ Terjual", 9999, None),
        ("8k+ sold", 8000, None),
        ("Đã bán 12.890", 12890, 12890),
        ("0 sold", 0, 0),
    ],
)
def test_shown_text_becomes_the_interval_it_can_stand_for(text: str, lo: int, hi: int | None) -> None:
    """Exact without a unit, as wide as the last shown digit with one, open above with a plus."""
    shown = read_sold(text)
    assert shown is not None
    assert (shown.sold.lo, shown.sold.hi, shown.monthly) == (lo, hi, False)


def test_month_is_a_period_of_thirty_days() -> None:
    """A figure per month is not an all-time count."""
    shown = read_sold("10,5k/tháng")
    assert shown is not None
    assert shown.monthly
    assert shown.sold == Sold(raw="10,5k/tháng", lo=10500, hi=10599)


@pytest.mark.parametrize("text", [None, "", " \xa0 "])
def test_nothing_shown_says_nothing(text: str | None) -> None:
    """An absent figure is None, never 0."""
    assert read_sold(text) is None


@pytest.mark.parametrize(
    "text", ["Đã bán 1.2", "12.34", "1,2,3k", "Đã bán nhiều", "1.234,567", "1,2345k", "-5 sold", "k+"]
)
def test_text_outside_the_grammar_is_an_error_not_a_guess(text: str) -> None:
    """Separators that group nothing, two decimal marks, figures finer than a piece: all loud."""
    with pytest.raises(ValueError, match=r"text|group|decimal|finer"):
        read_sold(text)


def shopee(count: int) -> str:
    """Shopee Vietnam: a comma before one truncated decimal, "k" from a thousand, "tr" from a million."""
    return f"Đã bán {_short(count, ',', 'k', 'tr')}"


def tiki_card(count: int) -> str:
    """Tiki's cards of 2023: a dot before the decimal, and a cap at 5k."""
    return "Đã bán 5k+" if count >= 5000 else f"Đã bán {_short(count, '.', 'k', 'tr')}"


def tiki_page(count: int) -> str:
    """Tiki's product page of 2025: whole thousands."""
    return f"Đã bán {count // 1000}k" if count >= 1000 else f"Đã bán {count}"


def lazada(count: int) -> str:
    """Lazada: exact with thousands groups up to a cap."""
    return "9,999+ sold" if count > 9999 else f"{count:,} sold"


def tiki_2022(count: int) -> str:
    """Tiki's lists of 2022: exact below a cap of a thousand."""
    return "Đã bán 1000+" if count >= 1000 else f"Đã bán {count}"


def lazada_card(count: int) -> str:
    """Lazada's cards of 2024: whole thousands and more, below the same cap."""
    if count > 9999:
        return "9,999+ sold"
    return f"{count // 1000}k+ sold" if count >= 1000 else f"{count} sold"


def lazada_vi(count: int) -> str:
    """Lazada in Vietnamese: a dot before the decimal."""
    return f"{_short(count, '.', 'k', 'tr')} đã bán"


def sendo(count: int) -> str:
    """Sendo: always exact."""
    return str(count)


def grouped(count: int) -> str:
    """Thousands groups, as shops of our own write them."""
    return f"Đã bán\xa0{count:,}".replace(",", ".")


def _short(count: int, mark: str, thousand: str, million: str) -> str:
    if count < 1000:
        return str(count)
    unit, word = (1000, thousand) if count < 1_000_000 else (1_000_000, million)
    whole, tenth = divmod(count // (unit // 10), 10)
    return f"{whole}{mark}{tenth}{word}" if tenth else f"{whole}{word}"


@pytest.mark.parametrize(
    "show", [shopee, tiki_card, tiki_2022, tiki_page, lazada, lazada_card, lazada_vi, sendo, grouped]
)
@given(count=TRUE_COUNTS)
def test_reading_back_always_contains_the_truth(show: object, count: int) -> None:
    """However a site rounds, the true count lies in the interval read from its text."""
    shown = read_sold(show(count))  # type: ignore[operator]
    assert shown is not None
    assert shown.sold.lo <= count
    assert shown.sold.hi is None or count <= shown.sold.hi


@given(count=TRUE_COUNTS)
def test_monthly_figures_keep_their_period(count: int) -> None:
    """The same interval, of thirty days."""
    shown = read_sold(f"{_short(count, ',', 'k', 'tr')}/tháng")
    assert shown is not None
    assert shown.monthly
    assert shown.sold.lo <= count <= (shown.sold.hi or 0)
