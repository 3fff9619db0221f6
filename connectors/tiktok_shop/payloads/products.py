"""Products, written (Partner reference 3.5, 3.6)."""

from connectors.endpoint import Answer, Payload, Rows
from connectors.tiktok_shop.payloads.reference import TREE


class Uri(Payload):
    uri: str


class GivenValue(Payload):
    id: str | None = None  # one of the attribute's own values; otherwise our text
    name: str | None = None


class GivenAttribute(Payload):
    id: str
    values: list[GivenValue]


class Weight(Payload):
    value: str  # kilograms, at most three decimals
    unit: str = "KILOGRAM"


class Dimensions(Payload):
    length: str  # whole centimetres
    width: str
    height: str
    unit: str = "CENTIMETER"


class Price(Payload):
    amount: str  # whole đồng
    currency: str = "VND"


class Stock(Payload):
    warehouse_id: str | None = None  # may be left out where a SKU has only one
    quantity: int


class IdentifierCode(Payload):
    code: str
    type: str


class Content(Payload):
    """Everything but category, price and stock."""

    title: str
    description: str
    main_images: list[Uri]
    brand_id: str | None = None
    product_attributes: list[GivenAttribute]
    package_weight: Weight
    package_dimensions: Dimensions | None = None
    is_cod_allowed: bool | None = None
    category_version: str = TREE


class NewSku(Payload):
    seller_sku: str  # our SKU: how a push whose answer got lost is found again
    price: Price
    inventory: list[Stock]
    identifier_code: IdentifierCode | None = None


class NewProduct(Content):
    save_mode: str = "LISTING"
    category_id: str
    skus: list[NewSku]
    idempotency_key: str


class PartialEdit(Content):
    """What is sent replaces what is there, property by property; SKUs, prices and stock stay as they are."""

    save_mode: str = "LISTING"


class KeptSku(Payload):
    """A SKU that is not named is deleted; its price and stock survive being left out."""

    id: str
    seller_sku: str
    identifier_code: IdentifierCode | None = None


class FullEdit(Content):
    """Overwrites everything, the only way to another category."""

    save_mode: str = "LISTING"
    category_id: str
    skus: list[KeptSku]


class SavedSku(Answer):
    ignores = frozenset({"seller_sku", "external_sku_id", "sales_attributes", "fees"})

    id: str


class SavedProduct(Answer):
    ignores = frozenset({"warnings", "audit"})

    product_id: str
    skus: Rows[SavedSku]


class SkuPrice(Payload):
    id: str
    price: Price


class PriceUpdate(Payload):
    skus: list[SkuPrice]


class SkuStock(Payload):
    id: str
    inventory: list[Stock]


class StockUpdate(Payload):
    skus: list[SkuStock]


class ProductIds(Payload):
    product_ids: list[str]  # at most 20


class InnerError(Answer):
    ignores = frozenset({"warehouse_id"})

    code: int
    message: str


class FailedDetail(Answer):
    product_id: str | None = None
    sku_id: str | None = None
    extra_errors: Rows[InnerError]


class FailedRow(Answer):
    code: int
    message: str
    detail: FailedDetail | None = None


class BatchResult(Answer):
    """Rows that failed inside a success: nothing here means that all went well."""

    errors: Rows[FailedRow]
