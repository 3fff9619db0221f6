"""Whatever was sold, every way of dividing it adds up to the same total."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from analysis.report import Report
from analysis.revenue import KEYS, NOT_REVENUE, revenue
from connectors.base import OrderState
from models.database import Database
from tests.analysis.books import AUTUMN, Books, Line, local, period

FIRST = local(9, 29)  # so that some orders lie before the period and some after
DAYS = 65
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


def _sum(report: Report) -> tuple[int, int]:
    return sum(int(str(row["units"])) for row in report.rows), sum(int(str(row["revenue_vnd"])) for row in report.rows)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=ORDERS, keys=SOME_KEYS)
def test_every_division_adds_up(
    database: Database, orders: list[tuple[bool, int, OrderState, list[Line]]], keys: list[str]
) -> None:
    """Rows of any keys add up to what is counted by hand, rows of October and November to those of both; no order too many."""
    with Session(database.engine) as session:
        books = Books(session)
        _register(books)
        shops = {True: books.shop("A", "shopee"), False: books.shop("B", "tiki")}
        units, revenue_vnd, sold = 0, 0, 0
        for number, (is_shopee, minute, state, order_lines) in enumerate(orders):
            at = FIRST + timedelta(minutes=minute)
            books.order(shops[is_shopee], str(number), at, *order_lines, state=state.value)
            if state.value not in NOT_REVENUE and AUTUMN.start <= at < AUTUMN.end:
                kept = [(line.quantity - line.cancelled - line.returned, line.unit_price_vnd) for line in order_lines]
                units += sum(pieces for pieces, _ in kept)
                revenue_vnd += sum(pieces * price for pieces, price in kept)
                sold += any(pieces for pieces, _ in kept)
        report = revenue(session, AUTUMN, keys)
        assert _sum(report) == (units, revenue_vnd)
        halves = (period(AUTUMN.first, local(10, 31).date()), period(local(11, 1).date(), AUTUMN.last))
        in_halves = [_sum(revenue(session, half, keys)) for half in halves]
        assert tuple(map(sum, zip(*in_halves, strict=True))) == (units, revenue_vnd)
        assert sum(int(str(row["orders"])) for row in revenue(session, AUTUMN, ["shop", "month"]).rows) == sold
        assert all(1 <= int(str(row["orders"])) <= sold for row in report.rows)
