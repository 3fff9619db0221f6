"""How products read back (Partner Center "Search Products" and "Get Product", read 2026-11-23).

A local seller's price is in `tax_exclusive_price`, whatever that name says. Empty lists are often left out.
"""

from typing import Any

from sandbox.tiktok_shop import attributes as known
from sandbox.tiktok_shop import read
from sandbox.tiktok_shop.categories import BY_ID, chain, is_leaf
from sandbox.tiktok_shop.moments import epoch
from sandbox.tiktok_shop.money import said
from sandbox.tiktok_shop.shelf import Product, Version
from sandbox.tiktok_shop.shop_pages import SALES_WAREHOUSE
from sandbox.tiktok_shop.stage import Stage
from sandbox.world import Offer

PRODUCT_STATUS = {"PENDING": "INITIAL", "FAILED": "INITIAL"}  # `product_status` leaves the review out


def summary(stage: Stage, product: Product) -> dict[str, Any]:
    """A row of the search."""
    return {
        "id": str(product.product_id),
        "title": product.fields["title"],
        "status": stage.shelf.status(product),
        "create_time": epoch(product.created_at),
        "update_time": epoch(stage.shelf.updated_at(product)),
        "sales_regions": ["VN"],
        "has_draft": False,
        "is_not_for_sale": False,
        "audit": audit(stage, product),
        "skus": [_sku(offer) for offer in stage.shelf.skus(product)],
    }


def detail(stage: Stage, product: Product, *, under_review: bool) -> dict[str, Any]:
    version = product.waiting if under_review and product.waiting else Version(product.fields, [])
    fields, status = version.fields, stage.shelf.status(product)
    rows = {row["id"]: row for row in version.rows}
    skus = [(offer, rows.get(str(offer.offer_id), offer.extra["row"])) for offer in stage.shelf.skus(product)]
    return {
        "id": str(product.product_id),
        "title": fields["title"],
        "description": fields["description"],
        "status": status,
        "product_status": PRODUCT_STATUS.get(status, status),
        "audit": audit(stage, product),
        "category_chains": _chains(fields["category_id"]),
        "main_images": [_image(stage, row["uri"]) for row in fields["main_images"]],
        "skus": [_sku(offer) | _sku_detail(offer, row) for offer, row in skus],
        "has_draft": False,
        "is_not_for_sale": False,
        "recommended_categories": [],
        "create_time": epoch(product.created_at),
        "update_time": epoch(stage.shelf.updated_at(product)),
        **_optional(stage, fields),
        **_failures(stage, product),
    }


def audit(stage: Stage, product: Product) -> dict[str, Any]:
    """What staff did to an offer by hand counts as the reviewers' word."""
    status = stage.shelf.status(product)
    word = {"FAILED": "FAILED", "PENDING": "AUDITING"}.get(status, product.audit)
    return {"status": word, "pre_approved_reasons": []}


def _failures(stage: Stage, product: Product) -> dict[str, Any]:
    reasons = product.failed_reasons
    by_hand = next((o.extra["reason"] for o in stage.shelf.skus(product) if o.extra.get("reason")), None)
    if not reasons and by_hand and stage.shelf.status(product) in {"FAILED", "PLATFORM_DEACTIVATED", "FREEZE"}:
        told = {"position": "Product", "reasons": [by_hand], "suggestions": [], "listing_platform": "TIKTOK_SHOP"}
        reasons = [told]
    return {"audit_failed_reasons": reasons} if reasons else {}


def _sku(offer: Offer) -> dict[str, Any]:
    price = {"currency": "VND", "tax_exclusive_price": said(offer.price_vnd), "sale_price": said(offer.price_vnd)}
    return {
        "id": str(offer.offer_id),
        "seller_sku": offer.sku,
        "price": price,
        "inventory": [{"warehouse_id": SALES_WAREHOUSE, "quantity": offer.stock}],
        "status_info": {"status": "NORMAL"},
    }


def _sku_detail(offer: Offer, row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: row[name] for name in ("external_sku_id", "identifier_code", "pre_sale") if name in row}
    attributes = read.rows(row, "sales_attributes")
    shown = {"seller_sku": row.get("seller_sku", offer.sku)} | kept
    return shown | ({"sales_attributes": [_sales_attribute(one) for one in attributes]} if attributes else {})


def _sales_attribute(one: dict[str, Any]) -> dict[str, Any]:
    names = {"name": one.get("name", known.SIZE_PROPERTY["name"]), "value_name": one.get("value_name", "")}
    return {"id": one["id"], "value_id": one["value_id"]} | names


def _optional(stage: Stage, fields: dict[str, Any]) -> dict[str, Any]:
    same = ("certifications", "package_weight", "package_dimensions", "is_cod_allowed", "external_product_id")
    shown = {name: fields[name] for name in (*same, "search_terms", "key_product_features") if name in fields}
    if rows := read.rows(fields, "product_attributes"):
        shown["product_attributes"] = [_attribute(fields["category_id"], row) for row in rows]
    if brand_id := fields.get("brand_id"):
        shown["brand"] = {"id": brand_id, "name": stage.brands.known[brand_id].name}
    return shown


def _attribute(category_id: str, row: dict[str, Any]) -> dict[str, Any]:
    attribute = next(one for one in known.of_category(category_id) if one.attribute_id == row["id"])
    names = dict(attribute.values)
    values = [
        {"id": value["id"], "name": names[value["id"]]} if value.get("id") else {"id": "", "name": value["name"]}
        for value in row["values"]
    ]
    return {"id": row["id"], "name": attribute.name, "values": values}


def _chains(category_id: str) -> list[dict[str, Any]]:
    return [
        {
            "id": one.category_id,
            "parent_id": one.parent_id,
            "local_name": one.name,
            "is_leaf": is_leaf(one.category_id),
        }
        for one in (chain(category_id) if category_id in BY_ID else [])
    ]


def _image(stage: Stage, uri: str) -> dict[str, Any]:
    picture = stage.media.pictures[uri]
    size = {"width": picture.width, "height": picture.height}
    return {"uri": uri, "urls": [picture.url], "thumb_urls": [picture.url]} | size
