"""The readers against the pretend shops: what their pages show is what the world knows."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
import requests

from sandbox.plain import PlainShop
from sandbox.sandbox import Sandbox
from spiders.crawl import CrawlOptions, PageRequest, crawl
from spiders.page import PageState

OPTIONS = CrawlOptions("ocop@thainguyen.gov.vn", delay_s=0, allow_private=True)


@pytest.fixture
def plain() -> Iterator[Sandbox]:
    with Sandbox(sites=[PlainShop]) as sandbox:
        yield sandbox


def pages(sandbox: Sandbox) -> list[PageRequest]:
    found = re.findall(
        "<loc>(.*?)</loc>", requests.get(f"{sandbox.storefront_url('plain')}/sitemap.xml", timeout=10).text
    )
    return [PageRequest(number, url) for number, url in enumerate(found)]


def test_plain_shop_shows_its_own_prices_in_every_style(plain: Sandbox) -> None:
    """JSON-LD, microdata and OpenGraph pages, each with neighbours' prices on it, give the title and price of their own offer."""
    visits = list(crawl("generic", pages(plain), OPTIONS))
    shown = {(item.title, item.price, item.available) for visit in visits for item in visit.items}
    offers = plain.world.offers("plain")
    assert shown == {(offer.title, Decimal(offer.price_vnd), True) for offer in offers}
    assert {visit.state for visit in visits} == {PageState.OK}


def test_plain_shop_home_page_is_a_list(plain: Sandbox) -> None:
    """Every live offer stands on it once, with its page's address."""
    (visit,) = crawl("generic", [PageRequest(1, f"{plain.storefront_url('plain')}/")], OPTIONS)
    assert {item.url for item in visit.items} == {page.url for page in pages(plain)}
    assert {item.page for item in visit.items} == {"cards"}


@pytest.mark.parametrize(
    ("fault", "path", "state"),
    [
        ("captcha", ".*", PageState.REFUSED),
        ("captcha", "/san-pham/.*", PageState.REFUSED),
        ("robots_deny", ".*", PageState.DISALLOWED),
        ("html", "/san-pham/.*", PageState.LAYOUT_CHANGED),
    ],
)
def test_faults_of_a_storefront_end_in_their_states(plain: Sandbox, fault: str, path: str, state: PageState) -> None:
    """A challenge is a refusal, a closed robots.txt keeps us out, a page of something else is a changed layout."""
    every = pages(plain)
    plain.faults.add(site="plain.storefront", kind=fault, path=path, times=50)
    assert next(iter(crawl("generic", every, OPTIONS))).state == state
