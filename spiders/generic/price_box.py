"""The place where a theme shows one product's price: which amount is asked, which is crossed out, and which is no price at all.

Themes name their classes as they like, so an amount is known by its currency mark, and its kind by the tag or a word of the class it
stands in (WooCommerce, Haravan, Sapo, Shopify's Dawn and Odoo 17 themes, seen 2026-11-24).
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from spiders.currencies import LONGEST, currencies_in, currency_of, folded
from spiders.draft import Draft
from spiders.microdata import parents
from spiders.numbers import is_no_price, read_range

PLACES = '[class*="price" i], [id*="price" i]'
_CROSSED = re.compile(
    r"(?:^|[\s_-])(?:old|compare|compare-at|original|market|strike|through|before|was|oe_default_price)(?:$|[\s_-])"
)
_NO_PRICE = re.compile(
    r"(?:^|[\s_-])(?:saved?|saving|savings|discount|percent|badge|label|unit|installment)(?:$|[\s_-])"
)
_UNSEEN = {"hidden", "hide", "d-none", "visually-hidden", "sr-only", "screen-reader-text"}
_SAVED = re.compile(r"tiết kiệm|giảm|tặng|voucher|trả góp|phí|mỗi tháng|/tháng")
_MOST_NODES, _LONGEST = 300, 60  # characters of a text that is a price and nothing else
_SEVERAL = 2  # amounts: the ends of a range; more of them are a table, not a price
_LEAST_DONG = 1_000  # what a page shows in parts ("120" and ".000₫") must not become a thousandth


class Amount(NamedTuple):
    low: Decimal
    high: Decimal | None
    crossed_out: bool


def price_onto(draft: Draft, box: LexborNode) -> None:
    """Price, top of the range, list price and currency. Words in place of a figure ("Liên hệ") are said; a table of amounts is flagged."""
    shown = folded(str(box.text())[:LONGEST])
    draft.currency = currency_of(shown)
    try:
        amounts = list(_amounts(box))
    except ValueError as err:
        draft.flags.append(f"price: {err}")
        return
    draft.says_no_price = not amounts and is_no_price(shown)
    asked = {end for amount in amounts if not amount.crossed_out for end in amount[:2] if end}
    crossed = {amount.low for amount in amounts if amount.crossed_out}
    if len(asked) > _SEVERAL:
        draft.flags.append(f"price: {len(asked)} amounts in one place")
    elif asked and draft.currency == "VND" and min(asked) < _LEAST_DONG:
        draft.flags.append("price: too small for one shown in đồng")
    elif asked:
        draft.price, draft.price_max = min(asked), max(asked)
        draft.list_price = crossed.pop() if len(crossed) == 1 and len(asked) == 1 else None


def _amounts(box: LexborNode) -> Iterator[Amount]:
    """The innermost texts with a figure and a mark in them, last first."""
    around: set[int] = set()
    for node in reversed(box.css("*")[:_MOST_NODES]):
        text = folded(str(node.text(deep=node.mem_id not in around))[:LONGEST])
        if len(text) > _LONGEST or not currencies_in(text) or not re.search(r"\d", text):
            continue
        above = [node, *_up_to(node, box)]
        around.update(parent.mem_id for parent in above)
        within = [parent for parent in above if parent.mem_id != box.mem_id]
        if not any(_says_other(parent) for parent in within):
            low, high = read_range(text)
            if low:
                yield Amount(low, high, any(_is_crossed_out(parent) for parent in within))


def _up_to(node: LexborNode, box: LexborNode) -> Iterator[LexborNode]:
    for parent in parents(node):
        if node.mem_id == box.mem_id:
            return
        yield parent
        if parent.mem_id == box.mem_id:
            return


def classes(node: LexborNode) -> str:
    return (node.attributes.get("class") or "").casefold()


def _is_crossed_out(node: LexborNode) -> bool:
    return node.tag in {"del", "s", "strike"} or _CROSSED.search(classes(node)) is not None


def is_unseen(node: LexborNode) -> bool:
    """By its own class, attribute or style; a style sheet may hide more."""
    style = (node.attributes.get("style") or "").replace(" ", "").casefold()
    return not _UNSEEN.isdisjoint(classes(node).split()) or "hidden" in node.attributes or "display:none" in style


def _says_other(node: LexborNode) -> bool:
    """An amount saved, a fee, a part of a price, or what is not shown."""
    return (
        _NO_PRICE.search(classes(node)) is not None
        or is_unseen(node)
        or _SAVED.search(folded(str(node.text(deep=False)))) is not None
    )
