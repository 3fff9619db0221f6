"""Authorised shops, warehouses, readiness (Partner Center reference, read 2026-11-23). `distict` and `BANk_ACCOUNT` are their spellings."""

from typing import Any

from sandbox.tiktok_shop import scopes
from sandbox.tiktok_shop.call import Call, Route

SALES_WAREHOUSE, RETURN_WAREHOUSE = "7068517275539719942", "7068517275539719943"
CHECKS = (
    "SHOP_STATUS",
    "SHOP_TAX",
    "PICKUP_WAREHOUSE",
    "RETURN_WAREHOUSE",
    "DELIVERY_OPTION",
    "SHIPPING_TEMPLATE",
    "PRODUCT_QUANTITY_LIMIT",
    "EXTENDED_PRODUCER_RESPONSIBILITY",
    "BANk_ACCOUNT",
    "CONTACT_INFO",
)


def authorized_shops(call: Call) -> dict[str, Any]:
    shop = call.shop
    row = {"id": shop.shop_id, "name": shop.name, "region": "VN", "seller_type": "LOCAL"}
    return {"shops": [row | {"cipher": shop.cipher, "code": shop.code}]}


def warehouses(_: Call) -> dict[str, Any]:
    return {
        "warehouses": [
            _warehouse(SALES_WAREHOUSE, "Kho Đồng Hỷ", "SALES_WAREHOUSE", is_default=True),
            _warehouse(RETURN_WAREHOUSE, "Kho nhận hàng trả", "RETURN_WAREHOUSE", is_default=False),
        ]
    }


def prerequisites(call: Call) -> dict[str, Any]:
    from_quota = (
        {"PRODUCT_QUANTITY_LIMIT": ["The product quantity limit is reached"]} if call.stage.is_full(call.shop) else {}
    )
    rows = [{"check_item": item, "is_failed": item in from_quota} for item in CHECKS]
    return {"check_results": [row | {"fail_reasons": from_quota.get(str(row["check_item"]), [])} for row in rows]}


def _warehouse(warehouse_id: str, name: str, kind: str, *, is_default: bool) -> dict[str, Any]:
    address = {
        "region": "Vietnam",
        "region_code": "VN",
        "state": "Thái Nguyên",
        "city": "Đồng Hỷ",
        "distict": "Hóa Thượng",
        "town": "",
        "contact_person": "Nguyễn Văn A",
        "phone_number": "(+84)900000000",
        "postal_code": "250000",
        "full_address": "Hóa Thượng, Đồng Hỷ, Thái Nguyên",
        "address_line1": "Hóa Thượng",
    }
    return {
        "id": warehouse_id,
        "entity_id": f"{warehouse_id[:-3]}000",
        "name": name,
        "effect_status": "ENABLED",
        "type": kind,
        "sub_type": "DOMESTIC_WAREHOUSE",
        "is_default": is_default,
        "address": address,
    }


ROUTES = (
    Route("GET", "authorization", "/shops", ("202309",), authorized_shops, scopes.SHOP_INFO, by_shop=False),
    Route("GET", "logistics", "/warehouses", ("202309",), warehouses, scopes.LOGISTICS),
    Route("GET", "product", "/prerequisites", ("202312",), prerequisites, scopes.PRODUCT_READ),
)
