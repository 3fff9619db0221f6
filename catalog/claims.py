"""Only what a live paper proves may be said: sentences of a free text that claim more, or sell elsewhere, are left out.

Claims are OCOP stars, organic, VietGAP and the like (ocop_domain section 5); ordering elsewhere is a link, a phone
number, an e-mail address or a chat name, which marketplaces forbid in a listing (vn_rules section 6; both read
2026-11-23). The registered name of a product is not a free text and is never changed.
"""

import re
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from catalog.product import Product
from catalog.reference import table
from catalog.reference_rows import Claim
from catalog.text import search_key

_SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…](?!\s|$)[^.!?…\n]*)*[.!?…]*[^\S\n]*")


class TextRule(StrEnum):
    """What a marketplace may forbid in a listing's words (vn_rules section 6, read 2026-11-24)."""

    PHONE = "phone"
    LINK = "link"
    QR = "qr"


_STARS = re.compile(r"\bocop\b|\b(?:[1-5]|một|hai|ba|bốn|năm) sao\b|[★⭐]", re.IGNORECASE)
_RULES = {
    TextRule.PHONE: re.compile(r"\bhotline\b|(?:\+84|\b0)[\s.-]?[0-9](?:[\s.-]?[0-9]){7,9}\b", re.IGNORECASE),
    TextRule.LINK: re.compile(
        r"https?://|www\.|\w\.(?:vn|com|net|org|shop|info)\b|\S@\S|\b(?:zalo|facebook|fanpage)\b", re.IGNORECASE
    ),
    TextRule.QR: re.compile(r"\bQR\b", re.IGNORECASE),
}
_ELSEWHERE = (TextRule.PHONE, TextRule.LINK)  # a QR code may be the origin stamp a buyer scans on the pack


def breaks(text: str, rules: Collection[TextRule]) -> dict[TextRule, str]:
    """The rules a text breaks, each with the whole words that break it."""
    found = {rule: _RULES[rule].search(text) for rule in TextRule if rule in rules}
    return {rule: _whole(text, *match.span()) for rule, match in found.items() if match}


def _whole(text: str, start: int, end: int) -> str:
    """From the beginning of the first word to the end of the last, without the sentence's full stop."""
    before, after = re.search(r"\S*$", text[:start]), re.match(r"\S*", text[end:])
    return f"{before[0] if before else ''}{text[start:end]}{after[0] if after else ''}".rstrip(".,;!?")


def proven_text(text: str, product: Product, on: date) -> str:
    """The text without the sentences that claim what no live paper proves or point buyers elsewhere."""
    return _proven(text, frozenset(document.kind for document in product.documents if document.is_live(on)))


@lru_cache(
    maxsize=1_000
)  # composing a listing asks for one text several times, for today and for the days that may change it
def _proven(text: str, live: frozenset[str]) -> str:
    lines = ("".join(s for s in _SENTENCE.findall(line) if _may_say(s, live)).strip() for line in text.split("\n"))
    return "\n".join(lines).strip()


def _may_say(sentence: str, live: frozenset[str]) -> bool:
    # The certificate's own sentence is written by `describe`, so a free text never needs to speak of stars.
    if _STARS.search(sentence) or breaks(sentence, _ELSEWHERE):
        return False
    key = search_key(sentence)
    return all(claim.proof in live for claim in table("claims", Claim) if _words(claim).search(key))


@cache
def _words(claim: Claim) -> re.Pattern[str]:
    """Finds any of the claim's terms, as whole words, in a search key."""
    terms = "|".join(re.escape(search_key(term)) for term in claim.terms)
    return re.compile(rf"(?<!\w)(?:{terms})(?!\w)")
