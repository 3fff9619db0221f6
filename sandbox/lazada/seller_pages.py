"""The seller: facts, warehouse, health (Lazada Open Platform reference, seller pages, read 2026-11-24). Its figures are invented."""

from typing import Any

from sandbox.lazada.call import Answer, Call, Route
from sandbox.lazada.rules import MARKET


def seller(call: Call) -> Answer:
    one = call.seller
    return Answer(
        {
            "seller_id": one.seller_id,
            "name": one.name,
            "name_company": one.company,
            "short_code": one.short_code,
            "email": one.account,
            "cb": False,
            "location": "Thái Nguyên",
            "status": "ACTIVE",
            "verified": True,
            "logo_url": "",
            "marketplaceEaseMode": False,
        }
    )


def warehouses(_: Call) -> Answer:
    module = [{"code": "dropshipping", "name": "Kho mặc định", "isDefault": True}]
    return Answer(top={"result": {"success": True, "module": module}})


def metrics(call: Call) -> Answer:
    """Shares are per cent. A shop nobody rated has no rating."""
    stars = [review.stars for review in call.world.reviews(MARKET) if review.shop == call.seller.world_name]
    rating = round(100 * sum(one >= 4 for one in stars) / len(stars)) if stars else None
    return Answer(
        {
            "main_category_id": 10100,
            "main_category_name": "Thực phẩm & Đồ uống",
            "positive_seller_rating": rating,
            "ship_on_time": 97,
            "response_rate": 92,
            "response_time": 35,
            "seller_id": call.seller.seller_id,
        }
    )


def performance(_: Call) -> Answer:
    return Answer({"indicators": [_indicator("ship_on_time", 97, 85), _indicator("response_rate", 92, 85)]})


def _indicator(name: str, score: int, target: int) -> dict[str, Any]:
    return {"name": name, "score": f"{score}%", "target": f"≥ {target}%"}


ROUTES = {
    "/seller/get": Route("GET", seller),
    "/seller/warehouse/get": Route("GET", warehouses),
    "/seller/metrics/get": Route("GET", metrics),
    "/seller/performance/get": Route("GET", performance),
}
