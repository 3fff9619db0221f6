"""Public pages to read, made by the pretend shops: a Tiki product as big as theirs are, a list, reviews, a plain shop's page."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urljoin

import requests

from sandbox.plain import PlainShop
from sandbox.sandbox import Sandbox
from sandbox.tiki import SITES
from tests.contract.shops import Shop, tea

DESCRIPTION_LETTERS = 26_000  # with the markup about it the page then has about 90 kB
LIVED_DAYS = 120  # orders and reviews come in
LISTED = 40  # products on a full list page, advertisements not counted
MENU_LINKS = 500


class Sample(NamedTuple):
    """One page with the address it was fetched from and how many items or reviews it holds."""

    site: str
    url: str
    body: bytes
    holds: int


def samples() -> dict[str, Sample]:
    """By kind. The same bytes in every run: the world's seed is fixed."""
    with _street() as (sandbox, front):
        listed = f"{front}/search?q="
        url = _first(listed, r'href="([^"]+-p\d+\.html)')
        number = re.findall(r"-p(\d+)\.html", url)[0]
        reviews = f"{front}/api/v2/reviews?product_id={number}&limit=20&page=1&sort=id%7Cdesc&include=comments"
        plain = _first(f"{sandbox.storefront_url('plain')}/sitemap.xml", r"<loc>([^<]+/san-pham/[^<]+)</loc>")
        return {
            "tiki product page": Sample("tiki", url, _fetched(url), 1),
            "tiki list page": _list("tiki", listed),
            "tiki reviews": _reviews("tiki", reviews),
            "plain product page": Sample("generic", plain, _furnished(_fetched(plain)), 1),
        }


@contextmanager
def _street() -> Iterator[tuple[Sandbox, str]]:
    """A world where a full list of teas has been sold and reviewed for a while, each described at length."""
    with Sandbox(seed=7, sites=[*SITES, PlainShop]) as sandbox:
        shop = Shop("tiki", sandbox)
        for number in range(LISTED + 1):
            shop.on_sale(tea(number))
        shop.days_pass(LIVED_DAYS)
        shop.api.close()
        front = str(sandbox.storefront_url("tiki"))
        for offer in sandbox.world.offers("tiki"):
            offer.description = (offer.description * 200)[:DESCRIPTION_LETTERS]
        yield sandbox, front


def _first(page_url: str, link: str) -> str:
    """The first address on a page that looks like that."""
    found: list[str] = re.findall(link, requests.get(page_url, timeout=10).text)
    return urljoin(page_url, found[0])


def _fetched(url: str) -> bytes:
    answer = requests.get(url, timeout=10)
    answer.raise_for_status()
    return answer.content


def _list(site: str, url: str) -> Sample:
    body = _fetched(url)
    return Sample(site, url, body, body.count(b'class="product-item"'))


def _reviews(site: str, url: str) -> Sample:
    body = _fetched(url)
    return Sample(site, url, body, len(json.loads(body)["data"]))


def _furnished(body: bytes) -> bytes:
    """With the menus and footers around it that a real shop's page has and a pretend one lacks."""
    link = b'<li class="menu-item"><a href="/danh-muc/%d" title="Danh m\xe1\xbb\xa5c"><span>Danh m\xe1\xbb\xa5c %d</span></a></li>'
    menu = b"".join(link % (number, number) for number in range(MENU_LINKS))
    return body.replace(b"</body>", b"<nav><ul>" + menu + b"</ul></nav></body>")
