"""Whatever is sold, and however late it changes: sums kept by what changed are those made from scratch, and say what the orders say."""

from collections.abc import Sequence
from datetime import UTC, date, timedelta
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from analysis.income import income
from analysis.money.reports import channels, producers, products
from analysis.report import Report
from analysis.revenue import revenue
from analysis.rollup.build import rebuild, refresh
from analysis.rollup.read import are_up_to_date
from analysis.share import online_share
from analysis.sold import KEYS
from connectors.facts.order import OrderState
from models import Shop
from models.database import Database
from models.orders_store import IncomeRow, LineRow, MoneyRow, OrderRow, store_income, store_orders
from tests.analysis.books import VIETNAM, Books, local, period, table
from tests.analysis.test_rollup import everything

FIRST = local(9, 25)  # so that some orders lie before the periods and some after
PERIODS = [period(date(2026, 9, 28), date(2026, 11, 3)), period(date(2026, 10, 1), date(2026, 10, 31))]
SKUS = ("P1-1", "P2-1", "P3-1", "LẠ")


class Change(NamedTuple):
    """An order as it is read at some time: the same number again is a change of it."""

    number: int
    minute: int  # of placing, since FIRST
    state: str
    lines: tuple[tuple[str, int, int, int, int], ...]  # SKU, pieces, cancelled, returned, price
    fee_vnd: int
    paid_after_days: int | None


@st.composite
def changes(draw: st.DrawFn) -> Change:
    lines = []
    for _ in range(draw(st.integers(0, 3))):
        quantity = draw(st.integers(1, 4))
        cancelled = draw(st.integers(0, quantity))
        returned = draw(st.integers(0, quantity - cancelled))
        lines.append((draw(st.sampled_from(SKUS)), quantity, cancelled, returned, draw(st.integers(0, 90_000))))
    return Change(
        draw(st.integers(0, 4)),
        draw(st.integers(0, 45 * 24 * 60)),
        draw(st.sampled_from([state.value for state in OrderState])),
        tuple(lines),
        draw(st.integers(-9_000, 9_000)),
        draw(st.none() | st.integers(0, 40)),
    )


def register(books: Books) -> list[Shop]:
    makers = [books.producer("HTX1", "HTX Trà", "Tân Cương"), books.producer("HTX2", "HTX Miến", "Tân Cương")]
    for number in (1, 2, 3):
        product = books.product(f"P{number}", "Trà", makers[number % 2], sub_group=f"1.{number // 2}.1")
        books.certificate(product, 2 + number, date(2023, 9, 15 + number))  # runs out in September, or in mid-October:
        books.certificate(product, 3, date(2026, 10, 10 + number))
    return [books.shop("A", "shopee"), books.shop("B", "tiki")]


def read(session: Session, shops: Sequence[Shop], change: Change, version: int) -> None:
    """As a pull does: the order, and where it is paid its income."""
    at = (FIRST + timedelta(minutes=change.minute)).astimezone(UTC)
    lines = tuple(
        LineRow(str(place), sku, "i", "Trà", count, cancelled, returned, price, None)
        for place, (sku, count, cancelled, returned, price) in enumerate(change.lines)
    )
    money = tuple(
        MoneyRow(line.external_id, "model_discounted_price", "placed", "", line.quantity * line.unit_price_vnd)
        for line in lines
    )
    month, seen = int(f"{at.astimezone(VIETNAM):%Y%m}"), local(12, 1).astimezone(UTC) + timedelta(minutes=version)
    facts = (
        str(change.number),
        change.state,
        "C",
        at,
        seen,
        None,
        at + timedelta(days=2) if change.number else None,
        None,
        str(version),
        "{}",
        month,
    )
    shop = shops[change.number % 2]
    store_orders(session, shop.id, [OrderRow(*facts, lines, money)])
    amounts = (
        MoneyRow("", "commission_fee", "settled", "S", change.fee_vnd),
        MoneyRow("0", "phi_la", "settled", "S", change.fee_vnd // 3),
    )
    if change.paid_after_days is not None:
        paid_at = at + timedelta(days=change.paid_after_days)
        store_income(session, shop.id, [IncomeRow(str(change.number), amounts, change.fee_vnd, paid_at)])


def told(session: Session, keys: list[str]) -> list[tuple[Any, ...]]:
    """Every report that may be made of sums; `keys` divide those that can be divided."""
    made: list[Report] = []
    for days in PERIODS:
        made += [
            revenue(session, days, keys),
            online_share(session, days, ()),
            online_share(session, days, ["producer"]),
        ]
        made += [income(session, days, ()), *(make(session, days, keys) for make in (producers, products, channels))]
        made += [products(session, days, [*keys, "dated=paid"]), channels(session, days, ["day", "dated=paid"])]
        made += [channels(session, days, ["month", "dated=delivered"])]
    return [(one.columns, sorted(table(one), key=str), one.coverage, one.notes) for one in made]


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to make a failure smaller takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(changes(), max_size=6),
    st.lists(changes(), max_size=4),
    st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True),
)
def test_kept_sums_are_those_from_scratch(
    database: Database, early: list[Change], late: list[Change], keys: list[str]
) -> None:
    """An order may move to another day, lose its lines, be undone or be paid: its old day and its new one are summed anew."""
    with Session(database.engine) as session:
        shops = register(Books(session))
        for version, change in enumerate(early):
            read(session, shops, change, version)
        refresh(session, VIETNAM)
        for version, change in enumerate(late, len(early)):
            read(session, shops, change, version)
        session.flush()
        from_orders = told(session, keys)
        refresh(session, VIETNAM)
        kept = everything(session)
        assert are_up_to_date(session)
        assert told(session, keys) == from_orders
        rebuild(session, VIETNAM)
        assert everything(session) == kept
