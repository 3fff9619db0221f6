"""Where each sub-group of the programme is sold on Shopee: names of leaf categories, the first that the shop's tree has.

The tree differs per shop and its ids are read, never written down (v2 reference 3.1, read 2026-11-23: no Vietnamese ids are
published). A name matches without regard to case, in Vietnamese or English. `OCOP_SHOPEE__CATEGORIES` overrules this table.
Services (rural tourism) have no place on a goods marketplace, so no row here.
"""

from collections.abc import Iterable, Mapping

from connectors.errors import RejectedError
from connectors.shopee.payloads.reference import Category

LEAVES: Mapping[str, tuple[str, ...]] = {
    "food/fresh_produce": ("Rau củ quả", "Rau củ", "Trái cây", "Vegetables", "Fruits"),
    "food/fresh_animal": ("Thịt", "Trứng", "Hải sản tươi", "Meat", "Eggs"),
    "food/rice_grain": ("Gạo", "Gạo & Ngũ cốc", "Rice"),
    "food/honey_other": ("Mật ong", "Mật ong & Si-rô", "Honey"),
    "food/instant": ("Thực phẩm ăn liền", "Đồ ăn liền", "Đồ ăn nhanh", "Instant Food"),
    "food/processed_cereal": ("Bún, miến, phở", "Mì, Phở, Miến", "Mì & Bún & Phở", "Bún khô", "Noodles"),
    "food/processed_fruit_veg": ("Thực phẩm khô", "Rau củ sấy", "Đồ khô", "Dried Food"),
    "food/processed_animal": ("Thịt chế biến", "Đồ chế biến sẵn", "Xúc xích & Giăm bông", "Processed Meat"),
    "food/seasoning_liquid": ("Nước mắm & Nước chấm", "Nước chấm", "Nước mắm", "Sauces"),
    "food/seasoning": ("Gia vị", "Muối & Gia vị", "Seasoning"),
    "food/tea": ("Trà", "Trà & Trà túi lọc", "Tea & Tea Bags", "Tea"),
    "food/other_tea": ("Trà thảo mộc", "Trà", "Herbal Tea", "Tea & Tea Bags"),
    "food/coffee_cocoa": ("Cà phê", "Coffee"),
    "beverage/white_spirit": ("Rượu trắng", "Rượu mạnh", "Rượu", "Spirits"),
    "beverage/alcohol_other": ("Đồ uống có cồn khác", "Rượu vang", "Rượu", "Bia", "Wine"),
    "beverage/mineral_water": ("Nước khoáng", "Nước", "Nước uống", "Mineral Water"),
    "beverage/soft": ("Nước giải khát", "Đồ uống không cồn", "Nước ép", "Soft Drinks"),
    "medicinal_herb/functional_food": ("Thực phẩm chức năng", "Thực phẩm bảo vệ sức khỏe", "Health Supplements"),
    "medicinal_herb/cosmetic": ("Mỹ phẩm thảo dược", "Chăm sóc da", "Dưỡng da", "Skincare"),
    "medicinal_herb/essential_oil": ("Tinh dầu", "Essential Oils"),
    "medicinal_herb/other": ("Dược liệu", "Thảo dược", "Herbs"),
    "handicraft/household_decor": ("Đồ thủ công mỹ nghệ", "Đồ trang trí", "Trang trí nhà cửa", "Home Decor"),
    "handicraft/textile": ("Vải", "Khăn & Vải", "Trang phục truyền thống", "Fabric"),
    "ornamental/flower": ("Hoa tươi", "Hoa", "Flowers"),
    "ornamental/plant": ("Cây cảnh", "Cây & Hạt giống", "Plants"),
    "ornamental/animal": ("Động vật cảnh", "Cá cảnh", "Thú cưng", "Pets"),
}


def leaf_for(sub_group: str, tree: Iterable[Category], chosen: Mapping[str, int]) -> int:
    """The leaf category of a sub-group. Raises RejectedError, naming the setting to write, when the tree has none."""
    if sub_group in chosen:
        return chosen[sub_group]
    by_name = {
        name.casefold(): category.category_id
        for category in tree
        if not category.has_children
        for name in (category.original_category_name, category.display_category_name)
    }
    for name in LEAVES.get(sub_group, ()):
        if name.casefold() in by_name:
            return by_name[name.casefold()]
    example = f'OCOP_SHOPEE__CATEGORIES={{"{sub_group}": 100823}}'
    raise RejectedError(f"Shopee không có ngành hàng nào khớp với phân nhóm {sub_group}; hãy đặt {example}")
