"""Shopee's mass-update and mass-upload sheets (public templates of 2026 and code that fills them, read 2026-11-23).

Row 1 has tokens (`ps_price|1|1`: token, mandatory, type), row 2 the sheet's type, a hash and the shop's id, rows 3 to 6
label, requirement, description and rule; data begins in row 7. Rows 1 to 6 are never written.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from connectors.sheets import fills
from connectors.sheets.errors import DOWNLOAD_AGAIN, SheetError
from connectors.sheets.fills import Fill, anything, same_number
from connectors.sheets.layout import Layout
from connectors.sheets.worksheet import Worksheet

MARKETPLACE = "shopee"
TOKENS, TYPE, LABELS, RULE, DATA = 1, 2, 3, 6, 7
PICTURES = 8  # besides the cover
UPDATES = frozenset({"sales_info", "basic_info", "media_info", "shipping_info", "dts_info"})
UPLOADS = frozenset({"basic", "advanced"})
ON_WORDS = ("On", "Bật", "Mở")  # what switches a carrier on, as the template's own rule row says it
BULKY = "cồng kềnh"  # a carrier for large goods only

_CHANNEL = re.compile(r"channel_id[._]\d+")


class Token(NamedTuple):
    column: int
    is_mandatory: bool


FILLS: Mapping[str, Fill] = {
    "et_title_product_name": Fill(fills.title),
    "et_title_product_description": Fill(fills.description),
    "et_title_variation_price": Fill(fills.price_vnd, same_number),
    "et_title_variation_stock": Fill(fills.stock, same_number),
    "et_title_image_cover": Fill(fills.picture(0), anything),
    **{f"et_title_image{n}": Fill(fills.picture(n), anything) for n in range(1, PICTURES + 1)},
    "ps_gtin_code": Fill(fills.gtin),
    "ps_category": Fill(fills.category, same_number),
    "ps_product_name": Fill(fills.title),
    "ps_product_description": Fill(fills.description),
    "ps_sku_parent_short": Fill(fills.sku),
    "ps_price": Fill(fills.price_vnd, same_number),
    "ps_stock": Fill(fills.stock, same_number),
    "ps_item_cover_image": Fill(fills.picture(0), anything),
    **{f"ps_item_image{mark}{n}": Fill(fills.picture(n), anything) for n in range(1, PICTURES + 1) for mark in "._"},
}
# The update sheet's sides were not seen: they are looked for under names like its weight's, and nothing hangs on finding them.
WEIGHTS = ("et_title_product_weight", "ps_weight")
SIDES = {f"{start}_{name}": name for start in ("et_title_product", "ps") for name in ("length", "width", "height")}
FILLED_BY = {  # a mass-update sheet repeats names for the reader; only its own subject is written
    "sales_info": ("et_title_variation_price", "et_title_variation_stock", "ps_gtin_code"),
    "basic_info": ("et_title_product_name", "et_title_product_description"),
    "media_info": tuple(token for token in FILLS if "image" in token),
    "shipping_info": (*WEIGHTS, *SIDES),
    "dts_info": (),
}
EXPECTED = {  # of a sales sheet: without them nothing is lost, but a person should know
    "et_title_variation_price": "Tệp không có cột giá: giá trên sàn giữ nguyên.",
    "et_title_variation_stock": "Tệp không có cột kho: số lượng trên sàn giữ nguyên.",
}
NEEDED = ("ps_product_name", "ps_product_description", "ps_price")


def layout_of(_name: str, sheet: Worksheet) -> Layout | None:
    """None for a sheet that is none of these. Raises SheetError for one that is, in a form we do not know."""
    tokens = _tokens(sheet)
    if "et_title_product_id" in tokens:
        return _update(sheet, tokens)
    return _upload(sheet, tokens) if "ps_product_name" in tokens else None


def _update(sheet: Worksheet, tokens: Mapping[str, Token]) -> Layout:
    kind = sheet.text(TYPE, 1)
    if kind not in UPDATES:
        raise SheetError(f"Tệp cập nhật hàng loạt của Shopee thuộc loại «{kind}» chưa biết. {DOWNLOAD_AGAIN}")
    if kind == "sales_info" and "et_title_variation_id" not in tokens:
        raise SheetError(f"Tệp giá và kho của Shopee thiếu cột et_title_variation_id. {DOWNLOAD_AGAIN}")
    columns = {token: place.column for token, place in tokens.items()}
    filled = _fills(sheet, tokens, FILLED_BY[kind])
    if not filled:
        raise SheetError(
            f"Tệp cập nhật «{kind}» của Shopee không có cột nào lấy được từ sổ đăng ký (có: {', '.join(tokens)})."
        )
    return Layout(
        kind=f"shopee.mass_update.{kind}",
        marketplace=MARKETPLACE,
        first_row=DATA,
        labels=LABELS,
        fills=filled,
        product_id=columns["et_title_product_id"],
        variant_id=columns.get("et_title_variation_id"),
        sku=columns.get("et_title_variation_sku"),
        parent_sku=columns.get("et_title_parent_sku"),
        group=columns["et_title_product_id"],
        name=columns.get("et_title_product_name"),
        reason=columns.get("et_title_reason"),
        marks=frozenset(sheet.texts(TYPE).values()),
        names_shop=True,
        notes=tuple(note for token, note in EXPECTED.items() if kind == "sales_info" and token not in tokens),
    )


def _upload(sheet: Worksheet, tokens: Mapping[str, Token]) -> Layout:
    kind = sheet.text(TYPE, 1)
    missing = [token for token in NEEDED if token not in tokens]
    if kind not in UPLOADS or missing:
        what = f"thiếu cột {', '.join(missing)}" if missing else f"thuộc loại «{kind}» chưa biết"
        raise SheetError(f"Tệp đăng hàng loạt của Shopee {what}. {DOWNLOAD_AGAIN}")
    filled = _fills(sheet, tokens, (*FILLS, *WEIGHTS, *SIDES))
    channels, notes = _channels(sheet, tokens)
    columns = {token: place.column for token, place in tokens.items()}
    return Layout(
        kind=f"shopee.mass_upload.{kind}",
        marketplace=MARKETPLACE,
        first_row=DATA,
        labels=LABELS,
        fills=filled,
        sku=columns.get("ps_sku_short"),
        parent_sku=columns.get("ps_sku_parent_short"),
        group=columns.get("et_title_variation_integration_no"),
        name=columns["ps_product_name"],
        reason=columns.get("et_title_reason"),
        marks=frozenset(sheet.texts(TYPE).values()),
        names_shop=True,
        adds=True,
        required={
            place.column: _label(sheet, place.column, token) for token, place in tokens.items() if place.is_mandatory
        },
        constant=channels,
        notes=notes,
    )


def _tokens(sheet: Worksheet) -> dict[str, Token]:
    """Some files show bare tokens, without the marks behind them."""
    found = {}
    for column, text in sheet.texts(TOKENS).items():
        token, _, marks = text.partition("|")
        found[token] = Token(column, marks.startswith("1"))
    return found


def _fills(sheet: Worksheet, tokens: Mapping[str, Token], wanted: tuple[str, ...]) -> dict[int, Fill]:
    return {tokens[token].column: _fill(sheet, token, tokens[token].column) for token in wanted if token in tokens}


def _fill(sheet: Worksheet, token: str, column: int) -> Fill:
    """Weights and sides are in the unit that the column's own head names."""
    if token in WEIGHTS:
        unit = fills.weight_unit(_explained(sheet, column), _label(sheet, column, token))
        return Fill(fills.weight(unit), same_number)
    if token in SIDES:
        unit = fills.length_unit(_explained(sheet, column), _label(sheet, column, token))
        return Fill(fills.side(SIDES[token], unit), same_number)
    return FILLS[token]


