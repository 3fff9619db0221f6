"""lazada.vn's addresses: the slug stays, for no short form is known to work; every parameter goes (notes, section 3, read 2026-11-23)."""

import re

from spiders.places import Places

PLACES = Places(
    hosts=frozenset({"lazada.vn", "www.lazada.vn", "m.lazada.vn", "pages.lazada.vn"}),
    short_hosts=frozenset({"s.lazada.vn"}),
    product=re.compile(r"-i(\d+)(?:-s(\d+))?\.html$"),
    list_query=frozenset({"q", "page"}),
    personal=frozenset({"buyerName", "buyerId"}),
)
