"""Tiki pages and JSON made field by field, so that no stored page of anybody's is needed."""

import json
from typing import Any


def tiki_product(number: int = 279000121, **changes: Any) -> dict[str, Any]:
    """The body of a product of the invented shop, with `changes` on top; a change to ... leaves the field out."""
    body = {
        "id": number,
        "master_id": number,
        "name": "Trà Tân Cương hộp 200 g",
        "price": 235000,
        "list_price": 260000,
        "original_price": 260000,
        "rating_average": 4.8,
        "review_count": 31,
        "quantity_sold": {"text": "Đã bán 120", "value": 120},
        "inventory_status": "available",
        "stock_item": {"qty": 1000},
        "current_seller": {"id": 145001, "name": "OCOP Thái Nguyên", "price": 235000, "product_id": str(number + 2)},
        "configurable_products": [],
        **changes,
    }
    return {name: value for name, value in body.items() if value is not ...}


def tiki_reviews(*ids: int, page: int = 1, last: int = 1, product: int = 279000121) -> dict[str, Any]:
    """A page of five-star reviews by people whose names must not survive."""
    row = {
        "rating": 5,
        "content": "Chè thơm\nnước xanh",
        "created_at": 1762800000,
        "images": [{}],
        "comments": [],
        "product_id": product,
    }
    person = {"customer_id": 7178001, "created_by": {"id": 7178001, "full_name": "Nguyễn Thị Riêng Tư"}}
    stars = {str(n): {"count": count, "percent": 0} for n, count in enumerate((0, 0, 1, 4, 26), 1)}
    return {
        "stars": stars,
        "rating_average": 4.8,
        "reviews_count": 31,
        "review_photo": {"total": 7},
        "data": [{"id": number, **row, **person} for number in ids],
        "paging": {"current_page": page, "last_page": last, "total": 31, "per_page": 20},
    }


def tiki_page(state: dict[str, Any]) -> str:
    """A page with that state in it, as the site ships it."""
    blob = json.dumps({"props": {"initialState": state}}, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<!doctype html><html><body><script id="__NEXT_DATA__" type="application/json">{blob}</script></body></html>'
    )


def tiki_product_page(product: dict[str, Any], reviews: dict[str, Any] | None = None) -> str:
    review_data = {"reviewData": {"response": reviews}} if reviews else {}
    return tiki_page({"productv2": {"productData": {"response": {"data": product}}, **review_data}})
