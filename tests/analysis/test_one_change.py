"""One late order changes the figures of its shop, producers, days and stages, and no other figure of any report."""

from collections.abc import Mapping
from datetime import UTC, date

import pytest
from sqlalchemy.orm import Session

from analysis.income import income
from analysis.money.reports import channels, producers, products
from analysis.money.statement import producer_statement
from analysis.report import Report
from analysis.revenue import revenue
from analysis.rollup.build import refresh
from analysis.share import online_share
from models import Shop
from models.orders_store import IncomeRow, LineRow, MoneyRow, OrderRow, store_income, store_orders
from tests.analysis.books import VIETNAM, Books, Line, local, period

QUARTER = period(date(2026, 9, 1), date(2026, 11, 30))
COUNTS = {"units", "orders", "producers_undeclared"}
Figures = Mapping[tuple[object, ...], object]


@pytest.fixture
def shop(books: Books) -> Shop:
    """Two producers in two shops, three months of orders."""
    for number in (1, 2):
        maker = books.producer(f"HTX{number}", f"HTX {number}")
        books.product(f"P{number}", f"Trà {number}", maker)
        books.offline(maker, 202610, 500_000)
    shops = [books.shop("A", "shopee", orders=local(12, 1)), books.shop("B", "tiki", orders=local(12, 1))]
    for number in range(24):
        at = local(9 + number % 3, 2 + number)
        lines = Line("P1-1", 1, 30_000), Line("P2-1", 2, 10_000)
        order = books.order(shops[number % 2], str(number), at, *lines, settled_at=at.replace(day=28))
        books.money(order, "settled", {"commission_fee": -1_000}, "S")
    return shops[0]


def figures(session: Session) -> Figures:
    """Every number of every report, by report, row and column."""
    refresh(session, VIETNAM)
    made = {
        "revenue": revenue(session, QUARTER, ["shop", "producer", "month"]),
        "days": revenue(session, QUARTER, ["day"]),
        "producers": producers(session, QUARTER, ["shop", "month"]),
        "products": products(session, QUARTER, ["day"]),
        "channels": channels(session, QUARTER, ["month", "dated=paid"]),
        "income": income(session, QUARTER, []),
        "share": online_share(session, QUARTER, []),
        "first": producer_statement(session, QUARTER, ["producer=HTX1"]),
        "second": producer_statement(session, QUARTER, ["producer=HTX2"]),
    }
    return {(name, *key): value for name, report in made.items() for key, value in _told(report).items()}


def _told(report: Report) -> Figures:
    """Numbers by what they are numbers of: the row's texts, its month or day, and the column."""
    of = [name for name in report.columns if not (name.endswith(("_vnd", "_share")) or ":" in name or name in COUNTS)]
    return {
        (*(row[column] for column in of), column): row[column]
        for row in report.rows
        for column in report.columns
        if column not in of
    }


def changes(before: Figures, after: Figures) -> dict[tuple[object, ...], int]:
    """What every changed number changed by; a row that is new changes from nothing."""
    keys = before.keys() | after.keys()
    moved = {key: (before.get(key) or 0, after.get(key) or 0) for key in keys if before.get(key) != after.get(key)}
    return {
        key: new - old
        for key, (old, new) in moved.items()
        if isinstance(new, int) and isinstance(old, int) and new != old
    }


def late(number: str, digest: str, price_vnd: int) -> OrderRow:
    """An order of one piece of the first producer, placed on 5 October."""
    at = local(10, 5, 9).astimezone(UTC)
    line = LineRow("1", "P1-1", "i", "Trà", 1, 0, 0, price_vnd, None)
    return OrderRow(number, "completed", "C", at, at, None, None, None, digest, "{}", 202610, (line,), ())


def test_one_late_order(books: Books, shop: Shop) -> None:
    """A sale of 9.000 ₫ of the first producer in shop A: one order, one piece, 9.000 ₫ wherever these are told, nothing elsewhere."""
    before = figures(books.session)
    store_orders(books.session, shop.id, [late("late", "h", 9_000)])
    changed = changes(before, figures(books.session))
    first = ("HTX 1", "HTX1")
    placed = {"units": 1, "gross_vnd": 9_000, "net_vnd": 9_000}
    assert changed == {
        **{
            ("revenue", "A", *first, 202610, name): by
            for name, by in (("orders", 1), ("units", 1), ("revenue_vnd", 9_000))
        },
        **{("days", 20261005, name): by for name, by in (("orders", 1), ("units", 1), ("revenue_vnd", 9_000))},
        **{("producers", *first, "A", 202610, "placed", name): by for name, by in placed.items()},
        **{("products", "Trà 1", "P1", 20261005, "placed", name): by for name, by in placed.items()},
        **{("first", "Trà 1", "P1", "shopee", "placed", name): by for name, by in placed.items()},
        ("share", 202610, "online_vnd"): 9_000,
    }


def test_one_late_fee(books: Books, shop: Shop) -> None:
    """A fee of 700 ₫ paid in November for that order: settled money of its producer and shop alone; what was placed stays."""
    store_orders(books.session, shop.id, [late("late", "h", 9_000)])
    before = figures(books.session)
    fee = MoneyRow("1", "commission_fee", "settled", "T", -700)
    store_income(books.session, shop.id, [IncomeRow("late", (fee,), -700, local(11, 3).astimezone(UTC))])
    changed = changes(before, figures(books.session))
    first, settled = ("HTX 1", "HTX1"), {"units": 1, "fee_vnd": -700, "net_vnd": -700}
    placed = {"units": 1, "gross_vnd": 9_000, "net_vnd": 9_000}
    assert changed == {
        **{("producers", *first, "A", 202610, "settled", name): by for name, by in settled.items()},
        **{("products", "Trà 1", "P1", 20261005, "settled", name): by for name, by in settled.items()},
        **{("channels", "shopee", 202611, "settled", name): by for name, by in settled.items()},
        **{("channels", "shopee", 202611, "placed", name): by for name, by in placed.items()},
        **{("first", "Trà 1", "P1", "shopee", "settled", name): by for name, by in settled.items()},
        ("income", "A", "settled", "commission_fee", "Phí cố định", "amount_vnd"): -700,
    }
