"""Where each sub-group of the programme is sold on TikTok Shop: beginnings of leaf categories' names, the best first.

The tree changes often and its ids are read, never written down (Partner reference 3.2, read 2026-11-24: no Vietnamese tree is
published). A name matches whole, or as the first words of a longer one, without regard to case, tones and punctuation. What
the office chose goes before this table. Services (rural tourism) have no place on a goods marketplace, so no row here.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from connectors.names import best_named

NAMES: Mapping[str, tuple[str, ...]] = {
    "food/fresh_produce": ("Rau củ tươi", "Rau, củ, quả tươi", "Rau củ", "Trái cây tươi"),
    "food/fresh_animal": ("Thịt tươi", "Thủy sản tươi", "Hải sản tươi", "Trứng"),
    "food/rice_grain": ("Gạo", "Ngũ cốc", "Gạo & ngũ cốc"),
    "food/honey_other": ("Mật ong", "Mật ong & siro"),
    "food/instant": ("Thực phẩm ăn liền", "Đồ ăn liền", "Mì ăn liền", "Mì, phở", "Đồ ăn nhanh"),
    "food/processed_cereal": ("Bún, miến", "Miến", "Mì, miến", "Bún", "Mì & bún", "Ngũ cốc", "Bột", "Bánh kẹo"),
    "food/processed_fruit_veg": (
        "Rau củ chế biến",
        "Rau, củ, quả chế biến",
        "Trái cây sấy",
        "Rau củ sấy",
        "Thực phẩm sấy",
        "Đồ khô",
    ),
    "food/processed_animal": (
        "Thịt chế biến",
        "Thịt & thủy sản",
        "Thịt & hải sản",
        "Thịt khô",
        "Hải sản chế biến",
        "Thủy sản chế biến",
    ),
    "food/seasoning_liquid": ("Nước mắm", "Nước chấm", "Nước sốt", "Gia vị"),
    "food/seasoning": ("Gia vị", "Gia vị & nước chấm"),
    "food/tea": ("Trà", "Chè", "Trà khô", "Trà xanh"),
    "food/other_tea": ("Trà thảo mộc", "Trà túi lọc", "Trà", "Chè"),
    "food/coffee_cocoa": ("Cà phê", "Ca cao"),
    "beverage/white_spirit": ("Rượu trắng", "Rượu mạnh", "Rượu"),
    "beverage/alcohol_other": ("Đồ uống có cồn", "Rượu trái cây", "Rượu vang", "Bia & rượu", "Rượu"),
    "beverage/mineral_water": ("Nước khoáng", "Nước suối", "Nước uống"),
    "beverage/soft": ("Nước giải khát", "Đồ uống không cồn", "Nước ép", "Nước uống"),
    "medicinal_herb/functional_food": ("Thực phẩm chức năng", "Thực phẩm bảo vệ sức khỏe", "Thực phẩm bổ sung"),
    "medicinal_herb/cosmetic": ("Mỹ phẩm thảo dược", "Mỹ phẩm thiên nhiên", "Chăm sóc da", "Chăm sóc cơ thể"),
    "medicinal_herb/essential_oil": ("Tinh dầu",),
    "medicinal_herb/other": ("Dược liệu", "Thảo dược"),
    "handicraft/household_decor": ("Đồ thủ công mỹ nghệ", "Thủ công mỹ nghệ", "Đồ trang trí", "Trang trí nhà"),
    "handicraft/textile": ("Vải", "Thổ cẩm", "Vải thổ cẩm", "Trang phục dân tộc"),
    "ornamental/flower": ("Hoa tươi", "Hoa"),
    "ornamental/plant": ("Cây cảnh", "Cây cảnh & hoa"),
    "ornamental/animal": ("Cá cảnh", "Động vật cảnh"),
}


class Leaf(NamedTuple):
    """A category that takes products. `key` is its name as names are compared."""

    id: str
    name: str
    key: str
    permissions: tuple[str, ...]  # AVAILABLE, INVITE_ONLY, NON_MAIN_CATEGORY, PROHIBITED


def leaf_for(sub_group: str, leaves: Sequence[Leaf]) -> Leaf | None:
    """The leaf whose name fits best; None when none does."""
    found = best_named(NAMES.get(sub_group, ()), [(leaf.key, leaf.id) for leaf in leaves])
    return next((leaf for leaf in leaves if leaf.id == found), None)
