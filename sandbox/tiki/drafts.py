"""What `POST /requests` refuses at once (tiki.md section 6.2, read 2026-11-24). What is found later is in `findings`.

400: a field is missing or of the wrong kind. 404: the category asks no attributes, so it takes no products. 422: understood, but it
cannot be. Every complaint of one kind is listed together.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.tiki.answers import Refusal
from sandbox.tiki.attributes import OPTION_LABELS
from sandbox.tiki.seller import Seller
from sandbox.tiki.shapes import NewProduct, ensure
from sandbox.tiki.shelves import CATEGORIES

MOST_OPTIONS = 2


def check(draft: Mapping[str, Any], seller: Seller) -> None:
    """Refusal when the draft cannot become a request."""
    ensure(NewProduct, draft, 400)
    category = CATEGORIES.get(draft["category_id"])
    if category is None or not category.is_primary:
        raise Refusal(404, "Attributes not found for category_id in payload")
    problems = [*_option_problems(draft), *_variant_problems(draft, seller), *_paper_problems(draft)]
    if problems:
        raise Refusal(422, *dict.fromkeys(problems))


def _option_problems(draft: Mapping[str, Any]) -> Iterator[str]:
    labels, variants = draft["option_attributes"], draft["variants"]
    if len(labels) > MOST_OPTIONS:
        yield f"option_attributes must not be more than {MOST_OPTIONS}"
    yield from (
        f"option_attributes {label} is not allowed in category" for label in labels if label not in OPTION_LABELS
    )
    if not labels and len(variants) > 1:
        yield "variants don't match with option_attributes => only one variant without options"
    for variant in variants:
        for number in range(1, len(labels) + 1):
            if not variant.get(f"option{number}"):
                yield f"variants don't match with option_attributes => variants option{number} missing"


def _variant_problems(draft: Mapping[str, Any], seller: Seller) -> Iterator[str]:
    if draft["market_price"] <= 0:
        yield "market_price must be > 0"
    for variant in draft["variants"]:
        if variant["price"] <= 0:
            yield "variants should have price > 0"
        if variant["inventory_type"] not in seller.operation_models:
            yield f"variants inventory_type logic mismatch => seller does not sell {variant['inventory_type']}"
        places = [(stock["warehouseId"], stock["qtyAvailable"]) for stock in variant["warehouse_stocks"]]
        yield from warehouse_problems(variant["seller_warehouse"], places, seller)


def warehouse_problems(named: str | None, places: list[tuple[int, int]], seller: Seller) -> Iterator[str]:
    """Unknown warehouses, among those named (comma-separated ids) and those stock is put into; stock below zero."""
    known = {str(warehouse.warehouse_id) for warehouse in seller.pickups}
    asked = [] if named is None else [part.strip() for part in named.split(",")]
    unknown = [place for place in dict.fromkeys([*asked, *(str(place) for place, _ in places)]) if place not in known]
    if unknown:
        yield f"Warehouse '[{', '.join(unknown)}]' are not found"
    if any(quantity < 0 for _, quantity in places):
        yield "quantity must be >= 0"


def _paper_problems(draft: Mapping[str, Any]) -> Iterator[str]:
    for paper in draft.get("certificate_files", ()):
        if paper["type"] == "category" and paper.get("document_id") is None:
            yield "certificate_files of type category need document_id"
