"""A row of a category, a search or a shop's page, as the site's own lists have sent it since 2022."""

from spiders.answer import Answer, Number
from spiders.draft import Draft
from spiders.numbers import exact
from spiders.tiki.words import Counted, available, on_sale, rating, sold


class RowSeller(Answer):
    name: str | None = None


class CatalogRow(Answer, kw_only=True):
    """In the order in which the site writes them, which makes them quick to find. `original_price` is the list price; rows of before 2025 call it `list_price`, and some have both with the same figure."""

    id: int
    name: str
    availability: int | None = None
    seller_id: int | None = None
    seller_name: str | None = None  # in the page's state
    price: Number
    original_price: Number | None = None
    rating_average: Number | None = None
    review_count: int | None = None
    seller_product_id: int | None = None
    quantity_sold: Counted | None = None
    list_price: Number | None = None
    inventory_status: str | None = None
    seller: RowSeller | None = None  # in the listing JSON

    def draft(self) -> Draft:
        listed = self.list_price if self.original_price is None else self.original_price
        draft = row_of(self.id, self.seller_product_id, self.name, self.price, listed)
        if self.seller_id is not None:
            draft.shop_id = str(self.seller_id)
        draft.shop_name = self.seller_name if self.seller is None else self.seller.name
        rating(draft, self.rating_average, self.review_count)
        sold(draft, self.quantity_sold)
        available(draft, self.inventory_status)
        on_sale(draft, self.availability)
        return draft


def row_of(product: int, offer: int | None, name: str, price: float, list_price: float | None) -> Draft:
    draft = Draft("tiki", "cards")
    draft.external_id = external = str(product)
    draft.title, draft.currency, draft.price = name, "VND", exact(price)
    if list_price is not None and list_price != price:
        draft.list_price = exact(list_price)
    if offer is None:
        draft.url = f"https://tiki.vn/product-p{external}.html"
    else:
        draft.variant_id = variant = str(offer)
        draft.url = f"https://tiki.vn/product-p{external}.html?spid={variant}"
    return draft
