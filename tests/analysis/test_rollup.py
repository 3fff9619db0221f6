"""Sums of money by day and month: equal to the orders, kept by what changed, the same from scratch."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from analysis.money.reports import channels, producers, products
from analysis.report import Period
from analysis.rollup.build import rebuild, refresh
from analysis.rollup.read import are_up_to_date
from models import (
    AmountDay,
    BasketDay,
    BasketMonth,
    MoneyDay,
    MoneyMonth,
    OddOrder,
    OrderDay,
    RollupDue,
    RollupState,
    SaleDay,
    SaleMonth,
    Shop,
    UnclassedDay,
)
from models.orders_store import IncomeRow, LineRow, MoneyRow, OrderRow, store_income, store_orders
from tests.analysis.books import VIETNAM, Books, Line, local, period, table

SALES = (SaleDay, SaleMonth, BasketDay, BasketMonth, OrderDay)
PERIODS = [
    period(date(2026, 9, 1), date(2026, 11, 30)),
    period(date(2026, 9, 20), date(2026, 11, 5)),
    period(date(2026, 10, 3), date(2026, 10, 4)),
    period(date(2026, 9, 30), date(2026, 10, 31)),
]
KEYS: list[list[str]] = [[], ["month"], ["producer", "sku"], ["shop", "commune", "sub_group", "month", "product"]]


def everything(session: Session) -> list[list[tuple[Any, ...]]]:
    """All rows of all sums, in the order of their keys."""
    tables = [one.__table__ for one in (MoneyDay, MoneyMonth, UnclassedDay, AmountDay, OddOrder, *SALES)]
    return [[tuple(row) for row in session.execute(select(one).order_by(*one.primary_key.columns))] for one in tables]


@pytest.fixture
def shop(books: Books) -> Shop:
    """Ninety days of orders of two producers and a SKU nobody knows, with money at each stage."""
    for number in (1, 2):
        maker = books.producer(f"HTX{number}", f"HTX {number}", f"Xã {number}")
        books.product(f"P{number}", "Trà", maker)
    shop = books.shop("Gian A", "shopee", orders=local(12, 1))
    for day in range(90):
        at = local(9, 1, 23, 30) + timedelta(days=day)
        lines = Line("P1-1", 1 + day % 3, 30_000 + day), Line("P2-1", 1, 20_000, returned=day % 2), Line("LẠ", 1, 777)
        state = "cancelled" if day % 7 == 0 else "completed"
        paid = {"settled_at": at + timedelta(days=9)} if day % 5 else {}
        order = books.order(shop, str(day), at, *lines, state=state, **paid)
        money = {"original_cost_of_goods_sold": 50_777 + day, "commission_fee": -3_001, "phi_la": -day % 4}
        books.money(order, "settled" if paid else "processing", money)
    books.money(books.order(shop, "bare", local(10, 3)), "settled", {"total_adjustment_amount": -9})
    return shop


@pytest.mark.parametrize("keys", KEYS)
@pytest.mark.parametrize("days", PERIODS)
def test_reports_say_the_same_from_sums_and_from_orders(
    books: Books,
    shop: Shop,  # noqa: ARG001 - its orders
    keys: Sequence[str],
    days: Period,
) -> None:
    """Whole months, ragged ends, and a period inside one month; names without a class keep their column."""
    before = [make(books.session, days, keys) for make in (producers, products, channels)]
    refresh(books.session, VIETNAM)
    assert are_up_to_date(books.session)
    after = [make(books.session, days, keys) for make in (producers, products, channels)]
    assert [(one.columns, table(one), one.notes) for one in after] == [
        (one.columns, table(one), one.notes) for one in before
    ]


def order_row(number: str, at: datetime, price_vnd: int, digest: str) -> OrderRow:
    month = int(f"{at.astimezone(VIETNAM):%Y%m}")
    line = LineRow("1", "P1-1", "i", "Trà", 1, 0, 0, price_vnd, None)
    money = (MoneyRow("1", "model_discounted_price", "placed", "", price_vnd),)
    utc = at.astimezone(UTC)
    return OrderRow(number, "completed", "C", utc, utc, None, None, None, digest, "{}", month, (line,), money)


def test_a_late_order_changes_only_its_day_and_month(books: Books, shop: Shop) -> None:
    """And so does money that comes later; from scratch the same rows come out."""
    refresh(books.session, VIETNAM)
    before = everything(books.session)
    store_orders(books.session, shop.id, [order_row("late", local(10, 2, 0, 5), 9_000, "h")])
    assert not are_up_to_date(books.session)
    assert refresh(books.session, VIETNAM) == 1
    after = everything(books.session)
    changed = [{row[0] for row in set(new) ^ set(old)} for new, old in zip(after, before, strict=True)]
    day, month = {20261002}, {202610}
    assert changed == [day, month, set(), day, set(), day, month, set(), set(), day]
    amount = MoneyRow("", "commission_fee", "settled", "S", -900)
    store_income(books.session, shop.id, [IncomeRow("late", (amount,), 8_100, local(10, 9).astimezone(UTC))])
    assert refresh(books.session, VIETNAM) == 1
    kept = everything(books.session)
    rebuild(books.session, VIETNAM)
    assert everything(books.session) == kept
    assert kept != after


def test_nothing_changed_nothing_done(books: Books, shop: Shop) -> None:
    """The same answer again marks nothing."""
    row = order_row("same", local(10, 2), 9_000, "h")
    store_orders(books.session, shop.id, [row])
    refresh(books.session, VIETNAM)
    store_orders(books.session, shop.id, [row])
    assert books.session.scalars(select(RollupDue)).all() == []
    assert refresh(books.session, VIETNAM) == 0


def test_other_money_codes_make_all_sums_anew(books: Books, shop: Shop) -> None:  # noqa: ARG001 - its orders
    """Sums made under another table are not believed."""
    refresh(books.session, VIETNAM)
    kept = everything(books.session)
    books.session.execute(update(RollupState).values(codes_digest="another"))
    books.session.execute(update(MoneyMonth).values(fee_vnd=1))
    assert not are_up_to_date(books.session)
    assert refresh(books.session, VIETNAM) == 90
    assert everything(books.session) == kept
