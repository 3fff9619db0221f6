"""Prices, counts and ratings as shop pages write them. Amounts are in the currency's main unit; a fraction is kept for the checks to see.

Follows the listing-page notes, sections 0, 1.1 and 8 (read 2026-11-23). Every function gives None where the text says that there is
no figure ("Liên hệ", a template mark, an empty element) and raises ValueError where it says something we cannot read.
"""

import re
import unicodedata
from decimal import Decimal

_NO_PRICE = (
    "liên hệ",
    "ngừng kinh doanh",
    "hết hàng",
    "tạm hết",
    "cháy hàng",
    "đang cập nhật",
    "contact",
    "{{",
    "sold out",
)
_MARKS = re.compile(r"₫|đồng|vnđ|vnd|(?<=\d)\s*đ(?!\w)|^đ(?=\s*\d)|₱|php|rp|idr|\$|usd|us")
_UNITS = {
    "k": 1_000,
    "nghìn": 1_000,
    "ngàn": 1_000,
    "tr": 1_000_000,
    "triệu": 1_000_000,
    "m": 1_000_000,
    "tỷ": 1_000_000_000,
}
_SHORT = re.compile(rf"(\d{{1,9}})(?:[.,](\d{{1,6}}))?\s*({'|'.join(_UNITS)})", re.ASCII)
_GROUPED = re.compile(r"(\d{1,3}(?:([.,\s'’])\d{3})(?:\2\d{3})*)(?:[.,](\d{1,2}))?", re.ASCII)
_PLAIN = re.compile(r"\d{1,18}(?:\.\d{1,18})?", re.ASCII)
_WHOLE = {"VND", "IDR", None}  # shown without decimals; None: the page names no currency
_COUNT = re.compile(r"\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*|\d{1,12}", re.ASCII)


def read_price(text: str | None) -> Decimal | None:
    """A shown price such as "₫29,850,000", "80,000 ₫", "14.500.000₫", "120k", "1,2tr" or the machine's "190000.0".

    Groups of three win over a decimal mark: no đồng price has three decimals.
    """
    shown = " ".join(unicodedata.normalize("NFC", text or "").casefold().split())
    if not shown or any(word in shown for word in _NO_PRICE):
        return None
    bare = _MARKS.sub("", shown).strip(" .:")
    if match := _SHORT.fullmatch(bare):
        return _short(match)
    if match := _GROUPED.fullmatch(bare):
        cents = f".{match[3]}" if match[3] else ""
        return Decimal(re.sub(r"\D", "", match[1]) + cents)
    if _PLAIN.fullmatch(bare):
        return Decimal(bare)
    raise ValueError(f"unknown price text: {shown[:60]!r}")


def machine_price(value: object, currency: str | None = "VND") -> Decimal | None:
    """A price a page gives to programs: a JSON number, a numeric string, or the shown text put there by mistake.

    In a currency with cents "24.170" is 24.17; in đồng "165.000" can only be 165000.
    """
    if isinstance(value, str) and currency not in _WHOLE and _PLAIN.fullmatch(value.strip()):
        return Decimal(value.strip())
    if value is None or isinstance(value, str):
        return read_price(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"a price that is no number: {type(value).__name__}")  # noqa: TRY004 - one error for callers to catch
    return exact(value)


def exact(value: float) -> Decimal:
    """A JSON number as the decimal it was written as."""
    return Decimal(str(value)) if isinstance(value, float) else Decimal(value)


def currency_of(text: str | None) -> str | None:
    """The ISO 4217 code a currency mark stands for; None where there is no mark."""
    shown = (text or "").casefold()
    marks = {"₫": "VND", "đồng": "VND", "vnđ": "VND", "vnd": "VND", "₱": "PHP", "rp": "IDR"}
    found = {code for mark, code in marks.items() if mark in shown}
    if re.search(r"\d\s*đ(?!\w)", shown):
        found.add("VND")
    return found.pop() if len(found) == 1 else None


def read_count(text: str | None) -> int | None:
    """A whole count such as "516", "2,441" or "12.890", brackets around it allowed."""
    shown = " ".join((text or "").split()).strip("()")
    if not shown:
        return None
    if not _COUNT.fullmatch(shown):
        raise ValueError(f"unknown count text: {shown[:60]!r}")
    return int(re.sub(r"\D", "", shown))


def read_rating(value: object) -> float | None:
    """A star average written as a number or as text with "," or "." before the decimals."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,6}(?:[.,][0-9]{1,17})?\s*", value):
        return float(value.strip().replace(",", "."))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise ValueError(f"unknown rating: {str(value)[:60]!r}")


def _short(match: re.Match[str]) -> Decimal:
    whole, decimals, unit = match.groups()
    return Decimal(f"{whole}.{decimals or 0}") * _UNITS[unit]
