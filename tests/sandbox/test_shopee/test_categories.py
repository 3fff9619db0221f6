"""The tree is wide enough for the whole register."""

from datetime import date
from typing import Any

from catalog.reference import sub_groups
from sandbox.shopee.categories import BLOCKED, BY_ID, is_leaf

LEAVES = {
    "food/fresh_produce": 100805,
    "food/fresh_animal": 100807,
    "food/rice_grain": 100790,
    "food/honey_other": 100800,
    "food/instant": 100781,
    "food/processed_cereal": 100791,
    "food/processed_fruit_veg": 100784,
    "food/processed_animal": 100782,
    "food/seasoning_liquid": 100795,
    "food/seasoning": 100796,
    "food/tea": 100823,
    "food/other_tea": 100828,
    "food/coffee_cocoa": 100824,
    "beverage/mineral_water": 100826,
    "beverage/soft": 100827,
    "medicinal_herb/functional_food": 100110,
    "medicinal_herb/cosmetic": 100850,
    "medicinal_herb/essential_oil": 100852,
    "medicinal_herb/other": 100120,
    "handicraft/household_decor": 100860,
    "handicraft/textile": 100863,
    "ornamental/flower": 100864,
    "ornamental/plant": 100865,
    "ornamental/animal": 100880,
}


def test_every_sub_group_of_goods_has_a_leaf() -> None:
    """Each may be listed somewhere that takes listings; spirits have a leaf that takes none."""
    goods = {group.slug for group in sub_groups(date(2026, 10, 1)) if group.nature == "goods"}
    assert goods == set(LEAVES)
    assert [slug for slug, leaf in LEAVES.items() if not is_leaf(leaf) or leaf in BLOCKED] == []
    assert [BY_ID[leaf].vietnamese for leaf in BLOCKED] == ["Rượu mạnh"]


def test_a_name_finds_its_leaf(shop: Any) -> None:
    """category_recommend knows the words of its own tree, the best match first, and at most three."""
    found = shop.get("product/category_recommend", item_name="Mật ong rừng nguyên chất")["response"]["category_id"]
    assert (found[0], len(found) <= 3) == (100800, True)
    nothing = shop.get("product/category_recommend", item_name="xyz")
    assert nothing["response"]["category_id"] == []
