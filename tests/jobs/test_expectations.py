"""A crawl that does not find what it said it would stores no reading, and its site is off until a person has looked."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, func, select, update

from jobs.app import App
from jobs.crawl_health import crawl_health, is_well
from jobs.expectations import Expectations
from jobs.reparse import reparse_site
from jobs.run import perform
from jobs.stop_rule import PERSON, start, stop
from jobs.tally import Tally
from jobs.watching import watch_page
from models import CrawlTally, Evidence, Observation, Problem, SiteState, WatchedPage
from spiders.page import PageState, Reading
from tests.jobs.watched_shop import column, crawl, open_for, path_of, shelve, states
from tests.spiders.conftest import Answer, Shop
from tests.spiders.pages import tiki_product, tiki_product_page

NUMBERS = range(1, 13)


@pytest.fixture
def shop() -> Iterator[Shop]:
    found = Shop()
    yield found
    found.server.shutdown()
    found.server.server_close()


def _site(app: App, place: str = "tiki") -> SiteState:
    with app.database.session() as session:
        return session.get_one(SiteState, place)


def _observed(app: App) -> int:
    with app.database.session() as session:
        return session.scalar(select(func.count(Observation.id))) or 0


def _open_problem(app: App) -> str:
    with app.database.session() as session:
        return session.scalars(select(Problem.sentence).where(Problem.resolved_at.is_(None))).one()


def test_a_field_there_yesterday_and_missing_today_stops_the_site(app: App, shop: Shop) -> None:
    """Three pages running are enough: nothing more is asked, the day's readings are taken back, a person is told what to do."""
    open_for(app, shop, NUMBERS)
    assert crawl(app).counts["observations"] == len(NUMBERS)
    app.clock.pass_by(days=1)
    for number in NUMBERS:
        shelve(shop, number, quantity_sold=...)
    asked = sum(shop.calls.values())
    counts = crawl(app).counts
    assert (counts["ok"], counts["layout_changed"], counts["skipped"], counts["observations"]) == (2, 1, 9, 0)
    assert sum(shop.calls.values()) == asked + 1 + 3  # robots.txt and three pages
    assert _observed(app) == len(NUMBERS)
    site = _site(app)
    assert (site.is_disabled, site.stopped_for, site.evidence) == (
        True,
        "layout_changed",
        "ba trang liền không còn số đã bán",
    )
    assert "đổi cách trình bày" in _open_problem(app)
    assert "ocop watch start tiki" in _open_problem(app)
    app.clock.pass_by(days=1)
    again = crawl(app)
    assert (again.state, "đổi cách trình bày" in str(again.error)) == ("failed", True)
    assert sum(shop.calls.values()) == asked + 4


def test_a_person_starts_the_site_again(app: App, shop: Shop) -> None:
    """After having looked: the sheet is clean, due pages are read, and the problem is over."""
    open_for(app, shop, NUMBERS)
    with app.database.write() as session:
        stop(session, "tiki", "layout_changed", "x", app.now())
    assert crawl(app).state == "failed"
    with app.database.write() as session:
        assert (start(session, "tiki"), start(session, "tiki"), start(session, "unknown")) == (True, False, False)
    assert crawl(app).counts["observations"] == len(NUMBERS)


def test_what_a_person_stopped_no_machine_restates(app: App) -> None:
    """Who and why stay said, whatever a crawl in its last breath finds."""
    with app.database.write() as session:
        stop(session, "tiki", PERSON, "chủ trang yêu cầu", app.now(), by="Bà Lan")
        stop(session, "tiki", "layout_changed", "x", app.now())
    assert (_site(app).stopped_for, _site(app).stopped_by, _site(app).evidence) == (
        PERSON,
        "Bà Lan",
        "chủ trang yêu cầu",
    )
    failed = crawl(app)
    assert "đã tắt theo lệnh của Bà Lan: chủ trang yêu cầu" in str(failed.error)


