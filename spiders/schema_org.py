"""What schema.org's vocabulary says about availability and ratings, for pages that use it (schema.org 29, read 2026-11-23)."""

from decimal import Decimal

from spiders.draft import Draft
from spiders.numbers import read_count, read_rating

_FOR_SALE = {
    "InStock": True, "LimitedAvailability": True, "OnlineOnly": True, "InStoreOnly": True,
    "PreOrder": True, "PreSale": True, "BackOrder": True, "MadeToOrder": True,
    "OutOfStock": False, "SoldOut": False, "Discontinued": False, "Reserved": False,
}  # fmt: skip

_BY_LETTERS = {name.casefold(): for_sale for name, for_sale in _FOR_SALE.items()}


def availability(draft: Draft, codes: list[str]) -> None:
    """True where any offer can be bought; an unknown code is flagged and says nothing. Shops write them in any case ("in stock")."""
    names = {code.strip().rstrip("/").rpartition("/")[2] for code in codes if code.strip()}
    known = {name: _BY_LETTERS.get(letters(name)) for name in sorted(names)}
    unknown = [name for name, for_sale in known.items() if for_sale is None]
    if unknown:
        draft.flags.append(f"available: unknown code {unknown[0][:40]}")
    elif known:
        draft.available = any(known.values())


def letters(name: str) -> str:
    """A word without its capitals, blanks and lines: "in stock", "IN_STOCK" and "InStock" are the same."""
    return "".join(letter for letter in name.casefold() if letter.isalpha())


def rating(draft: Draft, average: object, count: object, best: object) -> None:
    """Average on the 0-5 scale and the count beside it; another scale is flagged, never rescaled by guess."""
    try:
        scale = read_rating(best)
        draft.rating_average = read_rating(average)
        draft.rating_count = None if count is None or isinstance(count, bool) else read_count(str(count))
    except ValueError as err:
        draft.flags.append(f"rating_average: {err}")
        return
    if scale not in {None, 5.0}:
        draft.rating_average = None
        draft.flags.append(f"rating_average: a scale to {scale:g}")


def lowest(draft: Draft, prices: list[Decimal], list_price: Decimal | None = None) -> None:
    """Price and top of the range over all offers that have a price."""
    real = [price for price in prices if price]
    if real:
        draft.price, draft.list_price = min(real), list_price
        draft.price_max = max(real) if max(real) != min(real) else None
