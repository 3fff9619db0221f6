"""What `POST /requests` refuses at once (tiki.md section 6.2, read 2026-11-24). What is found later is in `findings`.

400: a field is missing or of the wrong kind. 404: the category asks no attributes, so it takes no products. 422: understood, but it
cannot be. Every complaint of one kind is listed together. Fields the document does not name are ignored, as servers do.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.tiki.answers import Refusal
from sandbox.tiki.attributes import OPTION_LABELS
from sandbox.tiki.seller import Seller
from sandbox.tiki.shelves import CATEGORIES

INVENTORY_TYPES = ("dropship", "instock", "cross_border", "seller_backorder")
MOST_OPTIONS = 2
TOP_LEVEL: dict[str, type] = {
    "category_id": int,
    "name": str,
    "description": str,
    "market_price": int,
    "attributes": dict,
    "image": str,
    "images": list,
    "option_attributes": list,
    "variants": list,
}
VARIANT: dict[str, type] = {
    "sku": str,
    "price": int,
    "inventory_type": str,
    "seller_warehouse": str,
    "warehouse_stocks": list,
}


def check(draft: Mapping[str, Any], seller: Seller) -> None:
    """Refusal when the draft cannot become a request."""
    _refuse(400, [*_kinds(draft, TOP_LEVEL, ""), *_empty(draft)])
    _refuse(400, [p for n, variant in enumerate(draft["variants"]) for p in _variant_kinds(n, variant)])
    category = CATEGORIES.get(draft["category_id"])
    if category is None or not category.is_primary:
        raise Refusal(404, "Attributes not found for category_id in payload")
    _refuse(422, [*_option_problems(draft), *_variant_problems(draft, seller), *_paper_problems(draft)])


def _refuse(status: int, problems: list[str]) -> None:
    if problems:
        raise Refusal(status, *dict.fromkeys(problems))


def _kinds(given: Mapping[str, Any], wanted: Mapping[str, type], where: str) -> Iterator[str]:
    for name, kind in wanted.items():
        value = given.get(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            yield f"{where}{name} is required and must be {kind.__name__}"


def _empty(draft: Mapping[str, Any]) -> Iterator[str]:
    """Called beside `_kinds`, so a missing field is nobody's complaint here."""
    yield from (
        f"{name} must not be empty"
        for name in ("name", "description", "image", "variants")
        if not draft.get(name, True)
    )
    if any(not isinstance(url, str) for url in draft.get("images") or ()):
        yield "images must be a list of addresses"


def _variant_kinds(number: int, variant: object) -> Iterator[str]:
    where = f"variants[{number}]."
    if not isinstance(variant, dict):
        yield f"{where} must be an object"
        return
    yield from _kinds(variant, VARIANT, where)
    if not str(variant.get("min_code", "0")).isdigit():
        yield f"{where}min_code must be a number"
    for stock in variant.get("warehouse_stocks") or ():
        yield from _kinds(stock, {"warehouseId": int, "qtyAvailable": int}, f"{where}warehouse_stocks.")


def _option_problems(draft: Mapping[str, Any]) -> Iterator[str]:
    labels = draft["option_attributes"]
    if len(labels) > MOST_OPTIONS:
        yield f"option_attributes must not be more than {MOST_OPTIONS}"
    yield from (
        f"option_attributes {label} is not allowed in category" for label in labels if label not in OPTION_LABELS
    )
    if not labels and len(draft["variants"]) > 1:
        yield "variants don't match with option_attributes => only one variant without options"
    for variant in draft["variants"]:
        for number in range(1, len(labels) + 1):
            if not variant.get(f"option{number}"):
                yield f"variants don't match with option_attributes => variants option{number} missing"


def _variant_problems(draft: Mapping[str, Any], seller: Seller) -> Iterator[str]:
    if draft["market_price"] <= 0:
        yield "market_price must be > 0"
    for variant in draft["variants"]:
        if not variant["sku"].strip():
            yield "variants sku must not be empty"
        if variant["price"] <= 0:
            yield "variants should have price > 0"
        if variant["inventory_type"] not in set(seller.operation_models) & set(INVENTORY_TYPES):
            yield f"variants inventory_type logic mismatch => seller does not sell {variant['inventory_type']}"
        yield from warehouse_problems(variant["seller_warehouse"], _stock_places(variant), seller)


def _stock_places(variant: Mapping[str, Any]) -> list[tuple[int, int]]:
    return [(stock["warehouseId"], stock["qtyAvailable"]) for stock in variant["warehouse_stocks"]]


def warehouse_problems(named: str | None, places: list[tuple[int, int]], seller: Seller) -> Iterator[str]:
    """Unknown warehouses, among those named (comma-separated ids) and those stock is put into; stock below zero."""
    known = {str(warehouse.warehouse_id) for warehouse in seller.pickups}
    asked = [part.strip() for part in named.split(",")] if named is not None else []
    unknown = [place for place in dict.fromkeys([*asked, *(str(place) for place, _ in places)]) if place not in known]
    if unknown:
        yield f"Warehouse '[{', '.join(unknown)}]' are not found"
    if any(quantity < 0 for _, quantity in places):
        yield "quantity must be >= 0"


def _paper_problems(draft: Mapping[str, Any]) -> Iterator[str]:
    for paper in draft.get("certificate_files") or ():
        if not isinstance(paper, dict) or not paper.get("url") or paper.get("type") not in {"brand", "category"}:
            yield "certificate_files need url and a type of brand or category"
        elif paper["type"] == "category" and not isinstance(paper.get("document_id"), int):
            yield "certificate_files of type category need document_id"
