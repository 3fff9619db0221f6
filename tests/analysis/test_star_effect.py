"""What a star is worth, on registers in which it is known: found within its band, and silent where there is too little."""

import random
from datetime import date
from math import log

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from analysis.report import ReportError, Row
from analysis.star_effect import NOT_ENOUGH, Case, _effect, star_effect
from models import Variant
from tests.analysis.books import Books, Line, local, period

YEAR = period(date(2026, 1, 1), date(2026, 12, 31))
JULY = date(2026, 7, 10)


def register(books: Books, recognised: int, others: int, uplift: float, seed: int = 1) -> None:
    """Packs of half a kilogram, sold each month of 2026 at a price with some noise; recognised in July, dearer from August."""
    chance = random.Random(seed)
    producer, shop = books.producer("HTX1", "HTX Trà"), books.shop("Gian", "shopee")
    for number in range(recognised + others):
        product = books.product(f"P{number}", "Trà", producer)
        if number < recognised:
            books.certificate(product, 4, JULY)
        base = chance.randrange(80_000, 200_000)
        for month in range(1, 13):
            lift = 1 + uplift if number < recognised and month > 7 else 1.0
            price_vnd = round(base * lift * chance.lognormvariate(0, 0.05))
            books.order(shop, f"{number}-{month}", local(month, 15), Line(f"P{number}-1", 6, price_vnd))
    books.session.execute(update(Variant).values(net_weight_g=500))


def row(session: Session, outcome: str = "price_per_kg", stars: int | None = None) -> Row:
    report = star_effect(session, YEAR, ())
    return next(one for one in report.rows if (one["outcome"], one["stars"]) == (outcome, stars))


def test_a_known_uplift_is_found_within_its_band(session: Session, books: Books) -> None:
    """A fifth dearer after the decision: the point is near, the interval holds 20 % and not 0."""
    register(books, recognised=10, others=10, uplift=0.20)
    found = row(session)
    assert (found["recognised"], found["others"], found["verdict"]) == (10, 100, "tăng")
    assert found["effect_percent"] == pytest.approx(20, abs=4)
    assert float(str(found["low_percent"])) < 20 < float(str(found["high_percent"]))
    assert row(session, stars=4) == found | {"stars": 4}


def test_nothing_happened_is_not_told_as_an_effect(session: Session, books: Books) -> None:
    """Prices that only wobble give an interval around nothing."""
    register(books, recognised=8, others=8, uplift=0.0)
    found = row(session)
    assert found["verdict"] == "chưa phân biệt được với không đổi"
    assert float(str(found["low_percent"])) < 0 < float(str(found["high_percent"]))


def test_too_few_products_is_said_and_no_number_given(session: Session, books: Books) -> None:
    """Four recognised products are no evidence, however clear they look; nor are ten against four others."""
    register(books, recognised=4, others=10, uplift=0.5)
    found = row(session)
    assert (found["effect_percent"], found["low_percent"], found["verdict"]) == (None, None, NOT_ENOUGH)


def test_units_are_held_against_those_of_the_others(session: Session, books: Books) -> None:
    """Everybody sold the same each month: no change, exactly, with an interval of nothing."""
    register(books, recognised=6, others=6, uplift=0.2)
    found = row(session, outcome="units")
    assert (found["effect_percent"], found["low_percent"], found["high_percent"]) == (0.0, 0.0, 0.0)


def test_the_channel_mix_is_told_in_points(session: Session, books: Books) -> None:
    """Recognised tea sold half through Tiki from August on, the others as before: fifty points from one to the other."""
    producer = books.producer("HTX1", "HTX Trà")
    shopee, tiki = books.shop("Gian S", "shopee"), books.shop("Gian T", "tiki")
    for number in range(12):
        product = books.product(f"P{number}", "Trà", producer)
        if number < 6:
            books.certificate(product, 4, JULY)
        for month in range(1, 13):
            has_moved = number < 6 and month > 7
            for shop, count in ((shopee, 3), (tiki, 3)) if has_moved else ((shopee, 6),):
                books.order(shop, f"{number}-{month}", local(month, 15), Line(f"P{number}-1", count, 1_000))
    for market, points in (("shopee", -50.0), ("tiki", 50.0)):
        found = row(session, outcome=f"share:{market}")
        assert (found["effect_percent"], found["low_percent"], found["high_percent"]) == (points, points, points)


def test_ninety_of_a_hundred_intervals_hold_the_truth() -> None:
    """Changes drawn with a known effect of 20 %, a hundred times: a nominal 95 % may fall a little short with ten products."""
    held = 0
    for seed in range(100):
        chance = random.Random(seed)
        others = tuple(chance.gauss(0.05, 0.1) for _ in range(12))
        cases = [Case(4, log(1.2) + chance.gauss(0.05, 0.1), others, "trà") for _ in range(12)]
        _, low, high = _effect(cases)
        held += low <= log(1.2) <= high
    assert 88 <= held <= 99


def test_keys_are_refused(session: Session) -> None:
    """There is one shape of this report."""
    with pytest.raises(ReportError, match="hạng sao"):
        star_effect(session, YEAR, ("sku",))
