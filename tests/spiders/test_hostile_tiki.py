"""Tiki's own layout with something wrong in it, over real HTTP: every page ends in its state."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from sandbox.sandbox import START, Sandbox
from sandbox.tiki import SITES
from spiders.crawl import CrawlOptions, PageRequest, crawl
from spiders.page import PageState
from spiders.visits import Visit
from tests.sandbox.test_tiki.conftest import Player, tea

OPTIONS = CrawlOptions("ocop@thainguyen.gov.vn", delay_s=0, allow_private=True)


@pytest.fixture
def tiki() -> Iterator[Player]:
    with Sandbox(7, sites=SITES, options={"tiki.api": {"review_pace": 0}}) as sandbox:
        player = Player(sandbox)
        player.put_up(tea(stock=9_000))
        sandbox.advance(START + timedelta(days=60))
        yield player
        player.session.close()


def crawled(tiki: Player, page: str, *paths: str, options: CrawlOptions = OPTIONS) -> list[Visit]:
    """Those pages, every answer to them of that kind."""
    tiki.sandbox.faults.add(
        site="tiki.storefront", kind="hostile_page", page=page, path=r"-p\d+|search|/api/", times=None
    )
    front = tiki.sandbox.storefront_url("tiki")
    return list(crawl("tiki", [PageRequest(number, f"{front}{path}") for number, path in enumerate(paths)], options))


def product_path(tiki: Player) -> str:
    product = tiki.product()
    return f"/che-p{product['master_id']}.html?spid={product['product_id']}"


@pytest.mark.parametrize(
    ("page", "state"),
    [
        ("empty_shell", PageState.LAYOUT_CHANGED),
        ("login_wall", PageState.REFUSED),
        ("redirect_loop", PageState.NETWORK),
        ("huge", PageState.BAD_DATA),
        ("wrong_charset", PageState.BAD_DATA),
        ("scrambled", PageState.BAD_DATA),
        ("script_titles", PageState.OK),
        ("duplicated_cards", PageState.OK),
    ],
)
def test_product_page_ends_in_its_state(tiki: Player, page: str, state: PageState) -> None:
    """Only a page whose figures can be true gives a fact."""
    (visit,) = crawled(tiki, page, product_path(tiki))
    assert visit.state == state
    facts = [item for item in visit.items if not item.flags]
    assert [item.price for item in facts] == ([235_000] if state == PageState.OK else [])


def test_list_with_a_sponsored_card_twice_and_prices_of_nothing(tiki: Player) -> None:
    """Zero is no price."""
    (visit,) = crawled(tiki, "zero_prices", "/search?q=")
    assert [(item.price, item.list_price, item.flags) for item in visit.items] == [(None, None, ())] * 2
    assert visit.state == PageState.OK


def test_html_where_json_was_asked_for_is_a_refusal(tiki: Player) -> None:
    """The shell in place of a product's JSON."""
    (visit,) = crawled(tiki, "empty_shell", f"/api/v2/products/{tiki.product()['master_id']}")
    assert visit.state == PageState.REFUSED


def test_reviews_without_end_end(tiki: Player) -> None:
    """A list that always has a next page is asked for as often as was allowed, and no more."""
    options = CrawlOptions("ocop@thainguyen.gov.vn", delay_s=0, allow_private=True, reviews=True, review_pages=3)
    visits = crawled(tiki, "infinite_paging", product_path(tiki), options=options)
    assert [visit.state for visit in visits] == [PageState.OK] * (1 + options.review_pages)
    assert sum(count for call, count in tiki.sandbox.sites["tiki.storefront"].calls.items() if "reviews" in call) == 3
