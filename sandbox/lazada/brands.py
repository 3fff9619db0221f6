"""The brands of the played marketplace: a few hundred invented ones, and "No Brand" far enough down that one page does not hold it."""

from collections.abc import Mapping
from typing import NamedTuple

TOTAL = 450
NO_BRAND_PLACE = 316
NO_BRAND = 30768


class Brand(NamedTuple):
    brand_id: int
    name: str


def _brand(place: int) -> Brand:
    return Brand(NO_BRAND, "No Brand") if place == NO_BRAND_PLACE else Brand(40_000 + place, f"Hiệu Thử {place:03d}")


BRANDS = tuple(_brand(place) for place in range(TOTAL))
BY_ID = {brand.brand_id: brand for brand in BRANDS}
BY_NAME = {brand.name: brand for brand in BRANDS}


def brand_of(fields: Mapping[str, str]) -> Brand:
    """The brand a product's attributes name, by id or by name."""
    brand_id = fields.get("brand_id")
    return BY_NAME[fields["brand"]] if brand_id is None else BY_ID[int(brand_id)]
