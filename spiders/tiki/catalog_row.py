"""A row of a category, a search or a shop's page, as the site's own lists have sent it since 2022.

A page has fifty of them, so they are plain dicts here: a checked dict costs half of a checked object.
"""

from typing import Any

from pydantic import StrictInt, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from spiders.answer import Answer, Number, as_page_error
from spiders.draft import Draft
from spiders.numbers import exact
from spiders.tiki.words import Counted, available, on_sale, rating, sold


@with_config(Answer.model_config)
class RowSeller(TypedDict, total=False):
    name: str | None


@with_config(Answer.model_config)
class Core(TypedDict):
    id: StrictInt
    name: str
    price: Number


@with_config(Answer.model_config)
class CatalogRow(Core, total=False):
    """`original_price` is the list price; rows of before 2025 call it `list_price`, and some have both with the same figure."""

    seller_product_id: StrictInt | None
    original_price: Number | None
    list_price: Number | None
    rating_average: Number | None
    review_count: StrictInt | None
    quantity_sold: Counted | None
    seller_id: StrictInt | None
    seller_name: str | None  # in the page's state
    seller: RowSeller | None  # in the listing JSON
    availability: StrictInt | None
    inventory_status: str | None


_ROW = TypeAdapter(CatalogRow)


def read_row(row: Any) -> Draft:
    """One row of a JSON body. LAYOUT_CHANGED names the fields that are not as expected."""
    try:
        return draft_of(_ROW.validate_python(row))
    except ValidationError as err:
        raise as_page_error(err) from None


def draft_of(row: CatalogRow) -> Draft:
    if (listed := row.get("original_price")) is None:
        listed = row.get("list_price")
    draft = row_of(row["id"], row.get("seller_product_id"), row["name"], row["price"], listed)
    if (shop := row.get("seller_id")) is not None:
        draft.shop_id = str(shop)
    seller = row.get("seller")
    draft.shop_name = row.get("seller_name") if seller is None else seller.get("name")
    rating(draft, row.get("rating_average"), row.get("review_count"))
    sold(draft, row.get("quantity_sold"))
    if (status := row.get("inventory_status")) is not None:
        available(draft, status)
    if (there := row.get("availability")) is not None:
        on_sale(draft, there)
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
