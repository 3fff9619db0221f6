"""Orders and their money: written once, changed when they change, never set back by an older reading."""

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from models import MoneyLine, OrderLine, SalesOrder, Shop
from models.database import Database
from models.orders_store import (
    Counts,
    IncomeCounts,
    IncomeRow,
    LineRow,
    MoneyRow,
    OrderRow,
    link_lines,
    store_income,
    store_orders,
)

ITEMS = MoneyRow("", "items", "placed", "", 400_000)
VOUCHER = MoneyRow("", "voucher", "placed", "", -10_000)
FEE = MoneyRow("", "commission_fee", "settled", "S1", -20_000)


def _line(key: str = "L1", sku: str = "TN-1", quantity: int = 2) -> LineRow:
    return LineRow(key, sku, "item", "Trà Tân Cương", quantity, 0, 0, 200_000, 250_000)


def _order(at: datetime, **changes: Any) -> OrderRow:
    order = OrderRow(
        "O1",
        "placed",
        "READY_TO_SHIP",
        at,
        at,
        None,
        None,
        "Thái Nguyên",
        "h1",
        "{}",
        202611,
        (_line(),),
        (ITEMS, VOUCHER),
    )
    return order._replace(**changes)


def _store(database: Database, shop_id: int, *orders: OrderRow) -> Counts:
    with database.write() as session:
        return store_orders(session, shop_id, orders)


def _earn(database: Database, shop_id: int, *incomes: IncomeRow) -> IncomeCounts:
    with database.write() as session:
        return store_income(session, shop_id, incomes)


def _money(database: Database) -> list[tuple[Any, ...]]:
    columns = (MoneyLine.code, MoneyLine.stage, MoneyLine.statement, MoneyLine.amount_vnd)
    with database.session() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(*columns))]


def _states(database: Database) -> list[tuple[Any, ...]]:
    columns = (
        SalesOrder.external_id,
        SalesOrder.state,
        SalesOrder.updated_at,
        OrderLine.external_id,
        OrderLine.quantity,
        OrderLine.variant_id,
    )
    query = (
        select(*columns)
        .join(OrderLine, OrderLine.order_id == SalesOrder.id)
        .order_by(SalesOrder.external_id, OrderLine.external_id)
    )
    with database.session() as session:
        return [tuple(row) for row in session.execute(query)]


def test_new_order_is_stored_whole(database: Database, shop_id: int, variant_id: int, now: datetime) -> None:
    """Order, lines with the variant their SKU names, and money; a SKU nobody knows keeps its line without a variant."""
    order = _order(now, lines=(_line(), _line("L2", "other", 1)))
    assert _store(database, shop_id, order) == Counts(1, 0, 0)
    assert _states(database) == [("O1", "placed", now, "L1", 2, variant_id), ("O1", "placed", now, "L2", 1, None)]
    assert _money(database) == [("items", "placed", "", 400_000), ("voucher", "placed", "", -10_000)]


def test_repeated_page_writes_nothing(database: Database, shop_id: int, now: datetime) -> None:
    """Equal content: no statement but SELECT, and every order counted as unchanged."""
    _store(database, shop_id, _order(now))
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert _store(database, shop_id, _order(now), _order(now)) == Counts(0, 0, 2)
    assert [text.split()[0] for text in statements if not text.startswith("BEGIN")] == ["SELECT"] * (
        2 if database.dialect == "postgresql" else 1
    )


def test_changed_order_takes_the_old_ones_place(database: Database, shop_id: int, now: datetime) -> None:
    """State, lines and placed money follow; a voucher that is no longer named is gone, an amount that moved is not added."""
    _store(database, shop_id, _order(now))
    later = now + timedelta(hours=1)
    changed = _order(
        now,
        state="shipped",
        updated_at=later,
        content_hash="h2",
        lines=(_line(quantity=3),),
        money=(ITEMS._replace(amount_vnd=600_000),),
    )
    assert _store(database, shop_id, changed) == Counts(0, 1, 0)
    assert _states(database) == [("O1", "shipped", later, "L1", 3, None)]
    assert _money(database) == [("items", "placed", "", 600_000)]
    assert _store(database, shop_id, changed._replace(content_hash="h3", money=())) == Counts(0, 1, 0)
    assert _money(database) == []


def test_readings_in_any_order_end_the_same(database: Database, shop_id: int, now: datetime) -> None:
    """Three readings of one order, in every order and in one page or three, end in the newest."""
    readings = [
        _order(now, state=state, updated_at=now + timedelta(hours=hour), content_hash=state)
        for hour, state in enumerate(("placed", "shipped", "delivered"))
    ]
    for number, shuffled in enumerate(itertools.permutations(readings)):
        pages = [
            [reading._replace(external_id=f"O{number}") for reading in shuffled],
            [reading._replace(external_id=f"P{number}") for reading in shuffled],
        ]
        _store(database, shop_id, *pages[0])
        for reading in pages[1]:
            _store(database, shop_id, reading)
    assert {row[1:3] for row in _states(database)} == {("delivered", now + timedelta(hours=2))}
    assert len(_states(database)) == 12