def _channels(sheet: Worksheet, tokens: Mapping[str, Token]) -> tuple[dict[int, str], tuple[str, ...]]:
    """Every carrier of the template is switched on but those for bulky goods."""
    columns = [place.column for token, place in tokens.items() if _CHANNEL.fullmatch(token)]
    small = [column for column in columns if BULKY not in _label(sheet, column, "").casefold()]
    words = {column: word for column in small if (word := _on_word(_head(sheet, column)))}
    if words or not columns:
        return words, ()
    return {}, ("Tệp không nói cách bật đơn vị vận chuyển: hãy tự chọn ở các cột vận chuyển trước khi tải lên.",)


def _on_word(head: str) -> str | None:
    words = re.findall(r"\w+", head)
    return next((word for word in ON_WORDS if word in words), None)


def _explained(sheet: Worksheet, column: int) -> list[str]:
    """The rule first, then the label, then what is written between them: a description may tell of other units too."""
    return [sheet.text(row, column) for row in (RULE, LABELS, *range(LABELS + 1, RULE))]


def _head(sheet: Worksheet, column: int) -> str:
    return " ".join(sheet.text(row, column) for row in range(LABELS, DATA))


def _label(sheet: Worksheet, column: int, token: str) -> str:
    label = sheet.text(LABELS, column)
    return label or token
