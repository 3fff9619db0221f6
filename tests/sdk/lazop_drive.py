"""Drives PyPI's lazop-sdk, unchanged, through a seller's day; runs in the SDK's own environment and prints what it saw as JSON."""

import json
import sys
from typing import Any

from lazop_sdk import LazopClient, LazopRequest

FACTS = json.loads(sys.argv[1])


def call(
    path: str, method: str = "GET", token: str | None = None, files: dict[str, Any] | None = None, **params: str
) -> Any:
    client = LazopClient(f"{FACTS['base_url']}/rest", FACTS["app_key"], FACTS["app_secret"])
    request = LazopRequest(path, method)
    for name, value in params.items():
        request.add_api_param(name, value)
    for name, value in (files or {}).items():
        request.add_file_param(name, value)
    return client.execute(request, token).body


def payload(product: dict[str, Any]) -> str:
    return json.dumps({"Request": {"Product": product}}, ensure_ascii=False)


def main() -> None:
    token = call("/auth/token/create", code=FACTS["code"])["access_token"]
    picture = call("/image/upload", "POST", token, {"image": bytes.fromhex(FACTS["picture"])})["data"]["image"]["url"]
    product = FACTS["product"] | {"Images": {"Image": [picture]}}
    made = call("/product/create", "POST", token, payload=payload(product))["data"]
    item_id, sku_id = made["item_id"], made["sku_list"][0]["sku_id"]
    priced = {"ItemId": str(item_id), "SkuId": str(sku_id), "Price": "95000", "Quantity": "30"}
    said = call("/product/price_quantity/update", "POST", token, payload=payload({"Skus": {"Sku": [priced]}}))
    listed = call("/products/get", token=token, filter="all", limit="50")["data"]["products"]
    read = call("/product/item/get", token=token, item_id=str(item_id))["data"]
    orders = call("/orders/get", token=token, created_after=FACTS["since"], limit="100", sort_direction="ASC")["data"]
    ids = [order["order_id"] for order in orders["orders"]]
    rows = call("/orders/items/get", token=token, order_ids=json.dumps(ids[:50]))["data"]
    refused = call("/product/create", "POST", token, payload=payload(product))
    seen = {
        "item_status": made["item_status"],
        "priced": said["code"],
        "listed": [one["item_id"] for one in listed] + [item_id],
        "name": read["attributes"]["name"],
        "price": read["skus"][0]["price"],
        "quantity": read["skus"][0]["quantity"],
        "orders": [ids, orders["countTotal"]],
        "rows": [len(rows), sum(len(one["order_items"]) for one in rows)],
        "refused": [refused["code"], refused["detail"][0]["seller_sku"]],
    }
    sys.stdout.write(json.dumps(seen, ensure_ascii=False))


main()
