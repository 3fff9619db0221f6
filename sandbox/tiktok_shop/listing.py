"""What creating and editing have in common: the check of a whole product, its fields, and the answer."""

from typing import Any

from sandbox.tiktok_shop import checks, read, sku_checks
from sandbox.tiktok_shop.call import Call
from sandbox.tiktok_shop.refusal import bad_field
from sandbox.tiktok_shop.shelf import Product

OUTSIDE = frozenset({"skus", "save_mode", "idempotency_key"})  # what a version's fields leave out
LISTING, AS_DRAFT = "LISTING", "AS_DRAFT"


def check(call: Call, body: dict[str, Any]) -> list[dict[str, str]]:
    """Refuse what is wrong; clear what may be left out, and give the warnings about that."""
    checks.known_fields(body)
    if read.text(body, "save_mode", LISTING) not in {LISTING, AS_DRAFT}:
        raise bad_field("save_mode", f"it must be {LISTING} or {AS_DRAFT}")
    checks.whole_product(call, body)
    sku_checks.all_skus(call.stage.rules, read.rows(body, "skus"))
    if not (brand_id := read.text(body, "brand_id", "")) or brand_id in call.stage.brands.known:
        return []
    del body["brand_id"]
    return [{"message": f"The brand {brand_id} is unknown and was left out"}]


def is_draft(body: dict[str, Any]) -> bool:
    return read.text(body, "save_mode", LISTING) == AS_DRAFT


def fields_of(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in OUTSIDE}


def told(call: Call, product: Product, sku_ids: list[int], warnings: list[dict[str, str]]) -> dict[str, Any]:
    """The answer of a create or edit: every SKU with its id, and the ids of its values."""
    rows = [_told_sku(str(sku_id), call.stage.sku(sku_id).extra["row"]) for sku_id in sku_ids]
    return {"product_id": str(product.product_id), "skus": rows, "warnings": warnings}


def _told_sku(sku_id: str, row: dict[str, Any]) -> dict[str, Any]:
    attributes = [{"id": one["id"], "value_id": one["value_id"]} for one in read.rows(row, "sales_attributes")]
    shown = {"id": sku_id, "seller_sku": row.get("seller_sku", ""), "sales_attributes": attributes}
    return shown | ({"external_sku_id": row["external_sku_id"]} if "external_sku_id" in row else {})
