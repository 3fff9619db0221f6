"""`ocop report market` from stored readings: others' listings estimated, ours used to learn from and to say how wrong it is."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.market.table import market
from analysis.report import Report, ReportError
from models import JobRun, Listing, Observation, Shop, Variant, WatchedPage
from tests.analysis.books import OCTOBER, RECORDED, Books, Line, local, period
from tests.analysis.market.sellers import exactly, in_hundreds, sell

OTHERS = "https://tiki.vn/tra-p1.html"


class Watch:
    """Readings of pages."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.runs = 0

    def page(
        self, url: str, readings: list[tuple[int, int, int | None, int | None]], listing: int | None = None
    ) -> None:
        """`readings`: day of October, low, high, price."""
        page = WatchedPage(site="tiki", url=url, source_class="page", listing_id=listing, allowed_by="test")
        self.session.add(page)
        self.session.flush()
        for day, lo, hi, price_vnd in readings:
            self._read(page.id, day, (lo, hi), price_vnd)

    def _read(self, page_id: int, day: int, sold: tuple[int, int | None], price_vnd: int | None) -> None:
        lo, hi = sold
        self.session.add(
            Observation(
                page_id=page_id,
                run_id=self._run(),
                seen_at=local(10, 1) + timedelta(days=day - 1),
                source_class="page",
                title="Trà",
                sold_lo=lo,
                sold_hi=hi,
                price_vnd=price_vnd,
            ),
        )
        self.session.flush()

    def _run(self) -> int:
        """Each reading is of a run of its own."""
        self.runs += 1
        run = JobRun(job="crawl_site", lane="tiki", slot=RECORDED + timedelta(minutes=self.runs), state="done")
        self.session.add(run)
        self.session.flush()
        return run.id


@pytest.fixture
def watch(session: Session) -> Watch:
    return Watch(session)


def made(session: Session) -> Report:
    return market(session, OCTOBER, ())


def own_listing(books: Books, session: Session) -> tuple[Shop, int]:
    producer = books.producer("HTX1", "HTX Trà")
    books.product("P1", "Trà", producer)
    shop = books.shop("Gian Tiki", "tiki")
    listing = Listing(shop_id=shop.id, variant_id=session.scalars(select(Variant.id)).one())
    session.add(listing)
    session.flush()
    return shop, listing.id


def test_a_listing_of_others_has_units_money_and_days(session: Session, watch: Watch) -> None:
    """A thousand pieces between exact readings a month apart, of which about a tenth is believed to be undone."""
    watch.page(OTHERS, [(1, 5_000, 5_000, 90_000), (32, 6_000, 6_000, 90_000)])
    (row,) = made(session).rows
    assert (row["site"], row["title"], row["url"], row["price_vnd"]) == ("tiki", "Trà", OTHERS, 90_000)
    assert (row["from"], row["to"]) == ("2026-10-01T00:00+07:00", "2026-11-01T00:00+07:00")
    assert isinstance(row["units"], int)
    assert isinstance(row["units_low"], int)
    assert 750 <= row["units_low"] < row["units"] < int(str(row["units_high"])) <= 1_000
    assert row["revenue_vnd"] == pytest.approx(row["units"] * 90_000, rel=0.001)


def test_what_cannot_be_estimated_is_counted_not_guessed(session: Session, watch: Watch) -> None:
    """A counter that is a cap all month long gives no row, and the coverage says that there was one."""
    watch.page(OTHERS, [(1, 9_999, None, 90_000), (20, 9_999, None, 90_000)])
    report = made(session)
    assert (report.rows, report.coverage["listings"], report.coverage["listings_without_estimate"]) == ([], 0, 1)


def test_own_listings_are_not_estimated_but_taught_from_and_checked(
    session: Session, watch: Watch, books: Books
) -> None:
    """Their orders are known: they say how much of a counter is kept, and how often a band that did not know them held."""
    shop, listing = own_listing(books, session)
    for number in range(60):
        books.order(
            shop,
            f"T{number}",
            local(10, 2 + number % 28, 12),
            Line("P1-1", 2, 90_000),
            state="cancelled" if number % 6 == 0 else "completed",
        )
    watch.page("https://tiki.vn/cua-ta-p2.html", [(1, 10, 10, 90_000), (32, 130, 130, 90_000)], listing)
    report = made(session)
    assert report.rows == []
    assert report.coverage["checked_on_our_own"] == {
        "tiki": {
            "calibrated_on": 1,
            "listings": 1,
            "coverage_90": 1.0,
            "listings_30_a_month": 1,
            "median_abs_error_30_a_month": pytest.approx(0.1, abs=0.03),
        },
    }
    assert report.notes[-1] == (
        "tiki: đo trên 1 sản phẩm của ta, khoảng thấp–cao giữ được số thật ở 100%; sai số giữa 10% ở 1 sản phẩm bán từ 30 gói một tháng."
    )


def test_a_site_without_any_counter_of_ours_says_that_its_error_is_unknown(session: Session, watch: Watch) -> None:
    """Nothing to measure on is said, not left out."""
    watch.page(OTHERS, [(1, 5_000, 5_000, 90_000), (32, 6_000, 6_000, 90_000)])
    assert made(session).notes[-1].startswith("tiki: không có sản phẩm nào của ta có bộ đếm công khai để đo sai số")


def test_keys_are_refused_in_a_sentence(session: Session) -> None:
    """There is one shape of this report."""
    with pytest.raises(ReportError, match="mỗi sản phẩm"):
        market(session, period(date(2026, 10, 1), date(2026, 10, 31)), ("site",))


def test_the_pretend_sellers_show_what_pages_show() -> None:
    """The scoring is only as good as its sellers: daily readings that never fall and hide what the text hides."""
    seller = sell(1, 8.0, 1_950, in_hundreds)
    lows = [reading.lo for reading in seller.readings]
    assert lows == sorted(lows)
    assert {reading.hi - reading.lo for reading in seller.readings if reading.hi is not None} == {99}
    assert {reading.hi == reading.lo for reading in sell(1, 8.0, 1_950, exactly).readings} == {True}