def test_a_run_of_unreadable_pages_stores_nothing(app: App, shop: Shop) -> None:
    """Ten answers are a sample: fewer than eight in ten understood, and the few that were read are not kept either."""
    open_for(app, shop, NUMBERS)
    for number in range(5, 13):
        shop.pages[path_of(number)] = Answer("<html><body>Trang mới của chúng tôi</body></html>")
    counts = crawl(app).counts
    assert (counts["ok"], counts["layout_changed"], counts["observations"], _observed(app)) == (4, 8, 0, 0)
    assert _site(app).stopped_for == "layout_changed"
    assert "chỉ đọc hiểu" in _open_problem(app)


def test_a_refused_run_is_stored_once_its_pages_read_as_they_should(app: App, shop: Shop) -> None:
    """Read again by the same reader it stays refused; where its kept pages now hold what was expected, its readings come in."""
    open_for(app, shop, NUMBERS)
    crawl(app)
    app.clock.pass_by(days=1)
    for number in NUMBERS:
        shelve(shop, number, quantity_sold=...)
    crawl(app)
    app.clock.pass_by(seconds=1)
    again = perform(app, "reparse_site", reparse_site, "tiki", app.now())
    assert again is not None
    assert (again.counts["added"], _observed(app)) == (0, len(NUMBERS))


def test_a_refused_run_is_stored_once_its_reader_is_mended(app: App, shop: Shop) -> None:
    """A run that was refused because its reader read nothing: today's reader reads it all, so its readings come in after all."""
    open_for(app, shop, NUMBERS)
    crawl(app)
    with app.database.write() as session:  # as a reader that understood nothing would have left it
        session.execute(delete(Observation))
        session.execute(update(CrawlTally).values(fault="chỉ đọc hiểu 0 trong 12 trang"))
        session.execute(update(Evidence).values(state="layout_changed"))
    app.clock.pass_by(seconds=1)
    again = perform(app, "reparse_site", reparse_site, "tiki", app.now())
    assert again is not None
    assert (again.counts["added"], _observed(app)) == (len(NUMBERS), len(NUMBERS))
    assert column(app, CrawlTally.fault) == [None]


@pytest.mark.parametrize(
    ("ok", "unread", "fault"),
    [
        (8, 2, None),
        (7, 3, "chỉ đọc hiểu 7 trong 10 trang (cần ít nhất 80%)"),
        (3, 6, None),  # too few to say
    ],
)
def test_the_share_of_readable_pages(ok: int, unread: int, fault: str | None) -> None:
    """Pages that are gone, refused or not there are not asked about."""
    tally = Tally()
    tally.states.update({"ok": ok, "layout_changed": unread - 1, "bad_data": 1, "gone": 50, "network": 50})
    assert Expectations({}).fault(tally, ()) == fault


@pytest.mark.parametrize(
    ("unpriced", "fault"), [(2, None), (3, "3 trong 20 sản phẩm đang bán không có giá (cần ít nhất 90% có giá)")]
)
def test_the_share_of_prices(unpriced: int, fault: str | None) -> None:
    """Of the items on sale nine in ten have a price; what is sold out need not."""
    assert Expectations({}).fault(Tally(items=20, unpriced=unpriced), ()) == fault


def test_items_of_a_list(app: App, shop: Shop) -> None:
    """A list page that holds less than half of what it held is not a list we understand."""
    card = '<li class="product post-{0} instock"><a href="/sp/{0}"><h2>Trà {0}</h2></a><span class="price">85.000₫</span></li>'

    def shelf(count: int) -> Answer:
        return Answer(f'<ul class="products">{"".join(map(card.format, range(count)))}</ul>')

    app.allow_private_hosts, app.crawl_delay_s = True, 0.0
    host = shop.url.removeprefix("http://")
    watch_page(app, "generic", f"{shop.url}/danh-muc/tra", allowed_by="test")
    for day, (count, stored) in enumerate([(20, 20), (10, 10), (4, 0)]):
        shop.pages["/danh-muc/tra"] = shelf(count)
        assert (day, crawl(app, "generic").counts["observations"]) == (day, stored)
        app.clock.pass_by(days=1)
    assert (_site(app, host).stopped_for, _site(app, host).evidence) == (
        "layout_changed",
        "trang danh sách chỉ còn 4 sản phẩm (lần trước 10)",
    )


