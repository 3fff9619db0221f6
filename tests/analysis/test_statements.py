"""A report asks the database the same few questions however much there is to add up."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from analysis.report import Maker
from analysis.reports import REPORTS
from analysis.revenue import KEYS
from tests.analysis.books import AUTUMN, Books, Line, local

COVERAGE = 1 + 2  # are sums due; orders with their lines, and how far shops are read
DOUBTS = 1 + 1 + 1  # how far shops are read; which unread ones have orders from files; are sums due
STATEMENTS = [  # the report itself, and what it needs beside it
    ("revenue", KEYS[:-2], 1 + 1 + COVERAGE + DOUBTS),  # are sums due
    ("revenue", KEYS, 1 + 1 + 1 + COVERAGE + DOUBTS),  # and certificates
    ("income", (), 1 + 1 + 3 + COVERAGE),  # are sums due; differences, orders not settled, orders of several sources
    ("reconcile", (), 5 + COVERAGE),  # shops, statements, amounts, what was sold, what waits
    ("producers", (), 1 + 3 + 1 + COVERAGE + DOUBTS),  # sums due; orders, lines and amounts side by side; the register
    ("online-share", (), 1 + 1 + 5 + COVERAGE + DOUBTS),  # sums due; offline, makers, declared, doubtful, demonstration
    ("programme", (), 1 + 1),  # certificates
]


@contextmanager
def _counted(session: Session) -> Iterator[list[str]]:
    """The SELECTs of the block."""
    said: list[str] = []

    def hear(*told: object) -> None:
        said.append(str(told[2]))

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)


def _more(books: Books) -> None:
    """Thirty producers with a product, a certificate, an order with money, and a declaration each."""
    shop = books.shop("Gian B", "shopee")
    for number in range(30):
        producer = books.producer(f"X{number}", f"HTX {number}")
        product = books.product(f"Y{number}", "Trà", producer)
        books.certificate(product, 3, date(2025, 1, 1))
        order = books.order(shop, str(number), local(10, 1 + number), Line(f"Y{number}-1", 1, 1_000), payout_vnd=1)
        books.money(order, "processing", {"items": 2})
        books.money(order, "settled", {"items": 1}, f"S{number}")
        books.statement(shop, f"S{number}", local(10, 20), 1, (str(number), "settlement", 1))
        books.offline(producer, 202610, 1_000)


@pytest.mark.parametrize(("name", "keys", "statements"), STATEMENTS)
def test_statements_do_not_grow_with_rows(autumn: Books, name: str, keys: Sequence[str], statements: int) -> None:
    """The same number over three products and over thirty-three."""
    make: Maker = REPORTS[name].make
    with _counted(autumn.session) as few:
        make(autumn.session, AUTUMN, keys)
    autumn.session.expunge_all()
    _more(autumn)
    with _counted(autumn.session) as many:
        make(autumn.session, AUTUMN, keys)
    assert (len(few), len(many)) == (statements, statements)
