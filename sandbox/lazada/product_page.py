"""A product page: JSON-LD whose price is 0, the tracking data, and the page's own tree (listing pages, read 2026-11-24).

The tracking data's price is the list price. `scores` run from 5★ to 1★. Whatever sellers and buyers wrote cannot leave its place.
"""

import html
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.lazada import public_reviews, shown
from sandbox.lazada.brands import BY_ID as BRANDS
from sandbox.lazada.categories import BY_ID, path
from sandbox.lazada.shelf import NO_BRAND_ID, shop_sku
from sandbox.lazada.showcase import Good
from sandbox.world import Offer, Review

REVIEWS_ON_PAGE = 5


@dataclass(frozen=True)
class Page:
    """`priceless`: the tree lacks prices and stock, as of late. `older`: it is handed to app.run instead of a variable."""

    good: Good
    chosen: Offer
    reviews: list[Review]
    now: datetime
    language: str
    priceless: bool = False
    older: bool = False

    @property
    def brand(self) -> str:
        return BRANDS[int(self.good.item.fields.get("brand_id", NO_BRAND_ID))].name

    @property
    def categories(self) -> list[str]:
        return path(BY_ID[self.good.item.category_id], "vi_VN" if self.language == "vi" else "en_US")

    def html(self) -> str:
        tree = {"data": {"root": {"fields": self._fields()}}, "hierarchy": {}}
        carried = shown.in_script(tree)
        script = f"try{{app.run({carried});}}catch(e){{}}" if self.older else f"var __moduleData__ = {carried};"
        tracking = shown.in_script(json.dumps(self._tracking(self.chosen), ensure_ascii=False, separators=(",", ":")))
        title = html.escape(self.good.name)
        return (
            f'<!DOCTYPE HTML><html lang="vi"><head><meta charset="utf-8"><title>{title} | Lazada.vn</title>'
            f'<script type="application/ld+json">{shown.in_script(self._json_ld())}</script>'
            f'<script type="application/ld+json">{shown.in_script(self._crumbs())}</script>'
            f"<script>var pdpTrackingData = {tracking};</script></head>"
            f'<body data-spm="pdp"><h1 class="pdp-mod-product-badge-title">{title}</h1>{self._visible()}'
            f"<script>{script}</script></body></html>"
        )

    def _visible(self) -> str:
        if self.priceless:
            return ""
        price = shown.price(self.chosen.price_vnd, self.language)
        return f'<span class="pdp-v2-product-price-content-salePrice-amount">{price}</span>'

    def _fields(self) -> dict[str, Any]:
        good, chosen = self.good, self.chosen
        infos = {str(offer.offer_id): self._sku_info(offer) for offer in good.offers}
        item_id, seller = str(good.item.item_id), good.seller
        return {
            "primaryKey": {
                "itemId": item_id,
                "skuId": str(chosen.offer_id),
                "defaultSkuId": str(chosen.offer_id),
                "sellerId": str(seller.seller_id),
            },
            "product": self._product(),
            "skuInfos": {"0": self._sku_info(chosen), **infos},
            "productOption": {"skuBase": self._variants()},
            "review": public_reviews.summary(good, self.reviews, self.now, REVIEWS_ON_PAGE)
            | {"params": {"itemId": item_id}},
            "seller": {
                "name": seller.name,
                "shopId": seller.seller_id % 1_000_000,
                "sellerId": str(seller.seller_id),
                "url": f"//www.lazada.vn/shop/{seller.shop_key}",
                "percentRate": "97%",
            },
            "specifications": {sku_id: {"features": {"Thương hiệu": self.brand}} for sku_id in infos},
            "skuGalleries": {"0": [{"type": "img", "src": url} for url in chosen.images]},
            "tracking": self._tracking(chosen),
        }

    def _product(self) -> dict[str, Any]:
        good = self.good
        return {
            "title": good.name,
            "desc": good.offers[0].description,
            "highlights": good.item.fields.get("short_description", ""),
            "brand": {"name": self.brand},
            "link": f"https://www.lazada.vn{good.path(self.chosen)}",
            "rating": {"score": good.average, "total": good.ratings},
        }

    def _sku_info(self, offer: Offer) -> dict[str, Any]:
        in_stock = offer.stock > 0
        info: dict[str, Any] = {
            "itemId": str(self.good.item.item_id),
            "skuId": str(offer.offer_id),
            "sellerId": str(self.good.seller.seller_id),
            "categoryId": str(self.good.item.category_id),
            "image": offer.images[0] if offer.images else "",
            "operation": {
                "text": "Thêm vào giỏ hàng" if in_stock else "Hết hàng",
                "type": "default" if in_stock else "wishlist",
            },
            "dataLayer": self._tracking(offer),
        }
        return info if self.priceless else info | {"price": self._price(offer), "stock": offer.stock}

    def _price(self, offer: Offer) -> dict[str, Any]:
        listed = _list_price(offer)
        price = {"salePrice": {"value": offer.price_vnd, "text": shown.price(offer.price_vnd, self.language)}}
        if listed == offer.price_vnd:
            return price
        original = {"value": listed, "text": shown.price(listed, self.language)}
        return price | {"originalPrice": original, "discount": shown.discount(offer.price_vnd, listed)}

    def _variants(self) -> dict[str, Any]:
        """No properties where there is but one SKU."""
        chosen = {offer.offer_id: ", ".join(_choice(offer).values()) for offer in self.good.offers}
        names = [name for name in dict.fromkeys(chosen.values()) if name]
        values = [{"vid": str(number), "name": name} for number, name in enumerate(names, 1)]
        vids = {row["name"]: row["vid"] for row in values}
        skus = [
            {"skuId": str(sku_id), "propPath": f"1:{vids[name]}" if name else ""} for sku_id, name in chosen.items()
        ]
        return {"properties": [{"pid": "1", "name": "Phân loại", "values": values}] if values else [], "skus": skus}

    def _tracking(self, offer: Offer) -> dict[str, Any]:
        listed = _list_price(offer)
        return {
            "pagetype": "pdp",
            "pdt_category": self.categories,
            "pdt_name": self.good.name,
            "pdt_sku": self.good.item.item_id,
            "pdt_simplesku": offer.offer_id,
            "pdt_price": shown.price(listed, self.language),
            "pdt_discount": "" if listed == offer.price_vnd else shown.discount(offer.price_vnd, listed),
            "brand_name": self.brand,
            "brand_id": str(self.good.item.fields.get("brand_id", NO_BRAND_ID)),
            "seller_name": self.good.seller.name,
            "supplier_id": self.good.seller.seller_id,
            "core": {"country": "VN", "layoutType": "desktop", "language": self.language, "currencyCode": "VND"},
        }

    def _json_ld(self) -> dict[str, Any]:
        offer = {
            "@type": "Offer",
            "price": 0,
            "priceCurrency": "VND",
            "availability": "https://schema.org/InStock",
            "seller": {"@type": "Organization", "name": self.good.seller.name},
        }
        return {
            "@context": "https://schema.org",
            "@type": "Product",
            "name": self.good.name,
            "image": self.chosen.images,
            "category": " > ".join(self.categories),
            "brand": {"@type": "Brand", "name": self.brand},
            "sku": shop_sku(self.chosen),
            "mpn": str(self.good.item.item_id),
            "url": f"https://www.lazada.vn{self.good.path(self.chosen)}",
            "offers": offer,
        }

    def _crumbs(self) -> dict[str, Any]:
        rows = [{"@type": "ListItem", "position": at, "name": name} for at, name in enumerate(self.categories, 1)]
        return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": rows}


def _list_price(offer: Offer) -> int:
    return max(offer.price_vnd, offer.list_price_vnd or 0)


def _choice(offer: Offer) -> dict[str, str]:
    facts: dict[str, Any] = offer.extra.get("facts", {})
    return dict(facts.get("saleProp", {}))
