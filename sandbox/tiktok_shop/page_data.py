"""What a public product page carries in its state, in the layouts that were seen (listing_pages section 5, tiktok_shop section 8, read 2026-11-24).

Amounts are decimal text in đồng, sold counts exact and of all time. Reviews carry their buyers' names, so that tests can prove nobody
keeps them. Everything is read from the world's offers: the page shows what the API's own books may still be reviewing.
"""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.tiktok_shop import page_parts
from sandbox.tiktok_shop.call import MARKET
from sandbox.tiktok_shop.page_parts import Goods
from sandbox.world import OfferState, World

LOADER = "shop/pdp/(product_name_slug$)/(product_id)/page"
NOT_SOLD_HERE = 23_002_102
MOST_REVIEWS = 20
SHOP_NAME = "OCOP Thái Nguyên"


class PageData:
    def __init__(self, world: World) -> None:
        self._world = world

    def find(self, product_id: int) -> Goods | None:
        """None for a product that is not on sale."""
        return self._shown().get(product_id)

    def on_sale(self, words: str) -> list[tuple[int, str]]:
        """Number and title of what says all the words."""
        wanted = words.casefold().split()
        titles = ((product_id, goods[0].title) for product_id, goods in self._shown().items())
        return [(i, title) for i, title in titles if all(word in title.casefold() for word in wanted)]

    def router(self, product_id: int, goods: Goods, layout: str) -> dict[str, Any]:
        """The whole of `__MODERN_ROUTER_DATA__`. KeyError for a layout nobody has seen."""
        pages = {"A1": self._a1, "A2": self._a2, "B": self._b, "region": _region}
        return {"loaderData": {"layout": None, **pages[layout](product_id, goods)}}

    def _shown(self) -> dict[int, Goods]:
        products: dict[int, Goods] = {}
        for offer in self._world.offers(MARKET):
            if offer.state is OfferState.LIVE:
                products.setdefault(offer.extra.get("product_id", offer.offer_id), []).append(offer)
        return products

    def _a1(self, product_id: int, goods: Goods) -> dict[str, Any]:
        components = [
            {"component_type": "page_header", "component_data": {}},
            _component("product_info", {"product_info": self._info(product_id, goods)}),
            _component(
                "shop_info", {"shop_name": SHOP_NAME, "total_sold": page_parts.short(sum(o.sold for o in goods))}
            ),
        ]
        return {LOADER: {"page_config": {"components_map": components, "global_data": {}}}}

    def _b(self, product_id: int, goods: Goods) -> dict[str, Any]:
        return {"view/product/(product_id)/page": {"initialData": {"productInfo": self._info(product_id, goods)}}}

    def _a2(self, product_id: int, goods: Goods) -> dict[str, Any]:
        cheapest = min(goods, key=lambda offer: offer.price_vnd)
        listed = cheapest.list_price_vnd or cheapest.price_vnd
        price = {"sku_id": str(cheapest.offer_id), "sale_price_decimal": str(cheapest.price_vnd)}
        price |= {"origin_price_decimal": str(listed), "discount_decimal": f"{1 - cheapest.price_vnd / listed:.2f}"}
        sku_ids = [{"sku_id": str(offer.offer_id)} for offer in goods]
        score = {"product_review_count": page_parts.count(goods), "product_overall_score": page_parts.average(goods)}
        info = {
            "product_model": {
                "product_id": str(product_id),
                "name": goods[0].title,
                "sale_properties": [],
                "skus": sku_ids,
            },
            "promotion_model": {"promotion_product_price": {"min_price": price}},
            "seller_model": {"shop_name": SHOP_NAME},
            "shop_info": {"seller_id": goods[0].shop, "sold_count": sum(offer.sold for offer in goods)},
            "review_model": score,
        }
        components = [_component("product_info", {"product_info": info})]
        return {"view/product/(product_id)/page": {"page_config": {"components_map": components, "global_data": {}}}}

    def _info(self, product_id: int, goods: Goods) -> dict[str, Any]:
        reviews = [review for offer in goods for review in self._world.reviews(MARKET, offer.offer_id)]
        newest = sorted(reviews, key=lambda review: (review.created_at, review.review_id), reverse=True)
        return {
            "product_id": str(product_id),
            "status": 1,
            "seller": {"seller_id": goods[0].shop, "name": SHOP_NAME, "product_count": len(self._shown())},
            "product_base": {
                "title": goods[0].title,
                "desc_detail": json.dumps([{"type": "text", "text": goods[0].description}], ensure_ascii=False),
                "images": [],
                "specifications": [{"name": "Xuất xứ", "value": "Việt Nam"}],
                "sold_count": sum(offer.sold for offer in goods),
                "price": page_parts.price(goods),
            },
            "sale_props": [],
            "skus": [page_parts.sku(offer) for offer in goods],
            "product_detail_review": {
                "product_rating": page_parts.average(goods),
                "review_count": page_parts.count(goods),
                "review_count_str": page_parts.short(page_parts.count(goods)),
                "review_items": [page_parts.review(review) for review in newest[:MOST_REVIEWS]],
            },
        }


def _region(product_id: int, _: Goods) -> dict[str, Any]:
    """As told to a caller from another country: ids only, and an error."""
    data = {"product_info": {"product_id": str(product_id)}, "error_code": NOT_SOLD_HERE}
    return {LOADER: {"page_config": {"components_map": [_component("product_info", data)], "global_data": {}}}}


def _component(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"component_type": kind, "component_data": data}
