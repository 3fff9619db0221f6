"""A small autumn, whose every figure can be added up by hand."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from tests.analysis.books import Books, Line, local


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Reads its own writes; everything is gone afterwards."""
    with Session(database.engine) as opened:
        yield opened


@pytest.fixture
def books(session: Session) -> Books:
    return Books(session)


@pytest.fixture
def autumn(books: Books) -> Books:
    """Two producers, three products (two of one name), two shops, five orders that are revenue: 605.000 ₫ in all."""
    tea_makers, noodle_makers = (
        books.producer("HTX1", "HTX Trà", "Tân Cương"),
        books.producer("HTX2", "HTX Miến", "Hóa Trung"),
    )
    tea, other_tea = books.product("P1", "Trà", tea_makers), books.product("P2", "Trà", noodle_makers)
    noodles = books.product("P3", "Miến", noodle_makers, sub_group="1.2.2")
    books.certificate(tea, 4, date(2026, 1, 10))
    books.certificate(other_tea, 3, date(2023, 10, 15))  # runs out on 15/10/2026
    books.certificate(noodles, 5, year=2026)  # proves nothing in 2026
    shopee, tiki = books.shop("Gian Shopee", "shopee"), books.shop("Gian Tiki", "tiki")
    books.order(shopee, "S1", local(10, 10), Line("P1-1", 2, 100_000), Line("P2-1", 1, 50_000), state="delivered")
    books.order(shopee, "S2", local(10, 31, 23, 59, 59), Line("P2-1", 3, 50_000, cancelled=1))
    books.order(shopee, "S3", local(11, 1), Line("P3-1", 4, 30_000, returned=1), state="shipped")
    books.order(tiki, "T1", local(10, 20), Line("P1-1", 1, 110_000), Line("LA", 1, 20_000), state="completed")
    books.order(tiki, "T2", local(10, 22), Line("P1-1", 1, 110_000, cancelled=1), Line("P3-1", 1, 35_000))
    for state in ("unpaid", "cancelled", "returned"):
        books.order(shopee, state, local(10, 21), Line("P1-1", 5, 100_000), state=state)
    return books
