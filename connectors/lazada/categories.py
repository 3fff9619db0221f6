"""Where each sub-group of the programme is sold on Lazada: beginnings of leaf categories' names, the best first.

The ids are in no document we have and are read, never written down (reference, sections 3.1 and 9, read 2026-11-24). A name
matches whole, or as the first words of a longer one, without regard to case, tones and punctuation. The office's own choice
comes first, then `OCOP_LAZADA__CATEGORY_IDS`. Services (rural tourism) have no place on a goods marketplace: no row here.
"""

from collections.abc import Mapping, Sequence

from connectors.names import best_named

NAMES: Mapping[str, tuple[str, ...]] = {
    "food/fresh_produce": ("Rau củ tươi", "Rau tươi", "Rau củ", "Trái cây tươi", "Trái cây"),
    "food/fresh_animal": ("Thịt tươi", "Thịt & gia cầm", "Trứng", "Hải sản tươi", "Thịt"),
    "food/rice_grain": ("Gạo", "Ngũ cốc & hạt", "Ngũ cốc"),
    "food/honey_other": ("Mật ong", "Đặc sản"),
    "food/instant": ("Thực phẩm ăn liền", "Đồ ăn liền", "Mì ăn liền", "Mì, phở, cháo ăn liền", "Đồ ăn chế biến sẵn"),
    "food/processed_cereal": ("Miến", "Bún & miến", "Bún", "Mì, miến", "Mì & miến", "Bánh truyền thống", "Bánh"),
    "food/processed_fruit_veg": (
        "Rau củ quả chế biến",
        "Rau củ chế biến",
        "Trái cây & rau củ sấy",
        "Trái cây sấy",
        "Rau củ sấy",
        "Thực phẩm khô",
    ),
    "food/processed_animal": (
        "Thịt & thủy sản chế biến",
        "Thịt chế biến",
        "Thịt & cá khô",
        "Thịt đóng hộp",
        "Thực phẩm khô",
    ),
    "food/seasoning_liquid": ("Nước mắm", "Nước chấm", "Nước sốt"),
    "food/seasoning": ("Gia vị",),
    "food/tea": ("Trà túi & trà lá", "Trà lá", "Trà xanh", "Trà"),
    "food/other_tea": ("Trà thảo mộc", "Trà hoa", "Trà túi", "Trà"),
    "food/coffee_cocoa": ("Cà phê", "Ca cao", "Cacao"),
    "beverage/white_spirit": ("Rượu trắng", "Rượu mạnh", "Rượu"),
    "beverage/alcohol_other": ("Rượu trái cây", "Rượu vang", "Bia", "Rượu"),
    "beverage/mineral_water": ("Nước khoáng", "Nước uống đóng chai", "Nước suối"),
    "beverage/soft": ("Nước giải khát", "Nước ép", "Nước ngọt"),
    "medicinal_herb/functional_food": ("Thực phẩm chức năng", "Thực phẩm bảo vệ sức khỏe", "Vitamin & khoáng chất"),
    "medicinal_herb/cosmetic": ("Mỹ phẩm thảo dược", "Chăm sóc da", "Mỹ phẩm"),
    "medicinal_herb/essential_oil": ("Tinh dầu",),
    "medicinal_herb/other": ("Thảo dược", "Dược liệu", "Đông y"),
    "handicraft/household_decor": ("Đồ thủ công mỹ nghệ", "Thủ công mỹ nghệ", "Đồ trang trí", "Trang trí nhà cửa"),
    "handicraft/textile": ("Thổ cẩm", "Vải", "Trang phục dân tộc"),
    "ornamental/flower": ("Hoa tươi", "Hoa"),
    "ornamental/plant": ("Cây cảnh", "Cây trồng", "Cây"),
    "ornamental/animal": ("Cá cảnh", "Động vật cảnh"),
}


def leaf_for(sub_group: str, leaves: Sequence[tuple[str, str]]) -> str | None:
    """The id of the leaf whose name fits best, among (name key, id); None when none does."""
    return best_named(NAMES.get(sub_group, ()), leaves)
