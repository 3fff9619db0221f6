"""Categories, their attributes and rules, the recommendation, and brands (Partner Center reference, read 2026-11-23).

`category_version` defaults to v1, which a Vietnamese shop must not use: 12052217 tells who forgot to say v2.
"""

from typing import Any

from sandbox.tiktok_shop import attributes, read, scopes, text_checks
from sandbox.tiktok_shop.call import Call, Route
from sandbox.tiktok_shop.categories import BY_ID, TREE, Category, chain, is_leaf, recommended
from sandbox.tiktok_shop.paging import page
from sandbox.tiktok_shop.refusal import Refusal, bad_field


def categories(call: Call) -> dict[str, Any]:
    """The whole tree, or what a keyword finds in it."""
    _check_version(call.text("category_version", "v1"))
    keyword = call.text("keyword", "").casefold()
    with_prohibited = call.text("include_prohibited_categories", "false") == "true"
    shown = [
        _shown(category)
        for category in TREE
        if keyword in category.name.casefold() and (with_prohibited or category.permission != "PROHIBITED")
    ]
    return {"categories": shown} if shown else {}


def recommend(call: Call) -> dict[str, Any]:
    body = call.body
    _check_version(read.text(body, "category_version", "v1"))
    title = read.text(body, "product_title")
    text_checks.title(title)
    leaf = recommended(title)
    levels = [_shown(one) | {"name": one.name, "level": level} for level, one in enumerate(chain(leaf.category_id), 1)]
    for row in levels:
        del row["local_name"], row["parent_id"]
    return {"leaf_category_id": leaf.category_id, "categories": levels}


def category_attributes(call: Call) -> dict[str, Any]:
    category = _leaf(call)
    own = [attribute.as_json() for attribute in attributes.of_category(category.category_id)]
    return {"attributes": [*own, attributes.SIZE_PROPERTY]}


def category_rules(call: Call) -> dict[str, Any]:
    category = _leaf(call)
    return {
        "product_certifications": attributes.certifications(category.category_id, call.stage.rules),
        "size_chart": {"is_supported": False, "is_required": False},
        "cod": {"is_supported": category.takes_cash},
        "package_dimension": {"is_required": True},
        "epr": {"is_required": False},
        "responsible_person": {"is_required": False},
        "manufacturer": {"is_required": False},
        "allowed_special_product_types": [],
        "seller_sku": {"is_required": False},
    }


def brands(call: Call) -> dict[str, Any]:
    wanted = call.text("brand_name", "").casefold()
    rows = [brand.as_json() for brand in call.stage.brands.known.values() if wanted in brand.name.casefold()]
    shown = page(call, rows, key=lambda row: (int(row["id"]),), default_size=None)
    return {"brands": shown.rows, "total_count": len(rows), "next_page_token": shown.next_token}


def create_brand(call: Call) -> dict[str, Any]:
    name = read.text(call.body, "name")
    if not 2 <= len(name) <= 30:
        raise bad_field("name", "it must have 2 to 30 characters")
    return {"id": call.stage.brands.add(name).brand_id}


def _check_version(version: str) -> None:
    if version not in {"v1", "v2"}:
        raise bad_field("category_version", "it must be v1 or v2")
    if version != "v2":
        raise Refusal(12052217, "The shop must use the category tree v2")


def _leaf(call: Call) -> Category:
    _check_version(call.text("category_version", "v1"))
    category_id = call.ids[0]
    if category_id not in BY_ID:
        raise Refusal(12052023, "Category not found")
    if not is_leaf(category_id):
        raise Refusal(12052024, "The category is not a leaf category")
    return BY_ID[category_id]


def _shown(category: Category) -> dict[str, Any]:
    return {
        "id": category.category_id,
        "parent_id": category.parent_id,
        "local_name": category.name,
        "is_leaf": is_leaf(category.category_id),
        "permission_statuses": [category.permission],
    }


ROUTES = (
    Route("GET", "product", "/categories", ("202309",), categories, scopes.PRODUCT_READ),
    Route("POST", "product", "/categories/recommend", ("202309",), recommend, scopes.PRODUCT_READ),
    Route("GET", "product", "/categories/{}/attributes", ("202309",), category_attributes, scopes.PRODUCT_READ),
    Route("GET", "product", "/categories/{}/rules", ("202309",), category_rules, scopes.PRODUCT_READ),
    Route("GET", "product", "/brands", ("202309",), brands, scopes.PRODUCT_READ),
    Route("POST", "product", "/brands", ("202309",), create_brand, scopes.PRODUCT_WRITE, by_shop=False),
)
