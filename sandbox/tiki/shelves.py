"""The category tree, invented but shaped like Tiki's: names in Vietnamese, leaves for everything the OCOP programme certifies.

Only leaves are primary and take products (tiki.md section 5, read 2026-11-24). Root parent id 2; 4384 and 44101 are the document's samples.
"""

from dataclasses import dataclass
from typing import Any

from sandbox.tiki.slugs import slug

ROOT_ID = 2
LEVEL_1 = (
    # id, name, its leaves
    (
        4384,
        "Bách Hóa - Thực Phẩm",
        (
            (44101, "Trà khô"),
            (44102, "Trà túi lọc và sản phẩm từ trà"),
            (44103, "Cà phê và ca cao"),
            (44104, "Rau, củ, quả, hạt tươi"),
            (44105, "Thịt, thủy sản, trứng, sữa tươi"),
            (44106, "Gạo, ngũ cốc, hạt sơ chế"),
            (44107, "Mật ong"),
            (44108, "Đồ ăn nhanh"),
            (44109, "Mì, miến, bún, phở khô"),
            (44110, "Bánh kẹo đặc sản"),
            (44111, "Rau, củ, quả, hạt chế biến"),
            (44112, "Thịt, trứng, sữa, thủy sản chế biến"),
            (44113, "Nước mắm, tương, gia vị lỏng"),
            (44114, "Gia vị khô"),
            (44115, "Nông sản thực phẩm khác"),
        ),
    ),
    (
        4386,
        "Đồ Uống",
        (
            (44201, "Rượu trắng"),
            (44202, "Bia và đồ uống có cồn khác"),
            (44203, "Nước khoáng, nước tinh khiết"),
            (44204, "Nước giải khát không cồn"),
        ),
    ),
    (
        1520,
        "Làm Đẹp - Sức Khỏe",
        (
            (44301, "Thực phẩm chức năng"),
            (44302, "Mỹ phẩm thảo dược"),
            (44303, "Tinh dầu"),
            (44304, "Dược liệu, thảo dược khác"),
        ),
    ),
    (
        1883,
        "Nhà Cửa - Đời Sống",
        (
            (44401, "Đồ thủ công mỹ nghệ, trang trí"),
            (44402, "Vải, thổ cẩm, hàng dệt may"),
            (44403, "Hoa tươi"),
            (44404, "Cây cảnh"),
            (44405, "Động vật cảnh"),
        ),
    ),
)


@dataclass(frozen=True)
class Category:
    category_id: int
    parent_id: int
    name: str
    is_primary: bool

    @property
    def url_key(self) -> str:
        return slug(self.name)

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.category_id,
            "parent_id": self.parent_id,
            "name": self.name,
            "description": "",
            "is_primary": self.is_primary,
            "is_product_listing_enabled": self.is_primary,
            "no_license_seller_enabled": self.is_primary,
        }


def _tree() -> dict[int, Category]:
    parents = [Category(number, ROOT_ID, name, is_primary=False) for number, name, _ in LEVEL_1]
    leaves = [
        Category(number, parent, name, is_primary=True) for parent, _, children in LEVEL_1 for number, name in children
    ]
    return {category.category_id: category for category in (*parents, *leaves)}


CATEGORIES = _tree()


def lineage(category_id: int) -> list[Category]:
    """From the top down to the category itself. KeyError when there is none."""
    category = CATEGORIES[category_id]
    return [*([] if category.parent_id == ROOT_ID else lineage(category.parent_id)), category]
