"""Attributes per category, and the check of those a listing brings (Shopee v2 reference, attribute pages, read 2026-11-23).

Drop-downs (types 1, 4) take listed ids only; combos (2, 5) and free text (3) take `value_id` 0 with `original_value_name`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.shopee import read
from sandbox.shopee.categories import ALCOHOLIC
from sandbox.shopee.refusal import Refusal

DROP_DOWN, COMBO, FREE_TEXT, MULTI_DROP_DOWN, MULTI_COMBO = 1, 2, 3, 4, 5
LISTED_ONLY = frozenset({DROP_DOWN, MULTI_DROP_DOWN})


@dataclass(frozen=True)
class Value:
    value_id: int
    english: str
    vietnamese: str


@dataclass(frozen=True)
class Attribute:
    attribute_id: int
    english: str
    vietnamese: str
    mandatory: bool
    input_type: int
    validation: int = 2  # 0 none, 1 int, 2 string, 3 float, 4 date
    units: tuple[str, ...] = ()
    most_values: int = 1
    values: tuple[Value, ...] = ()

    def value(self, value_id: int) -> Value | None:
        return next((value for value in self.values if value.value_id == value_id), None)


ORIGIN = Attribute(
    attribute_id=100037,
    english="Country of Origin",
    vietnamese="Xuất xứ",
    mandatory=True,
    input_type=DROP_DOWN,
    values=(
        Value(556, "Vietnam", "Việt Nam"),
        Value(512, "China", "Trung Quốc"),
        Value(531, "Japan", "Nhật Bản"),
        Value(537, "Korea", "Hàn Quốc"),
        Value(549, "Thailand", "Thái Lan"),
    ),
)
EXPIRY = Attribute(100010, "Expiry Date", "Ngày hết hạn", mandatory=False, input_type=FREE_TEXT, validation=4)
NET_WEIGHT = Attribute(
    100095, "Net Weight", "Khối lượng tịnh", mandatory=False, input_type=COMBO, validation=3, units=("g", "kg")
)
STORAGE = Attribute(
    attribute_id=100411,
    english="Storage Condition",
    vietnamese="Điều kiện bảo quản",
    mandatory=False,
    input_type=MULTI_DROP_DOWN,
    most_values=3,
    values=(
        Value(2401, "Cool and dry", "Khô ráo, thoáng mát"),
        Value(2402, "Chilled", "Ngăn mát"),
        Value(2403, "Frozen", "Ngăn đông"),
    ),
)
ALCOHOL = Attribute(
    100512, "Alcohol Content", "Nồng độ cồn", mandatory=True, input_type=FREE_TEXT, validation=3, units=("%",)
)


def of_category(category_id: int) -> tuple[Attribute, ...]:
    common = (ORIGIN, EXPIRY, NET_WEIGHT, STORAGE)
    return (*common, ALCOHOL) if category_id in ALCOHOLIC else common


def check(category_id: int, sent: Iterable[dict[str, Any]]) -> None:
    """Refuse unknown attributes and values, and the first mandatory attribute that is missing."""
    known = {attribute.attribute_id: attribute for attribute in of_category(category_id)}
    given = set()
    for row in sent:
        attribute = known.get(read.integer(row, "attribute_id"))
        if attribute is None:
            raise Refusal("error_invalid_attribute_value", f"attribute {row['attribute_id']} is not of this category")
        for value in read.rows(row, "attribute_value_list", 1, attribute.most_values):
            _check_value(attribute, value)
        given.add(attribute.attribute_id)
    for attribute in known.values():
        if attribute.mandatory and attribute.attribute_id not in given:
            raise Refusal("error_less_required_attribute", f"Mandatory attribute is missing: {attribute.english}")


def shown(category_id: int, sent: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A listing's attributes as get_item_base_info prints them."""
    known = {attribute.attribute_id: attribute for attribute in of_category(category_id)}
    return [_shown(known[row["attribute_id"]], row) for row in sent]


def _check_value(attribute: Attribute, value: dict[str, Any]) -> None:
    value_id = read.integer(value, "value_id")
    if value_id and attribute.input_type == FREE_TEXT:
        raise Refusal("error_value_id_must_equal_zero", f"{attribute.english} takes value_id 0")
    if value_id and attribute.value(value_id) is None:
        raise Refusal("error_invalid_attribute_value", f"{attribute.english} has no value {value_id}")
    if value_id:
        return
    if attribute.input_type in LISTED_ONLY or not read.text(value, "original_value_name"):
        raise Refusal("error_invalid_attribute_value", f"{attribute.english} takes a listed value or a name")
    if attribute.units and value.get("value_unit") not in attribute.units:
        raise Refusal("error_invalid_attribute_value", f"{attribute.english} takes a unit of {list(attribute.units)}")


def _shown(attribute: Attribute, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "attribute_id": attribute.attribute_id,
        "original_attribute_name": attribute.english,
        "is_mandatory": attribute.mandatory,
        "attribute_value_list": [_shown_value(attribute, value) for value in row["attribute_value_list"]],
    }


def _shown_value(attribute: Attribute, sent: dict[str, Any]) -> dict[str, Any]:
    listed = attribute.value(sent["value_id"])
    name = listed.english if listed else sent["original_value_name"]
    return {"value_id": sent["value_id"], "original_value_name": name, "value_unit": sent.get("value_unit", "")}
