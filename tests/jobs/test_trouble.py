"""The queue of problems holds what a person must act on, once, with a count, and no longer than it is true."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from jobs.app import App
from jobs.crawl import crawl_site
from jobs.orders import pull_orders
from jobs.run import perform
from jobs.trouble import note
from models import Problem
from tests.jobs.conftest import HeldClock
from tests.jobs.office import Office, opened

SKU = "OCOP-TN-0003-500G"
TOO_CHEAP = 10


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as found:
        yield found


def _open(office: Office) -> list[tuple[object, ...]]:
    query = select(Problem.shop, Problem.sku, Problem.count).where(Problem.resolved_at.is_(None)).order_by(Problem.id)
    with office.app.database.session() as session:
        return [tuple(row) for row in session.execute(query)]


def test_the_same_problem_again_is_a_count(app: App, clock: HeldClock) -> None:
    """One row, its first and last moment, its newest words."""
    note(app, "k", "Lần một.", shop="tra", code="c")
    clock.pass_by(hours=1)
    note(app, "k", "Lần hai.", shop="tra", code="c")
    with app.database.session() as session:
        (row,) = session.scalars(select(Problem)).all()
    assert (row.count, row.sentence, row.last_at - row.first_at) == (2, "Lần hai.", timedelta(hours=1))


def test_a_refusal_is_over_once_the_listing_is_taken(office: Office) -> None:
    """The office mends the price, the marketplace takes the pack: nobody is asked to look any more."""
    price_vnd = office.variants()[SKU].price_vnd
    office.change(SKU, price_vnd=TOO_CHEAP)
    office.push("shopee")
    assert _open(office) == [("shopee-demo", SKU, 1)]
    office.push("shopee")
    assert _open(office) == [("shopee-demo", SKU, 1)]  # refused still
    office.change(SKU, price_vnd=price_vnd)
    assert office.push("shopee").counts["done"] == {"create": 1}
    assert _open(office) == []


def test_a_refusal_is_over_once_the_pack_is_not_to_be_sold(office: Office) -> None:
    """What nobody wants to sell needs no mending."""
    office.change(SKU, price_vnd=TOO_CHEAP)
    office.push("shopee")
    office.change(SKU, price_vnd=None)
    office.push("shopee")
    assert _open(office) == []


def test_a_refused_text_stays_a_problem_while_its_stock_is_taken(office: Office) -> None:
    """A figure that went through says nothing of the words that did not; mended words end it, and the refusal is gone from the row."""
    office.push("shopee")
    office.change(SKU, name="x" * 200)
    office.push("shopee")
    office.change(SKU, name="x" * 200, stock=7)
    assert office.push("shopee").counts["done"] == {"stock": 1}
    assert _open(office) == [("shopee-demo", SKU, 1)]
    office.change(SKU, name="gói 500 g", stock=7)
    assert office.push("shopee").counts["done"] == {"update": 1}
    assert _open(office) == []
    row = office.listings("shopee")[SKU]
    assert (row.refused_hash, row.last_code, row.last_error) == (None, None, None)


def test_a_failed_run_is_forgotten_when_its_next_one_is_done(office: Office) -> None:
    """A marketplace that was down an hour ago is nobody's work now; another job's failure stays."""
    office.fault("shopee", "status", status=500, times=None)
    for job in ("pull_orders", "pull_listings"):
        assert office.do(job, "shopee").state == "failed"
    office.world.faults.clear()
    assert [shop for shop, _, _ in _open(office)] == ["shopee-demo", "shopee-demo"]
    office.do("pull_orders", "shopee")
    with office.app.database.session() as session:
        (left,) = session.scalars(select(Problem.key).where(Problem.resolved_at.is_(None))).all()
    assert left.startswith("pull_listings:shopee-demo:")


def test_mass_withdrawal_stops_being_asked_about_when_it_is_not_meant(tmp_path: Path) -> None:
    """The workbook is put right: the question is withdrawn with it."""
    with opened(tmp_path, products=10) as office:
        office.push("shopee")
        prices = {sku: row.price_vnd for sku, row in office.variants().items()}
        for sku in prices:
            office.change(sku, price_vnd=None)
        office.push("shopee")
        assert _open(office) == [("shopee-demo", None, 1)]
        for sku, price_vnd in prices.items():
            office.change(sku, price_vnd=price_vnd)
        assert office.push("shopee").counts["done"] == {"restore": 5}
        assert _open(office) == []


def test_a_site_that_reads_again_is_no_problem(office: Office) -> None:
    """It refused three times; a page came back as it should, so nobody need ask its owner."""
    note(office.app, "site:generic", "Trang «generic» từ chối ta ba lần liền.", code="refused")
    perform(office.app, "crawl_site", partial(crawl_site, limit=1), "generic", office.app.now())
    assert _open(office) == []


def test_reading_orders_again_answers_the_question_about_unknown_income(office: Office) -> None:
    """The sentence names the command; having run it closes the problem, and income that is still unknown opens it anew."""
    note(office.app, "income:shopee-demo:unknown_orders", "2 khoản tiền về thuộc đơn chưa đọc.", shop="shopee-demo")
    office.do("pull_orders", "shopee")
    assert _open(office) == [("shopee-demo", None, 1)]
    office.wait(seconds=1)
    again = partial(pull_orders, since=office.app.now() - timedelta(days=30))
    perform(office.app, "pull_orders", again, "shopee-demo", office.app.now())
    assert _open(office) == []
