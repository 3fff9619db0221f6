"""How Shopee writes numbers and ids."""

from typing import Annotated, Any

from pydantic import BeforeValidator


def whole_dong(value: Any) -> Any:
    """185000.0 is 185000. A fraction of a đồng is an error: VND has none."""
    if isinstance(value, float):
        if not value.is_integer():
            raise ValueError("a fraction of a đồng")
        return int(value)
    return value


def text_id(value: Any) -> Any:
    """Ids exceed 32 bits and are typed now as int, now as string; ours are always text."""
    return str(value) if type(value) is int else value


Dong = Annotated[int, BeforeValidator(whole_dong)]
Id = Annotated[str, BeforeValidator(text_id)]
Seconds = int  # Unix time
