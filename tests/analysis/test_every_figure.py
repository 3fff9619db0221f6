"""Every money figure of the reports against what the played world says really happened, to the đồng, on all four marketplaces.

Seventeen days of selling from households' shops, then a month in which nothing is sold any more: by then every order has been
paid out, cancelled or sent back. The names of amounts are told apart by hand here, not by the table the reports use.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from analysis.fees.report import fees
from analysis.money.reports import channels, producers, products
from analysis.money.statement import producer_statement
from analysis.reconcile import reconcile
from analysis.report import Maker, Period, Report
from analysis.revenue import revenue
from analysis.tax.report import tax
from sandbox.sandbox import START
from sandbox.world import OfferState
from tests.jobs.office import Office, opened

MARKETS = ("lazada", "shopee", "tiki", "tiktok_shop")
SETTLING = ("lazada", "shopee", "tiktok_shop")  # Tiki has no statements: its money stays an estimate
OF_RETURNS = ("lazada", "tiktok_shop")  # what was booked for an order that came back is paid and taken back again
BOOKED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "shopee": {
        "gross_vnd": ("original_cost_of_goods_sold",),
        "seller_voucher_vnd": ("voucher_from_seller",),
        "shipping_vnd": ("buyer_paid_shipping_fee", "actual_shipping_fee", "shopee_shipping_rebate"),
        "fee_vnd": ("commission_fee", "service_fee", "seller_transaction_fee", "seller_order_processing_fee"),
        "vat_withheld_vnd": ("withholding_vat_tax",),
        "pit_withheld_vnd": ("withholding_pit_tax",),
    },
    "tiktok_shop": {
        "gross_vnd": ("subtotal_before_discount_amount",),
        "seller_voucher_vnd": ("seller_discount_amount",),
        "refund_vnd": ("refund_subtotal_before_discount_amount", "seller_discount_refund_amount"),
        "shipping_vnd": (
            "actual_shipping_fee_amount",
            "shipping_fee_discount_amount",
            "customer_paid_shipping_fee_amount",
        ),
        "fee_vnd": (
            "platform_commission_amount",
            "transaction_fee_amount",
            "vn_fix_infrastructure_fee",
            "sfp_service_fee_amount",
            "affiliate_commission_amount",
        ),
        "vat_withheld_vnd": ("local_vat_amount",),
        "pit_withheld_vnd": ("pit_amount",),
    },
    "lazada": {
        "gross_vnd": ("Item Price Credit",),
        "seller_voucher_vnd": ("Seller Voucher",),
        "refund_vnd": ("Reversal Item Price Credit", "Reversal Seller Voucher"),
        "shipping_vnd": (
            "Shipping Fee (To Seller)",
            "Automatic Shipping Fee",
            "Reversal Shipping Fee (To Seller)",
            "Reversal Automatic Shipping Fee",
        ),
        "fee_vnd": ("Commission", "Payment Fee", "Reversal Commission", "Reversal Payment Fee"),
        "vat_withheld_vnd": ("VAT Withholding", "Reversal VAT Withholding"),
        "pit_withheld_vnd": ("PIT Withholding", "Reversal PIT Withholding"),
    },
}
TIKI = ("base_fee", "pickup_fee")
MONEY = (
    "gross_vnd",
    "seller_voucher_vnd",
    "platform_voucher_vnd",
    "shipping_vnd",
    "fee_vnd",
    "vat_withheld_vnd",
    "pit_withheld_vnd",
    "other_tax_vnd",
    "refund_vnd",
    "adjustment_vnd",
    "net_vnd",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("whole"), products=20) as played:
        for market in MARKETS:
            _prepare(played, market)
            assert played.push(market).state == "done"
        for days in (2, 5, 5, 5):
            _live(played, days)
        with played.world.world.lock:
            for market in MARKETS:
                for offer in played.world.world.offers(market):
                    offer.state = OfferState.HIDDEN
        for _ in range(5):
            _live(played, 6)
        yield played


def _prepare(office: Office, market: str) -> None:
    """Accounts without mistakes, of households, from whom tax is withheld."""
    site: Any = office.world.sites[f"{market}.api"]
    if market == "tiki":
        return
    stage = site.stage if market == "tiktok_shop" else site
    stage.rules.statement_errors = False
    accounts = stage.accounts.sellers if market == "lazada" else stage.accounts.shops
    for account in accounts.values():
        account.vat_bp, account.pit_bp = 100, 50


def _live(office: Office, days: int) -> None:
    office.wait(days=days)
    for market in MARKETS:
        jobs = ("pull_orders", "pull_settlements", *(("pull_statements",) if market in SETTLING else ()))
        assert {office.do(job, market).state for job in jobs} == {"done"}


def made(office: Office, make: Maker, *by: str) -> Report:
    app = office.app
    with app.database.session() as session:
        return make(session, Period(START.date(), app.today(), app.zone), by)


def summed(report: Report, stages: tuple[str, ...], *names: str) -> dict[tuple[object, ...], Counter[str]]:
    """Money by those columns over those stages; what is zero is left out."""
    found: dict[tuple[object, ...], Counter[str]] = {}
    for row in report.rows:
        if row["stage"] in stages:
            sums = found.setdefault(tuple(row[name] for name in names), Counter())
            sums.update({name: int(str(row[name])) for name in MONEY})
    return {key: Counter({name: vnd for name, vnd in sums.items() if vnd}) for key, sums in found.items()}


def truth(office: Office, market: str) -> dict[str, Any]:
    told: dict[str, Any] = office.world.world.truth()["markets"][market]
    return told


def booked(office: Office, market: str) -> Counter[str]:
    """By the marketplace's own names: all that its statements can name."""
    money = truth(office, market)["money"]
    return _added(*(money[fate] for fate in (("kept", "returned") if market in OF_RETURNS else ("kept",))))


