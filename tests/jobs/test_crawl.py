"""Pages are visited politely and stored once; a refusal stops the site, and only two days of absence make goods gone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobs.registry import JOBS
from jobs.run import Finished, perform
from models import Observation, SiteState, WatchedPage
from sandbox.world import OfferState
from tests.jobs.office import Office, opened

SITE = "generic"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """It watches every page of the plain web shop."""
    with opened(tmp_path) as found:
        yield found


def _crawl(office: Office) -> Finished:
    office.wait(seconds=1)
    done = perform(office.app, "crawl_site", JOBS["crawl_site"].function, SITE, office.app.now())
    assert done is not None
    return done


def _host(office: Office) -> str:
    return str(office.world.storefront_url("plain")).removeprefix("http://")


def _asked(office: Office) -> int:
    return office.world.sites["plain.storefront"].calls["GET /san-pham/{name}"]


def _refuse(office: Office) -> None:
    office.world.faults.add("plain.storefront", "captcha", path="/san-pham/.*")


def _pages(office: Office) -> list[WatchedPage]:
    with office.app.database.session() as session:
        return list(session.scalars(select(WatchedPage).where(WatchedPage.site == SITE).order_by(WatchedPage.id)))


def _observed(office: Office) -> int:
    with office.app.database.session() as session:
        return session.scalar(select(func.count(Observation.id))) or 0


def test_a_page_is_visited_once_a_day(office: Office) -> None:
    """A second crawl of the same day asks nothing; the next day's adds one reading of each page."""
    pages = len(_pages(office))
    assert _crawl(office).counts["observations"] == pages
    assert (_crawl(office).counts, _asked(office)) == ({"pages": 0}, pages)
    office.wait(days=1)
    assert _crawl(office).counts["observations"] == pages
    assert _observed(office) == 2 * pages


def test_a_refusal_pauses_the_site_across_restarts(tmp_path: Path) -> None:
    """The first challenge ends the crawl; no later process asks before the pause is over, and then all goes on."""
    with opened(tmp_path) as first:
        _refuse(first)
        assert _crawl(first).counts["refused"] == 1
        asked = _asked(first)
    assert asked == 1
    with opened(tmp_path) as second:
        failed = _crawl(second)
        assert (failed.state, "đang nghỉ" in str(failed.error), _asked(second)) == ("failed", True, 0)
        second.wait(minutes=16)
        again = _crawl(second)
        assert again.counts["observations"] == len(_pages(second)) - 1  # the refused page itself waits six hours
        with second.app.database.session() as session:
            assert session.get_one(SiteState, _host(second)).refusals_in_row == 0


def test_goods_are_gone_only_after_two_days(office: Office) -> None:
    """One absence may be an accident: visits of one day never end the watch, an absence on the next day does."""
    (offer, *_) = office.world.world.offers("plain")
    with office.world.world.lock:
        offer.state = OfferState.HIDDEN
    for hours_later in (0, 21, 21):  # midnight, the same evening, the next afternoon
        assert all(page.is_enabled for page in _pages(office))
        office.wait(hours=hours_later)
        assert _crawl(office).counts["gone"] == 1
    assert [page.state for page in _pages(office) if not page.is_enabled] == ["gone"]
    office.wait(days=1)
    assert "gone" not in _crawl(office).counts


def test_goods_that_come_back_are_not_gone(office: Office) -> None:
    """A good page in between starts the count of absent days anew."""
    (offer, *_) = office.world.world.offers("plain")
    for state in (OfferState.HIDDEN, OfferState.LIVE, OfferState.HIDDEN):
        with office.world.world.lock:
            offer.state = state
        _crawl(office)
        office.wait(days=1)
    assert all(page.is_enabled for page in _pages(office))


def test_a_crawler_without_an_address_does_not_start(office: Office) -> None:
    """Whoever reads pages says who they are: without a contact nothing is asked, and the line to write is named."""
    office.app.settings = office.app.settings.model_copy(update={"contact": None})
    failed = _crawl(office)
    assert (failed.state, "OCOP_CONTACT=" in str(failed.error), _asked(office)) == ("failed", True, 0)


def test_what_a_crawl_stored_it_stores_once(office: Office) -> None:
    """A crawl killed after storing is run again: the same pages are not due, so no reading comes twice."""
    at = office.app.now() + timedelta(seconds=1)
    office.wait(seconds=1)
    perform(office.app, "crawl_site", JOBS["crawl_site"].function, SITE, at)
    stored = _observed(office)
    assert perform(office.app, "crawl_site", JOBS["crawl_site"].function, SITE, at) is None
    assert _observed(office) == stored == len(_pages(office))
