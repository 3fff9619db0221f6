"""Categories, attributes, brands (Lazada Open Platform reference, category pages, read 2026-11-24). None of them needs a token."""

from typing import Any

from sandbox.lazada import attributes, brands, categories
from sandbox.lazada.call import Answer, Call, Route
from sandbox.lazada.categories import Category
from sandbox.lazada.refusal import Refusal, business

LANGUAGES = frozenset({"vi_VN", "en_US"})
MOST_BRANDS = 200


def tree(call: Call) -> Answer:
    return Answer(_branches(0, _language(call)))


def attributes_of(call: Call) -> Answer:
    category_id = call.integer("primary_category_id", 0, 10**9, code=201)
    if not categories.is_leaf(category_id):
        raise business(201, f"Invalid primary category: {category_id}", field="primary_category_id")
    language = _language(call)
    return Answer([attributes.as_json(attribute, language) for attribute in attributes.of_category(category_id)])


def suggestion(call: Call) -> Answer:
    found = categories.suggested(call.text("product_name"))
    if not found:
        raise business(701, "No category is suggested for this name")
    rows = [
        {
            "categoryId": one.category_id,
            "categoryName": one.vietnamese,
            "categoryPath": " > ".join(categories.path(one, "vi_VN")),
        }
        for one in found
    ]
    return Answer({"categorySuggestions": rows})


def brand_page(call: Call) -> Answer:
    start, size = call.integer("startRow", 0, 10**9, 0), call.integer("pageSize", 1, MOST_BRANDS, 40)
    rows = [_brand(brand) for brand in brands.BRANDS[start : start + size]]
    page = {
        "start_row": start,
        "page_index": start // size,
        "page_size": size,
        "total_page": -(-brands.TOTAL // size),
        "total_record": brands.TOTAL,
        "enable_total": True,
        "module": rows,
    }
    return Answer(page)


def _brand(brand: brands.Brand) -> dict[str, Any]:
    key = brand.name.lower().replace(" ", "_")
    return {"brand_id": brand.brand_id, "name": brand.name, "name_en": brand.name, "global_identifier": key}


def _language(call: Call) -> str:
    language = call.optional("language_code") or "en_US"
    if language not in LANGUAGES:
        raise Refusal("InvalidParameter", f"language_code {language} is not supported", "ISV")
    return language


def _branches(parent_id: int, language: str) -> list[dict[str, Any]]:
    return [_branch(one, language) for one in categories.TREE if one.parent_id == parent_id]


def _branch(category: Category, language: str) -> dict[str, Any]:
    leaf = categories.is_leaf(category.category_id)
    shown = {
        "category_id": category.category_id,
        "name": categories.title(category, language),
        "leaf": leaf,
        "var": leaf,
    }
    return shown if leaf else shown | {"children": _branches(category.category_id, language)}


ROUTES = {
    "/category/tree/get": Route("GET", tree, needs_seller=False),
    "/category/attributes/get": Route("GET", attributes_of, needs_seller=False),
    "/product/category/suggestion/get": Route("GET", suggestion),
    "/category/brands/query": Route("GET", brand_page, needs_seller=False, layered=True),
}
