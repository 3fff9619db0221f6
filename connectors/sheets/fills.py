"""What a column should hold for a listing, and when what already stands there is as good: then the cell is not touched."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from catalog.listing import Listing
from catalog.product import PackSize
from catalog.text import nfc
from connectors.sheets.errors import SheetError
from connectors.sheets.worksheet import Value

Stands = str | Decimal | None
Wanted = Callable[[Listing], Value | None]  # None: nothing is known, the cell stays as it is

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d_]+")
_SPACES = re.compile(r"\s+")
_WEIGHT_UNITS = {"g": 1, "gr": 1, "gram": 1, "grams": 1, "gam": 1, "kg": 1000, "kilogram": 1000}
_LENGTH_UNITS = {"mm": 1, "cm": 10, "m": 1000}


def same_text(stands: Stands, wanted: Value) -> bool:
    """But for the Unicode form and the kind of line ends."""
    return isinstance(stands, str) and _lines(stands) == _lines(str(wanted))


def same_number(stands: Stands, wanted: Value) -> bool:
    """`165000`, `165000.00` and the number 165000 are one figure; a text that is no number is another."""
    try:
        return stands is not None and Decimal(str(stands).strip()) == Decimal(str(wanted))
    except InvalidOperation:
        return False


def same_words(stands: Stands, wanted: Value) -> bool:
    """HTML by its words: seller centres rewrite the tags of what they were given."""
    return isinstance(stands, str) and _words(stands) == _words(str(wanted))


def anything(stands: Stands, _: Value) -> bool:
    """Whatever is there stays: a picture there has their address, so ours cannot be told from it."""
    return stands is not None


@dataclass(frozen=True)
class Fill:
    """One column's. A number keeps to the form the cell has: a figure written as text stays text."""

    wanted: Wanted
    is_same: Callable[[Stands, Value], bool] = same_text

    def agrees(self, stands: Stands, wanted: Value, *, replace_pictures: bool) -> bool:
        """May the cell stay? `replace_pictures`: pictures there give way to ours, whoever put them there."""
        if replace_pictures and self.is_same is anything:
            return same_text(stands, wanted)
        return self.is_same(stands, wanted)


def title(listing: Listing) -> str:
    return listing.title


def description(listing: Listing) -> str:
    return listing.description


def sku(listing: Listing) -> str:
    return listing.sku


def price_vnd(listing: Listing) -> int:
    return listing.price_vnd


def stock(listing: Listing) -> int:
    return listing.stock


def gtin(listing: Listing) -> str | None:
    return listing.gtin


def category(listing: Listing) -> int | None:
    """The one that the office chose, a number in the sheet; None leaves it to the marketplace."""
    return None if listing.category_id is None else int(listing.category_id)


def picture(place: int) -> Wanted:
    """The picture of that place (from 0) that has an address on the web; a file beside the register has none."""

    def wanted(listing: Listing) -> str | None:
        addresses = web_pictures(listing)
        return addresses[place] if place < len(addresses) else None

    return wanted


def web_pictures(listing: Listing) -> list[str]:
    """Addresses that a marketplace can fetch."""
    return [one for one in listing.images if one.startswith(("https://", "http://"))]


def weight(grams: int) -> Wanted:
    """The parcel's weight in units of so many grams."""
    return lambda listing: _exact(listing.shipping_weight_g, grams)


def side(name: str, millimetres: int) -> Wanted:
    """A side of the parcel in whole units of so many millimetres, rounded up: a box is never smaller than it is."""

    def wanted(listing: Listing) -> int | None:
        size: PackSize | None = listing.shipping_size
        return None if size is None else -(-int(getattr(size, f"{name}_mm")) // millimetres)

    return wanted


def weight_unit(texts: Sequence[str], column: str) -> int:
    """Grams of the unit that the first of a column's explanations to name just one names. Raises SheetError when none does."""
    return _unit(texts, column, _WEIGHT_UNITS)


def length_unit(texts: Sequence[str], column: str) -> int:
    """The same in millimetres."""
    return _unit(texts, column, _LENGTH_UNITS)


def _unit(texts: Sequence[str], column: str, units: dict[str, int]) -> int:
    for text in texts:
        found = {units[word] for word in _WORD.findall(text.casefold()) if word in units}
        if len(found) == 1:
            return found.pop()
    raise SheetError(f"Cột «{column}» của tệp không nói rõ đơn vị đo nên không điền. Hãy báo lại kèm dòng 1–6 của tệp.")


def _exact(amount: int, per_unit: int) -> Value:
    whole, rest = divmod(amount, per_unit)
    return Decimal(amount) / per_unit if rest else whole


def _lines(text: str) -> str:
    return nfc(text.replace("_x000D_", "").replace("\r", "")).strip()


def _words(text: str) -> str:
    return _SPACES.sub(" ", nfc(html.unescape(_TAG.sub(" ", text)))).strip()
