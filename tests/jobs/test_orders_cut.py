"""A pull that is cut off keeps what it stored, moves its cursor no further than that, and the next one brings the rest."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import Cursor, OrderLine, SalesOrder
from sandbox.things import Order, OrderState
from tests.jobs.office import Office, opened


def _stored(office: Office) -> tuple[int, int]:
    with office.app.database.session() as session:
        return tuple(session.scalar(select(func.count(table.id))) or 0 for table in (SalesOrder, OrderLine))  # type: ignore[return-value] # two of them


def _shown(office: Office, market: str) -> list[Order]:
    """Tiki keeps an order to itself while it waits for its payment."""
    orders = office.world.world.orders(market)
    return [order for order in orders if market != "tiki" or order.state is not OrderState.UNPAID]


def _cursors(office: Office) -> int:
    with office.app.database.session() as session:
        return session.scalar(select(func.count()).select_from(Cursor).where(Cursor.stream == "orders")) or 0


@pytest.mark.parametrize(
    ("market", "after_calls"), [("shopee", 0), ("shopee", 6), ("tiki", 0), ("tiki", 1), ("tiki", 2)]
)
def test_a_pull_cut_between_pages_loses_and_doubles_nothing(tmp_path: Path, market: str, after_calls: int) -> None:
    """However far it came: the orders of the world are stored once each, with all their lines, by the pull after it."""
    path = "get_order_list|get_order_detail" if market == "shopee" else "/orders"
    with opened(tmp_path, products=12) as office:
        office.push(market)
        office.wait(hours=10)
        office.do("pull_listings", market)
        office.wait(days=12)
        office.fault(market, "html", path=path, skip=after_calls, times=9)
        cut = office.do("pull_orders", market)
        assert (cut.state, cut.counts) == ("failed", {})
        before = _stored(office)
        assert _cursors(office) == bool(before[0])
        office.world.faults.clear()
        office.do("pull_orders", market)
        shown = _shown(office, market)
        assert _stored(office) == (len(shown), sum(len(order.lines) for order in shown))
