"""Shopee's mass upload and mass update as its seller centre takes them: row by row, refusals written into the error column.

Row 2 must name the shop and carry the hash of the download, or the whole file is refused (read 2026-11-23). Rules are those of
the played API: see `sandbox.shopee.rules`.
"""

import io
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from openpyxl import load_workbook

from sandbox.sheets.shopee import MARKET, mark
from sandbox.shopee.categories import BLOCKED, is_leaf, recommended
from sandbox.shopee.channels import CHANNELS
from sandbox.shopee.listing import FIRST_ITEM_ID
from sandbox.shopee.rules import Rules
from sandbox.shopee.taxonomy import NO_BRAND
from sandbox.world import World

Cells = Mapping[str, Any]  # by token
DATA, GRAMS_PER_KG = 7, 1000
RULES = Rules()


class WrongFile(Exception):  # noqa: N818 - what the page says, not our fault
    """The file as a whole is not taken."""


def take_upload(world: World, shop: str, package: bytes) -> bytes:
    """New products of the rows that pass; the returned file says why the others did not."""
    book = load_workbook(io.BytesIO(package))
    sheet: Any = book.worksheets[0]
    tokens = _tokens(sheet)
    _check(world, shop, sheet, "basic")
    for number in range(DATA, sheet.max_row + 1):
        cells = {token: sheet.cell(number, column).value for token, column in tokens.items()}
        if not any(value is not None for value in cells.values()):
            continue
        reason = _refusal(cells)
        sheet.cell(number, tokens["et_title_reason"], reason)
        if reason is None:
            _create(world, shop, cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def take_sales(world: World, shop: str, package: bytes) -> None:
    """Prices and stock of a filled sales sheet."""
    sheet: Any = load_workbook(io.BytesIO(package)).worksheets[0]
    tokens = _tokens(sheet)
    _check(world, shop, sheet, "sales_info")
    for number in range(DATA, sheet.max_row + 1):
        cells = {token: sheet.cell(number, column).value for token, column in tokens.items()}
        named = cells["et_title_variation_id"]
        offer = world.offer(MARKET, int(cells["et_title_product_id"] if named == "0" else named))
        if offer is None:
            raise WrongFile(f"row {number} names a product that is not here")
        offer.price_vnd, offer.stock = int(cells["et_title_variation_price"]), int(cells["et_title_variation_stock"])
        world.touch(offer)


def _tokens(sheet: Any) -> dict[str, int]:
    return {str(cell.value).partition("|")[0]: cell.column for cell in sheet[1] if cell.value}


def _check(world: World, shop: str, sheet: Any, kind: str) -> None:
    found = [sheet.cell(2, column).value for column in range(1, 5)]
    if found != [kind, mark(world, shop, kind), None, shop]:
        raise WrongFile("the template is outdated or of another shop")


def _refusal(cells: Cells) -> str | None:
    """The first rule that the row breaks, in the words of the returned file."""
    name, description, price = cells["ps_product_name"], cells["ps_product_description"], cells["ps_price"]
    channels = [value for token, value in cells.items() if token.startswith("channel_id")]
    rules = (
        (
            isinstance(name, str) and RULES.name_length.low <= len(name) <= RULES.name_length.high,
            "Tên sản phẩm phải từ 10 đến 120 ký tự",
        ),
        (isinstance(description, str) and len(description) >= RULES.description_length.low, "Mô tả sản phẩm quá ngắn"),
        (isinstance(price, int) and RULES.price_vnd.low <= price <= RULES.price_vnd.high, "Giá không hợp lệ"),
        (isinstance(cells["ps_stock"], int), "Kho hàng không hợp lệ"),
        (isinstance(cells["ps_weight"], int) and cells["ps_weight"] > 0, "Cân nặng không hợp lệ"),
        (str(cells["ps_item_cover_image"]).startswith("http"), "Ảnh bìa không hợp lệ"),
        ("On" in channels, "Chưa bật đơn vị vận chuyển nào"),
        (_category(cells) is not None, "Ngành hàng không hợp lệ"),
    )
    return next((reason for is_kept, reason in rules if not is_kept), None)


def _category(cells: Cells) -> int | None:
    """The one that was chosen, or Shopee's own guess."""
    given = cells["ps_category"]
    found = [int(given)] if given is not None else recommended(str(cells["ps_product_name"]))
    return next((one for one in found if is_leaf(one) and one not in BLOCKED), None)


def _create(world: World, shop: str, cells: Cells) -> None:
    addresses = [value for token, value in cells.items() if "_image" in token and isinstance(value, str)]
    pictures = [sha256(address.encode()).hexdigest()[:32] for address in addresses]
    item = {
        "item_name": cells["ps_product_name"],
        "description": cells["ps_product_description"],
        "description_type": "normal",
        "weight": cells["ps_weight"] / GRAMS_PER_KG,
        "category_id": _category(cells),
        "image": {"image_id_list": pictures},
        "logistic_info": [{"logistic_id": CHANNELS[0]["logistics_channel_id"], "enabled": True}],
        "brand": NO_BRAND,
        "condition": "NEW",
        "item_sku": cells["ps_sku_parent_short"],
    }
    world.add_offer(
        MARKET,
        shop,
        item["item_sku"],
        item["item_name"],
        item["description"],
        cells["ps_price"],
        cells["ps_stock"],
        weight_g=cells["ps_weight"],
        images=pictures,
        offer_id=world.counter("shopee.item", FIRST_ITEM_ID),
        extra={"item": item, "model_ids": [], "tiers": []},
    )
