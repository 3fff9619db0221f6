"""POST /product/deactivate and /product/remove (Lazada Open Platform reference, read 2026-11-24)."""

import json
import re
from typing import Any

from sandbox.lazada import documents, products
from sandbox.lazada.call import Answer, Call, Route
from sandbox.lazada.documents import Node
from sandbox.lazada.refusal import Refusal, business
from sandbox.world import Offer


def deactivate(call: Call) -> Answer:
    """The whole product, or the SKUs named. What is off sale already is refused with E0004."""
    try:
        node = documents.product(call.text("apiRequestBody"))
        item = products.item(call, documents.text(node, "ItemId"))
    except Refusal as refusal:
        if refusal.code == "1":
            raise Refusal("E0001", "E0001: ItemId is mandatory") from None
        raise
    named = _sku_ids(node)
    offers = [products.sku(call, item, one) for one in named] if named else products.alive(call, item)
    if all(offer.state in products.OFFLINE or offer.extra.get("switched_off") for offer in offers):
        raise Refusal("E0004", "E0004: The product is offline already")
    for offer in offers:
        products.switch_off(call, offer)
    return Answer({})


def _sku_ids(node: Node) -> list[str]:
    inner = node.get("Skus") or {}
    rows: Any = inner.get("SkuId", []) if isinstance(inner, dict) else inner
    return [str(row) for row in (rows if isinstance(rows, list) else [rows])]


def remove(call: Call) -> Answer:
    """SKUs as `SkuId_{item}_{sku}`; they cannot come back."""
    if call.optional("seller_sku_list") is not None:
        raise business(6, "seller_sku_list is no longer supported", field="seller_sku_list")
    names = call.array("sku_id_list", 39)
    if len(names) > call.rules.skus_per_call:
        raise business(4171, "At most 50 SKUs in a call", field="sku_id_list")
    for offer in [_named(call, name) for name in names]:
        products.delete(call, offer)
    return Answer({})


def _named(call: Call, name: object) -> Offer:
    found = re.fullmatch(r"SkuId_(\d+)_(\d+)", name) if isinstance(name, str) else None
    if found is None:
        raise business(5, f"{json.dumps(name)} is not SkuId_(item)_(sku)", field="sku_id_list")
    return products.sku(call, products.item(call, found[1]), found[2])


ROUTES = {
    "/product/deactivate": Route("POST", deactivate, writes=True),
    "/product/remove": Route("POST", remove, writes=True),
}
