"""Displayed sold counters, read as the interval of true counts they can stand for.

The grammar and the widths are those of the listing-page notes, section 1 (read 2026-11-23): with a unit one separator is
decimal whether "," or "."; without a unit separators are thousands groups; shown figures are truncated, not rounded; "+" means
"at least" and leaves the top open, because the next step differs from site to site.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from catalog.reading import Sold
from spiders.currencies import LONGEST, REMEMBERED

_UNITS = {
    "": 1,
    **dict.fromkeys(("k", "nghìn", "ngàn"), 1_000),
    **dict.fromkeys(("tr", "triệu", "m"), 1_000_000),
    **dict.fromkeys(("tỷ", "tỉ", "b"), 1_000_000_000),
}
_WORDS = r"(?:đã bán|lượt bán|bán được|sold|terjual)"
_COUNTER = re.compile(
    rf"(?:{_WORDS}\s*:?\s*)?(?P<number>[0-9][0-9.,]{{0,20}})\s*(?P<unit>{'|'.join(u for u in _UNITS if u)})?\s*(?P<open>\+)?"
    rf"\s*(?P<period>/\s*(?:tháng|month))?(?:\s*{_WORDS})?(?P<late_period>\s*/\s*(?:tháng|month))?"
)
_GROUPED = re.compile(r"\d+|\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"(?P<whole>\d+)(?:[.,](?P<tenths>\d+))?")


@dataclass(frozen=True, slots=True)
class Displayed:
    """A counter and the time it speaks of: the last 30 days where the text says so, else since the listing began."""

    sold: Sold
    monthly: bool


@lru_cache(maxsize=REMEMBERED)
def read_sold(text: str | None) -> Displayed | None:
    """The interval a shown counter stands for; None where nothing is shown. ValueError on a text outside the grammar."""
    if len(text or "") > LONGEST:
        raise ValueError(f"unknown sold text: {(text or '')[:60]!r}")
    raw = " ".join(unicodedata.normalize("NFC", text or "").split())
    if not raw:
        return None
    match = _COUNTER.fullmatch(raw.casefold())
    if match is None:
        raise ValueError(f"unknown sold text: {raw[:60]!r}")
    lo, hi = _interval(match["number"], _UNITS[match["unit"] or ""])
    monthly = bool(match["period"] or match["late_period"])
    return Displayed(Sold(raw=raw, lo=lo, hi=None if match["open"] else hi), monthly)


def _interval(number: str, unit: int) -> tuple[int, int]:
    if unit == 1:
        if not _GROUPED.fullmatch(number):
            raise ValueError(f"separators that group nothing: {number!r}")
        exact = int(re.sub(r"[.,]", "", number))
        return exact, exact
    match = _DECIMAL.fullmatch(number)
    if match is None:
        raise ValueError(f"more than one decimal mark: {number!r}")
    tenths = match["tenths"] or ""
    step, rest = divmod(unit, 10 ** len(tenths))
    if rest:
        raise ValueError(f"finer than one piece: {number!r}")
    lo = int(match["whole"] + tenths) * step
    return lo, lo + step - 1
