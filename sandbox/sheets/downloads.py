"""The upload sheets a seller centre offers for download, by kind, as the shop stands now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from sandbox.sandbox import Sandbox
from sandbox.sheets import lazada, shopee, tiktok_shop
from sandbox.tiktok_shop.site import TikTokShopApi


@dataclass(frozen=True)
class Download:
    """One kind of sheet. `name` is as the seller centre names it, `{shop}` being the shop's id."""

    market: str
    name: str
    sheet: Callable[[Sandbox, str], bytes]

    def write(self, world: Sandbox, shop: str, _days: tuple[date, date], folder: Path) -> Path:
        """Days are for files that report on them; a sheet shows what is. The same world gives the same file."""
        path = folder / self.name.format(shop=shop)
        with world.world.lock:
            path.write_bytes(self.sheet(world, shop))
        return path


def _update(kind: str) -> Download:
    name = f"mass_update_{kind}_{{shop}}_20261001000000.xlsx"
    return Download("shopee", name, lambda world, shop: shopee.mass_update(world.world, shop, kind))


def _batch_edit(world: Sandbox, shop: str, subject: str) -> bytes:
    site = cast("TikTokShopApi", world.sites["tiktok_shop.api"])
    return tiktok_shop.batch_edit(site.stage.shelf, shop, subject)


DOWNLOADS: Mapping[str, Download] = {
    **{f"shopee.mass_update.{kind}": _update(kind) for kind in shopee.UPDATE_COLUMNS},
    "shopee.mass_upload.basic": Download(
        "shopee",
        "Shopee_mass_upload_2026-10-01_basic_template.xlsx",
        lambda world, shop: shopee.mass_upload(world.world, shop),
    ),
    "tiktok_shop.batch_edit.all": Download(
        "tiktok_shop",
        "Tiktoksellercenter_batchedit_20261001_all_information_template.xlsx",
        lambda world, shop: _batch_edit(world, shop, "All_Information"),
    ),
    "tiktok_shop.batch_edit.sales": Download(
        "tiktok_shop",
        "Tiktoksellercenter_batchedit_20261001_sales_information_template.xlsx",
        lambda world, shop: _batch_edit(world, shop, "Sales_Information"),
    ),
    "lazada.price_stock": Download(
        "lazada",
        "pricestock{shop}export1790812800000_1001-00-00-00.xlsx",
        lambda world, shop: lazada.price_stock(world.world, shop),
    ),
    "lazada.basic": Download(
        "lazada",
        "basic{shop}export1790812800000_1001-00-00-00.xlsx",
        lambda world, shop: lazada.basic(world.world, shop),
    ),
}
