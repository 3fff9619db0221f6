"""Weights in whole grams, volumes in whole millilitres, and the prices per kilogram and litre that make packs comparable.

Vietnamese market units are read too: lạng = 100 g, cân and ký = 1 kg (vn_rules section 4, read 2026-11-23).
Errors are ValueErrors with a Vietnamese sentence.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

_GRAMS: Mapping[str, int] = {
    **dict.fromkeys(("g", "gr", "gam", "gram"), 1),
    "lạng": 100,
    **dict.fromkeys(("kg", "cân", "ký", "kí", "kilôgam"), 1000),
}
_MILLILITRES: Mapping[str, int] = {
    **dict.fromkeys(("ml", "cc", "mililít"), 1),
    **dict.fromkeys(("l", "lít", "lit"), 1000),
}
_PACK = re.compile(
    r"(?:(?P<count>[1-9][0-9]{0,3})\s*[x×*]\s*)?(?P<number>[0-9]{1,12}(?:[.,][0-9]{1,12})*)\s*(?P<unit>[^\W\d_]*)"
)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")
_LONGEST = 40
_MOST = 10**9  # a thousand tonnes: more is a typing error


def parse_weight_g(value: str | float | Decimal) -> int:
    """Whole grams of `200`, `200 g`, `0,5 kg`, `2 lạng`, `10 x 5 g`. A bare number is grams."""
    return _measure(value, _GRAMS, "g")


def parse_volume_ml(value: str | float | Decimal) -> int:
    """Whole millilitres of `500`, `500 ml`, `1,5 lít`, `6 x 330 ml`. A bare number is millilitres."""
    return _measure(value, _MILLILITRES, "ml")


def format_weight(weight_g: int) -> str:
    """`200 g`, `1 kg`, `1,5 kg`."""
    return _format(weight_g, "g", "kg")


def format_volume(volume_ml: int) -> str:
    """`500 ml`, `1,5 lít`."""
    return _format(volume_ml, "ml", "lít")


def price_per_kg(price_vnd: int, weight_g: int) -> int:
    """Đồng for one kilogram, to the nearest đồng, halves up."""
    return _per_thousand(price_vnd, weight_g)


def price_per_litre(price_vnd: int, volume_ml: int) -> int:
    """Đồng for one litre, to the nearest đồng, halves up."""
    return _per_thousand(price_vnd, volume_ml)


def _per_thousand(price_vnd: int, amount: int) -> int:
    return (price_vnd * 2000 + amount) // (2 * amount)


def _measure(value: str | float | Decimal, units: Mapping[str, int], base: str) -> int:
    if isinstance(value, bool):
        raise ValueError("Ô này là đúng/sai, không phải số đo.")  # noqa: TRY004 - callers catch one kind of error
    amount = _from_text(value, units, base) if isinstance(value, str) else Decimal(value)
    if not (amount.is_finite() and 0 < amount <= _MOST):
        raise ValueError(f"Số đo phải lớn hơn 0 và không quá {_MOST} {base}.")
    if amount != int(amount):
        raise ValueError(f"«{value}» không chẵn {base}; hãy ghi cả đơn vị, ví dụ «200 {base}».")
    return int(amount)


def _from_text(text: str, units: Mapping[str, int], base: str) -> Decimal:
    pack = _PACK.fullmatch(" ".join(text.split()).lower()) if len(text) <= _LONGEST else None
    if not pack or (pack["unit"] and pack["unit"] not in units):
        raise ValueError(f"Không đọc được «{text[:_LONGEST]}»; hãy ghi như «200 {base}».")
    scale = units[pack["unit"]] if pack["unit"] else 1
    return int(pack["count"] or 1) * scale * _number(pack["number"], scale, text)


def _number(written: str, scale: int, text: str) -> Decimal:
    """Groups of three are thousands in grams and millilitres; in larger units `1.250` could be either and is refused."""
    if _GROUPED.fullmatch(written):
        if scale > 1:
            raise ValueError(f"«{text}» có thể đọc theo hai cách; hãy đổi sang đơn vị nhỏ, ví dụ «1250 g».")
        return Decimal(re.sub("[.,]", "", written))
    if len(re.findall("[.,]", written)) > 1:
        raise ValueError(f"Không đọc được số trong «{text}».")
    return Decimal(written.replace(",", "."))


def _format(amount: int, small: str, large: str) -> str:
    if amount < 1000:  # noqa: PLR2004 - a thousand small units make one large
        return f"{amount} {small}"
    return f"{Decimal(amount) / 1000:f}".replace(".", ",") + f" {large}"
