"""Statements read from every played marketplace that has them, held against the lines read from it, and its errors found."""

from collections.abc import Iterator
from typing import Any

import pytest

from analysis.reconcile import reconcile
from analysis.report import Period, Report
from sandbox.sandbox import START
from tests.jobs.office import Office, opened

MONEY_JOBS = ("pull_orders", "pull_settlements", "pull_statements")
MARKETS = ("lazada", "shopee", "tiktok_shop")


class Month:
    """Forty days of one shop, its money read every five."""

    def __init__(self, office: Office, market: str, *, errors: bool) -> None:
        self.office, self.market = office, market
        self.site: Any = office.world.sites[f"{market}.api"]
        rules = self.site.stage.rules if market == "tiktok_shop" else self.site.rules
        rules.statement_errors = errors
        office.push(market)
        for _ in range(8):
            office.wait(days=5)
            for job in MONEY_JOBS:
                assert office.do(job, market).state == "done"

    def report(self) -> Report:
        period = Period(START.date(), self.office.app.today(), self.office.app.zone)
        with self.office.app.database.session() as session:
            return reconcile(session, period, ())

    def named(self) -> set[tuple[Any, ...]]:
        return {(row["cause"], row["order"]) for row in self.report().rows if row["cause"]}

    def seeded(self) -> dict[str, dict[str, Any]]:
        """By kind; both sides call one thing by one name."""
        return {one["kind"]: one for one in self.site.seeded_errors()}


@pytest.fixture(scope="module", params=MARKETS)
def cheated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    """The accounts are wrong in three places."""
    with opened(tmp_path_factory.mktemp("cheated"), products=30) as office:
        yield Month(office, request.param, errors=True)


@pytest.fixture(scope="module", params=MARKETS)
def honest(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    with opened(tmp_path_factory.mktemp("honest"), products=30) as office:
        yield Month(office, request.param, errors=False)


def test_an_honest_month_has_no_difference(honest: Month) -> None:
    """Every statement equals its lines to the đồng, and nobody is accused."""
    assert honest.named() == set()
    assert {row["difference_vnd"] for row in honest.report().rows} == {0}


def test_the_statements_are_the_worlds_own_payouts(honest: Month) -> None:
    """Shopee's released money, day by day, is what the world paid before today."""
    if honest.market != "shopee":
        pytest.skip("only Shopee pays order by order at the world's own moment")
    office = honest.office
    today = office.app.today()
    paid = [order for order in office.world.world.orders("shopee") if order.settled_at is not None]
    before_today = [o for o in paid if o.settled_at.astimezone(office.app.zone).date() < today]
    said = sum(row["says_vnd"] for row in honest.report().rows)
    assert said == sum(map(office.world.world.payout_vnd, before_today))


def test_each_seeded_error_is_found_and_named(cheated: Month) -> None:
    """A fee charged twice, a missing refund and a payout short by one order: those three, and nothing else."""
    seeded = cheated.seeded()
    assert sorted(seeded) == ["fee_charged_twice", "missing_refund", "order_not_paid"]
    assert cheated.named() == {(kind, error["order"]) for kind, error in seeded.items()}


def test_the_excess_of_a_fee_is_that_of_what_was_charged_twice(cheated: Month) -> None:
    """Lazada doubles one piece of several, TikTok Shop a whole order in the next statement: the amount is the one too many."""
    if cheated.market == "shopee":
        pytest.skip("Shopee states one sum of the doubled fee")
    (row,) = [row for row in cheated.report().rows if row["cause"] == "fee_charged_twice"]
    assert row["amount_vnd"] == cheated.seeded()["fee_charged_twice"]["amount_vnd"]


def test_reading_again_changes_nothing(cheated: Month) -> None:
    """The same statements a second time are unchanged rows and the same report."""
    before = cheated.report()
    done = cheated.office.do("pull_statements", cheated.market)
    assert (done.counts["new"], done.counts["updated"]) == (0, 0)
    assert cheated.report().rows == before.rows


def test_a_person_reads_what_to_do(cheated: Month) -> None:
    """The sentence names the fee and the next step."""
    doubled = next(row for row in cheated.report().rows if row["cause"] == "fee_charged_twice")
    assert "commission" in str(doubled["code"]).lower()
    assert str(doubled["why"]).endswith(": yêu cầu sàn hoàn lại.")
