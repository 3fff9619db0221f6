"""Pages of the other sites to read, made by their pretend public sides: lists, products and reviews in the sites' own words."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

import requests

from benchmarks.pages import LISTED, LIVED_DAYS, Sample
from sandbox import lazada, tiktok_shop
from sandbox.sandbox import START, Sandbox
from sandbox.sendo.storefront import SendoStorefront
from sandbox.shopee.storefront import ShopeeStorefront
from tests.contract.shops import Shop, tea

GOODS = [
    (f"TRA-{number}", f"Trà búp Tân Cương số {number} hộp 200 g", 200_000 + number, 250_000) for number in range(LISTED)
]


def other_samples() -> dict[str, Sample]:
    """By kind, as `benchmarks.pages.samples`; each holds as many items or reviews as the sandbox put on it."""
    with _played() as sandbox:
        fronts = {site: str(sandbox.storefront_url(site)) for site in ("sendo", "shopee", "lazada", "tiktok_shop")}
        first = {site: str(sandbox.world.offers(site)[0].offer_id) for site in ("sendo", "shopee")}
        return {
            "sendo list": _sample("sendo", f"{fronts['sendo']}/m/wap_v2/search?q=", "result", "data"),
            "shopee list": _sample("shopee", f"{fronts['shopee']}/api/v4/search/search_items?keyword=", "items"),
            "shopee reviews": _sample(
                "shopee",
                f"{fronts['shopee']}/api/v2/item/get_ratings?itemid={first['shopee']}&limit=59&offset=0",
                "data",
                "ratings",
            ),
            "lazada list": _sample("lazada", f"{fronts['lazada']}/catalog/?q=trà&ajax=true", "mods", "listItems"),
            "lazada product page": _product(
                "lazada", f"{fronts['lazada']}/catalog/?q=trà&ajax=true", r'//[^"]*(/products/[^"?]+\.html)'
            ),
            "tiktok shop product page": _product(
                "tiktok_shop", f"{fronts['tiktok_shop']}/vn/k/trà", r"(/view/product/\d+)"
            ),
        }


@contextmanager
def _played() -> Iterator[Sandbox]:
    """A street of four shops that have been sold from and reviewed for a while."""
    sites = [*lazada.SITES, *tiktok_shop.SITES, SendoStorefront, ShopeeStorefront]
    options: dict[str, dict[str, Any]] = {"sendo.storefront": {"goods": GOODS}, "shopee.storefront": {"open": True}}
    with Sandbox(seed=7, sites=sites, options=options) as sandbox:
        for sku, title, price_vnd, list_price_vnd in GOODS:
            sandbox.world.add_offer("shopee", "ocop", sku, title, title, price_vnd, 500, list_price_vnd=list_price_vnd)
        for code in ("lazada", "tiktok_shop"):
            shop = Shop(code, sandbox)
            for number in range(LISTED):
                shop.on_sale(tea(number))
            shop.api.close()
        sandbox.advance(START + timedelta(days=LIVED_DAYS))
        yield sandbox


def _sample(site: str, url: str, *keys: str) -> Sample:
    body = requests.get(url, timeout=10).content
    rows = json.loads(body)
    for key in keys:
        rows = rows[key]
    return Sample(site, url, body, len(rows))


def _product(site: str, list_url: str, link: str) -> Sample:
    """The first one of a list."""
    found = re.findall(link, requests.get(list_url, timeout=10).text)
    url = urljoin(list_url, found[0])
    return Sample(site, url, requests.get(url, timeout=10).content, 1)
