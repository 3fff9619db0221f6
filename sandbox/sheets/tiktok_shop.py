"""TikTok Shop's batch-edit sheet (layout V4, public descriptions of files of 2026, read 2026-11-23).

Row 1 machine names, row 2 version, subject and units, row 3 local labels, row 4 mandatory or not, row 5 help, data from row 6.
Codes stand in brackets behind their names; weight is in grams; the picture host changes from export to export.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sandbox.sheets.paper import workbook
from sandbox.things import Offer
from sandbox.tiktok_shop.shelf import Product, Shelf

SHEET, CONFIG = "Template", "TemplateConfig"
OPEN, CLOSED = "Có thể chỉnh sửa", "Không thể chỉnh sửa"
PICTURES = 9
COLUMNS: dict[str, tuple[str, str]] = {  # machine name: label, help
    "product_id": ("Mã nhận dạng sản phẩm", CLOSED),
    "category": ("Danh mục", CLOSED),
    "product_name": ("Tên sản phẩm", OPEN),
    "product_status": ("Trạng thái sản phẩm", CLOSED),
    "sku_id": ("Mã nhận dạng SKU", CLOSED),
    "variation_value": ("Giá trị biến thể", CLOSED),
    "product_description": ("Mô tả sản phẩm", OPEN),
    "brand": ("Thương hiệu", OPEN),
    "price": ("Giá bán", OPEN),
    "quantity": ("Số lượng", OPEN),
    "seller_sku": ("SKU người bán", OPEN),
    "parcel_weight": ("Cân nặng kiện hàng (g)", OPEN),
    "parcel_length": ("Chiều dài kiện hàng (cm)", OPEN),
    "parcel_width": ("Chiều rộng kiện hàng (cm)", OPEN),
    "parcel_height": ("Chiều cao kiện hàng (cm)", OPEN),
    "main_image": ("Hình ảnh chính", OPEN),
    **{f"image_{n}": (f"Hình ảnh {n}", OPEN) for n in range(2, PICTURES + 1)},
}
SUBJECTS: dict[str, tuple[str, ...]] = {
    "All_Information": tuple(COLUMNS),
    "Sales_Information": (
        "product_id", "product_name", "product_status", "sku_id", "variation_value", "price", "quantity", "seller_sku",
    ),
}  # fmt: skip


def batch_edit(shelf: Shelf, shop: str, subject: str = "All_Information", *, with_stock: bool = True) -> bytes:
    """The shop's SKUs as they are now. `with_stock` is what the seller ticked before downloading."""
    names = [name for name in SUBJECTS[subject] if with_stock or name != "quantity"]
    data = [
        [cells[name] for name in names]
        for product in shelf.all_of(shop)
        for offer in shelf.skus(product)
        for cells in [_cells(product, offer)]
    ]
    closed_name = subject == "Sales_Information"
    helps = [CLOSED if name == "product_name" and closed_name else COLUMNS[name][1] for name in names]
    head: list[Sequence[Any]] = [
        names,
        ["V4", subject, "metric"],
        [COLUMNS[name][0] for name in names],
        ["Bắt buộc" if name in {"product_name", "price"} else "Không bắt buộc" for name in names],
        helps,
    ]
    return workbook(SHEET, head, data, hidden_rows=2, others={CONFIG: [["version", "V4"], ["shop_id", shop]]})


def _cells(product: Product, offer: Offer) -> dict[str, Any]:
    said = product.fields
    box = said.get("package_dimensions", {})
    pictures = [f"https://p16-oec-va.ibyteimg.com/{image['uri']}" for image in said["main_images"]]
    return {
        "product_id": str(product.product_id),
        "category": f"Trà ({said['category_id']})",
        "product_name": offer.title,
        "product_status": "Hoạt động(1)",
        "sku_id": str(offer.offer_id),
        "variation_value": "Mặc định",
        "product_description": offer.description,
        "brand": "",
        "price": str(offer.price_vnd),
        "quantity": str(offer.stock),
        "seller_sku": offer.sku,
        "parcel_weight": str(int(Decimal(said["package_weight"]["value"]) * 1000)),
        **{f"parcel_{side}": box.get(side, "") for side in ("length", "width", "height")},
        "main_image": pictures[0],
        **{f"image_{n}": pictures[n - 1] if n <= len(pictures) else "" for n in range(2, PICTURES + 1)},
    }
