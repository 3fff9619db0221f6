"""Fees against the played world's own rates: an honest month is explained whole, a fee charged twice is found and nothing else."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from analysis.fees.report import fees
from analysis.money.reports import channels
from analysis.report import Period, Report
from catalog.fees import FeeRule
from sandbox.lazada import fees as lazada
from sandbox.sandbox import START
from sandbox.shopee import fees as shopee
from sandbox.tiki import fees as tiki
from sandbox.tiktok_shop import fees as tiktok
from tests.jobs.office import Office, opened


def _rule(marketplace: str, code: str, basis_points: float, base: str, fixed_vnd: int = 0, **other: Any) -> FeeRule:
    facts = {"is_optional": False, "is_refundable": True, "valid_from": date(2025, 1, 1), "basis": "sandbox"}
    facts |= {"source": "sandbox", "checked_on": date(2026, 11, 24), "base": base, "fixed_vnd": fixed_vnd}
    return FeeRule.model_validate(
        {"marketplace": marketplace, "code": code, "percent": str(basis_points / 100)} | facts | other
    )


RATES = (
    _rule("shopee", "commission_fee", shopee.COMMISSION_BP, "goods"),
    _rule("shopee", "service_fee", shopee.SERVICE_BP, "goods"),
    _rule("shopee", "seller_transaction_fee", shopee.TRANSACTION_BP, "paid_goods"),
    _rule("shopee", "seller_order_processing_fee", 0, "goods", shopee.PROCESSING_VND),
    _rule("tiktok_shop", "platform_commission_amount", tiktok.COMMISSION_BP, "paid_goods"),
    _rule("tiktok_shop", "transaction_fee_amount", tiktok.TRANSACTION_BP, "paid_goods"),
    _rule("tiktok_shop", "sfp_service_fee_amount", tiktok.FREE_SHIPPING_BP, "paid_goods"),
    _rule("tiktok_shop", "affiliate_commission_amount", tiktok.AFFILIATE_BP, "paid_goods", is_optional=True),
    _rule("tiktok_shop", "vn_fix_infrastructure_fee", 0, "goods", tiktok.INFRASTRUCTURE_VND),
    _rule("lazada", "3 Commission", lazada.COMMISSION_BP, "goods"),
    _rule("lazada", "16 Payment Fee", lazada.PAYMENT_BP, "paid_goods"),
    _rule("tiki", "base_fee", tiki.BASE_PERCENT * 100, "paid_goods"),
)
EXPLAINED = {"as_expected", "rounding"}


def _month(office: Office, market: str, *, errors: bool) -> None:
    site: Any = office.world.sites[f"{market}.api"]
    if market != "tiki":
        (site.stage.rules if market == "tiktok_shop" else site.rules).statement_errors = errors
    office.push(market)
    for _ in range(8):
        office.wait(days=5)
        for job in ("pull_orders", "pull_settlements"):
            assert office.do(job, market).state == "done"


def _made(office: Office, make: Any, *by: str, **options: Any) -> Report:
    app = office.app
    with app.database.session() as session:
        made: Report = make(session, Period(START.date(), app.today(), app.zone), by, **options)
        return made


@pytest.fixture(scope="module", params=["lazada", "shopee", "tiki", "tiktok_shop"])
def honest(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    with opened(tmp_path_factory.mktemp("honest"), products=30) as office:
        _month(office, request.param, errors=False)
        yield office, request.param


def test_an_honest_month_is_explained_whole(honest: tuple[Office, str]) -> None:
    """Every fee the table has a rate for comes to it; of Tiki's, the pick-up fee has a rebate that no rate can say."""
    office, market = honest
    rows = _made(office, fees, rules=lambda: RATES).rows
    assert {row["cause"] for row in rows if row["code"] != "pickup_fee"} <= EXPLAINED
    assert sum(int(str(row["unexplained_vnd"])) for row in rows if row["code"] != "pickup_fee") == 0
    assert {row["marketplace"] for row in rows} == {market}


def test_all_fees_charged_are_in_the_report(honest: tuple[Office, str]) -> None:
    """Its sum is the fee column of the money report, to the đồng."""
    office, _ = honest
    charged = sum(int(str(row["charged_vnd"])) for row in _made(office, fees, rules=lambda: RATES).rows)
    in_money = sum(int(str(row["fee_vnd"])) for row in _made(office, channels).rows if row["stage"] != "placed")
    assert charged == in_money


@pytest.mark.parametrize("market", ["lazada", "shopee"])
def test_the_fee_charged_twice_is_found(market: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """That order and that amount; no other order is accused."""
    with opened(tmp_path_factory.mktemp("cheated"), products=30) as office:
        _month(office, market, errors=True)
        site: Any = office.world.sites[f"{market}.api"]
        seeded = [error for error in site.seeded_errors() if error["kind"] == "fee_charged_twice"]
        rows = _made(office, fees, "order", rules=lambda: RATES).rows
        found = [(row["cause"], row["order"]) for row in rows if row["cause"] not in EXPLAINED]
        assert found == [("charged_twice", error.get("order") or error["order_id"]) for error in seeded]
