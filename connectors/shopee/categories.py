"""Where each sub-group of the programme is sold on Shopee: beginnings of leaf categories' names, the best first.

The tree differs per shop and its ids are read, never written down (v2 reference 3.1, read 2026-11-23: no Vietnamese ids are
published). A name matches whole, or as the first words of a longer one, without regard to case, in Vietnamese or English.
`OCOP_SHOPEE__CATEGORIES` overrules this table. Services (rural tourism) have no place on a goods marketplace, so no row here.
"""

import re
from collections.abc import Iterable, Mapping

from connectors.errors import RejectedError
from connectors.shopee.payloads.reference import Category

LEAVES: Mapping[str, tuple[str, ...]] = {
    "food/fresh_produce": ("Rau củ", "Rau, củ", "Fresh Vegetables", "Trái cây tươi", "Fresh Fruits"),
    "food/fresh_animal": ("Thịt tươi", "Fresh Meat", "Thủy sản tươi", "Trứng", "Eggs"),
    "food/rice_grain": ("Gạo", "Rice", "Ngũ cốc"),
    "food/honey_other": ("Mật ong", "Honey"),
    "food/instant": ("Mì, phở, cháo ăn liền", "Instant Noodles", "Thực phẩm ăn liền", "Thức ăn nấu chín"),
    "food/processed_cereal": ("Bún, miến", "Noodles", "Bánh kẹo truyền thống", "Bột"),
    "food/processed_fruit_veg": (
        "Rau, củ, quả chế biến",
        "Processed Vegetables",
        "Trái cây & rau củ sấy",
        "Dried Fruits",
    ),
    "food/processed_animal": ("Thịt & thủy sản chế biến", "Processed Meat", "Thịt & cá khô", "Dried Meat"),
    "food/seasoning_liquid": ("Nước mắm", "Fish Sauce", "Nước chấm"),
    "food/seasoning": ("Gia vị", "Spices", "Seasoning"),
    "food/tea": ("Trà", "Tea"),
    "food/other_tea": ("Trà thảo mộc", "Herbal Tea", "Herbal", "Trà", "Tea"),
    "food/coffee_cocoa": ("Cà phê", "Coffee", "Ca cao", "Cocoa"),
    "beverage/white_spirit": ("Rượu trắng", "Rượu mạnh", "Spirits"),
    "beverage/alcohol_other": ("Rượu trái cây", "Bia & rượu trái cây", "Beer & Fruit Wine", "Rượu vang", "Wine"),
    "beverage/mineral_water": ("Nước khoáng", "Mineral Water"),
    "beverage/soft": ("Nước giải khát", "Nước ép", "Juice", "Soft Drinks"),
    "medicinal_herb/functional_food": ("Thực phẩm chức năng", "Hỗ trợ sức khỏe", "Health Supplements", "Well Being"),
    "medicinal_herb/cosmetic": ("Mỹ phẩm thảo dược", "Mỹ phẩm thiên nhiên", "Natural Skin Care"),
    "medicinal_herb/essential_oil": ("Tinh dầu", "Essential Oil"),
    "medicinal_herb/other": ("Dược liệu", "Medicinal Herbs", "Thảo dược"),
    "handicraft/household_decor": ("Đồ thủ công mỹ nghệ", "Handicrafts", "Đồ trang trí"),
    "handicraft/textile": ("Vải", "Fabric", "Trang phục dân tộc"),
    "ornamental/flower": ("Hoa tươi", "Flowers"),
    "ornamental/plant": ("Cây cảnh", "Ornamental Plants"),
    "ornamental/animal": ("Cá cảnh", "Ornamental Fish", "Động vật cảnh"),
}


def leaf_for(sub_group: str, tree: Iterable[Category], chosen: Mapping[str, int]) -> int:
    """The leaf category of a sub-group. Raises RejectedError, naming the setting to write, when the tree has none."""
    if sub_group in chosen:
        return chosen[sub_group]
    named = [
        (name.casefold(), category.category_id)
        for category in tree
        if not category.has_children
        for name in (category.display_category_name, category.original_category_name)
    ]
    for wanted in LEAVES.get(sub_group, ()):
        begins = re.compile(rf"{re.escape(wanted.casefold())}\b")
        if found := sorted((len(name), category_id) for name, category_id in named if begins.match(name)):
            return found[0][1]  # the shortest: "Trà" before "Trà thảo mộc & trà hoa"
    example = f'OCOP_SHOPEE__CATEGORIES={{"{sub_group}": 100823}}'
    raise RejectedError(f"Shopee không có ngành hàng nào khớp với phân nhóm {sub_group}; hãy đặt {example}")
