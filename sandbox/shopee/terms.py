"""The terms a listing is sold on: condition, SKU, days to ship, GTIN, and the price and stock it starts with.

As checks.py does for its content (Shopee v2 reference, add_item page, read 2026-11-23).
"""

import re
from typing import Any

from sandbox.shopee import read
from sandbox.shopee.call import Backstage
from sandbox.shopee.refusal import Refusal, bad_param


def all_of(stage: Backstage, item: dict[str, Any]) -> None:
    """Condition, visibility, SKU, days to ship and GTIN."""
    read.one_of({"condition": "NEW"} | item, "condition", ("NEW", "USED"))
    read.one_of({"item_status": "NORMAL"} | item, "item_status", ("NORMAL", "UNLIST"))
    if len(read.text({"item_sku": ""} | item, "item_sku")) > stage.rules.sku_length:
        raise bad_param(f"item_sku exceeds {stage.rules.sku_length} characters")
    pre_order(stage, read.obj({"pre_order": {"is_pre_order": False}} | item, "pre_order"))
    gtin(item)


def gtin(item: dict[str, Any]) -> None:
    if "gtin_code" in item and not is_gtin(read.text(item, "gtin_code")):
        raise Refusal("error_param_validate", "Invalid GTIN code.")


def pre_order(stage: Backstage, row: dict[str, Any]) -> None:
    if not read.flag(row, "is_pre_order"):
        return
    days, limit = read.integer(row, "days_to_ship"), stage.rules.days_to_ship
    if days > limit.high:
        raise Refusal("error_param_dts_exceeds_max_limit", f"Days to ship exceed {limit.high}.")
    if days < limit.low:
        raise Refusal("error_invalid_days_to_ship", f"Days to ship are below {limit.low}.")


def is_gtin(code: str) -> bool:
    """8 to 14 digits with their check digit, or `00` for none."""
    if code in {"", "00"}:
        return True
    if not re.fullmatch(r"[0-9]{8,14}", code):
        return False
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(code)))
    return weighted % 10 == 0


def price_vnd(stage: Backstage, row: dict[str, Any]) -> int:
    """`original_price`, rounded to whole đồng as Shopee does for Vietnam."""
    try:
        price = read.whole_vnd(read.number(row, "original_price"))
    except Refusal:
        raise Refusal("error_invalid_price", "Invalid price.") from None
    if price < stage.rules.price_vnd.low:
        raise Refusal("error_price_exceed_min_limitt", f"The price is below {stage.rules.price_vnd.low}.")
    if price > stage.rules.price_vnd.high:
        raise Refusal("error_price_exceed_max_limitt", f"The price is above {stage.rules.price_vnd.high}.")
    return price


def stock(stage: Backstage, row: dict[str, Any]) -> int:
    """The one `seller_stock` row of a shop without warehouses."""
    pieces = read.rows(row, "seller_stock", 1, 1)[0]
    if pieces.get("location_id", "") != "":
        raise bad_param("this shop has no warehouses, send no location_id")
    amount, limit = read.integer(pieces, "stock"), stage.rules.stock
    if not limit.low <= amount <= limit.high:
        raise bad_param(f"stock must be {limit.low} to {limit.high}")
    return amount
