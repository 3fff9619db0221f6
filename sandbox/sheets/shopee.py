"""Shopee's mass-update sheets and its upload template (public templates of 2026, read 2026-11-23).

Row 1 tokens, row 2 type, hash, scope and shop, rows 3 to 6 label, requirement, description and rule, data from row 7.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from sandbox.sheets.paper import workbook
from sandbox.things import Offer, OfferState
from sandbox.world import World

MARKET = "shopee"
SHEET, UPLOAD_SHEET = "Sheet1", "Bản đăng tải"
PICTURES = range(1, 9)
CHANNELS = {5001: "Nhanh", 5004: "Hàng Cồng Kềnh"}
Row = Sequence[Any]

UPDATE_COLUMNS: dict[str, dict[str, str]] = {
    "sales_info": {
        "et_title_product_id": "Mã Sản phẩm",
        "et_title_product_name": "Tên Sản phẩm",
        "et_title_variation_id": "Mã Phân loại",
        "et_title_variation_name": "Tên phân loại",
        "et_title_parent_sku": "SKU Sản phẩm",
        "et_title_variation_sku": "SKU",
        "et_title_variation_price": "Giá",
        "ps_gtin_code": "GTIN",
        "et_title_variation_stock": "Số lượng",
    },
    "basic_info": {
        "et_title_product_id": "Mã Sản phẩm",
        "et_title_parent_sku": "SKU Sản phẩm",
        "et_title_product_name": "Tên Sản phẩm",
        "et_title_product_description": "Mô tả Sản phẩm",
        "et_title_reason": "Lý do thất bại",
    },
    "media_info": {
        "et_title_product_id": "Mã Sản phẩm",
        "et_title_parent_sku": "SKU Sản phẩm",
        "et_title_product_name": "Tên Sản phẩm",
        "ps_item_cover_image": "Ảnh bìa",
        **{f"ps_item_image.{n}": f"Hình ảnh {n}" for n in PICTURES},
    },
    "shipping_info": {
        "et_title_product_id": "Mã Sản phẩm",
        "et_title_parent_sku": "SKU Sản phẩm",
        "et_title_product_name": "Tên Sản phẩm",
        "et_title_product_weight": "Cân nặng",
    },
}
RULES = {"et_title_product_weight": "Đơn vị: g", "ps_weight": "Đơn vị: g"} | {
    f"ps_{side}": "Đơn vị: cm" for side in ("length", "width", "height")
}
UPLOAD_COLUMNS = {  # token, mandatory, type: 0 text, 1 number, 3 picture
    "ps_category|0|0": "Ngành hàng",
    "ps_product_name|1|0": "Tên sản phẩm",
    "ps_product_description|1|0": "Mô tả sản phẩm",
    "ps_sku_parent_short|0|0": "SKU sản phẩm",
    "et_title_variation_integration_no|0|0": "Mã tích hợp phân loại",
    "ps_price|1|1": "Giá",
    "ps_stock|0|1": "Kho hàng",
    "ps_sku_short|0|0": "SKU phân loại",
    "ps_item_cover_image|0|3": "Ảnh bìa",
    **{f"ps_item_image_{n}|0|3": f"Hình ảnh {n}" for n in PICTURES},
    "ps_weight|1|1": "Cân nặng",
    "ps_length|0|1": "Chiều dài",
    "ps_width|0|1": "Chiều rộng",
    "ps_height|0|1": "Chiều cao",
    **{f"channel_id.{number}|0|0": name for number, name in CHANNELS.items()},
    "et_title_reason|0|0": "Lý do thất bại",
}


def mass_update(world: World, shop: str, kind: str) -> bytes:
    """The shop's goods as they are on sale now. KeyError for a kind that is not played."""
    columns, rows = UPDATE_COLUMNS[kind], ROWS[kind]
    data = [row for offer in _items(world, shop) for row in rows(world, offer)]
    head = _head(world, shop, kind, list(columns), list(columns.values()))
    return workbook(SHEET, head, data, hidden_rows=2)


def mass_upload(world: World, shop: str) -> bytes:
    """The empty basic template, with the shop's own carriers."""
    head = _head(world, shop, "basic", list(UPLOAD_COLUMNS), list(UPLOAD_COLUMNS.values()))
    ranges = [["100643-Thực phẩm", "100643", "7 - 30"], ["100828-Trà", "100828", "7 - 15"]]
    return workbook(UPLOAD_SHEET, head, (), hidden_rows=2, others={"Pre-order DTS Range": ranges})


def mark(world: World, shop: str, kind: str) -> str:
    """The hash by which the seller centre knows its own file again."""
    return sha256(f"{world.seed}|{shop}|{kind}".encode()).hexdigest()


def _head(world: World, shop: str, kind: str, tokens: list[str], labels: list[str]) -> list[Row]:
    names = [token.partition("|")[0] for token in tokens]
    needed = ["Bắt buộc" if "|1|" in token else "Không bắt buộc" for token in tokens]
    rules = [RULES.get(name, "On/Off" if name.startswith("channel_id") else "") for name in names]
    return [tokens, [kind, mark(world, shop, kind), "", shop], labels, needed, ["" for _ in tokens], rules]


def _items(world: World, shop: str) -> Iterator[Offer]:
    """Products, not their variations."""
    for offer in world.offers(MARKET, shop):
        if offer.state is not OfferState.DELETED and "item" in offer.extra:
            yield offer


def _sales(world: World, item: Offer) -> list[Row]:
    found = (world.offer(MARKET, model_id) for model_id in item.extra["model_ids"])
    models = [model for model in found if model is not None and model.state is not OfferState.DELETED]
    if not models:
        return [[str(item.offer_id), item.title, "0", "", item.sku, "", *_figures(item)]]
    return [
        [str(item.offer_id), item.title, str(one.offer_id), one.title, item.sku, one.sku, *_figures(one)]
        for one in models
    ]


def _figures(offer: Offer) -> Row:
    """The price as a text, the stock as a number."""
    return [str(offer.price_vnd), "", offer.stock]


def _basic(_world: World, item: Offer) -> list[Row]:
    return [[str(item.offer_id), item.sku, item.title, item.description, ""]]


def _media(_world: World, item: Offer) -> list[Row]:
    cover, *others = [f"https://cf.shopee.vn/file/{image}" for image in item.images] or [""]
    return [[str(item.offer_id), item.sku, item.title, cover, *others]]


def _shipping(_world: World, item: Offer) -> list[Row]:
    return [[str(item.offer_id), item.sku, item.title, item.weight_g]]


ROWS: dict[str, Callable[[World, Offer], list[Row]]] = {
    "sales_info": _sales,
    "basic_info": _basic,
    "media_info": _media,
    "shipping_info": _shipping,
}
