"""tiki.vn's addresses: the slug means nothing, `spid` chooses the offer (listing-page notes, section 4, read 2026-11-23)."""

import re

from spiders.places import Places

PLACES = Places(
    hosts=frozenset({"tiki.vn", "www.tiki.vn", "api.tiki.vn"}),
    short_hosts=frozenset(
        {"ti.ki"}
    ),  # named in the notes without a capture: a link there that leads off the site is refused
    product=re.compile(r"-p(\d+)\.html$"),
    product_query=frozenset({"spid"}),
    list_query=frozenset({"q", "page"}),
    personal=frozenset({"created_by", "customer_id", "contribute_info"}),
)
