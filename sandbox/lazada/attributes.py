"""Attributes per category (Lazada Open Platform reference, attribute page, read 2026-11-24). Ids and options are invented.

`normal` ones go in `Attributes`, `sku` ones in each `Sku`; a sale property goes under `saleProp`.
"""

from typing import Any, NamedTuple

from sandbox.lazada.categories import BY_ID

SINGLE, MULTI, OPEN_LIST, NUMBER, TEXT, RICH = "singleSelect", "multiSelect", "enumInput", "numeric", "text", "richText"
LISTED_ONLY = frozenset({SINGLE, MULTI})

Options = tuple[tuple[str, str], ...]


class Attribute(NamedTuple):
    """`options` are pairs of the English name that is sent and the Vietnamese that is shown."""

    attribute_id: int
    name: str
    vietnamese: str
    input_type: str = TEXT
    mandatory: bool = False
    level: str = "normal"
    sale: bool = False
    options: Options = ()
    key: bool = False
    unit: tuple[str, ...] = ()


NAME = Attribute(1001, "name", "Tên sản phẩm", TEXT, mandatory=True)
BRAND = Attribute(1002, "brand", "Thương hiệu", SINGLE, mandatory=True)
DESCRIPTION = Attribute(1003, "description", "Mô tả sản phẩm", RICH)
SHORT_DESCRIPTION = Attribute(1004, "short_description", "Điểm nổi bật", RICH)
MODEL = Attribute(1005, "model", "Mẫu mã")
ORIGIN = Attribute(
    attribute_id=1201,
    name="country_of_origin",
    vietnamese="Xuất xứ",
    input_type=SINGLE,
    options=(("Vietnam", "Việt Nam"), ("China", "Trung Quốc"), ("Japan", "Nhật Bản"), ("Thailand", "Thái Lan")),
    key=True,
)
SHELF_LIFE = Attribute(1202, "shelf_life", "Hạn sử dụng", NUMBER, key=True, unit=("months",))
TEA_TYPE = Attribute(
    attribute_id=1203,
    name="tea_type",
    vietnamese="Loại trà",
    input_type=SINGLE,
    mandatory=True,
    options=(
        ("Green Tea", "Trà xanh"),
        ("Black Tea", "Hồng trà"),
        ("Oolong Tea", "Trà ô long"),
        ("White Tea", "Trà trắng"),
        ("Flower Tea", "Trà ướp hoa"),
        ("Others", "Khác"),
    ),
    key=True,
)
STORAGE = Attribute(
    attribute_id=1204,
    name="storage_condition",
    vietnamese="Bảo quản",
    input_type=MULTI,
    options=(("Cool and dry", "Khô ráo, thoáng mát"), ("Chilled", "Ngăn mát"), ("Frozen", "Ngăn đông")),
)
ALCOHOL = Attribute(1205, "alcohol_content", "Nồng độ cồn", NUMBER, mandatory=True, unit=("% vol",))
MATERIAL = Attribute(
    1206, "material", "Chất liệu", OPEN_LIST, options=(("Bamboo", "Tre"), ("Wood", "Gỗ"), ("Cotton", "Vải"))
)

SELLER_SKU = Attribute(1300, "SellerSku", "Mã SKU của nhà bán", TEXT, mandatory=True, level="sku")
PACKAGE = (
    Attribute(1301, "package_weight", "Khối lượng kiện (kg)", NUMBER, mandatory=True, level="sku"),
    Attribute(1302, "package_length", "Chiều dài kiện (cm)", NUMBER, mandatory=True, level="sku"),
    Attribute(1303, "package_width", "Chiều rộng kiện (cm)", NUMBER, mandatory=True, level="sku"),
    Attribute(1304, "package_height", "Chiều cao kiện (cm)", NUMBER, mandatory=True, level="sku"),
)
PRICE = Attribute(1305, "price", "Giá", NUMBER, mandatory=True, level="sku")
QUANTITY = Attribute(1306, "quantity", "Số lượng", NUMBER, level="sku")
SPECIAL_PRICE = Attribute(1307, "special_price", "Giá khuyến mãi", NUMBER, level="sku")
CONTENT = Attribute(1310, "package_content", "Trong kiện có gì", TEXT, level="sku")
WEIGHT = Attribute(
    1401,
    "weight",
    "Khối lượng",
    OPEN_LIST,
    level="sku",
    sale=True,
    options=(("100g", "100g"), ("200g", "200g"), ("500g", "500g"), ("1kg", "1kg")),
)
COLOUR = Attribute(
    1402,
    "color_family",
    "Nhóm màu",
    SINGLE,
    level="sku",
    sale=True,
    options=(("Red", "Đỏ"), ("Blue", "Xanh"), ("Indigo", "Chàm")),
)

COMMON = (NAME, BRAND, DESCRIPTION, SHORT_DESCRIPTION, MODEL, ORIGIN)
SKU_COMMON = (SELLER_SKU, *PACKAGE, PRICE, QUANTITY, SPECIAL_PRICE, CONTENT)
BY_KIND: dict[str, tuple[Attribute, ...]] = {
    "tea": (TEA_TYPE, SHELF_LIFE, STORAGE, WEIGHT),
    "food": (SHELF_LIFE, STORAGE, WEIGHT),
    "alcohol": (ALCOHOL, SHELF_LIFE, WEIGHT),
    "craft": (MATERIAL, COLOUR),
}


def of_category(category_id: int) -> tuple[Attribute, ...]:
    """Every attribute of a leaf."""
    return (*COMMON, *BY_KIND[BY_ID[category_id].kind], *SKU_COMMON)


def as_json(attribute: Attribute, language: str) -> dict[str, Any]:
    vietnamese = language == "vi_VN"
    english_label = attribute.name.replace("_", " ").title()
    shown: dict[str, Any] = {
        "id": attribute.attribute_id,
        "name": attribute.name,
        "label": attribute.vietnamese if vietnamese else english_label,
        "input_type": attribute.input_type,
        "attribute_type": attribute.level,
        "is_mandatory": int(attribute.mandatory),
        "is_sale_prop": int(attribute.sale),
        "options": [
            {"id": attribute.attribute_id * 100 + number, "name": local if vietnamese else english, "en_name": english}
            for number, (english, local) in enumerate(attribute.options, 1)
        ],
        "advanced": {"is_key_prop": int(attribute.key)},
    }
    return shown | ({"unit": {"type": list(attribute.unit), "precision": 2}} if attribute.unit else {})
