"""The money reports against the played world, to the đồng: what it charged is what we say, class by class and producer by producer."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from analysis.money.reports import channels, producers
from analysis.money.statement import producer_statement
from analysis.report import Period, Report
from sandbox.sandbox import START
from tests.jobs.office import Office, opened

JOBS = ("pull_orders", "pull_settlements")
MARKETS = ("lazada", "shopee", "tiki", "tiktok_shop")


@pytest.fixture(scope="module", params=MARKETS)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    """Thirty days of one shop that sells for many producers."""
    with opened(tmp_path_factory.mktemp(request.param), products=30) as office:
        office.push(request.param)
        for _ in range(6):
            office.wait(days=5)
            for job in JOBS:
                assert office.do(job, request.param).state == "done"
        yield office, request.param


def _made(played: tuple[Office, str], make: Any, *by: str) -> Report:
    app = played[0].app
    with app.database.session() as session:
        made: Report = make(session, Period(START.date(), app.today(), app.zone), by)
        return made


def test_no_amount_is_without_a_class(played: tuple[Office, str]) -> None:
    """Every name the played marketplaces use is in the table."""
    assert [note for note in _made(played, channels).notes if "chưa được phân loại" in note] == []


def test_settled_net_is_what_the_world_paid(played: tuple[Office, str]) -> None:
    """All settled orders, fees and taxes taken off; Tiki settles nothing, so all of its money is processing."""
    world, market = played[0].world.world, played[1]
    net: Counter[str] = Counter()
    for row in _made(played, channels).rows:
        net[str(row["stage"])] += int(str(row["net_vnd"]))
    paid = sum(world.payout_vnd(order) for order in world.orders(market) if _is_settled(market, order))
    assert net["settled"] == (0 if market == "tiki" else paid)


def test_placed_money_is_revenue_by_producer(played: tuple[Office, str]) -> None:
    """Goods that stayed sold, of whose SKU the producer is."""
    office, market = played
    owner = {variant.sku: product.producer_code for product in office.products for variant in product.variants}
    truth: Counter[str] = Counter()
    for order in office.world.world.orders(market):
        if order.counts:
            for line in order.lines:
                truth[owner[line.sku]] += line.quantity * line.unit_price_vnd
    ours = {
        row["producer_code"]: sum(int(str(row[name])) for name in ("gross_vnd", "platform_voucher_vnd", "refund_vnd"))
        for row in _made(played, producers).rows
        if row["stage"] == "placed"
    }
    assert ours == truth


def _is_settled(market: str, order: Any) -> bool:
    return bool(order.settled_at) if market != "tiki" else order.counts


def test_statements_of_all_producers_are_the_whole(played: tuple[Office, str]) -> None:
    """What all of them were paid and still wait for is what the shop was paid and waits for."""
    office, (whole, ours) = played[0], (Counter(), Counter())
    for row in _made(played, channels).rows:
        whole[str(row["stage"])] += int(str(row["net_vnd"]))
    for producer in office.producers:
        made = _made(played, producer_statement, f"producer={producer.code}")
        for row in made.rows:
            ours[str(row["stage"])] += int(str(row["net_vnd"]))
    assert ours == whole
