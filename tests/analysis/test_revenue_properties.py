"""Whatever was sold, every way of dividing it adds up to the same total."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from analysis.report import Row
from analysis.revenue import KEYS, NOT_REVENUE, revenue
from connectors.facts.order import OrderState
from models.database import Database
from tests.analysis.books import AUTUMN, OCTOBER, Books, Line, local, period

FIRST = local(9, 29)  # so that some orders lie before the period and some after
DAYS = 65
NOVEMBER = period(date(2026, 11, 1), AUTUMN.last)
Drawn = tuple[bool, int, OrderState, list[Line]]  # on Shopee, minutes since FIRST, state, lines
MINUTES = st.integers(0, DAYS * 24 * 60)
SKUS = st.sampled_from(["P1-1", "P2-1", "P3-1", "LA"])


@st.composite
def lines(draw: st.DrawFn) -> Line:
    quantity = draw(st.integers(1, 9))
    cancelled = draw(st.integers(0, quantity))
    returned = draw(st.integers(0, quantity - cancelled))
    return Line(draw(SKUS), quantity, draw(st.integers(0, 10_000_000)), cancelled, returned)


ORDERS = st.lists(
    st.tuples(st.booleans(), MINUTES, st.sampled_from(list(OrderState)), st.lists(lines(), min_size=1, max_size=3)),
    max_size=8,
)
SOME_KEYS = st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True)


def _register(books: Books) -> None:
    makers = [books.producer("HTX1", "HTX Trà", "Tân Cương"), books.producer("HTX2", "HTX Miến")]
    for number in (1, 2, 3):
        product = books.product(f"P{number}", "Trà", makers[number % 2], sub_group=f"1.{number}.1")
        books.certificate(product, 2 + number, (local(10, 20 - number) - timedelta(days=365 * 3 + 1)).date())


def _sum(rows: Sequence[Row], measure: str) -> int:
    return sum(int(str(row[measure])) for row in rows)


def _store(books: Books, orders: list[Drawn]) -> tuple[int, int, int]:
    """Writes them; returns orders, pieces and đồng that are revenue of the autumn, counted by hand."""
    shops = {True: books.shop("A", "shopee"), False: books.shop("B", "tiki")}
    sold, units, revenue_vnd = 0, 0, 0
    for number, (is_shopee, minute, state, order_lines) in enumerate(orders):
        at = FIRST + timedelta(minutes=minute)
        books.order(shops[is_shopee], str(number), at, *order_lines, state=state.value)
        if state.value not in NOT_REVENUE and AUTUMN.start <= at < AUTUMN.end:
            kept = [(line.quantity - line.cancelled - line.returned, line.unit_price_vnd) for line in order_lines]
            sold += any(pieces for pieces, _ in kept)
            units += sum(pieces for pieces, _ in kept)
            revenue_vnd += sum(pieces * price for pieces, price in kept)
    return sold, units, revenue_vnd


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=ORDERS, keys=SOME_KEYS)
def test_every_division_adds_up(database: Database, orders: list[Drawn], keys: list[str]) -> None:
    """Rows of any keys add up to what is counted by hand, October and November to both; no row counts an order too many."""
    with Session(database.engine) as session:
        books = Books(session)
        _register(books)
        sold, *total = _store(books, orders)
        rows = revenue(session, AUTUMN, keys).rows
        october, november = revenue(session, OCTOBER, keys).rows, revenue(session, NOVEMBER, keys).rows
        assert [_sum(rows, "units"), _sum(rows, "revenue_vnd")] == total
        assert [_sum([*october, *november], measure) for measure in ("units", "revenue_vnd")] == total
        assert _sum(revenue(session, AUTUMN, ["shop", "month"]).rows, "orders") == sold
        assert all(1 <= int(str(row["orders"])) <= sold for row in rows)
