"""What a category asks of a product, and whether an answer is acceptable (tiki.md section 5, read 2026-11-24).

Numbers are taken as numbers or as text, as sellers send both. A select takes one of its values' texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

COUNTRIES = ("Việt Nam", "Trung Quốc", "Hàn Quốc", "Nhật Bản", "Thái Lan", "Đài Loan", "Hoa Kỳ", "Pháp")
HEAVIEST = 1_000_000  # no parcel has more kilograms or centimetres
OPTION_LABELS = ("Khối lượng", "Dung tích", "Quy cách", "Hương vị", "Màu sắc", "Kích thước")


@dataclass(frozen=True)
class Attribute:
    attribute_id: int
    code: str
    display_name: str
    display_name_en: str
    data_type: str  # text, number, boolean
    input_type: str  # text, textarea, select, multiselect
    is_required: bool = False
    values: tuple[str, ...] = ()

    def to_json(self, category_id: int) -> dict[str, Any]:
        return {
            "id": self.attribute_id,
            "category_id": category_id,
            "code": self.code,
            "display_name": self.display_name,
            "display_name_en": self.display_name_en,
            "description": "",
            "description_en": "",
            "data_type": self.data_type,
            "input_type": self.input_type,
            "default_value": None,
            "is_required": self.is_required,
        }

    def values_json(self, containing: str) -> list[dict[str, Any]]:
        """Only those whose text contains `containing`, whatever the case."""
        rows = (
            {"id": self.attribute_id * 1000 + n, "attribute_code": self.code, "position": n, "value": value}
            for n, value in enumerate(self.values, start=1)
        )
        return [row for row in rows if containing.lower() in str(row["value"]).lower()]

    def accepts(self, answer: object) -> bool:
        if self.input_type == "multiselect":
            return isinstance(answer, list) and all(value in self.values for value in answer)
        if self.input_type == "select":
            return answer in self.values
        if self.data_type == "boolean":
            return str(answer) in {"0", "1"}
        if self.data_type == "number":
            return _is_positive(answer)
        return isinstance(answer, str) and bool(answer.strip())


ATTRIBUTES = (
    Attribute(498, "origin", "Xuất xứ", "Origin", "text", "select", is_required=True, values=COUNTRIES),
    Attribute(499, "brand", "Thương hiệu", "Brand", "text", "text", is_required=True),
    Attribute(500, "brand_country", "Xuất xứ thương hiệu", "Brand country", "text", "select", values=COUNTRIES),
    Attribute(501, "bulky", "Hàng cồng kềnh", "Bulky", "boolean", "text"),
    Attribute(502, "product_top_features", "Đặc điểm nổi bật", "Top features", "text", "textarea"),
    Attribute(
        503, "product_weight_kg", "Khối lượng gói hàng (kg)", "Packed weight (kg)", "number", "text", is_required=True
    ),
    Attribute(504, "product_length", "Chiều dài gói hàng (cm)", "Packed length (cm)", "number", "text"),
    Attribute(505, "product_width", "Chiều rộng gói hàng (cm)", "Packed width (cm)", "number", "text"),
    Attribute(506, "product_height", "Chiều cao gói hàng (cm)", "Packed height (cm)", "number", "text"),
    Attribute(507, "require_expiry_date", "Có hạn sử dụng", "Has expiry date", "boolean", "text", is_required=True),
    Attribute(508, "is_warranty_applied", "Có bảo hành", "Warranty applied", "boolean", "text"),
    Attribute(509, "dimensions", "Kích thước", "Dimensions", "text", "text"),
)
BY_ID = {attribute.attribute_id: attribute for attribute in ATTRIBUTES}
BY_CODE = {attribute.code: attribute for attribute in ATTRIBUTES}


def problems(answers: Mapping[str, Any], *, complete: bool) -> list[tuple[str, str]]:
    """(code, what is wrong) for every bad answer; `complete` also asks for the required ones. Unknown codes are left alone."""
    missing = [a.code for a in ATTRIBUTES if complete and a.is_required and answers.get(a.code) in (None, "")]
    wrong = [
        code
        for code, answer in answers.items()
        if code in BY_CODE and answer not in (None, "") and not BY_CODE[code].accepts(answer)
    ]
    return [(code, f"Attribute {code} is required") for code in missing] + [
        (code, f"Attribute {code} has an invalid value") for code in wrong
    ]


def weight_g(answers: Mapping[str, Any]) -> int | None:
    kilograms = answers.get("product_weight_kg")
    return None if kilograms is None else int(Decimal(str(kilograms)) * 1000)


def _is_positive(answer: object) -> bool:
    if isinstance(answer, bool) or not isinstance(answer, int | float | str):
        return False
    try:
        number = Decimal(str(answer))
    except InvalidOperation:
        return False
    return number.is_finite() and 0 < number < HEAVIEST
