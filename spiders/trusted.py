"""Facts made of values that a reader has just checked, without having them validated a second time: that took half of a list's reading.

What is set is what a pickled pydantic model is made of again (`BaseModel.__setstate__`, pydantic 2.14); a test holds that nobody can
tell such a fact from a validated one.
"""

from typing import Any

from catalog.reading import Item, Sold

_new, _set = object.__new__, object.__setattr__
_ITEM_FIELDS = set(Item.model_fields)
_SOLD_FIELDS = set(Sold.model_fields)


def trusted_item(values: dict[str, Any]) -> Item:
    """Every field of an Item must be named, with a value of its own type."""
    item = _new(Item)
    _set(item, "__dict__", values)
    _set(item, "__pydantic_fields_set__", _ITEM_FIELDS)
    _set(item, "__pydantic_extra__", None)
    _set(item, "__pydantic_private__", None)
    return item


def trusted_sold(raw: str, lo: int, hi: int | None) -> Sold:
    """`raw` without blanks around it, `lo` not negative."""
    sold = _new(Sold)
    _set(sold, "__dict__", {"raw": raw, "lo": lo, "hi": hi})
    _set(sold, "__pydantic_fields_set__", _SOLD_FIELDS)
    _set(sold, "__pydantic_extra__", None)
    _set(sold, "__pydantic_private__", None)
    return sold
