"""TikTok Shop's addresses: the product's number names the page, every parameter goes (listing-page notes, section 5, read 2026-11-23)."""

import re

from spiders.places import Places

PLACES = Places(
    hosts=frozenset({"shop.tiktok.com", "www.tiktok.com"}),
    short_hosts=frozenset({"vt.tiktok.com", "vm.tiktok.com"}),
    product=re.compile(r"/(?:pdp/(?:[^/]+/)?|view/product/)(\d{15,20})/?$"),
    list_query=frozenset(),
    personal=frozenset({"review_user"}),
)
