"""sendo.vn's addresses: the number at the end names the page, every parameter goes (listing-page notes, section 6, read 2026-11-23)."""

import re

from spiders.places import Places

PLACES = Places(
    hosts=frozenset({"sendo.vn", "www.sendo.vn"}),
    product=re.compile(r"-(\d+)\.html/?$"),
    list_query=frozenset({"q", "page"}),
    personal=frozenset({"user_name", "avatar", "customer_id"}),
)
