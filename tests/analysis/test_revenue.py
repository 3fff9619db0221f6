"""Revenue by every key, to the đồng and the piece, over rows written by hand."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from analysis.report import ReportError
from analysis.revenue import KEYS, NOT_REVENUE, revenue
from connectors.facts.order import OrderState
from tests.analysis.books import AUTUMN, OCTOBER, Books, Line, local, period, table

BY_ONE_KEY = {
    "marketplace": [("shopee", 3, 8, 440_000), ("tiki", 2, 3, 165_000)],
    "shop": [("Gian Shopee", 3, 8, 440_000), ("Gian Tiki", 2, 3, 165_000)],
    "producer": [
        ("HTX Trà", "HTX1", 2, 3, 310_000),
        ("HTX Miến", "HTX2", 4, 7, 275_000),
        (None, None, 1, 1, 20_000),
    ],
    "product": [
        ("Trà", "P1", 2, 3, 310_000),
        ("Trà", "P2", 2, 3, 150_000),
        ("Miến", "P3", 2, 4, 125_000),
        (None, None, 1, 1, 20_000),
    ],
    "sku": [("P1-1", 2, 3, 310_000), ("P2-1", 2, 3, 150_000), ("P3-1", 2, 4, 125_000), ("LA", 1, 1, 20_000)],
    "sub_group": [("1.3.1", 3, 6, 460_000), ("1.2.2", 2, 4, 125_000), (None, 1, 1, 20_000)],
    "commune": [("Tân Cương", 2, 3, 310_000), ("Hóa Trung", 4, 7, 275_000), (None, 1, 1, 20_000)],
    "month": [(202610, 4, 8, 515_000), (202611, 1, 3, 90_000)],
    "day": [
        (20261010, 1, 3, 250_000),
        (20261020, 1, 2, 130_000),
        (20261031, 1, 2, 100_000),
        (20261101, 1, 3, 90_000),
        (20261022, 1, 1, 35_000),
    ],
    "star": [(4, 2, 3, 310_000), (None, 4, 7, 245_000), (3, 1, 1, 50_000)],
}


@pytest.mark.parametrize("key", KEYS)
def test_by_one_key(autumn: Books, key: str) -> None:
    """Largest first; pieces cancelled or returned are not sold; an order counts once a row; an unknown SKU keeps its row."""
    assert table(revenue(autumn.session, AUTUMN, [key])) == BY_ONE_KEY[key]


@pytest.mark.parametrize(
    ("keys", "rows"),
    [
        (
            ("month", "marketplace"),
            [(202610, "shopee", 2, 5, 350_000), (202610, "tiki", 2, 3, 165_000), (202611, "shopee", 1, 3, 90_000)],
        ),
        (
            ("star", "month"),
            [
                (4, 202610, 2, 3, 310_000),
                (None, 202610, 3, 4, 155_000),
                (None, 202611, 1, 3, 90_000),
                (3, 202610, 1, 1, 50_000),
            ],
        ),
        (
            ("producer", "star"),
            [
                ("HTX Trà", "HTX1", 4, 2, 3, 310_000),
                ("HTX Miến", "HTX2", None, 3, 6, 225_000),
                ("HTX Miến", "HTX2", 3, 1, 1, 50_000),
                (None, None, None, 1, 1, 20_000),
            ],
        ),
    ],
)
def test_by_several_keys(autumn: Books, keys: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Columns stand in the order they were asked for."""
    assert table(revenue(autumn.session, AUTUMN, keys)) == rows


def test_no_key_means_by_marketplace_and_a_key_twice_means_once(autumn: Books) -> None:
    """What a person forgets or repeats changes no figure."""
    assert table(revenue(autumn.session, AUTUMN, [])) == BY_ONE_KEY["marketplace"]
    assert revenue(autumn.session, AUTUMN, ["month", "month"]).columns == ("month", "orders", "units", "revenue_vnd")


@pytest.mark.parametrize("state", list(OrderState))
def test_every_state_is_revenue_or_not(books: Books, state: OrderState) -> None:
    """An unpaid order is a wish, a cancelled or returned one was undone; every other state is revenue."""
    undone = {OrderState.UNPAID, OrderState.CANCELLED, OrderState.RETURNED}
    assert set(NOT_REVENUE) == {one.value for one in undone}
    books.order(books.shop("A", "shopee"), "1", local(10, 5), Line("X", 2, 7_000), state=state.value)
    expected = [] if state in undone else [("shopee", 1, 2, 14_000)]
    assert table(revenue(books.session, OCTOBER, [])) == expected


