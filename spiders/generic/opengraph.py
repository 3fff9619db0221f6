"""OpenGraph product tags. A page without a price tag is not taken for a product: `og:title` alone is often the shop's name."""

from spiders.currencies import code_of
from spiders.draft import Draft, clean
from spiders.generic.choice import headings
from spiders.numbers import machine_price
from spiders.page import Page
from spiders.schema_org import letters

_FOR_SALE = {
    "instock": True, "availablefororder": True, "preorder": True, "backorder": True, "available": True,
    "oos": False, "outofstock": False, "discontinued": False, "pending": None,
}  # fmt: skip


def read(page: Page) -> Draft | None:
    tags = _tags(page)
    amounts = [tags[name] for name in ("product:price:amount", "og:price:amount") if tags.get(name)]
    if not amounts:
        return None
    draft = Draft("generic", "product", title=_title(page, tags))
    draft.currency = code_of(tags.get("product:price:currency", tags.get("og:price:currency")))
    _prices(draft, amounts[0], tags.get("product:sale_price:amount"))
    _availability(draft, tags.get("product:availability", tags.get("og:availability")))
    return draft


def _tags(page: Page) -> dict[str, str]:
    """The first value of each tag; a page repeats them for pictures."""
    tags: dict[str, str] = {}
    for node in page.html.css("meta[property][content]")[:500]:
        tags.setdefault(node.attributes["property"] or "", (node.attributes["content"] or "").strip())
    return tags


def _title(page: Page, tags: dict[str, str]) -> str | None:
    """The heading that the tag repeats with the shop's name after it; the tag itself unless it is only the shop's name."""
    tag = clean(tags.get("og:title"))
    named = [heading for heading in headings(page) if heading and tag and tag.startswith(heading)]
    if named:
        return max(named, key=len)
    return tag if tag != clean(tags.get("og:site_name")) else None


def _prices(draft: Draft, amount: str, sale: str | None) -> None:
    try:
        draft.price = machine_price(amount, draft.currency)
        if sale:
            draft.price, draft.list_price = machine_price(sale, draft.currency), draft.price
        draft.says_no_price = not draft.price
    except ValueError as err:
        draft.flags.append(f"price: {err}")


def _availability(draft: Draft, word: str | None) -> None:
    if word is None:
        return
    if letters(word) in _FOR_SALE:
        draft.available = _FOR_SALE[letters(word)]
    else:
        draft.flags.append(f"available: unknown word {word[:40]}")
