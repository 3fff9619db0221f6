"""Money on the wire: decimal strings in đồng, which has no smaller unit."""

from decimal import Decimal
from typing import Any

from sandbox.tiktok_shop import read


def said(amount_vnd: int) -> str:
    return str(amount_vnd)


def amount(amount_vnd: int) -> dict[str, str]:
    return {"amount": said(amount_vnd), "currency": "VND"}


def whole_vnd(value: Any) -> int | None:
    """What a decimal string says, "185000.00" too; None when it is no amount of whole đồng."""
    number: Decimal | None = read.decimal(value)
    return int(number) if number is not None and number == number.to_integral_value() else None


def share(amount_vnd: int, basis_points: int) -> int:
    """Rounded half up to whole đồng."""
    return (amount_vnd * basis_points + 5_000) // 10_000


def split(total_vnd: int, weights: list[int]) -> list[int]:
    """`total_vnd` shared out by weight; the last takes what rounding left."""
    whole, left, parts = sum(weights), total_vnd, []
    for weight in weights[:-1]:
        parts.append(total_vnd * weight // whole)
        left -= parts[-1]
    return [*parts, left]
