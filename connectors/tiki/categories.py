"""Where each sub-group of the programme is sold on Tiki: beginnings of categories' names, the best first.

The tree is in no document we have and its ids are read, never written down (Tiki Open API notes, section 5, read
2026-11-23). A name matches whole, or as the first words of a longer one, without regard to case, tones and punctuation.
`OCOP_TIKI__CATEGORY_IDS` overrules this table. Services (rural tourism) have no place on a goods marketplace: no row here.
"""

from collections.abc import Mapping

from connectors.names import begins_with, name_key

NAMES: Mapping[str, tuple[str, ...]] = {
    "food/fresh_produce": ("Rau, củ, quả, hạt tươi", "Rau củ quả tươi", "Rau củ tươi", "Trái cây tươi"),
    "food/fresh_animal": ("Thịt, thủy sản, trứng", "Thịt tươi", "Thịt, trứng", "Thủy sản tươi"),
    "food/rice_grain": ("Gạo", "Ngũ cốc"),
    "food/honey_other": ("Mật ong", "Nông sản thực phẩm khác"),
    "food/instant": ("Đồ ăn nhanh", "Đồ ăn liền", "Thực phẩm ăn liền"),
    "food/processed_cereal": ("Mì, miến, bún", "Bún, miến", "Miến", "Ngũ cốc", "Bánh kẹo đặc sản"),
    "food/processed_fruit_veg": ("Rau, củ, quả, hạt chế biến", "Rau củ sấy", "Rau củ quả sấy", "Trái cây sấy"),
    "food/processed_animal": ("Thịt, trứng, sữa, thủy sản chế biến", "Thịt chế biến", "Thịt, cá chế biến", "Thịt khô"),
    "food/seasoning_liquid": ("Nước mắm", "Nước chấm"),
    "food/seasoning": ("Gia vị",),
    "food/tea": ("Trà khô", "Trà lá", "Trà các loại", "Trà"),
    "food/other_tea": ("Trà thảo mộc", "Trà túi lọc", "Trà khô", "Trà"),
    "food/coffee_cocoa": ("Cà phê", "Ca cao"),
    "beverage/white_spirit": ("Rượu trắng", "Rượu"),
    "beverage/alcohol_other": ("Bia và đồ uống có cồn", "Đồ uống có cồn", "Rượu vang", "Rượu"),
    "beverage/mineral_water": ("Nước khoáng", "Nước suối"),
    "beverage/soft": ("Nước giải khát", "Nước ép", "Đồ uống không cồn"),
    "medicinal_herb/functional_food": ("Thực phẩm chức năng", "Thực phẩm bảo vệ sức khỏe"),
    "medicinal_herb/cosmetic": ("Mỹ phẩm thảo dược", "Mỹ phẩm thiên nhiên"),
    "medicinal_herb/essential_oil": ("Tinh dầu",),
    "medicinal_herb/other": ("Dược liệu", "Thảo dược"),
    "handicraft/household_decor": ("Đồ thủ công mỹ nghệ", "Thủ công mỹ nghệ", "Đồ trang trí"),
    "handicraft/textile": ("Vải, thổ cẩm", "Thổ cẩm", "Vải"),
    "ornamental/flower": ("Hoa tươi",),
    "ornamental/plant": ("Cây cảnh",),
    "ornamental/animal": ("Động vật cảnh", "Cá cảnh"),
}
EATEN = ("food/", "beverage/", "medicinal_herb/")  # sold with an expiry date


def category_for(sub_group: str, tree: Mapping[str, list[int]]) -> int | None:
    """The id in a tree of name keys. None when no name matches; one that several categories share is passed over."""
    for wanted in map(name_key, NAMES.get(sub_group, ())):
        whole = tree.get(wanted, [])
        longer = [one for name, ids in tree.items() if name != wanted and begins_with(name, wanted) for one in ids]
        for found in (whole, longer):
            if len(found) == 1:
                return found[0]
    return None