def test_vanished_line_is_kept_and_counted(database: Database, shop_id: int, now: datetime) -> None:
    """A line the marketplace no longer names stays, and the caller is told."""
    _store(database, shop_id, _order(now, lines=(_line(), _line("L2"))))
    assert _store(database, shop_id, _order(now, content_hash="h2")) == Counts(0, 1, 0, vanished_lines=1)
    assert [row[3] for row in _states(database)] == ["L1", "L2"]


@pytest.mark.parametrize("twice", [{"lines": (_line(), _line(quantity=1))}, {"money": (VOUCHER, VOUCHER)}])
def test_two_rows_under_one_key_are_refused(
    database: Database, shop_id: int, now: datetime, twice: dict[str, Any]
) -> None:
    """One of them would silently win: quantities or money lost. Nothing of the page is stored."""
    with pytest.raises(ValueError, match=r"two rows for (order_line|money_line) have the same order_id"):
        _store(database, shop_id, _order(now, external_id="O0"), _order(now, **twice))
    assert _states(database) == []


def test_shops_do_not_share_order_numbers(database: Database, shop_id: int, now: datetime) -> None:
    """The same number in another shop is another order."""
    _store(database, shop_id, _order(now))
    with database.write() as session:
        other = Shop(name="Khác", marketplace="tiki", external_id="10", state="connected")
        session.add(other)
    assert _store(database, other.id, _order(now)) == Counts(1, 0, 0)
    assert len(_states(database)) == 2


def test_lines_find_a_variant_the_register_learns_later(
    database: Database, shop_id: int, now: datetime, request: pytest.FixtureRequest
) -> None:
    """An order of an unknown SKU is linked once an import knows it; what is linked stays."""
    _store(database, shop_id, _order(now, lines=(_line(), _line("L2", "other"))))
    variant_id = request.getfixturevalue("variant_id")
    with database.write() as session:
        assert link_lines(session) == 1
        assert link_lines(session) == 0
    assert [row[5] for row in _states(database)] == [variant_id, None]


def test_income_adds_its_stage_beside_the_others(database: Database, shop_id: int, now: datetime) -> None:
    """Settled amounts, payout and moment are kept next to the placed ones, which a later change of the order leaves alone."""
    _store(database, shop_id, _order(now))
    income = IncomeRow("O1", (ITEMS._replace(stage="settled", statement="S1"), FEE), 380_000, now)
    assert _earn(database, shop_id, income) == IncomeCounts(1, 0, 0, 0)
    assert _earn(database, shop_id, income) == IncomeCounts(0, 0, 1, 0)
    _store(database, shop_id, _order(now, state="completed", content_hash="h2"))
    assert _money(database) == [
        ("commission_fee", "settled", "S1", -20_000),
        ("items", "placed", "", 400_000),
        ("items", "settled", "S1", 400_000),
        ("voucher", "placed", "", -10_000),
    ]
    with database.session() as session:
        order = session.scalars(select(SalesOrder)).one()
        assert (order.state, order.payout_vnd, order.settled_at) == ("completed", 380_000, now)


def test_later_income_corrects_the_earlier(database: Database, shop_id: int, now: datetime) -> None:
    """A named statement takes the place of its stage's amounts without one; another statement is added; None keeps what was."""
    _store(database, shop_id, _order(now, money=()))
    early = IncomeRow("O1", (FEE._replace(statement=""), VOUCHER._replace(stage="settled")), 370_000, None)
    _earn(database, shop_id, early)
    assert _earn(database, shop_id, IncomeRow("O1", (FEE,), None, now)) == IncomeCounts(0, 1, 0, 0)
    assert _earn(
        database, shop_id, IncomeRow("O1", (FEE._replace(statement="S2", amount_vnd=5_000),), None, None)
    ) == IncomeCounts(0, 1, 0, 0)
    assert _money(database) == [
        ("commission_fee", "settled", "S1", -20_000),
        ("commission_fee", "settled", "S2", 5_000),
    ]
    with database.session() as session:
        order = session.scalars(select(SalesOrder)).one()
        assert (order.payout_vnd, order.settled_at) == (370_000, now)


def test_income_of_an_unknown_order_is_counted(database: Database, shop_id: int, now: datetime) -> None:
    """There is no order to hang it on: nothing is written and the caller is told to pull the order."""
    assert _earn(database, shop_id, IncomeRow("O9", (FEE,), 1, now)) == IncomeCounts(0, 0, 0, 1)
    assert _money(database) == []
