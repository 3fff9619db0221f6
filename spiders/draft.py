"""What a page says, held until it has been checked; a value that fails becomes None and its reason a flag (section 0.6 of the notes)."""

from decimal import Decimal
from functools import lru_cache
from typing import Literal

from msgspec import Struct, field

from catalog.reading import Item, Sold

_NO_MONEY, _MOST_MONEY = Decimal(0), Decimal(10) ** 12
_WHOLE_DONG = Decimal(1)
_MOST_COUNT = 10**10
_MOST_STARS = 5
_CONTROLS = dict.fromkeys(c for c in (*range(32), *range(127, 160)) if chr(c) not in "\t\n\r")


def clean(text: str | None) -> str | None:
    """One line without control characters, in the page's own code points (storing makes it NFC); None where nothing is left."""
    if text is None:
        return None
    if text.isprintable() and "  " not in text:  # no other white space than single blanks: nearly every text
        return text.strip() or None
    return " ".join(text.translate(_CONTROLS).split()) or None


_clean_name = lru_cache(maxsize=256)(clean)  # a list has one shop in every row


class Draft(Struct, gc=False):
    """The fields of catalog's Item in its order, unchecked, and one of our own. `checked()` settles them, once."""

    site: str
    page: Literal["product", "cards"]
    external_id: str | None = None
    variant_id: str | None = None
    shop_id: str | None = None
    shop_name: str | None = None
    title: str | None = None
    currency: str | None = None
    price: Decimal | None = None
    price_max: Decimal | None = None
    list_price: Decimal | None = None
    rating_average: float | None = None
    rating_count: int | None = None
    rating_histogram: tuple[int, ...] | None = None
    sold_total: Sold | None = None
    sold_30d: Sold | None = None
    available: bool | None = None
    stock: int | None = None
    variants: int | None = None
    reviews_on_page: int | None = None
    url: str | None = None
    flags: list[str] = field(default_factory=list)
    says_no_price: bool = False  # the page has the place for a price and no figure in it: "Liên hệ"

    def checked(self) -> Item:
        self._check_amounts()
        self._check_counts()
        if self.rating_average is not None:
            self._check_rating(self.rating_average)
        if self.rating_histogram is not None:
            self._check_histogram(self.rating_histogram)
        title = clean(self.title)
        if title is None and self.page == "cards":
            self.flags.append("title: missing")
        flags = tuple(map(str.strip, self.flags)) if self.flags else ()
        return Item(  # by place, because by name it takes ten times as long
            self.site, self.page, self.external_id, self.variant_id, self.shop_id, _clean_name(self.shop_name), title,
            self.currency, self.price, self.price_max, self.list_price, self.rating_average, self.rating_count,
            self.rating_histogram, self.sold_total, self.sold_30d, self.available, self.stock, self.variants,
            self.reviews_on_page, self.url, flags,
        )  # fmt: skip

    def _check_amounts(self) -> None:
        if self.price is not None:
            self._check_amount("price", self.price)
        if self.price_max is not None:
            self._check_amount("price_max", self.price_max)
        if self.list_price is not None:
            self._check_amount("list_price", self.list_price)
        if self.price_max is not None or self.list_price is not None:
            self._check_range()

    def _check_counts(self) -> None:
        if self.rating_count is not None:
            self._check_count("rating_count", self.rating_count)
        if self.stock is not None:
            self._check_count("stock", self.stock)
        if self.variants is not None:
            self._check_count("variants", self.variants)
        if self.reviews_on_page is not None:
            self._check_count("reviews_on_page", self.reviews_on_page)

    def _check_count(self, name: str, count: int) -> None:
        if not 0 <= count <= _MOST_COUNT:
            self._reject(name, "out of range")

    def _check_amount(self, name: str, amount: Decimal) -> None:
        if _NO_MONEY < amount <= _MOST_MONEY and not amount % _WHOLE_DONG:
            return
        if not _NO_MONEY <= amount <= _MOST_MONEY:
            self._reject(name, "out of range")
        elif not amount:
            setattr(self, name, None)  # a gift line is not a price of nothing
        elif self.currency == "VND" and amount % _WHOLE_DONG:
            self._reject(name, "a fraction of a đồng")

    def _check_range(self) -> None:
        if self.price is None:
            self.price_max = self.list_price = None
        elif self.price_max is not None and self.price_max < self.price:
            self._reject("price", "above price_max")
            self.price_max = self.list_price = None
        elif self.price_max == self.price:
            self.price_max = None
        if self.list_price is not None and self.price is not None and self.list_price <= self.price:
            self.list_price = None

    def _check_rating(self, stars: float) -> None:
        if not 0 <= stars <= _MOST_STARS:
            self._reject("rating_average", "outside 0 to 5")
        elif stars == 0 or self.rating_count == 0:
            self.rating_average = None  # nobody rated: never "rated 0"

    def _check_histogram(self, stars: tuple[int, ...]) -> None:
        if len(stars) != _MOST_STARS or not all(0 <= n <= _MOST_COUNT for n in stars):
            self._reject("rating_histogram", "out of range")
        elif self.rating_count is not None and sum(stars) != self.rating_count:
            self._reject("rating_histogram", "does not add up to rating_count")

    def _reject(self, name: str, reason: str) -> None:
        self.flags.append(f"{name}: {reason}")
        setattr(self, name, None)
