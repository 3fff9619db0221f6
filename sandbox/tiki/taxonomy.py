"""The calls that read the category tree and its attributes (tiki.md section 5, read 2026-11-24)."""

from typing import Any

from sandbox.tiki.answers import Refusal, paged, whole
from sandbox.tiki.attributes import ATTRIBUTES, BY_ID, OPTION_LABELS
from sandbox.tiki.routing import Call, Route
from sandbox.tiki.shelves import CATEGORIES, Category, lineage


def routes() -> tuple[Route, ...]:
    return (
        Route("GET", "/categories", _categories, "product"),
        Route("GET", "/categories/{category_id}", _category, "product"),
        Route("GET", "/categories/{category_id}/attributes", _attributes, "product"),
        Route("GET", "/categories/{category_id}/optionLabels", _option_labels, "product"),
        Route("GET", "/attributes/{attribute_id}/values", _values, "product"),
    )


def _categories(call: Call) -> Any:
    """All of them, or those that pass `parent`, `primary` and `name`. `lang` is taken; the names are Vietnamese either way."""
    asked = call.request
    parent = whole("parent", asked.one("parent"), 0, least=0)
    primary = asked.one("primary")
    name = (asked.one("name") or "").lower()
    rows = [
        category.to_json()
        for category in CATEGORIES.values()
        if parent in {0, category.parent_id}
        and primary in {None, str(int(category.is_primary))}
        and name in category.name.lower()
    ]
    return {"data": rows}


def _category(call: Call) -> Any:
    category = _known(call)
    if call.request.one("includeParents") != "true":
        return category.to_json()
    return category.to_json() | {"parents": [c.to_json() for c in lineage(category.category_id)[:-1]]}


def _attributes(call: Call) -> Any:
    category = _known(call)
    return {"data": [a.to_json(category.category_id) for a in ATTRIBUTES] if category.is_primary else []}


def _option_labels(call: Call) -> Any:
    category = _known(call)
    return {"data": [{"option_label": label} for label in OPTION_LABELS] if category.is_primary else []}


def _values(call: Call) -> Any:
    attribute = BY_ID.get(int(call.path["attribute_id"]))
    if attribute is None:
        raise Refusal(404, f"Attribute not found id: {call.path['attribute_id']}")
    return paged(attribute.values_json(call.request.one("q") or ""), call.request, dict)


def _known(call: Call) -> Category:
    category = CATEGORIES.get(int(call.path["category_id"]))
    if category is None:
        raise Refusal(404, f"Category not found id: {call.path['category_id']}")
    return category
