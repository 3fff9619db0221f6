"""Which sheet a file is: from what stands in it, never from its name."""

from collections.abc import Callable
from typing import NamedTuple

from connectors.sheets import lazada, shopee, tiktok_shop
from connectors.sheets.errors import SheetError
from connectors.sheets.layout import Layout
from connectors.sheets.workbook import Workbook
from connectors.sheets.worksheet import Worksheet

READERS: tuple[Callable[[str, Worksheet], Layout | None], ...] = (
    shopee.layout_of,
    tiktok_shop.layout_of,
    lazada.layout_of,
)
KNOWN = (
    "Shopee (đăng hàng loạt; cập nhật hàng loạt: thông tin cơ bản, giá và kho, hình ảnh, vận chuyển), "
    "TikTok Shop (chỉnh sửa hàng loạt), Lazada (giá và kho, thông tin cơ bản)"
)


class Recognised(NamedTuple):
    sheet_name: str
    sheet: Worksheet
    layout: Layout


def recognise(book: Workbook) -> Recognised:
    """Raises SheetError, telling what was seen, when no sheet is one we know."""
    for name in book.parts:
        sheet = book.worksheet(name)
        for reader in READERS:
            if layout := reader(name, sheet):
                return Recognised(name, sheet, layout)
    seen = "; ".join(f"«{name}»: {_first_texts(book.worksheet(name))}" for name in book.parts)
    raise SheetError(
        f"Không nhận ra loại tệp (đã thấy {seen or 'không trang tính nào'}). Điền được các tệp của: {KNOWN}."
    )


def hidden_marks(book: Workbook, found: Recognised) -> frozenset[str]:
    """Texts of the other sheets: some marketplaces keep the shop's id in a hidden one."""
    others = (book.worksheet(name) for name in book.parts if name != found.sheet_name)
    return frozenset(text for sheet in others for row in sheet.rows for text in sheet.texts(row).values())


def _first_texts(sheet: Worksheet) -> str:
    texts = list(sheet.texts(min(sheet.rows, default=1)).values())
    return ", ".join(text[:40] for text in texts[:5])
