"""Reading a JSON body strictly: a wrong type is `error_param` naming the field, never a guess."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sandbox.shopee.refusal import bad_param

BEYOND_MEANING = 10**15  # NaN and infinity, which Python's JSON reads, are beyond it too


def integer(row: dict[str, Any], name: str) -> int:
    value = row.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise bad_param(f"{name} must be an integer")
    return value


def number(row: dict[str, Any], name: str) -> Decimal:
    """A JSON number; a text or a boolean is refused, and so is what no shop could mean."""
    value = row.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < BEYOND_MEANING:
        raise bad_param(f"{name} must be a number")
    return Decimal(str(value))


def text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise bad_param(f"{name} must be a string")
    return value


def one_of(row: dict[str, Any], name: str, words: tuple[str, ...]) -> str:
    value = text(row, name)
    if value not in words:
        raise bad_param(f"{name} must be one of {list(words)}")
    return value


def flag(row: dict[str, Any], name: str) -> bool:
    value = row.get(name)
    if not isinstance(value, bool):
        raise bad_param(f"{name} must be true or false")
    return value


def obj(row: dict[str, Any], name: str) -> dict[str, Any]:
    value = row.get(name)
    if not isinstance(value, dict):
        raise bad_param(f"{name} must be an object")
    return value


def rows(row: dict[str, Any], name: str, low: int, high: int) -> list[dict[str, Any]]:
    """A list of objects, `low` to `high` of them."""
    value = row.get(name)
    if not isinstance(value, list) or not low <= len(value) <= high or not all(isinstance(one, dict) for one in value):
        raise bad_param(f"{name} must be a list of {low} to {high} objects")
    return value


def whole_vnd(amount: Decimal) -> int:
    """Shopee rounds decimals of đồng away."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
