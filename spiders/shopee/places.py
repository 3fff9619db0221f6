"""shopee.vn's addresses, kept as /product/SHOP/ITEM without any parameter (listing-page notes, section 2, read 2026-11-23)."""

import re

from spiders.places import Places

PLACES = Places(
    hosts=frozenset({"shopee.vn", "www.shopee.vn"}),
    short_hosts=frozenset({"s.shopee.vn", "vn.shp.ee", "shope.ee", "shp.ee"}),
    product=re.compile(r"^/(?:universal-link/)?(?:(?:[^/]*-)?i\.(\d+)\.(\d+)|product/(\d+)/(\d+))/?$"),
    product_path="/product/{}/{}",
    list_query=frozenset({"keyword", "page"}),
    personal=frozenset({"author_username", "author_portrait", "userid", "author_shopid", "orderid", "order_id"}),
)