def _added(*parts: Mapping[str, int]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for part in parts:
        sums.update(part)
    return sums


def expected(office: Office, market: str) -> Counter[str]:
    """The world's amounts by column of the money reports."""
    amounts = booked(office, market)
    if market == "tiki":
        goods_vnd = truth(office, market)["revenue_vnd"]
        columns = {"gross_vnd": goods_vnd, "seller_voucher_vnd": amounts["row_total"] - goods_vnd}
        columns["fee_vnd"] = sum(amounts[code] for code in TIKI)
    else:
        columns = {name: sum(amounts[code] for code in codes) for name, codes in BOOKED[market].items()}
    columns["net_vnd"] = sum(amounts.values())
    return Counter({name: vnd for name, vnd in columns.items() if vnd})


def test_the_month_had_everything(office: Office) -> None:
    """Sold, cancelled and sent back on every marketplace, and nothing is on its way any more."""
    for market in MARKETS:
        states = truth(office, market)["orders_by_state"]
        assert set(states) == {"cancelled", "completed", "returned"}


@pytest.mark.parametrize("market", MARKETS)
def test_channels(office: Office, market: str) -> None:
    """Goods, vouchers, shipping, fees, both taxes, refunds and what is left."""
    stages = ("settled",) if market in SETTLING else ("processing",)
    assert summed(made(office, channels), stages, "marketplace")[market,] == expected(office, market)
    others = {"settled", "processing"} - set(stages)
    assert sum(summed(made(office, channels), tuple(others), "marketplace").get((market,), Counter()).values()) == 0


@pytest.mark.parametrize("make", [producers, products])
def test_producers_and_products_are_the_channels_cut_otherwise(office: Office, make: Maker) -> None:
    """At every stage the rows add up to the marketplaces' own, column by column."""
    for stage in ("placed", "processing", "settled"):
        whole, parts = (summed(made(office, one), (stage,)) for one in (channels, make))
        assert parts == whole


def test_statements_of_producers_are_all_that_was_paid(office: Office) -> None:
    """Every đồng paid out in the period is some producer's."""
    paid: Counter[str] = Counter()
    for producer in office.producers:
        paid.update(summed(made(office, producer_statement, f"producer={producer.code}"), ("settled",)).get((), {}))
    assert paid["net_vnd"] == sum(expected(office, market)["net_vnd"] for market in SETTLING)


@pytest.mark.parametrize("market", MARKETS)
def test_revenue(office: Office, market: str) -> None:
    """Pieces and đồng, SKU by SKU; orders in all."""
    rows = made(office, revenue, "marketplace", "sku").rows
    ours = {
        row["sku"]: {"units": row["units"], "revenue_vnd": row["revenue_vnd"]}
        for row in rows
        if row["marketplace"] == market
    }
    told = truth(office, market)
    assert ours == told["by_sku"]
    by_market = {row["marketplace"]: row for row in made(office, revenue, "marketplace").rows}
    assert by_market[market]["orders"] == told["revenue_orders"]


@pytest.mark.parametrize("market", MARKETS)
def test_fees(office: Office, market: str) -> None:
    """What was charged, fee by fee; what is given back is taken off the fee it gives back."""
    ours: Counter[str] = Counter()
    for row in made(office, fees).rows:
        if row["marketplace"] == market:
            ours[str(row["code"])] += int(str(row["charged_vnd"]))
    amounts, charged = booked(office, market), Counter[str]()
    for code in TIKI if market == "tiki" else BOOKED[market]["fee_vnd"]:
        charged[code.removeprefix("Reversal ")] += amounts[code]
    assert ours == charged


@pytest.mark.parametrize("market", SETTLING)
def test_tax(office: Office, market: str) -> None:
    """The base is what buyers paid for goods; of it VAT and personal income tax were withheld."""
    (row,) = [row for row in made(office, tax).rows if row["marketplace"] == market and row["stage"] == "settled"]
    columns = expected(office, market)
    base_vnd = columns["gross_vnd"] + columns["seller_voucher_vnd"] + columns["refund_vnd"]
    assert (row["base_vnd"], row["vat_withheld_vnd"], row["pit_withheld_vnd"]) == (
        base_vnd,
        -columns["vat_withheld_vnd"],
        -columns["pit_withheld_vnd"],
    )


@pytest.mark.parametrize("market", SETTLING)
def test_reconcile(office: Office, market: str) -> None:
    """Statements pay what the world paid, their lines say the same, and nobody is accused."""
    rows = [row for row in made(office, reconcile).rows if row["shop"] == f"{market}-demo"]
    assert [row["why"] for row in rows if row["cause"]] == []
    told = {name: sum(int(str(row[name])) for row in rows) for name in ("says_vnd", "lines_vnd", "difference_vnd")}
    assert told["lines_vnd"] == expected(office, market)["net_vnd"]
    assert told["difference_vnd"] == 0
