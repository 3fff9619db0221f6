"""What a pack of each sub-group might look like and cost: the sandbox's guesses, inside the ranges sources name for tea and spirits.

Tea: 200,000 to 1,000,000 đồng/kg, buds (nõn) 350,000 to 600,000, `đinh` 3 to 4 million; corn spirit 25,000 to 30,000 đồng/litre
(ocop_domain section 9, read 2026-11-24). Every other range is made up for demonstration.
"""

from typing import NamedTuple


class Packs(NamedTuple):
    """`sizes` in g, or in ml when `liquid`; the price range in đồng per kg or litre."""

    sizes: tuple[int, ...]
    lowest_vnd: int
    highest_vnd: int
    liquid: bool = False


PACKS: dict[str, Packs] = {
    "food/fresh_produce": Packs((1000, 2000), 30_000, 90_000),
    "food/fresh_animal": Packs((500, 1000), 140_000, 260_000),
    "food/rice_grain": Packs((5000,), 25_000, 45_000),
    "food/honey_other": Packs((500, 1000), 200_000, 360_000),
    "food/instant": Packs((300,), 90_000, 200_000),
    "food/processed_cereal": Packs((500,), 50_000, 120_000),
    "food/processed_fruit_veg": Packs((500,), 90_000, 260_000),
    "food/processed_animal": Packs((500,), 280_000, 700_000),
    "food/seasoning_liquid": Packs((500,), 60_000, 160_000, liquid=True),
    "food/seasoning": Packs((500,), 60_000, 160_000),
    "food/tea": Packs((100, 200), 200_000, 1_000_000),
    "food/other_tea": Packs((100, 200), 300_000, 900_000),
    "food/coffee_cocoa": Packs((250, 500), 180_000, 420_000),
    "beverage/white_spirit": Packs((500,), 25_000, 60_000, liquid=True),
    "beverage/alcohol_other": Packs((500,), 90_000, 220_000, liquid=True),
    "beverage/mineral_water": Packs((1500,), 6_000, 12_000, liquid=True),
    "beverage/soft": Packs((500,), 30_000, 80_000, liquid=True),
    "medicinal_herb/functional_food": Packs((60, 120), 2_500_000, 5_000_000),
    "medicinal_herb/cosmetic": Packs((100,), 800_000, 2_000_000),
    "medicinal_herb/essential_oil": Packs((10, 30), 6_000_000, 12_000_000, liquid=True),
    "medicinal_herb/other": Packs((200,), 300_000, 900_000),
    "handicraft/household_decor": Packs((400,), 150_000, 450_000),
    "handicraft/textile": Packs((300,), 600_000, 1_800_000),
    "ornamental/flower": Packs((500,), 100_000, 300_000),
    "ornamental/plant": Packs((2000,), 50_000, 200_000),
    "ornamental/animal": Packs((500,), 200_000, 900_000),
}

# Words of a tea's name that put it in a class of its own; the first that fits decides.
TEA_CLASSES: tuple[tuple[str, int, int], ...] = (
    ("đinh", 3_000_000, 4_000_000),
    ("nõn", 350_000, 600_000),
    ("tâm", 350_000, 600_000),
)


def packs_for(sub_group: str, name: str) -> Packs:
    """KeyError for a sub-group that has no packs: a service, or one nobody has thought of here."""
    packs = PACKS[sub_group]
    if sub_group != "food/tea":
        return packs
    words = name.casefold().split()
    fitting = (packs._replace(lowest_vnd=low, highest_vnd=high) for word, low, high in TEA_CLASSES if word in words)
    return next(fitting, packs)
