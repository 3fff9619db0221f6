"""The bodies of the product calls, field for field (tiki.md sections 6.2-6.4, read 2026-11-24). Fields nobody names are ignored, as servers do.

Stock keys are camelCase when a product is created and snake_case when it is changed: the document warns of it, and it is true here too.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from sandbox.tiki.answers import Refusal

Text = Annotated[str, StringConstraints(min_length=1)]
Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]+$")]


class Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class NewStock(Shape):
    warehouseId: int  # noqa: N815 - their spelling
    qtyAvailable: int  # noqa: N815 - likewise


class NewVariant(Shape):
    sku: Text
    min_code: int | Digits | None = None
    option1: str | None = None
    option2: str | None = None
    price: int
    market_price: int | None = None
    inventory_type: str
    seller_warehouse: str
    warehouse_stocks: list[NewStock]
    image: str | None = None
    images: list[str] | None = None


class Paper(Shape):
    url: Text
    type: Literal["brand", "category"]
    document_id: int | None = None


class MetaData(Shape):
    is_auto_turn_on: bool = False


class NewProduct(Shape):
    """`images` and `option_attributes` may be empty, never null."""

    category_id: int
    name: Text
    description: Text
    market_price: int
    attributes: dict[str, Any]
    image: Text
    images: list[str]
    option_attributes: list[str]
    variants: Annotated[list[NewVariant], Field(min_length=1)]
    certificate_files: list[Paper] = Field(default_factory=list)
    meta_data: MetaData = Field(default_factory=MetaData)


class Answers(Shape):
    """Attribute code -> value; name and description may travel among them."""

    model_config = ConfigDict(extra="allow")

    name: Text | None = None
    description: Text | None = None


class ContentChange(Shape):
    """Whether `name` and `market_price` stand here or among the attributes the document does not say: both are taken."""

    product_id: int
    attributes: Answers | None = None
    image: Text | None = None
    images: list[str] = Field(default_factory=list)
    name: Text | None = None
    description: Text | None = None
    market_price: Annotated[int, Field(gt=0)] | None = None


class StockChange(Shape):
    warehouse_id: int
    qty_available: int


class Change(Shape):
    """Of one product. `active` is read by updateSku (1, 0), `status` by updateSkus (1, 2)."""

    product_id: int | None = None
    original_sku: str | None = None
    price: int | None = None
    active: Literal[0, 1] | None = None
    status: Literal[1, 2] | None = None
    seller_warehouse: str | None = None
    warehouse_quantities: list[StockChange] = Field(default_factory=list)


def ensure(shape: type[Shape], body: object, status: int) -> None:
    """Refusal with that status, one sentence for each field that is missing or of the wrong kind."""
    try:
        shape.model_validate(body)
    except ValidationError as err:
        found = [
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in err.errors(include_url=False, include_input=False)
        ]
        raise Refusal(status, *found) from None
