"""Price floors: what is below one is shown with its reason, and no request for it is ever sent."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from analysis.whatif.offers import Costs
from jobs.app import JobError
from jobs.blocked import blocked_listings
from jobs.computed_floors import compute_floors
from jobs.export.offered import offering
from jobs.export.sheet import fill_sheet
from jobs.intend import keep_intentions_fresh
from jobs.plan import Change, plan_shop
from jobs.price_floors import clear_floor, known_floors, set_floor
from jobs.push.context import Push
from jobs.push.create import create_listings
from jobs.push.figures import set_prices
from jobs.registry import JOBS
from jobs.run import Counts, Run, perform
from sandbox.sandbox import START
from sandbox.sheets.downloads import DOWNLOADS
from sandbox.world import OfferState
from tests.jobs.office import Office, opened

SKU = "OCOP-TN-0003-500G"
MARKETS = ("lazada", "shopee", "tiki", "tiktok_shop")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, products=3) as ready:
        yield ready


def blocked(office: Office, market: str) -> list[Change]:
    shop = office.app.shop(f"{market}-demo")
    keep_intentions_fresh(office.app, shop)
    with office.app.database.session() as session:
        return blocked_listings(session, shop)


def planned(office: Office, market: str) -> list[Change]:
    with office.app.database.session() as session:
        return plan_shop(session, office.app.shop(f"{market}-demo"), office.app.now())


def price_of(office: Office) -> int:
    price_vnd = office.variants()[SKU].price_vnd
    assert price_vnd is not None
    return price_vnd


@pytest.mark.parametrize("market", MARKETS)
def test_nothing_is_created_below_the_floor(office: Office, market: str) -> None:
    """The plan says why and what to do; the push creates all others; at the floor itself it goes out."""
    price_vnd = price_of(office)
    set_floor(office.app, SKU, market, price_vnd + 1)
    (change,) = blocked(office, market)
    assert (change.sku, change.action, change.why) == (SKU, "create", "giá thấp hơn giá sàn")
    assert change.blockers[0].endswith(f"hoặc đặt lại giá sàn bằng `ocop floor set {SKU} SỐ_TIỀN`.")
    office.push(market)
    assert SKU not in {offer.sku for offer in office.offers(market)}
    assert office.push(market).counts["done"] == {}
    set_floor(office.app, SKU, market, price_vnd)
    assert blocked(office, market) == []
    office.push(market)
    office.wait(days=2)
    assert [offer.price_vnd for offer in office.offers(market) if offer.sku == SKU] == [price_vnd]


@pytest.mark.parametrize("market", MARKETS)
def test_a_price_below_the_floor_is_not_sent_and_all_else_is(office: Office, market: str) -> None:
    """It stays on sale at the price it has; its stock still moves; without the floor the price goes out at once."""
    office.push(market)
    office.wait(days=2)
    office.do("pull_listings", market)
    price_vnd = price_of(office)
    set_floor(office.app, SKU, None, price_vnd)
    office.change(SKU, price_vnd=price_vnd - 1_000, stock=7)
    (change,) = blocked(office, market)
    assert (change.sku, change.action) == (SKU, "price")
    assert office.push(market).counts["done"] == {"stock": 1}
    (offer,) = [offer for offer in office.offers(market) if offer.sku == SKU]
    assert (offer.price_vnd, offer.stock, offer.state) == (price_vnd, 7, OfferState.LIVE)
    clear_floor(office.app, SKU, None)
    assert office.push(market).counts["done"] == {"price": 1}


def test_the_higher_of_two_floors_holds(office: Office) -> None:
    """One for everywhere and one for a marketplace; another marketplace has the first alone."""
    price_vnd = price_of(office)
    set_floor(office.app, SKU, None, price_vnd)
    set_floor(office.app, SKU, "shopee", price_vnd + 5_000)
    assert [change.sku for change in blocked(office, "shopee")] == [SKU]
    assert blocked(office, "tiki") == []
    assert [(row["marketplace"], row["floor_vnd"], row["cost_vnd"]) for row in known_floors(office.app)] == [
        (None, price_vnd, None),
        ("shopee", price_vnd + 5_000, None),
    ]


def test_a_floor_set_after_the_plan_was_made_still_holds(office: Office) -> None:
    """Prices are held against it once more where they are read to be sent: creates first, then prices."""
    shop = office.app.shop("shopee-demo")
    keep_intentions_fresh(office.app, shop)
    stale = planned(office, "shopee")
    set_floor(office.app, SKU, None, 10**9)
    assert carry_out(office, create_listings, stale) == {"create": len(stale) - 1}
    clear_floor(office.app, SKU, None)
    office.push("shopee")
    office.change(SKU, price_vnd=price_of(office) - 1_000)
    keep_intentions_fresh(office.app, shop)
    stale = planned(office, "shopee")
    set_floor(office.app, SKU, None, 10**9)
    assert [change.action for change in stale] == ["price"]
    assert carry_out(office, set_prices, stale) == {}


def carry_out(office: Office, step: Callable[[Push, Sequence[Change]], None], changes: Sequence[Change]) -> object:
    """One step of a push, with a plan made earlier."""

    def job(run: Run) -> Counts:
        push = Push(run, office.app.shop(run.lane), office.app.connector(office.app.shop(run.lane)))
        step(push, changes)
        return {"done": dict(push.done)}

    office.wait(seconds=1)
    ended = perform(office.app, "push_listings", job, "shopee-demo", office.app.now())
    assert ended is not None
    return ended.counts["done"]


def test_a_computed_floor_follows_its_cost(office: Office) -> None:
    """Cost, packaging, fees and tax: all of it is in the floor; the daily job leaves it while nothing else has changed."""
    office.push("shopee")
    for _ in range(4):
        office.wait(days=3)
        office.do("pull_orders", "shopee")
        office.do("pull_settlements", "shopee")
    floors = compute_floors(office.app, SKU, Costs(5_000, 60_000, "cooperative"), "shopee")
    assert floors["shopee"] > 65_000
    (row,) = known_floors(office.app)
    assert (row["marketplace"], row["floor_vnd"], row["cost_vnd"], row["packaging_vnd"]) == (
        "shopee",
        floors["shopee"],
        60_000,
        5_000,
    )
    office.wait(seconds=1)
    ended = perform(office.app, "refresh_floors", JOBS["refresh_floors"].function, "", office.app.now())
    assert ended is not None
    assert ended.counts == {"floors": 1, "changed": 0}


def test_a_sellers_own_sheet_keeps_to_it_too(office: Office, tmp_path: Path) -> None:
    """The row stays as it is and is named; without the floor the price is filled in."""
    office.push("lazada")
    shop = office.app.shop("lazada-demo")
    days = START.date(), START.date()
    sheet = DOWNLOADS["lazada.price_stock"].write(office.world, shop.external_id, days, tmp_path)
    price_vnd = price_of(office)
    set_floor(office.app, SKU, "lazada", price_vnd)
    office.change(SKU, price_vnd=price_vnd - 1_000)
    held = fill_sheet(office.app, shop.name, sheet)
    assert (held.file, held.changed) == (None, [])
    assert [(one.sku, "thấp hơn giá sàn" in one.sentence) for one in held.untouched] == [(SKU, True)]
    clear_floor(office.app, SKU, "lazada")
    filled = fill_sheet(office.app, shop.name, sheet)
    assert [(one["column"], one["after"]) for one in filled.changed] == [("Price", price_vnd - 1_000)]


def test_packs_and_feeds_keep_to_it_too(office: Office) -> None:
    """A floor for everywhere holds where no marketplace is; one of a marketplace holds in its shop's feed alone."""
    set_floor(office.app, SKU, "shopee", price_of(office) + 1)
    assert SKU in {one.variant.sku for one in offering(office.app, None, ()).offered}
    (held,) = offering(office.app, office.app.shop("shopee-demo"), ()).held
    assert (held.sku, "thấp hơn giá sàn" in held.sentence) == (SKU, True)
    set_floor(office.app, SKU, None, price_of(office) + 1)
    assert [one.sku for one in offering(office.app, None, ()).held] == [SKU]


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda app: set_floor(app, "KHÔNG-CÓ", None, 1), "không có gói nào mang SKU «KHÔNG-CÓ»"),
        (lambda app: set_floor(app, SKU, "sendo", 1), "Không có sàn «sendo»"),
        (lambda app: compute_floors(app, SKU, Costs(0, 1, "household")), "Chưa tính được giá sàn"),
    ],
)
def test_what_cannot_be_set_is_said(office: Office, ask: Any, sentence: str) -> None:
    """Before any order other fees are not known, so a floor is not computed from half of them."""
    with pytest.raises(JobError, match=sentence):
        ask(office.app)
    assert known_floors(office.app) == []
