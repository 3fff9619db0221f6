"""What a stranger's program does with PyPI `tiktok-shop-api`: run in that package's own environment, one JSON object in and one out.

The facts come as JSON on stdin: they hold keys, which have no place among a process's arguments.
"""

import io
import json
import sys
from base64 import b64decode
from typing import Any

from tiktok_shop_api import TikTokShop, TikTokShopAuth, TikTokShopError, Webhooks
from tiktok_shop_api.generated import models
from tiktok_shop_api.generated.types import File


def main(facts: dict[str, Any]) -> dict[str, Any]:
    auth = TikTokShopAuth(facts["app_key"], facts["app_secret"], base_url=facts["base_url"])
    tokens = auth.refresh(auth.exchange_code(facts["code"]).refresh_token)
    shop = TikTokShop(facts["app_key"], facts["app_secret"], tokens.access_token, base_url=facts["base_url"])
    (authorized,) = shop.authorization.get_authorized_shops().data.shops
    shop = shop.with_shop(shop_cipher=authorized.cipher)
    seen = {"shop_id": authorized.id, "seller_name": tokens.seller_name, **listed(shop, facts)}
    seen |= sold(shop, facts) | {"events": [type(event).__name__ for event in events(facts)]}
    return seen


def listed(shop: TikTokShop, facts: dict[str, Any]) -> dict[str, Any]:
    """Create, find, read, price, restock; then a refusal."""
    leaf = shop.products.get_categories(category_version="v2", keyword="Trà").data.categories[0]
    picture = File(io.BytesIO(b64decode(facts["picture"])), "tra.png", "image/png")
    upload = models.UploadProductImageRequest(data=picture, use_case=models.UploadProductImageRequestUseCase.MAIN_IMAGE)
    uri = shop.products.upload_product_image(body=upload).data.uri
    body = facts["listing"] | {"category_id": leaf.id, "main_images": [{"uri": uri}]}
    made = shop.products.create_product(body=models.CreateProductRequest.from_dict(body)).data
    named = models.SearchProductsRequest.from_dict({"seller_skus": [facts["listing"]["skus"][0]["seller_sku"]]})
    (found,) = shop.products.search_products(body=named, page_size=10).data.products
    sku = {"id": found.skus[0].id}
    price = models.UpdatePriceRequest.from_dict({"skus": [sku | {"price": {"amount": "179000", "currency": "VND"}}]})
    shop.products.update_price(found.id, body=price)
    stock = models.UpdateInventoryRequest.from_dict({"skus": [sku | {"inventory": [{"quantity": 7}]}]})
    shop.products.update_inventory(found.id, body=stock)
    read = shop.products.get_product(made.product_id).data
    return {
        "found": found.id == made.product_id,
        "title": read.title,
        "status": read.status,
        "price": read.skus[0].price.tax_exclusive_price,
        "stock": read.skus[0].inventory[0].quantity,
        "refused": refused(shop, body | {"title": "Trà ngon"}),
    }


def refused(shop: TikTokShop, body: dict[str, Any]) -> int:
    try:
        shop.products.create_product(body=models.CreateProductRequest.from_dict(body))
    except TikTokShopError as err:
        return err.code
    return 0


def sold(shop: TikTokShop, facts: dict[str, Any]) -> dict[str, Any]:
    """Every order page by page, one of them in detail, and what the statements pay."""
    window = models.GetOrderListRequest.from_dict({"create_time_ge": facts["since"]})
    orders, token = [], ""
    while True:
        page = shop.orders.get_order_list(body=window, page_size=10, page_token=token).data
        orders += page.orders
        token = page.next_page_token
        if not token:
            break
    details = shop.orders.get_order_detail(ids=[order.id for order in orders[:2]]).data.orders
    statements = shop.finance.get_statements(sort_field="statement_time", page_size=100).data.statements
    lines = [
        line
        for one in statements
        for line in shop.finance.get_transactions_by_statement(one.id, sort_field="order_create_time").data.transactions
    ]
    return {
        "orders": sorted(order.id for order in orders),
        "pieces": sum(len(order.line_items) for order in orders),
        "details": [order.id for order in details] == [order.id for order in orders[:2]],
        "settled_vnd": sum(int(one.settlement_amount) for one in statements),
        "lines_vnd": sum(int(line.settlement_amount) for line in lines),
    }


def events(facts: dict[str, Any]) -> list[Any]:
    keys = {"app_key": facts["app_key"], "app_secret": facts["app_secret"]}
    return [Webhooks.verify_and_parse(**keys, raw_body=body, signature=sign) for body, sign in facts["events"]]


if __name__ == "__main__":
    json.dump(main(json.load(sys.stdin)), sys.stdout)
