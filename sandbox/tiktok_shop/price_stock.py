"""Prices and stock of one product's SKUs, and the reading of stock (Partner Center reference, read 2026-11-23).

Neither is reviewed and neither moves `update_time`. A price call is all or nothing; in a stock call each SKU may fail alone inside a
success, and its row must name every warehouse it has, or none where there is one.
"""

from typing import Any

from sandbox.tiktok_shop import read, scopes, sku_checks
from sandbox.tiktok_shop.call import Call, Route
from sandbox.tiktok_shop.owned import own_product
from sandbox.tiktok_shop.refusal import Refusal, bad_field
from sandbox.tiktok_shop.shelf import Product
from sandbox.tiktok_shop.shop_pages import SALES_WAREHOUSE
from sandbox.world import Offer, Order

MOST_PRODUCTS, MOST_SKUS = 100, 600
STOCK_STATUSES = frozenset({"DRAFT", "PENDING", "FAILED", "ACTIVATE", "SELLER_DEACTIVATED"})


def update_prices(call: Call) -> dict[str, Any]:
    product = own_product(call, call.ids[0])
    _check_status(call, product, frozenset({"ACTIVATE"}))
    rows = _rows(call)
    offers = [_sku(call, product, row) for row in rows]
    prices = [sku_checks.price_vnd(call.stage.rules, row) for row in rows]
    if any(offer.list_price_vnd is not None for offer in offers):
        raise Refusal(12052038, "The price is locked by a promotion")
    for offer, price_vnd in zip(offers, prices, strict=True):
        offer.price_vnd = price_vnd
    return {}


def update_inventory(call: Call) -> dict[str, Any]:
    product = own_product(call, call.ids[0])
    _check_status(call, product, STOCK_STATUSES)
    errors = []
    for row in _rows(call):
        try:
            _sku(call, product, row).stock = _pieces(call, row)
        except Refusal as refusal:
            where = {"warehouse_id": SALES_WAREHOUSE, "code": refusal.code, "message": refusal.message}
            errors.append(refusal.as_row(sku_id=row.get("id", ""), extra_errors=[where]))
    return {"errors": errors} if errors else {}


def search_inventory(call: Call) -> dict[str, Any]:
    """By product or by SKU; what is unknown is left out."""
    body = call.filters("product_ids", "sku_ids")
    product_ids, sku_ids = read.texts(body, "product_ids", MOST_PRODUCTS), read.texts(body, "sku_ids", MOST_SKUS)
    if not product_ids and not sku_ids:
        raise bad_field("product_ids", "product_ids or sku_ids are required")
    committed = _committed(call)
    rows = []
    for product in call.stage.shelf.all_of(call.shop.shop_id):
        skus = [
            _stock(offer, committed.get(offer.offer_id, 0))
            for offer in call.stage.shelf.skus(product)
            if str(product.product_id) in product_ids or str(offer.offer_id) in sku_ids
        ]
        if skus:
            rows.append({"product_id": str(product.product_id), "skus": skus})
    return {"inventory": rows} if rows else {}


def _rows(call: Call) -> list[dict[str, Any]]:
    rows = read.rows(call.body, "skus")
    if not 1 <= len(rows) <= sku_checks.MOST_SKUS:
        raise bad_field("skus", f"1 to {sku_checks.MOST_SKUS} SKUs are required")
    return rows


def _sku(call: Call, product: Product, row: dict[str, Any]) -> Offer:
    sku_id = read.text(row, "id", "")
    for offer in call.stage.shelf.skus(product):
        if str(offer.offer_id) == sku_id:
            return offer
    raise Refusal(12052557, "The SKU does not belong to the product")


def _pieces(call: Call, row: dict[str, Any]) -> int:
    lowest = 0 if call.stage.rules.zero_stock else 1
    return sku_checks.pieces(row, lowest=lowest, warehouse_optional=True)


def _check_status(call: Call, product: Product, allowed: frozenset[str]) -> None:
    status = call.stage.shelf.status(product)
    if status not in allowed:
        raise Refusal(12052901, f"The action is not allowed in the status {status}")


def _committed(call: Call) -> dict[int, int]:
    """Pieces ordered and not yet sent, by SKU."""
    pieces: dict[int, int] = {}
    for order in call.stage.ledger.open_orders(call.shop.shop_id):
        if _is_waiting(order):
            for line in order.lines:
                pieces[line.offer_id] = pieces.get(line.offer_id, 0) + line.quantity
    return pieces


def _is_waiting(order: Order) -> bool:
    return order.shipped_at is None and order.cancelled_at is None


def _stock(offer: Offer, committed: int) -> dict[str, Any]:
    held = {"available_quantity": offer.stock, "committed_quantity": committed}
    return {
        "id": str(offer.offer_id),
        "seller_sku": offer.sku,
        "total_available_quantity": offer.stock,
        "total_committed_quantity": committed,
        "warehouse_inventory": [{"warehouse_id": SALES_WAREHOUSE} | held],
    }


ROUTES = (
    Route("POST", "product", "/products/{}/prices/update", ("202309",), update_prices, scopes.PRODUCT_WRITE),
    Route("POST", "product", "/products/{}/inventory/update", ("202309",), update_inventory, scopes.PRODUCT_WRITE),
    Route("POST", "product", "/inventory/search", ("202309",), search_inventory, scopes.PRODUCT_READ),
)
