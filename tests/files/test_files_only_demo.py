"""The whole loop on files alone: the same figures as the loop through the APIs."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from commands.rehearsal import Rehearsal, Terms
from models import MoneyLine, SalesOrder, Shop

DAYS, PRODUCTS = 14, 6
BY_FILE = ("lazada", "shopee", "tiktok_shop")


def _played(folder: Path, *, files_only: bool) -> tuple[dict[str, int], list[tuple[object, ...]]]:
    """Revenue by marketplace, and settled amounts by marketplace: how many orders, and what they brought."""
    settled = (
        select(Shop.marketplace, func.count(SalesOrder.id.distinct()), func.sum(MoneyLine.amount_vnd))
        .join(SalesOrder, SalesOrder.shop_id == Shop.id)
        .join(MoneyLine, MoneyLine.order_id == SalesOrder.id)
        .where(MoneyLine.stage == "settled", SalesOrder.settled_at.is_not(None))
        .group_by(Shop.marketplace)
        .order_by(Shop.marketplace)
    )
    with Rehearsal(Terms(seed=1, products=PRODUCTS, files_only=files_only), folder) as rehearsal:
        answer = rehearsal.play(DAYS, lambda _day: None)
        with rehearsal.app.database.session() as session:
            return answer["revenue_vnd"], [tuple(row) for row in session.execute(settled)]


@pytest.mark.slow
def test_files_alone_come_to_the_same(tmp_path: Path) -> None:
    """Revenue of every marketplace to the đồng, and what was paid out for how many orders."""
    revenue, settled = _played(tmp_path / "api", files_only=False)
    by_file, settled_by_file = _played(tmp_path / "files", files_only=True)
    assert by_file == revenue
    assert min(revenue[market] for market in BY_FILE) > 0
    assert settled_by_file == settled
