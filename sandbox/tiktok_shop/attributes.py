"""A leaf's attributes and papers, and the check of those a product brings (Partner Center reference, read 2026-11-23).

`is_requried` is the real key. An attribute without `values` takes free text; with them and `is_customizable`, either.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.tiktok_shop import read
from sandbox.tiktok_shop.categories import is_edible
from sandbox.tiktok_shop.refusal import Refusal
from sandbox.tiktok_shop.rules import Rules

LONGEST_VALUE = 2_000
CHINESE = re.compile(r"[\u4e00-\u9fff]")
POSITIVE = re.compile(r"[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class Attribute:
    attribute_id: str
    name: str
    values: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    is_customizable: bool = False
    is_multiple: bool = False
    is_number: bool = False
    required_with: tuple[str, str] | None = None  # attribute and value that make it required

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "id": self.attribute_id,
            "name": self.name,
            "type": "PRODUCT_PROPERTY",
            "is_requried": self.is_required,
            "is_customizable": self.is_customizable,
            "is_multiple_selection": self.is_multiple,
            "value_data_format": "POSITIVE_INT_OR_DECIMAL" if self.is_number else "",
        }
        if self.values:
            shown["values"] = [{"id": value_id, "name": name} for value_id, name in self.values]
        if self.required_with:
            attribute_id, value_id = self.required_with
            condition = {"attribute_id": attribute_id, "attribute_value_id": value_id}
            shown["requirement_conditions"] = [{"condition_type": "VALUE_ID_MATCH"} | condition]
        return shown


COUNTRIES = (("1000056", "Việt Nam"), ("1000057", "Trung Quốc"), ("1000058", "Nhật Bản"), ("1000059", "Thái Lan"))
ORIGIN = Attribute("100347", "Xuất xứ", COUNTRIES, is_required=True)
ORGANIC = Attribute("100900", "Sản phẩm hữu cơ", (("1001", "Có"), ("1002", "Không")))
ORGANIC_NUMBER = Attribute("100901", "Số chứng nhận hữu cơ", is_customizable=True, required_with=("100900", "1001"))
NET_WEIGHT = Attribute("100902", "Khối lượng tịnh (g)", is_customizable=True, is_number=True)
SHELF_LIFE = Attribute("100903", "Hạn sử dụng", (("1101", "6 tháng"), ("1102", "12 tháng")), is_customizable=True)
STORAGE = Attribute("100904", "Bảo quản", (("1201", "Nơi khô ráo"), ("1202", "Tránh nắng")), is_multiple=True)
MATERIAL = Attribute("100910", "Chất liệu", (("1301", "Tre"), ("1302", "Gỗ"), ("1303", "Vải")), is_customizable=True)
SIZE_PROPERTY = {"id": "100000", "name": "Khối lượng", "type": "SALES_PROPERTY", "is_requried": False}
SIZE_PROPERTY |= {"is_customizable": True, "is_multiple_selection": False, "value_data_format": ""}

FOOD_SAFETY = {
    "id": "7182427311584347905",
    "name": "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
    "document_details": "Bản chụp rõ, còn hiệu lực",
    "sample_image_url": "",
    "requirement_conditions": [],
    "expiration_date": {"is_required": True},
}


def of_category(category_id: str) -> tuple[Attribute, ...]:
    if is_edible(category_id):
        return (ORIGIN, ORGANIC, ORGANIC_NUMBER, NET_WEIGHT, SHELF_LIFE, STORAGE)
    return (ORIGIN, MATERIAL)


def certifications(category_id: str, rules: Rules) -> list[dict[str, Any]]:
    return [FOOD_SAFETY | {"is_required": rules.certificates_required}] if is_edible(category_id) else []


def check(category_id: str, given: Sequence[dict[str, Any]], rules: Rules) -> None:
    """Every attribute sent, then what is missing. What `hidden_required` names is refused though the list says it is optional."""
    known = {attribute.attribute_id: attribute for attribute in of_category(category_id)}
    chosen: dict[str, set[str]] = {}
    for row in given:
        attribute = known.get(read.text(row, "id"))
        if attribute is None or attribute.attribute_id in chosen:
            raise Refusal(12052251, f"The attribute {row['id']} is duplicate or not of this category")
        chosen[attribute.attribute_id] = _values(attribute, read.rows(row, "values"))
    for attribute in known.values():
        if attribute.attribute_id in chosen:
            continue
        if attribute.is_required or attribute.attribute_id in rules.hidden_required:
            raise Refusal(12052104, f"The required attribute {attribute.attribute_id} ({attribute.name}) is missing")
        if attribute.required_with and attribute.required_with[1] in chosen.get(attribute.required_with[0], ()):
            raise Refusal(12052182, f"The attribute {attribute.attribute_id} ({attribute.name}) is required here")


def _values(attribute: Attribute, rows: list[dict[str, Any]]) -> set[str]:
    """The ids of listed values chosen. An id wins over a name."""
    if not rows:
        raise Refusal(12052248, f"The value of attribute {attribute.attribute_id} is empty")
    if len(rows) > 1 and not attribute.is_multiple:
        raise Refusal(12052246, f"The attribute {attribute.attribute_id} takes one value")
    listed = dict(attribute.values)
    ids = {read.text(row, "id") for row in rows if row.get("id")}
    if ids - listed.keys():
        raise Refusal(
            12052935, f"The attribute {attribute.attribute_id} has no value {', '.join(sorted(ids - listed.keys()))}"
        )
    for row in rows:
        if not row.get("id"):
            _free_text(attribute, read.text(row, "name", ""))
    return ids


def _free_text(attribute: Attribute, value: str) -> None:
    if attribute.values and not attribute.is_customizable:
        raise Refusal(12052240, f"The attribute {attribute.attribute_id} takes listed values only")
    if not value.strip():
        raise Refusal(12052248, f"The value of attribute {attribute.attribute_id} is empty")
    if len(value) > LONGEST_VALUE:
        raise Refusal(12052249, f"The value of attribute {attribute.attribute_id} is too long")
    if CHINESE.search(value):
        raise Refusal(12052250, f"The value of attribute {attribute.attribute_id} holds Chinese characters")
    if attribute.is_number and not (POSITIVE.fullmatch(value) and float(value) > 0):
        raise Refusal(12052256, f"The attribute {attribute.attribute_id} must be a positive number")
