"""What is sent about products (reference, sections 3.5-3.9, read 2026-11-24). Every value of a SKU is a text."""

from typing import Annotated
from xml.etree.ElementTree import Element, SubElement, tostring

from pydantic import Field

from connectors.endpoint import Answer, Payload
from connectors.lazada.payloads.kinds import Document, Id, MaybeText, Pascal

Sku = dict[str, str | dict[str, str]]  # SKU fields beside the category's own attributes; `saleProp` is the nested one


class Images(Pascal):
    image: list[str]  # Lazada's own addresses; at most 8


class Skus(Pascal):
    sku: list[Sku]


class Product(Pascal):
    item_id: str | None = None  # of an update
    primary_category: str | None = None
    images: Images | None = None
    attributes: dict[str, str]  # present even when empty
    skus: Skus


class ProductRequest(Pascal):
    product: Product


class SaveProduct(Document):
    request: ProductRequest


class CreatedSku(Answer):
    ignores = frozenset({"seller_sku", "shop_sku"})

    sku_id: Id


class Created(Answer):
    ignores = frozenset({"variation"})

    item_id: Id
    item_status: MaybeText = None  # Active, InActive, Pending QC
    sku_list: Annotated[list[CreatedSku], Field(min_length=1)]


class PriceRow(Pascal):
    item_id: str
    sku_id: str
    price: str


class PriceRows(Pascal):
    sku: list[PriceRow]  # at most 50, of any products


class PricedProduct(Pascal):
    skus: PriceRows


class PriceRequest(Pascal):
    product: PricedProduct


class SetPrices(Document):
    request: PriceRequest


class StockRow(Pascal):
    item_id: str
    sku_id: str
    sellable_quantity: int  # what may still be sold; what is held for orders is counted beside it


class SetStocks(Payload):
    """Documented as XML only."""

    rows: list[StockRow]

    def to_query(self) -> list[tuple[str, str]]:
        request = Element("Request")
        skus = SubElement(SubElement(request, "Product"), "Skus")
        for row in self.rows:
            sku = SubElement(skus, "Sku")
            for name, value in row.model_dump(by_alias=True).items():
                SubElement(sku, name).text = str(value)
        return [("payload", tostring(request, encoding="unicode"))]


class SkuIds(Pascal):
    sku_id: list[int]


class OfflineProduct(Pascal):
    item_id: int
    skus: SkuIds | None = None  # None: the whole product


class OfflineRequest(Pascal):
    product: OfflineProduct


class Deactivate(Pascal):
    request: OfflineRequest

    def to_query(self) -> list[tuple[str, str]]:
        return [("apiRequestBody", self.to_json().decode())]
