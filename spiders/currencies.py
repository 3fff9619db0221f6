"""Marks of money in shown texts ("₫", "US$", "Rp"), and the ISO 4217 codes that each can stand for.

A mark that several countries use ("$", "Rs.") stands for all of them: it is enough to know that an amount is not in đồng.
"""

import re
import unicodedata
from functools import lru_cache

REMEMBERED = 2_000  # shown texts: a list says the same prices again and again
LONGEST = 400  # characters of a shown figure with all its blanks; what is longer is none, and would take long to search
_MARKS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (mark, frozenset(codes.split()))
    for mark, codes in (
        (r"₫|đồng|\bvnđ|\bvnd|(?<=\d)vnđ|(?<=\d)vnd|(?<=\d)\s*đ(?!\w)|^\s*đ(?=\s*\d)", "VND"),
        (r"us\s?\$|\$\s?us\b|\busd\b|(?<=\d)usd\b|\busd(?=\d)", "USD"),
        (r"\bs\$|\bsgd\b", "SGD"),
        (r"\bnt\$|\btwd\b", "TWD"),
        (r"\b(?:hk|a|ca?)\$", "HKD AUD CAD"),
        (r"\$", "USD SGD TWD HKD AUD CAD"),
        (r"₱|\bphp\b", "PHP"),
        (r"\brp\b\.?|\brp(?=\d)|\bidr\b", "IDR"),
        (r"฿|\bthb\b", "THB"),
        (r"\brm\b|\brm(?=\d)|\bmyr\b", "MYR"),
        (r"\brs\b\.?|\brs(?=\d)|₨|₹", "NPR PKR LKR INR"),
        (r"\bnpr\b", "NPR"),
        (r"৳|\bbdt\b", "BDT"),
        (r"€|\beur\b", "EUR"),
        (r"£|\bgbp\b", "GBP"),
        (r"¥|￥|\bjpy\b|\bcny\b|\brmb\b|元", "CNY JPY"),
        (r"₩|\bkrw\b", "KRW"),
    )
)
_ANY = re.compile("|".join(f"(?P<m{number}>{mark})" for number, (mark, _) in enumerate(_MARKS)))


def folded(text: str | None) -> str:
    """Lower case in NFC with single blanks: what all readers of shown figures compare with."""
    return " ".join(unicodedata.normalize("NFC", text or "").casefold().split())


@lru_cache(maxsize=REMEMBERED)
def currencies_in(text: str | None) -> frozenset[str]:
    """Every code that a mark near the text's beginning can stand for; empty where there is no mark."""
    shown = folded((text or "")[:LONGEST])
    found = (_MARKS[int(mark.lastgroup[1:])][1] for mark in _ANY.finditer(shown) if mark.lastgroup)
    return frozenset().union(*found)


def currency_of(text: str | None, likely: str | None = None) -> str | None:
    """The code that the text's marks stand for, `likely` where they can; None where there is no mark, or no telling."""
    codes = currencies_in(text)
    if likely in codes:
        return likely
    return next(iter(codes)) if len(codes) == 1 else None


def code_of(stated: str | None) -> str | None:
    """A code as a page gives it to programs: itself in capitals, or the one that a mark put there by mistake ("₫") stands for."""
    return (currency_of(stated) or stated.strip().upper() or None) if stated else None


def is_foreign(text: str | None, currency: str | None) -> bool:
    """Whether the text names money, and not this one."""
    codes = currencies_in(text)
    return bool(codes) and currency not in codes


def without_marks(shown: str) -> str:
    """A folded text with its marks left out."""
    return _ANY.sub("", shown)
