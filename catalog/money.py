"""Đồng: a whole number, parsed from what Vietnamese people write and printed the way they read it.

A fraction of a đồng, a reading that could be two amounts, or anything that is not one amount is a ValueError whose
sentence is Vietnamese and can be shown as it is (rules: vn_rules section 4, read 2026-11-23).
"""

import re
from decimal import Decimal, InvalidOperation

MAX_VND = 2**63 - 1  # stored as a 64-bit integer
_EXACT_FLOAT = 2**53  # above this a float no longer knows its last đồng
_LONGEST = 64

_CURRENCY = r"(?:vnd|vnđ|đồng|dong|đ|₫)"
_UNIT = {"k": 1_000, "nghìn": 1_000, "ngàn": 1_000, "tr": 1_000_000, "triệu": 1_000_000, "tỷ": 10**9, "tỉ": 10**9}
_DRESSED = re.compile(rf"(?P<sign>[-−]?)\s*{_CURRENCY}?\s*(?P<amount>.*?)\s*\.?{_CURRENCY}?", re.DOTALL)
_PLAIN = re.compile(
    r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?P<sep>[., ])[0-9]{3}(?:(?P=sep)[0-9]{3})*)(?:[.,](?P<rest>[0-9]{1,2}))?"
)
_SCALED = re.compile(
    r"(?P<number>[0-9]+(?:[.,][0-9]+)?)\s*(?P<unit>" + "|".join(_UNIT) + r")(?:\s*(?P<tail>[0-9]{1,3}))?"
)


def parse_dong(value: str | float | Decimal, *, allow_negative: bool = False) -> int:
    """Whole đồng of a cell, an API value or a text: `1.234.567`, `1,234,567đ`, `120k`, `1tr2`, `1,2 triệu`."""
    amount = _from_text(value) if isinstance(value, str) else _from_number(value)
    if amount < 0 and not allow_negative:
        raise ValueError(f"Số tiền «{value}» là số âm.")
    if abs(amount) > MAX_VND:
        raise ValueError(f"Số tiền «{value}» quá lớn.")
    return amount


def format_dong(amount_vnd: int) -> str:
    """`1.234.567 ₫`."""
    return f"{amount_vnd:,}".replace(",", ".") + " ₫"


def _from_number(value: float | Decimal) -> int:
    if isinstance(value, bool):
        raise ValueError("Ô này là đúng/sai, không phải số tiền.")  # noqa: TRY004 - callers catch one kind of error
    if isinstance(value, int):
        return value
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"«{value}» không phải số tiền.")
    if isinstance(value, float) and abs(value) > _EXACT_FLOAT:
        raise ValueError(f"«{value}» quá lớn để biết chính xác từng đồng; hãy ghi bằng chữ số.")
    return _whole(number, value)


def _from_text(text: str) -> int:
    dressed = (
        _DRESSED.fullmatch(" ".join(text.replace("\u202f", " ").split()).lower()) if len(text) <= _LONGEST else None
    )
    if not dressed or not dressed["amount"]:
        raise ValueError(f"Không đọc được «{text[:_LONGEST]}» thành một số tiền.")
    amount = _amount(dressed["amount"], text)
    return -amount if dressed["sign"] else amount


def _amount(written: str, text: str) -> int:
    if plain := _PLAIN.fullmatch(written):
        return _plain(plain, text)
    if scaled := _SCALED.fullmatch(written):
        return _scaled(scaled, text)
    raise ValueError(f"Không đọc được «{text}» thành một số tiền.")


def _plain(match: re.Match[str], text: str) -> int:
    """Digits, perhaps in groups of three, perhaps with `,00` behind: a fraction other than zero is refused."""
    if match["rest"] and match["rest"].strip("0"):
        raise ValueError(f"«{text}» có phần lẻ của đồng.")
    whole, sep = match["whole"], match["sep"]
    if match["rest"] and sep and match[0][len(whole)] == sep:
        raise ValueError(f"«{text}» dùng cùng một dấu cho hàng nghìn và phần lẻ.")
    return int(whole.replace(sep, "") if sep else whole)


def _scaled(match: re.Match[str], text: str) -> int:
    """`120k`, `1,2 triệu`, `1tr2`: what follows the unit are its decimals (1tr2 = 1.200.000)."""
    number, tail = match["number"].replace(",", "."), match["tail"]
    whole, _, decimals = number.partition(".")
    if decimals and tail:
        raise ValueError(f"Không đọc được «{text}» thành một số tiền.")
    if len(decimals) >= 3 and whole != "0":  # noqa: PLR2004 - three digits may be a group of thousands
        raise ValueError(f"«{text}» có thể đọc theo hai cách; hãy ghi đủ chữ số.")
    return _whole(Decimal(f"{whole}.{decimals or tail or 0}") * _UNIT[match["unit"]], text)


def _whole(number: Decimal, shown: object) -> int:
    try:
        whole = int(number.to_integral_exact())
    except InvalidOperation:
        raise ValueError(f"Số tiền «{shown}» quá lớn.") from None
    if whole != number:
        raise ValueError(f"«{shown}» có phần lẻ của đồng.")
    return whole
