"""Brands a product may name. `UNAUTHORIEZD` is their spelling (Partner Center reference, read 2026-11-23)."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.world import World

FIRST_OWN_ID = 7_082_427_311_584_348_001


@dataclass(frozen=True)
class Brand:
    brand_id: str
    name: str
    is_authorized: bool = False

    def as_json(self) -> dict[str, Any]:
        status = "AUTHORIZED" if self.is_authorized else "UNAUTHORIEZD"
        shown = {"id": self.brand_id, "name": self.name, "authorized_status": status}
        return shown | {"is_t1_brand": False, "brand_status": "ONLINE"}


def _seeded() -> dict[str, Brand]:
    rows = (Brand("7082427311584347001", "Trà Tân Cương", is_authorized=True), Brand("7082427311584347002", "La Bằng"))
    return {brand.brand_id: brand for brand in rows}


@dataclass
class Brands:
    world: World
    known: dict[str, Brand] = field(default_factory=_seeded)

    def add(self, name: str) -> Brand:
        brand = Brand(str(self.world.counter("tiktok_shop.brand", FIRST_OWN_ID)), name)
        self.known[brand.brand_id] = brand
        return brand
