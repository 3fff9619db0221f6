"""Statements as rows: written once, replaced by what the marketplace says later, lines and all; on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models import Shop, Statement, StatementLine
from models.database import Database
from models.statements_store import Counts, StatementRow, store_statements

CUT = datetime(2026, 10, 12, tzinfo=UTC)


def row(
    number: str = "S1", *, total_vnd: int = 90_000, paid: bool = False, lines: tuple[tuple[str, str, int], ...] = ()
) -> StatementRow:
    return StatementRow(
        external_id=number,
        period_start=CUT - timedelta(days=7),
        period_end=CUT,
        total_vnd=total_vnd,
        payout_vnd=total_vnd if paid else None,
        paid_at=CUT + timedelta(days=1) if paid else None,
        raw_state="PAID" if paid else "PROCESSING",
        lines=lines,
    )


@pytest.fixture
def shop_id(database: Database) -> int:
    with database.write() as session:
        shop = Shop(name="chè", marketplace="lazada", external_id="1")
        session.add(shop)
        session.flush()
        return shop.id


def store(database: Database, shop_id: int, *rows: StatementRow) -> Counts:
    with database.write() as session:
        return store_statements(session, shop_id, rows)


def lines(database: Database) -> list[tuple[str, str, int]]:
    query = select(StatementLine.order_external_id, StatementLine.code, StatementLine.amount_vnd)
    with database.session() as session:
        found = session.execute(query.order_by(StatementLine.statement_id, StatementLine.position))
        return [(order, code, amount) for order, code, amount in found]


def test_the_same_again_writes_nothing(database: Database, shop_id: int) -> None:
    """Equal heads and equal lines, in their order."""
    said = row(lines=(("1", "order", 100_000), ("", "penalty", -10_000)))
    assert store(database, shop_id, said) == Counts(1, 0, 0)
    assert store(database, shop_id, said) == Counts(0, 0, 1)
    assert lines(database) == list(said.lines)


def test_a_later_answer_takes_the_place_of_the_earlier(database: Database, shop_id: int) -> None:
    """Paid meanwhile, with a line less: the head is changed and the line is gone; another statement stays as it is."""
    store(database, shop_id, row(lines=(("1", "order", 50_000), ("2", "order", 40_000))), row("S2"))
    assert store(database, shop_id, row(paid=True, lines=(("1", "order", 90_000),)), row("S2")) == Counts(0, 1, 1)
    assert lines(database) == [("1", "order", 90_000)]
    with database.session() as session:
        heads = {one.external_id: (one.payout_vnd, one.raw_state) for one in session.scalars(select(Statement))}
    assert heads == {"S1": (90_000, "PAID"), "S2": (None, "PROCESSING")}


def test_one_amount_named_twice_is_two_lines(database: Database, shop_id: int) -> None:
    """A fee charged twice must not look like one."""
    twice = (("1", "commission", -5_000), ("1", "commission", -5_000))
    store(database, shop_id, row(lines=twice))
    assert lines(database) == list(twice)


def test_another_shop_may_use_the_same_number(database: Database, shop_id: int) -> None:
    """A day's date is a number in many shops."""
    with database.write() as session:
        session.add(Shop(id=shop_id + 1, name="khác", marketplace="lazada", external_id="2"))
    assert store(database, shop_id, row()) == Counts(1, 0, 0)
    assert store(database, shop_id + 1, row(total_vnd=7)) == Counts(1, 0, 0)


def test_a_statement_given_twice_in_one_answer_is_an_error(database: Database, shop_id: int) -> None:
    """One of the two would be lost."""
    with pytest.raises(ValueError, match="have the same shop_id"):
        store(database, shop_id, row(), row(total_vnd=1))
