"""Lazada's price-and-stock and basic sheets (a public description measured on files of Thai shops, read 2026-11-23).

Sheet `template`: row 1 headings, row 2 mandatory or not, row 3 help; data begins in row 4. Labels are translated, and which
ones has changed, so a sheet is known by the headings that never are: `catId`, `sku.skuId`, `SpecialPrice`, `currencyCode`.
Beside `catId` stand the product's id (left) and its name (right). Stock has one column a warehouse, named after it, behind
`Price`. Vietnamese labels were not seen: what is not recognised is refused by name.
"""

from collections.abc import Mapping

from connectors.sheets import fills
from connectors.sheets.errors import DOWNLOAD_AGAIN, SheetError
from connectors.sheets.fills import Fill, anything, same_number
from connectors.sheets.layout import Layout
from connectors.sheets.worksheet import Worksheet

MARKETPLACE = "lazada"
HEADINGS, DATA = 1, 4
SHEET, CATEGORY, SKU_ID, SPECIAL, CURRENCY, PRICE = (
    "template",
    "catId",
    "sku.skuId",
    "SpecialPrice",
    "currencyCode",
    "Price",
)
SELLER_SKU = "SellerSKU"
PICTURES = {f"{word}{n}": n - 1 for word in ("Product Images", "Hình ảnh sản phẩm") for n in range(1, 9)}
DONG = "VND"

Columns = Mapping[str, int]


def layout_of(name: str, sheet: Worksheet) -> Layout | None:
    """None for a sheet that is none of these. Raises SheetError for one that is, in a form we do not know."""
    columns = {text: column for column, text in sheet.texts(HEADINGS).items()}
    if name != SHEET or columns.get(CATEGORY, 1) == 1:
        return None
    if columns.keys() >= {SKU_ID, SPECIAL, CURRENCY}:
        return _price_and_stock(sheet, columns)
    return _basic(columns) if SKU_ID not in columns and columns.keys() & PICTURES.keys() else None


def _price_and_stock(sheet: Worksheet, columns: Columns) -> Layout:
    if PRICE not in columns:
        raise SheetError(
            f"Tệp giá và kho của Lazada không có cột «{PRICE}» (có: {', '.join(columns)}). {DOWNLOAD_AGAIN}"
        )
    currencies = {sheet.text(row, columns[CURRENCY]) for row in sheet.filled_rows(DATA)} - {DONG}
    if currencies:
        raise SheetError(f"Tệp giá và kho của Lazada tính bằng {', '.join(sorted(currencies))}, không phải VND.")
    warehouses = [column for text, column in columns.items() if column > columns[PRICE] and text != SELLER_SKU]
    stock = {warehouses[0]: Fill(fills.stock, same_number)} if len(warehouses) == 1 else {}
    return Layout(
        kind="lazada.price_stock",
        marketplace=MARKETPLACE,
        first_row=DATA,
        labels=HEADINGS,
        fills={columns[PRICE]: Fill(fills.price_vnd, same_number), **stock},
        product_id=columns[CATEGORY] - 1,
        variant_id=columns[SKU_ID],
        sku=columns.get(SELLER_SKU),
        name=columns[CATEGORY] + 1,
        notes=() if stock else (_stock_note(len(warehouses)),),
    )


def _basic(columns: Columns) -> Layout:
    """Its rows are products, named by Lazada's id alone."""
    pictures = {
        columns[name]: Fill(fills.picture(PICTURES[name]), anything) for name in columns.keys() & PICTURES.keys()
    }
    return Layout(
        kind="lazada.basic",
        marketplace=MARKETPLACE,
        first_row=DATA,
        labels=HEADINGS,
        fills={columns[CATEGORY] + 1: Fill(fills.title), **pictures},
        product_id=columns[CATEGORY] - 1,
        name=columns[CATEGORY] + 1,
    )


def _stock_note(warehouses: int) -> str:
    if warehouses == 0:
        return "Tệp không có cột kho: số lượng trên sàn giữ nguyên."
    return f"Tệp có {warehouses} cột kho, không biết chia hàng thế nào: số lượng trên sàn giữ nguyên."
