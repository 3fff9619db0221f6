"""Finding a product that is the caller's own."""

from sandbox.tiktok_shop import read
from sandbox.tiktok_shop.call import Call
from sandbox.tiktok_shop.refusal import Refusal
from sandbox.tiktok_shop.shelf import Product


def own_product(call: Call, product_id: str) -> Product:
    """Refusal 12052032 for none, 12052034 for another shop's."""
    number = read.number(product_id)
    product = None if number is None else call.stage.shelf.find(number)
    if product is None:
        raise Refusal(12052032, "Product not found")
    if product.shop != call.shop.shop_id:
        raise Refusal(12052034, "The product does not belong to the shop")
    return product
