"""Statements read from the played marketplace, held against the lines read from it, and the errors it makes on purpose found."""

from collections.abc import Iterator
from typing import Any

import pytest

from analysis.reconcile import reconcile
from analysis.report import Period, Report
from sandbox.sandbox import START
from tests.jobs.office import Office, opened

MONEY_JOBS = ("pull_orders", "pull_settlements", "pull_statements")


@pytest.fixture(scope="module")
def cheated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A month of a Shopee whose accounts are wrong in three places."""
    with opened(tmp_path_factory.mktemp("cheated"), products=30) as office:
        office.world.sites["shopee.api"].rules.statement_errors = True
        _month(office)
        yield office


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("honest"), products=30) as office:
        _month(office)
        yield office


def _month(office: Office) -> None:
    office.push("shopee")
    for _ in range(3):
        office.wait(days=10)
        for job in MONEY_JOBS:
            assert office.do(job, "shopee").state == "done"


def _report(office: Office) -> Report:
    period = Period(START.date(), office.app.today(), office.app.zone)
    with office.app.database.session() as session:
        return reconcile(session, period, ())


def _named(report: Report) -> set[tuple[Any, ...]]:
    return {(row["cause"], row["order"]) for row in report.rows if row["cause"]}


def test_an_honest_month_has_no_difference(honest: Office) -> None:
    """Every statement equals its lines to the đồng, and together they are the world's own payouts."""
    report = _report(honest)
    assert _named(report) == set()
    assert {row["difference_vnd"] for row in report.rows} == {0}
    today = honest.app.now().astimezone(honest.app.zone).date()
    paid = [order for order in honest.world.world.orders("shopee") if order.settled_at is not None]
    before_today = [o for o in paid if o.settled_at.astimezone(honest.app.zone).date() < today]
    assert sum(row["says_vnd"] for row in report.rows) == sum(map(honest.world.world.payout_vnd, before_today))


def test_each_seeded_error_is_found_and_named(cheated: Office) -> None:
    """A fee charged twice, a missing refund and an order left out of the payouts: those three, and nothing else."""
    seeded = cheated.world.sites["shopee.api"].seeded_errors()
    assert sorted(error["kind"] for error in seeded) == ["fee_charged_twice", "missing_refund", "order_not_paid"]
    assert _named(_report(cheated)) == {(error["kind"], error["order"]) for error in seeded}


def test_reading_again_changes_nothing(cheated: Office) -> None:
    """The same statements a second time are unchanged rows and the same report."""
    before = _report(cheated)
    done = cheated.do("pull_statements", "shopee")
    assert (done.counts["new"], done.counts["updated"]) == (0, 0)
    assert _report(cheated).rows == before.rows


def test_the_command_shows_the_causes(cheated: Office) -> None:
    """A person reads what happened to which order and what to do."""
    doubled = next(row for row in _report(cheated).rows if row["cause"] == "fee_charged_twice")
    assert doubled["code"] == "commission_fee"
    assert "gấp đôi các đơn cùng sản phẩm: yêu cầu sàn hoàn lại." in doubled["why"]
