"""What sendo's bodies share. Amounts are plain đồng; `final_price` is asked, `price` is the list price where it is greater.

The names of ratings lie: `percent_star` is stars out of 5, so is `rating_percent`; `percent_star_rating` is a percentage and never read.
"""

from spiders.answer import Answer, Number
from spiders.draft import Draft
from spiders.numbers import exact
from spiders.shown import exact_sold


class Priced(Answer, kw_only=True):
    """`*_max` is the top of the range. `order_count` counts orders of all time, exactly."""

    price: Number
    price_max: Number | None = None
    final_price: Number
    final_price_max: Number | None = None
    order_count: int | None = None
    order_count_text: str | None = None

    def onto(self, draft: Draft) -> None:
        draft.currency = "VND"
        draft.price, draft.list_price = exact(self.final_price), exact(self.price)
        draft.price_max = None if self.final_price_max is None else exact(self.final_price_max)
        exact_sold(draft, "sold_total", self.order_count, self.order_count_text)


def link_to(product_id: int, path: str | None) -> str | None:
    """The product's page, its path ending in its own id; any other path is not kept."""
    bare = (path or "").split("?")[0].rstrip("/").removeprefix("https://www.sendo.vn/").removesuffix(".html")
    return f"https://www.sendo.vn/{bare}.html" if bare.endswith(f"-{product_id}") else None
