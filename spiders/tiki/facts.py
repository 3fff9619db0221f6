"""The body of `api/v2/products/{id}`, field for field; a product page ships the same one.

Ratings and the sold count belong to the product id, price and stock to the offer (`spid`). `stock_item.qty` is a cap of 1000 and
`order_count` is always 0: neither is read.
"""

from spiders.answer import Answer, Number
from spiders.tiki.words import Counted


class Seller(Answer):
    id: int
    name: str
    product_id: str | None = None  # the offer: what other answers call spid or seller_product_id


class Variant(Answer):
    id: int
    price: Number
    inventory_status: str | None = None


class Product(Answer, kw_only=True):
    id: int
    master_id: int | None = None
    name: str
    price: Number  # đồng, after the seller's discount, before vouchers
    list_price: Number | None = None
    rating_average: Number | None = None
    review_count: int | None = None
    inventory_status: str | None = None
    quantity_sold: Counted | None = None  # absent is not zero
    current_seller: Seller | None = None  # null when nobody sells it any more
    configurable_products: list[Variant] | None = None
