"""Who an order goes to: invented people with names and streets, so that tests can prove nobody keeps them (tiki.md section 7.2, read 2026-11-24)."""

from datetime import timedelta
from functools import lru_cache
from typing import Any

from sandbox.tiki.moments import to_text
from sandbox.world import Order

FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Vũ", "Đặng", "Bùi", "Nông", "Hà")
GIVEN_NAMES = ("Thu Trang", "Văn Hùng", "Hải Yến", "Quốc Bảo", "Thanh Mai", "Đình Khoa", "Kim Chi")
STREETS = ("Lê Lợi", "Trần Phú", "Hai Bà Trưng", "Nguyễn Du", "Lý Thường Kiệt", "Phan Đình Phùng")


def shipping_json(order: Order, buyer: dict[str, str]) -> dict[str, Any]:
    return {
        "partner_id": "2",
        "partner_name": "TNSL",
        "tracking_code": "" if order.shipped_at is None else f"TNSL{order.order_id}",
        "status": "",
        "plan": {
            "id": 1,
            "name": "Giao hàng tiêu chuẩn",
            "is_free_shipping": order.buyer_shipping_vnd == 0,
            "promised_delivery_date": to_text(order.placed_at + timedelta(days=5)),
            "description": "",
        },
        "address": {
            **buyer,
            "ward_tiki_code": "VN034005007",
            "district_tiki_code": "VN034005",
            "region": order.province,
            "region_tiki_code": "VN034",
            "country": "Việt Nam",
            "country_id": "VN",
        },
        "shipping_detail": None,
    }


@lru_cache(maxsize=65_536)
def buyer_of(seed: int, order_id: int) -> dict[str, str]:
    """An invented person: who it is follows from the order alone."""
    number = seed * 7919 + order_id * 104_729
    name = f"{FAMILY_NAMES[number % len(FAMILY_NAMES)]} {GIVEN_NAMES[number // 8 % len(GIVEN_NAMES)]}"
    street = f"Số {number % 190 + 1} đường {STREETS[number // 56 % len(STREETS)]}"
    return {"full_name": name, "street": street, "ward": "Phường Trung Tâm", "district": "Quận 1"}
