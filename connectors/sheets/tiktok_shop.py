"""TikTok Shop's batch-edit sheet (layout V4, public descriptions of files of 2026, read 2026-11-23).

Row 1 has machine names, row 2 the version, the subject and the system of units, row 3 local labels, row 4 whether a column
is mandatory, row 5 help; data begins in row 6. A column whose help says that it cannot be edited is never written, and an
export without `quantity` leaves stock alone. Weight is in grams, the description is HTML.
"""

from collections.abc import Mapping

from catalog.listing import Listing
from connectors.paragraphs import to_html
from connectors.sheets import fills
from connectors.sheets.errors import DOWNLOAD_AGAIN, SheetError
from connectors.sheets.fills import Fill, anything, same_number, same_words
from connectors.sheets.layout import Layout
from connectors.sheets.worksheet import Worksheet
from connectors.tiktok_shop.mapper.products import to_title

MARKETPLACE = "tiktok_shop"
NAMES, VERSION, LABELS, HELP, DATA = 1, 2, 3, 5, 6
KNOWN_BY = frozenset({"product_id", "sku_id", "seller_sku"})
SUBJECTS = {"All_Information": "all", "Basic_Information": "basic", "Sales_Information": "sales"}
FIXED = ("không thể chỉnh sửa", "cannot be edited")
MM_PER_CM = 10
PICTURES = 9


def _description(listing: Listing) -> str:
    return to_html(listing.description)


FILLS: Mapping[str, Fill] = {
    "product_name": Fill(to_title),
    "product_description": Fill(_description, same_words),
    "price": Fill(fills.price_vnd, same_number),
    "quantity": Fill(fills.stock, same_number),
    "parcel_weight": Fill(fills.weight(1), same_number),
    **{f"parcel_{name}": Fill(fills.side(name, MM_PER_CM), same_number) for name in ("length", "width", "height")},
    "main_image": Fill(fills.picture(0), anything),
    **{f"image_{n}": Fill(fills.picture(n - 1), anything) for n in range(2, PICTURES + 1)},
}


def layout_of(_name: str, sheet: Worksheet) -> Layout | None:
    """None for a sheet that is not this one. Raises SheetError for one that is, in a version or units we do not know."""
    columns = {text: column for column, text in sheet.texts(NAMES).items()}
    if not columns.keys() >= KNOWN_BY:
        return None
    version = list(sheet.texts(VERSION).values())
    if len(version) < 3 or version[0] != "V4" or version[1] not in SUBJECTS or version[2] != "metric":  # noqa: PLR2004 - three marks
        raise SheetError(
            f"Tệp chỉnh sửa hàng loạt của TikTok Shop có dòng 2 lạ ({', '.join(version)}). {DOWNLOAD_AGAIN}"
        )
    open_ones = [name for name in FILLS if name in columns and not _is_fixed(sheet, columns[name])]
    return Layout(
        kind=f"tiktok_shop.batch_edit.{SUBJECTS[version[1]]}",
        marketplace=MARKETPLACE,
        first_row=DATA,
        labels=LABELS,
        fills={columns[name]: FILLS[name] for name in open_ones},
        product_id=columns["product_id"],
        variant_id=columns["sku_id"],
        sku=columns["seller_sku"],
        name=columns.get("product_name"),
        marks=frozenset(version),
        notes=() if "quantity" in open_ones else ("Tệp không có cột kho sửa được: số lượng trên sàn giữ nguyên.",),
    )


def _is_fixed(sheet: Worksheet, column: int) -> bool:
    text = sheet.text(HELP, column).casefold()
    return any(words in text for words in FIXED)
