"""Prices, counts and ratings as shops write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.currencies import currencies_in, currency_of, is_foreign
from spiders.draft import Draft
from spiders.numbers import machine_price, read_count, read_price, read_range, read_rating
from spiders.shown import price_text
from spiders.sold import read_sold


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
    assert machine_price(Decimal("165.000"), "VND") == 165000
    assert machine_price(Decimal("24.170"), "USD") == Decimal("24.170")
    assert machine_price(Decimal("80000.0"), "VND") == 80000
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


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("1tr2", 1200000),
        ("1tr25", 1250000),
        ("2 triệu 5", 2500000),
        ("Giá: 120.000đ", 120000),
        ("Giá bán 120.000 ₫", 120000),
        ("Chỉ từ 85k", 85000),
        ("đ 98.000", 98000),
        ("VND 98,000", 98000),
        ("1.250.000,00 ₫", 1250000),
        ("1,5 tỷ", 1500000000),
    ],
)
def test_shown_price_as_people_write_it(text: str, price: int) -> None:
    """Labels before it, marks on either side, units spoken in the middle."""
    assert read_price(text) == price


@pytest.mark.parametrize("text", ["1.200k", "120.000đ/kg", "mua 2 tặng 1", "120.000 150.000 ₫", "-50.000₫"])
def test_ambiguous_price_is_loud(text: str) -> None:
    """What may be a thousand times another price, the price of another amount, or no price at all, is not read."""
    with pytest.raises(ValueError, match=r"price|thousand"):
        read_price(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("₫50.000 - ₫90.000", 50000, 90000),
        ("60,000 ₫ – 110,000 ₫", 60000, 110000),
        ("100-200k", 100000, 200000),
        ("1,2tr đến 1,5tr", 1200000, 1500000),
        ("120.000₫", 120000, None),
        ("Liên hệ", None, None),
    ],
)
def test_range_of_prices(text: str, low: int | None, high: int | None) -> None:
    """Both ends, the first in the unit of the second where it names none of its own."""
    assert read_range(text) == (low, high)


@pytest.mark.parametrize("text", ["90.000 - 50.000₫", "1 - 2 - 3", "- 50.000₫"])
def test_impossible_range_is_loud(text: str) -> None:
    """A range that falls, that has three ends or lacks one."""
    with pytest.raises(ValueError, match=r"price|range"):
        read_range(text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("80.000₫", {"VND"}),
        ("310.000 đ", {"VND"}),
        ("đ 98.000", {"VND"}),
        ("165000VNĐ", {"VND"}),
        ("US$12.50", {"USD"}),
        ("12 USD", {"USD"}),
        ("$120", {"USD", "SGD", "TWD", "HKD", "AUD", "CAD"}),
        ("₱305", {"PHP"}),
        ("Rp26.350", {"IDR"}),
        ("Rs. 999", {"NPR", "PKR", "LKR", "INR"}),
        ("€9,90", {"EUR"}),
        ("1.000", set()),
        ("Chè đinh 100g", set()),
    ],
)
def test_marks_of_money(text: str, codes: set[str]) -> None:
    """Each mark stands for every country that uses it; a letter of a word is no mark."""
    assert currencies_in(text) == codes


def test_foreign_money_is_never_dong() -> None:
    """A dollar figure on a page in đồng is flagged and gives no price, however whole it is."""
    for text in ("$120", "120 USD", "€85", "₱305", "Rp26.350"):
        draft = Draft("shopee", "cards", title="Chè", currency="VND")
        price_text(draft, "price", text)
        assert draft.price is None
        assert draft.flags == ["price: in another currency than the page's"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12.890 đánh giá", 12890),
        ("516 ratings", 516),
        ("(1 review)", 1),
        ("1,2k đánh giá", None),
        ("2.9k", None),
        ("999+", None),
    ],
)
def test_counts_in_words(text: str, count: int | None) -> None:
    """The word beside a count is no part of it; a rounded count is not the count."""
    assert read_count(text) == count


def dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


SHAPES = {
    "shopee": lambda amount: f"₫\n{dotted(amount)}",
    "lazada vi": lambda amount: f"{dotted(amount)} ₫",
    "lazada en": lambda amount: f"₫{amount:,}",
    "tiki": lambda amount: f"{dotted(amount)}₫",
    "woocommerce": lambda amount: f"{amount:,}\xa0₫",
    "sapo": lambda amount: f" {dotted(amount)}₫ ",
    "odoo": lambda amount: f"{amount}.0",
    "json-ld": lambda amount: f"{amount}.00",
    "plain": str,
    "words": lambda amount: f"Giá: {dotted(amount)} đồng",
}


@pytest.mark.parametrize("shape", SHAPES)
@given(amount=st.integers(min_value=1, max_value=10**11))
def test_every_shop_s_way_of_writing_a_price_reads_back(shape: str, amount: int) -> None:
    """Whatever the marks and groups, the same amount."""
    assert read_price(SHAPES[shape](amount)) == amount


@given(amount=st.integers(min_value=1, max_value=10**8))
def test_short_prices_read_back(amount: int) -> None:
    """Thousands as "k", hundred thousands as tenths of "tr"."""
    assert read_price(f"{amount}k") == amount * 1000
    assert read_price(f"{amount // 10},{amount % 10}tr") == amount * 100_000


@given(amount=st.integers(min_value=1, max_value=999_999), cents=st.integers(min_value=0, max_value=99))
def test_foreign_cents_stay_cents(amount: int, cents: int) -> None:
    """A price in dollars keeps its two decimals and is not taken for đồng."""
    text = f"${amount:,}.{cents:02}"
    assert read_price(text) == Decimal(f"{amount}.{cents:02}")
    assert is_foreign(text, "VND")


@given(low=st.integers(min_value=1, max_value=10**9), more=st.integers(min_value=0, max_value=10**9))
def test_ranges_read_back(low: int, more: int) -> None:
    """Both ends, in order."""
    assert read_range(f"{dotted(low)}₫ - {dotted(low + more)}₫") == (low, low + more)


@given(text=st.text(max_size=40))
def test_any_text_is_a_price_none_or_a_value_error(text: str) -> None:
    """Readers of figures raise one error and never give a figure below nothing."""
    for reader in (read_price, read_range, read_count, read_sold):
        try:
            reader(text)
        except ValueError:
            continue
    assert isinstance(currencies_in(text), frozenset)


@given(count=st.integers(min_value=0, max_value=10**9))
def test_counts_read_back(count: int) -> None:
    """Grouped by dots, commas or blanks, in brackets or with a word."""
    for text in (str(count), f"({count:,})", f"{dotted(count)} đánh giá", f"{count:,} ratings"):
        assert read_count(text) == count


def test_a_number_no_star_average_can_be_is_told() -> None:
    """A whole number of four hundred digits is refused like any other text that is no rating; it overflows nothing."""
    with pytest.raises(ValueError, match="unknown rating"):
        read_rating(10**400)