def test_sold_out_goods_lack_no_price() -> None:
    """A page without a price is counted as unpriced only while its goods are on sale."""
    from catalog.reading import Item  # noqa: PLC0415 - one test's need

    tally = Tally()
    for available in (True, False, None):
        item = Item(site="generic", page="product", title="Trà", available=available)
        tally.add_reading(Reading(PageState.OK, items=(item,)))
    assert (tally.items, tally.unpriced) == (3, 2)


def test_how_each_crawl_went_is_told(app: App, shop: Shop) -> None:
    """Pages by state, fields filled, bytes: exact, of the last run of each site."""
    open_for(app, shop, range(1, 9))
    shelve(shop, 1, quantity_sold=...)
    del shop.pages[path_of(2)]
    crawl(app)
    with app.database.session() as session:
        (told,) = crawl_health(session)
    assert (told["site"], told["pages"], told["states"], told["items"]) == ("tiki", 8, {"ok": 7, "gone": 1}, 7)
    assert (told["filled"]["price"], told["filled"]["sold_total"]) == (1.0, round(6 / 7, 4))
    sizes = [len(tiki_product_page(tiki_product(n)).encode()) for n in range(3, 9)]
    without = len(tiki_product_page(tiki_product(1, quantity_sold=...)).encode())
    assert told["bytes"] == sum(sizes) + without + (1 + told["review_pages"]) * len("<h1>404</h1>")
    assert (told["fault"], is_well(told)) == (None, True)
    assert states(app)[path_of(2)] == "gone"


def test_the_switch_ends_a_crawl_at_work(app: App, shop: Shop) -> None:
    """Somebody stops the site while it is being read: what was stored stays, nothing further is asked."""
    open_for(app, shop, range(1, 60))

    def stopping() -> Answer:
        with app.database.write() as session:
            stop(session, "tiki", PERSON, "thôi", app.now(), by="Ông Ba")
        return Answer(tiki_product_page(tiki_product(3)))

    shop.pages[path_of(3)] = stopping
    app.crawl_delay_s = 0.02
    counts = crawl(app).counts
    asked = sum(count for path, count in shop.calls.items() if path.startswith("/tra"))
    assert 3 <= asked <= 6
    assert counts["skipped"] == 59 - asked
    assert _observed(app) == asked
    due = column(app, WatchedPage.next_visit_at)
    assert sum(at is None for at in due) == 59 - asked


def test_one_plain_shops_refusal_is_not_anothers(app: App, shop: Shop) -> None:
    """Each host of the plain shops rests by itself; the others are read the same minute."""
    other = Shop()
    try:
        card = '<script type="application/ld+json">{"@type":"Product","name":"Trà","offers":{"price":85000,"priceCurrency":"VND"}}</script>'
        app.allow_private_hosts, app.crawl_delay_s = True, 0.0
        shop.pages["/sp/1"], other.pages["/sp/1"] = Answer("", 403), Answer(f"<html>{card}</html>")
        for one in (shop, other):
            watch_page(app, "generic", f"{one.url}/sp/1", allowed_by="test")
            watch_page(app, "generic", f"{one.url}/sp/2", allowed_by="test")
        other.pages["/sp/2"] = other.pages["/sp/1"]
        counts = crawl(app, "generic").counts
        assert (counts["refused"], counts["skipped"], counts["ok"]) == (1, 1, 2)
        app.clock.pass_by(minutes=10)
        assert "đang nghỉ" in str(crawl(app, "generic").error)  # nothing else is due
        assert shop.calls["/sp/2"] == 0
    finally:
        other.server.shutdown()
        other.server.server_close()
    assert column(app, SiteState.site, SiteState.refusals_in_row) == [(shop.url.removeprefix("http://"), 1)]
