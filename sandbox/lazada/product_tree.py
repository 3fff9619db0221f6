"""What a product page carries: its own tree and the tracking data (listing pages, read 2026-11-24).

The tracking data's price is the list price. `skuInfos["0"]` is the chosen SKU once more.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.lazada import public_reviews, shown
from sandbox.lazada.brands import Brand, brand_of
from sandbox.lazada.categories import BY_ID, path
from sandbox.lazada.showcase import Good
from sandbox.world import Offer, Review

REVIEWS_ON_PAGE = 5


@dataclass(frozen=True)
class Carried:
    """One product as one visitor sees it. `priceless`: without prices and stock, as of late."""

    good: Good
    chosen: Offer
    reviews: list[Review]
    now: datetime
    language: str
    priceless: bool = False

    @property
    def brand(self) -> Brand:
        return brand_of(self.good.item.fields)

    @property
    def categories(self) -> list[str]:
        return path(BY_ID[self.good.item.category_id], "vi_VN" if self.language == "vi" else "en_US")

    def fields(self) -> dict[str, Any]:
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
            "specifications": {sku_id: {"features": {"Thương hiệu": self.brand.name}} for sku_id in infos},
            "skuGalleries": {"0": [{"type": "img", "src": url} for url in chosen.images]},
            "tracking": self.tracking(chosen),
        }

    def _product(self) -> dict[str, Any]:
        good = self.good
        return {
            "title": good.name,
            "desc": good.offers[0].description,
            "highlights": good.item.fields.get("short_description", ""),
            "brand": {"name": self.brand.name},
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
            "dataLayer": self.tracking(offer),
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

    def tracking(self, offer: Offer) -> dict[str, Any]:
        listed = _list_price(offer)
        return {
            "pagetype": "pdp",
            "pdt_category": self.categories,
            "pdt_name": self.good.name,
            "pdt_sku": self.good.item.item_id,
            "pdt_simplesku": offer.offer_id,
            "pdt_price": shown.price(listed, self.language),
            "pdt_discount": "" if listed == offer.price_vnd else shown.discount(offer.price_vnd, listed),
            "brand_name": self.brand.name,
            "brand_id": str(self.brand.brand_id),
            "seller_name": self.good.seller.name,
            "supplier_id": self.good.seller.seller_id,
            "core": {"country": "VN", "layoutType": "desktop", "language": self.language, "currencyCode": "VND"},
        }


def _list_price(offer: Offer) -> int:
    return max(offer.price_vnd, offer.list_price_vnd or 0)


def _choice(offer: Offer) -> dict[str, str]:
    facts: dict[str, Any] = offer.extra.get("facts", {})
    return dict(facts.get("saleProp", {}))