def test_days_are_cut_at_vietnam_midnight(autumn: Books) -> None:
    """One second before midnight belongs to October, midnight to November; in UTC both are 31 October."""
    november = period(date(2026, 11, 1), date(2026, 11, 1))
    last_day = period(date(2026, 10, 31), date(2026, 10, 31))
    assert table(revenue(autumn.session, last_day, ["month"])) == [(202610, 1, 2, 100_000)]
    assert table(revenue(autumn.session, november, ["month"])) == [(202611, 1, 3, 90_000)]


def test_a_year_by_star_is_the_sum_of_its_months(autumn: Books) -> None:
    """The class is the one of the order's day: what a product lost later takes nothing from what it sold before."""
    by_month = [revenue(autumn.session, part, ["star"]) for part in (OCTOBER, period(date(2026, 11, 1), AUTUMN.last))]
    sums: dict[object, int] = {}
    for row in (row for report in by_month for row in report.rows):
        sums[row["star"]] = sums.get(row["star"], 0) + int(str(row["revenue_vnd"]))
    assert sums == {4: 310_000, 3: 50_000, None: 245_000}


def test_a_class_begins_and_ends_at_vietnam_midnight(books: Books) -> None:
    """Half past midnight of the first day is that day, though UTC still says the day before; the higher of two classes counts."""
    tea = books.product("P1", "Trà", books.producer("HTX1", "HTX Trà"))
    books.certificate(tea, 3, date(2026, 10, 10))
    books.certificate(tea, 4, date(2026, 10, 15))
    shop = books.shop("A", "shopee")
    for number, day in enumerate((9, 10, 14, 15)):
        books.order(shop, str(number), local(10, day, 0, 30), Line("P1-1", 1, 10**number))
    assert table(revenue(books.session, OCTOBER, ["star"])) == [
        (4, 1, 1, 1_000),
        (3, 2, 2, 110),
        (None, 1, 1, 1),
    ]


def test_an_order_counts_once_in_a_class(books: Books) -> None:
    """Two products of one class in one order are one order of that class, three pieces."""
    maker, shop = books.producer("HTX1", "HTX Trà"), books.shop("A", "shopee")
    for code in ("P1", "P2"):
        books.certificate(books.product(code, "Trà", maker), 4, date(2026, 1, 1))
    books.order(shop, "1", local(10, 5), Line("P1-1", 1, 100), Line("P2-1", 2, 100))
    assert table(revenue(books.session, OCTOBER, ["star"])) == [(4, 1, 3, 300)]


def test_an_order_without_a_piece_left_is_no_order(books: Books) -> None:
    """All its pieces were cancelled while its state stands: no row says that somebody bought nothing."""
    books.order(books.shop("A", "shopee"), "1", local(10, 5), Line("X", 2, 7_000, cancelled=1, returned=1))
    assert table(revenue(books.session, OCTOBER, ["sku"])) == []


def test_large_sums_are_exact(books: Books) -> None:
    """Money is a whole number on both databases, beyond what a float can hold."""
    shop = books.shop("A", "shopee")
    for number in range(3):
        books.order(shop, str(number), local(10, 5), Line("X", 1, 9_007_199_254_740_993))
    assert table(revenue(books.session, OCTOBER, [])) == [("shopee", 3, 3, 27_021_597_764_222_979)]


def test_unknown_key_is_refused_with_the_list(session: Session) -> None:
    """Every wrong key is named, and every right one."""
    with pytest.raises(ReportError) as refused:
        revenue(session, OCTOBER, ["month", "huyện", "product_code"])
    assert str(refused.value) == (
        "Không có khoá huyện, product_code. "
        "Các khoá: marketplace, shop, producer, product, sku, sub_group, commune, month, day, star."
    )


@pytest.mark.parametrize(
    ("keys", "notes"),
    [
        (["marketplace", "shop", "month", "day"], []),
        (["sku"], ["Đơn có hàng thuộc nhiều dòng được đếm ở mỗi dòng: không cộng dồn cột số đơn."]),
        (
            ["star"],
            [
                "Đơn có hàng thuộc nhiều dòng được đếm ở mỗi dòng: không cộng dồn cột số đơn.",
                "Hạng sao là hạng chứng minh được vào ngày đặt hàng; ô trống là chưa chứng minh được.",
            ],
        ),
    ],
)
def test_notes_say_what_may_not_be_added(session: Session, keys: list[str], notes: list[str]) -> None:
    """Orders add up over shops and months only."""
    assert revenue(session, OCTOBER, keys).notes == notes
