"""A row of a category, a search or a shop's page, as the site's own lists have sent it since 2022.

A page has fifty of them, so they are plain dicts here: a checked dict costs half of a checked object.
"""

from typing import Any

from pydantic import StrictInt, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from spiders.answer import Answer, Number, as_page_error
from spiders.draft import Draft
from spiders.numbers import exact
from spiders.tiki.words import Counted, available, rating, sold


@with_config(Answer.model_config)
class RowSeller(TypedDict, total=False):
    name: str | None


@with_config(Answer.model_config)
class Core(TypedDict):
    id: StrictInt
    seller_product_id: StrictInt
    name: str
    price: Number


@with_config(Answer.model_config)
class CatalogRow(Core, total=False):
    """`original_price` is the list price; rows of before 2025 call it `list_price`, and some have both with the same figure."""

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
    listed = row.get("original_price", row.get("list_price"))
    draft = row_of(row["id"], row["seller_product_id"], row["name"], row["price"], listed)
    if (shop := row.get("seller_id")) is not None:
        draft.shop_id = str(shop)
    seller = row.get("seller")
    draft.shop_name = row.get("seller_name") if seller is None else seller.get("name")
    rating(draft, row.get("rating_average"), row.get("review_count"))
    sold(draft, row.get("quantity_sold"))
    if (status := row.get("inventory_status")) is not None:
        available(draft, status)
    if (there := row.get("availability")) is not None:
        draft.available = bool(there)
    return draft


def row_of(product: int, offer: int, name: str, price: float, list_price: float | None) -> Draft:
    external, variant = str(product), str(offer)
    return Draft(
        "tiki",
        "cards",
        external_id=external,
        variant_id=variant,
        title=name,
        currency="VND",
        price=exact(price),
        list_price=None if list_price is None or list_price == price else exact(list_price),
        url=f"https://tiki.vn/product-p{external}.html?spid={variant}",
    )
