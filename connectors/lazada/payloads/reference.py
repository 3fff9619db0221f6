"""Categories, attributes, brands and pictures (reference, sections 3.1-3.4, read 2026-11-24)."""

from connectors.endpoint import Answer, Part, Payload, Rows
from connectors.lazada.payloads.kinds import Count, Flag, Id, MaybeText


class TreeQuery(Payload):
    language_code: str


class Category(Answer):
    ignores = frozenset({"var"})

    category_id: Id
    name: str
    leaf: Flag  # only these take products
    children: Rows["Category"]


class AttributeQuery(Payload):
    primary_category_id: str
    language_code: str


class Option(Answer):
    ignores = frozenset({"id"})

    name: str
    en_name: MaybeText = None  # what is sent


class Attribute(Answer):
    ignores = frozenset({"id", "unit", "advanced"})

    name: str  # the key in a payload
    label: str
    attribute_type: str  # normal: of the product; sku: of each SKU
    input_type: str
    is_mandatory: Flag
    is_sale_prop: Flag
    options: Rows[Option]


class BrandQuery(Payload):
    startRow: int  # noqa: N815 - Lazada's own spelling
    pageSize: int  # noqa: N815 - Lazada's own spelling; at most 200


class Brand(Answer):
    ignores = frozenset({"name", "name_en"})

    brand_id: Id
    global_identifier: MaybeText = None


class BrandPage(Answer):
    ignores = frozenset({"start_row", "page_index", "page_size", "total_page", "enable_total"})

    total_record: Count
    module: list[Brand]  # empty before the last row: throttled


class UploadImage(Payload):
    file: Part

    def to_parts(self) -> list[tuple[str, Part]]:
        return [("image", self.file)]


class Image(Answer):
    ignores = frozenset({"hash_code"})

    url: str


class UploadedImage(Answer):
    image: Image
