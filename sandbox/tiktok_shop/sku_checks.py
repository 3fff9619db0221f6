"""What create, edit, price and stock calls refuse about SKUs (Partner Center "Create Product", read 2026-11-23)."""

from typing import Any

from sandbox.tiktok_shop import read
from sandbox.tiktok_shop.money import whole_vnd
from sandbox.tiktok_shop.refusal import Refusal, bad_field
from sandbox.tiktok_shop.rules import Rules
from sandbox.tiktok_shop.shop_pages import RETURN_WAREHOUSE, SALES_WAREHOUSE

MOST_SKUS, MOST_PROPERTIES, MOST_PIECES = 100, 3, 99_999
LONGEST_SKU, LONGEST_EXTERNAL = 50, 999
FIELDS = frozenset(
    {"id", "seller_sku", "external_sku_id", "price", "inventory", "sales_attributes", "identifier_code", "pre_sale"}
)


def all_skus(rules: Rules, rows: list[dict[str, Any]]) -> None:
    """Every SKU of one product, each complete with price and inventory."""
    if not rows:
        raise bad_field("skus", "at least one SKU is required")
    if len(rows) > MOST_SKUS:
        raise Refusal(12052050, f"More than {MOST_SKUS} SKUs")
    for row in rows:
        _sku(rules, row)
    _combinations(rows)


def price_vnd(rules: Rules, row: dict[str, Any]) -> int:
    """The price a SKU's row asks for."""
    price = row.get("price")
    if not isinstance(price, dict) or "amount" not in price:
        raise Refusal(12052571, "The price is missing")
    if price.get("currency") != "VND":
        raise Refusal(12052084, "The currency does not fit the shop")
    amount_vnd = whole_vnd(price["amount"])
    if amount_vnd is None:
        raise Refusal(12052073, "The price is invalid")
    if not rules.lowest_price_vnd <= amount_vnd <= rules.highest_price_vnd:
        raise Refusal(12052570, "The price is out of limits")
    return amount_vnd


def pieces(row: dict[str, Any], *, lowest: int = 1, warehouse_optional: bool = False) -> int:
    """The stock a SKU's row asks for, in the one warehouse this shop sells from."""
    rows = read.rows(row, "inventory")
    if not rows:
        raise Refusal(12019022, "The SKU needs a warehouse")
    if len(rows) > 1:
        raise Refusal(12052094, "The shop has no right to several warehouses")
    warehouse_id = read.text(rows[0], "warehouse_id", SALES_WAREHOUSE if warehouse_optional else "")
    if warehouse_id == RETURN_WAREHOUSE:
        raise Refusal(12052532, "The warehouse is no sales warehouse")
    if warehouse_id != SALES_WAREHOUSE:
        raise Refusal(12052097, "The warehouse is unknown")
    quantity = read.integer(rows[0], "quantity")
    if not lowest <= quantity <= MOST_PIECES:
        raise Refusal(12052055, f"The quantity must be from {lowest} to {MOST_PIECES}")
    return quantity


def _sku(rules: Rules, row: dict[str, Any]) -> None:
    if strangers := sorted(row.keys() - FIELDS):
        raise bad_field(f"skus.{strangers[0]}", "unknown, or not played by this marketplace")
    seller_sku = read.text(row, "seller_sku", "")
    if len(seller_sku) > LONGEST_SKU:
        raise Refusal(12052054, f"The seller_sku exceeds {LONGEST_SKU} characters")
    if any(sign.isspace() for sign in seller_sku):
        raise Refusal(12019059, "The seller_sku is invalid")
    if len(read.text(row, "external_sku_id", "")) > LONGEST_EXTERNAL:
        raise Refusal(12052369, "The external SKU id is too long")
    price_vnd(rules, row)
    pieces(row, lowest=0 if rules.zero_stock and "id" in row else 1)


def _combinations(rows: list[dict[str, Any]]) -> None:
    """Every SKU has the same properties, and no two the same values; only one of one needs none."""
    choices = [_choice(row) for row in rows]
    names = [tuple(name for name, _ in choice) for choice in choices]
    if len(set(names)) > 1 or (len(rows) > 1 and not names[0]):
        raise Refusal(12052550, "Each SKU needs a value of every sales attribute")
    if len(set(choices)) < len(choices):
        raise Refusal(12052560, "Two SKUs have the same sales attributes")


def _choice(row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """(property, value) in the row's own order."""
    given = read.rows(row, "sales_attributes")
    if len(given) > MOST_PROPERTIES:
        raise Refusal(12052525, f"More than {MOST_PROPERTIES} sales attributes")
    choice = []
    for one in given:
        property_id, own_name = read.text(one, "id", ""), read.text(one, "name", "")
        value_id, value_name = read.text(one, "value_id", ""), read.text(one, "value_name", "")
        name, value = property_id or own_name, value_name or value_id
        if not name or not value or len(own_name) > 20 or len(value) > 50:
            raise Refusal(12052550, "A sales attribute needs a name of at most 20 and a value of at most 50 characters")
        choice.append((name, value))
    return tuple(choice)
