"""Facts made of values that a reader has just checked, without having them validated a second time: that took half of a list's reading.

What is set is what a pickled pydantic model is made of again (`BaseModel.__setstate__`, pydantic 2.14); a test holds that nobody can
tell such a fact from a validated one.
"""

from datetime import datetime
from typing import Any, TypeVar

from catalog.base import Fact
from catalog.reading import Item, Review, Sold

F = TypeVar("F", bound=Fact)
_new, _set = object.__new__, object.__setattr__
_FIELDS: dict[type[Fact], set[str]] = {kind: set(kind.model_fields) for kind in (Item, Review, Sold)}


def trusted_item(values: dict[str, Any]) -> Item:
    """Every field of an Item must be named, with a value of its own type."""
    return _made(Item, values)


def trusted_sold(raw: str, lo: int, hi: int | None) -> Sold:
    """`raw` without blanks around it, `lo` not negative."""
    return _made(Sold, {"raw": raw, "lo": lo, "hi": hi})


def trusted_review(
    *,
    external_id: str,
    stars: int,
    text: str | None,
    created_at: datetime | None,
    images: int | None,
    variant: str | None,
    reply: str | None,
) -> Review:
    """Stars from one to five, an aware time, texts without blanks around them."""
    values = {"external_id": external_id, "stars": stars, "text": text, "created_at": created_at}
    return _made(Review, {**values, "images": images, "variant": variant, "reply": reply})


def _made(kind: type[F], values: dict[str, Any]) -> F:
    fact = _new(kind)
    _set(fact, "__dict__", values)
    _set(fact, "__pydantic_fields_set__", _FIELDS[kind])
    _set(fact, "__pydantic_extra__", None)
    _set(fact, "__pydantic_private__", None)
    return fact
