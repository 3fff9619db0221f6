"""The programme's targets: reached, not reached, or nobody can tell; never a guess in between."""

from datetime import date

import pytest

from analysis.programme import programme
from analysis.report import Report
from tests.analysis.books import Books, Line, local, period

YEAR = period(date(2026, 10, 1), date(2026, 10, 31))


def told(report: Report) -> dict[tuple[object, object], tuple[object, ...]]:
    names = ("target", "actual", "at_most", "reached")
    return {(row["measure"], row["by_year"]): tuple(row[name] for name in names) for row in report.rows}


def recognised(books: Books, stars: int, count: int, *, sure: bool = True) -> None:
    maker = books.producer(f"H{stars}{sure}", "HTX")
    for number in range(count):
        product = books.product(f"P{stars}{sure}{number}", "Trà", maker)
        books.certificate(product, stars, date(2026, 1, 1) if sure else None, year=None if sure else 2026)


def test_the_founding_count_against_its_target(books: Books) -> None:
    """129 products, 2 of five stars, 73 of four, 54 of three: 65 reached, 200 and ten of five stars not."""
    for stars, count in ((5, 2), (4, 73), (3, 54)):
        recognised(books, stars, count)
    found = told(programme(books.session, YEAR, ["target"]))
    assert found["products", 2021] == (65.0, 129, 129, True)
    assert found["products", 2025] == (200.0, 129, 129, False)
    assert found["five_star", 2025] == (10.0, 2, 2, False)


def test_what_a_bare_year_cannot_prove_is_neither(books: Books) -> None:
    """Sixty proven and ten that may be live: at most seventy, so nobody can say whether sixty-five are reached."""
    recognised(books, 3, 60)
    recognised(books, 4, 10, sure=False)
    assert told(programme(books.session, YEAR, ["target"]))["products", 2021] == (65.0, 60, 70, None)


def test_without_data_nothing_is_said(books: Books) -> None:
    """No declaration, no year before, no recognition with sales: each unknown."""
    books.shop("Gian A", "shopee", orders=local(11, 1))
    found = told(programme(books.session, YEAR, ["target"]))
    assert [found[name, 2025] for name in ("online_share", "online_growth", "star_uplift")] == [
        (0.3, None, None, None),
        (0.2, None, None, None),
        (0.2, None, None, None),
    ]


@pytest.mark.parametrize(("now_vnd", "growth", "reached"), [(135_000, 0.35, True), (110_000, 0.1, False)])
def test_growth_and_share_are_told_where_both_halves_are(
    books: Books, now_vnd: int, growth: float, reached: bool
) -> None:
    """October against the October before, read whole; the share against what was declared."""
    maker = books.producer("HTX1", "HTX Trà")
    books.product("P1", "Trà", maker)
    shop = books.shop("Gian A", "shopee", orders=local(11, 1), orders_from=local(10, 1).replace(year=2025))
    books.order(shop, "old", local(10, 5).replace(year=2025), Line("P1-1", 1, 100_000))
    books.order(shop, "new", local(10, 5), Line("P1-1", 1, now_vnd))
    books.offline(maker, 202610, 3 * now_vnd)
    silent = books.producer("HTX2", "HTX Miến")  # sells online, never declares: in neither half of the share
    books.product("P2", "Miến", silent)
    for year in (2025, 2026):
        books.order(shop, f"silent {year}", local(10, 6).replace(year=year), Line("P2-1", 1, 1))
    found = told(programme(books.session, YEAR, ["target"]))
    assert found["online_growth", 2025] == (0.2, growth, growth, reached)
    assert found["online_share", 2025] == (0.3, 0.25, 0.25, False)
