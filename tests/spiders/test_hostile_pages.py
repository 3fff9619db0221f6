"""What a hostile or broken site answers, over real HTTP: each page ends in its state, and nothing untrue is taken for a fact."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

import pytest
import requests

from sandbox.hostile import SCRIPT_TITLE
from sandbox.plain import PlainShop
from sandbox.sandbox import Sandbox
from spiders.crawl import CrawlOptions, PageRequest, crawl
from spiders.page import PageState
from spiders.visits import Visit

OPTIONS = CrawlOptions("ocop@thainguyen.gov.vn", delay_s=0, allow_private=True)
STATED = 3  # of the first pages, each in a kind of data of its own


@pytest.fixture
def shop() -> Iterator[Sandbox]:
    with Sandbox(sites=[PlainShop]) as sandbox:
        yield sandbox


def pages(shop: Sandbox) -> list[str]:
    front = shop.storefront_url("plain")
    found = re.findall("<loc>(.*?)</loc>", requests.get(f"{front}/sitemap.xml", timeout=10).text)
    return [*found[:STATED], f"{front}/"]


def crawled(shop: Sandbox, page: str, where: str = "^/san-pham/|^/$") -> list[Visit]:
    """The pages and the front page, every answer of which is of that kind."""
    asked = [PageRequest(number, url) for number, url in enumerate(pages(shop))]
    shop.faults.add(site="plain.storefront", kind="hostile_page", page=page, path=where, times=None)
    return list(crawl("generic", asked, OPTIONS))


@pytest.mark.parametrize(
    ("page", "states"),
    [
        ("login_wall", [PageState.REFUSED, *[PageState.SKIPPED] * 3]),
        ("redirect_loop", [PageState.NETWORK] * 4),
        ("empty_shell", [PageState.LAYOUT_CHANGED] * 4),
        ("huge", [PageState.BAD_DATA] * 4),
        ("scrambled", [*[PageState.BAD_DATA] * 3, PageState.OK]),
    ],
)
def test_page_ends_in_its_state(shop: Sandbox, page: str, states: list[PageState]) -> None:
    """A login wall stops the host; a loop, a shell, thirty megabytes and figures that cannot be true give no fact."""
    visits = crawled(shop, page)
    assert [visit.state for visit in visits] == states
    assert [item for visit in visits[:STATED] for item in visit.items if not item.flags] == []


def test_old_charset_under_a_new_name_gives_no_title(shop: Sandbox) -> None:
    """Letters that were lost are evidence; a title that came through whole is the shop's own."""
    titles = {unicodedata.normalize("NFC", offer.title) for offer in shop.world.offers("plain")}
    facts = [item for visit in crawled(shop, "wrong_charset") for item in visit.items if not item.flags]
    assert [item.title for item in facts if item.title not in titles] == []


def test_price_of_nothing_is_no_price(shop: Sandbox) -> None:
    """Zero is never stored as what something costs."""
    visits = crawled(shop, "zero_prices")
    assert [(item.price, item.flags) for visit in visits for item in visit.items] == [(None, ())] * 9
    assert {visit.state for visit in visits} == {PageState.OK}


def test_pages_without_end_are_asked_for_once(shop: Sandbox) -> None:
    """A list that always has a next page is read as the page that was asked for."""
    visits = crawled(shop, "infinite_paging")
    assert [(visit.state, len(visit.items)) for visit in visits] == [(PageState.OK, 1)] * 3 + [(PageState.OK, 6)]
    assert shop.sites["plain.storefront"].calls["GET /"] == 1


def test_sponsored_card_is_the_same_product_twice(shop: Sandbox) -> None:
    """Both rows are there, with the same address and the same price."""
    *_, front = crawled(shop, "duplicated_cards")
    assert len(front.items) == 8
    assert front.items[6:] == front.items[:2]


def test_script_for_a_title_stays_text(shop: Sandbox) -> None:
    """Letter by letter what the shop wrote, the product's own price beside it."""
    visits = crawled(shop, "script_titles")
    assert visits[0].items[0].title == SCRIPT_TITLE
    assert visits[0].items[0].price == Decimal(85_000)


@pytest.mark.parametrize(
    ("robots", "state"),
    [
        ("robots_missing", PageState.OK),
        ("robots_slow", PageState.OK),
        ("robots_failing", PageState.DISALLOWED),
        ("robots_html", PageState.DISALLOWED),
        ("robots_named", PageState.DISALLOWED),
    ],
)
def test_robots_of_every_kind(shop: Sandbox, robots: str, state: PageState) -> None:
    """None at all permits; one that fails, is a page, or names us forbids."""
    assert {visit.state for visit in crawled(shop, robots, "^/robots")} == {state}
