"""Prices, counts and ratings as shop pages write them. Amounts are in the currency's main unit; a fraction is kept for the checks to see.

Follows the listing-page notes, sections 0, 1.1 and 8 (read 2026-11-23). Every function gives None where the text says that there is
no figure ("Liên hệ", a template mark, an empty element) and raises ValueError where it says something we cannot read.
"""

import re
from decimal import Decimal
from functools import lru_cache

from spiders.currencies import LONGEST, REMEMBERED, folded, is_foreign, without_marks

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
_UNITS = {
    "k": 1_000,
    "nghìn": 1_000,
    "ngàn": 1_000,
    "tr": 1_000_000,
    "triệu": 1_000_000,
    "m": 1_000_000,
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
}
_LABEL = re.compile(r"^(?:giá(?: bán| gốc| niêm yết| khuyến mãi| cũ)?\s*:?\s*)?(?:(?:chỉ )?từ\s+)?(?=[^a-zà-ỹ])")
_SHORT = re.compile(rf"(\d{{1,9}})(?:[.,](\d{{1,6}}))?\s*({'|'.join(_UNITS)})", re.ASCII)
_SPOKEN = re.compile(r"(\d{1,9})\s?(tr|triệu|tỷ|tỉ)\s?(\d{1,3})", re.ASCII)  # "1tr2": one million and two tenths
_GROUPED = re.compile(r"(\d{1,3}(?:([.,\s'’])\d{3})(?:\2\d{3})*)(?:[.,](\d{1,2}))?", re.ASCII)
_PLAIN = re.compile(r"\d{1,18}(?:\.\d{1,18})?", re.ASCII)
_RANGE = re.compile(r"\s*(?:[-–—~]|đến|\bto\b)\s*")
_WHOLE = {"VND", "IDR", None}  # shown without decimals; None: the page names no currency
_GROUP = 3  # digits
_COUNT = re.compile(r"\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*|\d{1,12}", re.ASCII)
_COUNTED = re.compile(r"\s*(?:đánh giá|lượt đánh giá|nhận xét|ratings?|reviews?|votes?|ulasan)$")
_ROUNDED = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?\s*(?:k|nghìn|ngàn|tr|triệu|m)\+?|[\d.,]{1,12}\+", re.ASCII)


@lru_cache(maxsize=REMEMBERED)
def read_price(text: str | None) -> Decimal | None:
    """A shown price such as "₫29,850,000", "80,000 ₫", "14.500.000₫", "120k", "1,2tr", "1tr2" or the machine's "190000.0".

    Groups of three win over a decimal mark: no đồng price has three decimals. A range is not one price: `read_range`.
    """
    shown = _shown(text)
    return None if shown is None else _amount(shown)


@lru_cache(maxsize=REMEMBERED)
def read_range(text: str | None) -> tuple[Decimal | None, Decimal | None]:
    """Lowest and highest of "50.000 - 90.000₫" or "1,2-1,5tr"; (price, None) for a single price, (None, None) for none."""
    shown = _shown(text)
    if shown is None:
        return None, None
    parts = _RANGE.split(shown)
    if len(parts) == 1:
        return _amount(shown), None
    if len(parts) > 2 or not all(parts):  # noqa: PLR2004 - from and to
        raise ValueError(f"unknown price text: {shown[:60]!r}")
    first, last = parts
    unit = _SHORT.fullmatch(last)
    if unit is not None and not _SHORT.fullmatch(first):
        first += unit[3]  # "100-200k" begins at a hundred thousand
    low, high = _amount(first), _amount(last)
    if low > high:
        raise ValueError(f"a range that falls: {shown[:60]!r}")
    return low, high


def is_no_price(shown: str) -> bool:
    """Whether a folded text has words where a price would be."""
    return any(word in shown for word in _NO_PRICE)


def _shown(text: str | None) -> str | None:
    """The figure alone, without label and marks; None where a word stands in its place."""
    shown = _figure(text)
    if not shown or is_no_price(shown):
        return None
    return without_marks(_LABEL.sub("", shown)).strip(" .:")


def _figure(text: str | None) -> str:
    if text is not None and len(text) > LONGEST:
        raise ValueError(f"too long for a figure: {folded(text[:LONGEST])[:60]!r}")
    return folded(text)


def _amount(bare: str) -> Decimal:
    if match := _SHORT.fullmatch(bare):
        return _short(match)
    if match := _SPOKEN.fullmatch(bare):
        return Decimal(f"{match[1]}.{match[3]}") * _UNITS[match[2]]
    if match := _GROUPED.fullmatch(bare):
        cents = f".{match[3]}" if match[3] else ""
        return Decimal(re.sub(r"\D", "", match[1]) + cents)
    if _PLAIN.fullmatch(bare):
        return Decimal(bare)
    raise ValueError(f"unknown price text: {bare[:60]!r}")


def machine_price(value: object, currency: str | None = "VND") -> Decimal | None:
    """A price a page gives to programs: a JSON number, a numeric string, or the shown text put there by mistake.

    In a currency with cents "24.170" is 24.17; in đồng "165.000" can only be 165000.
    """
    if isinstance(value, str) and currency is not None and is_foreign(value, currency):
        raise ValueError("in another currency than the page's")
    if isinstance(value, str) and currency not in _WHOLE and _PLAIN.fullmatch(value.strip()):
        return Decimal(value.strip())
    if value is None or isinstance(value, str):
        return read_price(value)
    if isinstance(value, Decimal):  # a JSON number as it was written: "165.000" is no hundred and sixty-five
        return read_price(str(value)) if currency in _WHOLE and value.as_tuple().exponent == -_GROUP else value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"a price that is no number: {type(value).__name__}")  # noqa: TRY004 - one error for callers to catch
    return exact(value)


def exact(value: float) -> Decimal:
    """A JSON number as the decimal it was written as."""
    return Decimal(str(value)) if isinstance(value, float) else Decimal(value)


@lru_cache(maxsize=REMEMBERED)
def read_count(text: str | None) -> int | None:
    """A whole count such as "516", "(2,441)" or "12.890 đánh giá". A rounded one ("1,2k đánh giá") is no count: None."""
    shown = _COUNTED.sub("", _figure(text).strip("() ")).strip("() ")
    if not shown or _ROUNDED.fullmatch(shown):
        return None
    if not _COUNT.fullmatch(shown):
        raise ValueError(f"unknown count text: {shown[:60]!r}")
    return int(re.sub(r"\D", "", shown))


_STARS = re.compile(r"\s*[0-9]{1,6}(?:[.,][0-9]{1,17})?\s*")
_NO_RATING = 10**6  # and a number of four hundred digits is none that a float could hold


def read_rating(value: object) -> float | None:
    """A star average written as a number or as text with "," or "." before the decimals."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and _STARS.fullmatch(value):
        return float(value.strip().replace(",", "."))
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if is_number and not (isinstance(value, int) and abs(value) >= _NO_RATING):
        return float(value)  # type: ignore[arg-type] # a number
    raise ValueError(f"unknown rating: {str(value)[:60]!r}")


def _short(match: re.Match[str]) -> Decimal:
    whole, decimals, unit = match.groups()
    if decimals and len(decimals) == _GROUP and _UNITS[unit] == 1_000:  # noqa: PLR2004 - "1.200k"
        raise ValueError(f"a thousand of thousands, or a decimal: {match[0]!r}")
    return Decimal(f"{whole}.{decimals or 0}") * _UNITS[unit]
