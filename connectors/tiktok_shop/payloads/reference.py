"""Warehouses, categories, attributes, rules, brands, pictures (Partner reference 3.1-3.4)."""

from typing import cast

from pydantic import AliasChoices, Field

from connectors.endpoint import Answer, Part, Payload, Rows
from connectors.tiktok_shop.payloads.kinds import Paged

TREE = "v2"  # the 7-level tree, mandatory for shops in Vietnam; the default is still the old one
LOCALE = "vi-VN"


class TreeQuery(Payload):
    category_version: str = TREE
    locale: str = LOCALE


class Warehouse(Answer):
    ignores = frozenset({"entity_id", "sub_type", "address"})

    id: str
    name: str
    type: str  # SALES_WAREHOUSE or RETURN_WAREHOUSE
    effect_status: str  # ENABLED, DISABLED, RESTRICTED
    is_default: bool


class Warehouses(Answer):
    warehouses: Rows[Warehouse]


class Category(Answer):
    id: str
    parent_id: str  # "0" at a root
    local_name: str
    is_leaf: bool
    permission_statuses: Rows[str]  # AVAILABLE, INVITE_ONLY, NON_MAIN_CATEGORY, PROHIBITED


class Categories(Answer):
    categories: Rows[Category]


class Condition(Answer):
    condition_type: str
    attribute_id: str
    attribute_value_id: str


class AttributeValue(Answer):
    ignores = frozenset({"icon_url"})

    id: str
    name: str


class Attribute(Answer):
    ignores = frozenset({"metric_standards", "is_multiple_selection", "is_requried"})

    id: str
    name: str
    type: str  # PRODUCT_PROPERTY or SALES_PROPERTY
    is_required: bool = Field(validation_alias=AliasChoices("is_requried", "is_required"))  # the first is on the wire
    is_customizable: bool
    value_data_format: str = ""
    values: Rows[AttributeValue]
    requirement_conditions: Rows[Condition]  # any match makes it required


class Attributes(Answer):
    attributes: Rows[Attribute]


class Required(Answer):
    ignores = frozenset({"is_supported", "measurement_and_options"})

    is_required: bool


class Supported(Answer):
    is_supported: bool


class Certification(Answer):
    ignores = frozenset({"document_details", "sample_image_url", "requirement_conditions", "expiration_date"})

    id: str
    name: str
    is_required: bool


class CategoryRules(Answer):
    ignores = frozenset({
        "epr", "responsible_person", "manufacturer", "allowed_special_product_types", "fees", "seller_sku",
    })  # fmt: skip

    product_certifications: Rows[Certification]
    package_dimension: Required | None = None
    size_chart: Required | None = None
    cod: Supported | None = None


class BrandQuery(Payload):
    page_size: int
    is_authorized: bool
    category_version: str = TREE
    page_token: str | None = None


class Brand(Answer):
    ignores = frozenset({"authorized_status", "is_t1_brand", "brand_status"})

    id: str
    name: str


class Brands(Paged):
    ignores = frozenset({"total_count"})

    brands: Rows[Brand]


# An ordinary form field: a part without a file name.
MAIN_IMAGE = cast("Part", (None, b"MAIN_IMAGE", "text/plain"))


class UploadImage(Payload):
    file: Part

    def to_parts(self) -> list[tuple[str, Part]]:
        return [("data", self.file), ("use_case", MAIN_IMAGE)]


class UploadedImage(Answer):
    ignores = frozenset({"url", "width", "height", "use_case"})

    uri: str
