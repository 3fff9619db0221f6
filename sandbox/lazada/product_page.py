"""A product page: JSON-LD whose price is 0, the tracking data, and the page's own tree (listing pages, read 2026-11-24).

Whatever sellers and buyers wrote cannot leave its place.
"""

import html
import json
from typing import Any

from sandbox.lazada import shown
from sandbox.lazada.product_tree import Carried
from sandbox.lazada.shelf import shop_sku


def html_of(page: Carried, *, older: bool = False) -> str:
    """`older`: the tree is handed to app.run instead of a variable."""
    tree = {"data": {"root": {"fields": page.fields()}}, "hierarchy": {}}
    carried = shown.in_script(tree)
    script = f"try{{app.run({carried});}}catch(e){{}}" if older else f"var __moduleData__ = {carried};"
    tracking = shown.in_script(json.dumps(page.tracking(page.chosen), ensure_ascii=False, separators=(",", ":")))
    title = html.escape(page.good.name)
    return (
        f'<!DOCTYPE HTML><html lang="vi"><head><meta charset="utf-8"><title>{title} | Lazada.vn</title>'
        f'<script type="application/ld+json">{shown.in_script(_json_ld(page))}</script>'
        f'<script type="application/ld+json">{shown.in_script(_crumbs(page))}</script>'
        f"<script>var pdpTrackingData = {tracking};</script></head>"
        f'<body data-spm="pdp"><h1 class="pdp-mod-product-badge-title">{title}</h1>{_visible(page)}'
        f"<script>{script}</script></body></html>"
    )


def _visible(page: Carried) -> str:
    if page.priceless:
        return ""
    price = shown.price(page.chosen.price_vnd, page.language)
    return f'<span class="pdp-v2-product-price-content-salePrice-amount">{price}</span>'


def _json_ld(page: Carried) -> dict[str, Any]:
    offer = {
        "@type": "Offer",
        "price": 0,
        "priceCurrency": "VND",
        "availability": "https://schema.org/InStock",
        "seller": {"@type": "Organization", "name": page.good.seller.name},
    }
    return {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": page.good.name,
        "image": page.chosen.images,
        "category": " > ".join(page.categories),
        "brand": {"@type": "Brand", "name": page.brand.name},
        "sku": shop_sku(page.chosen),
        "mpn": str(page.good.item.item_id),
        "url": f"https://www.lazada.vn{page.good.path(page.chosen)}",
        "offers": offer,
    }


def _crumbs(page: Carried) -> dict[str, Any]:
    rows = [{"@type": "ListItem", "position": at, "name": name} for at, name in enumerate(page.categories, 1)]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": rows}
