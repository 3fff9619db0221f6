"""Where things stand in one sheet: which columns name a listing, which are filled and how, and what says whose file it is."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from connectors.sheets.errors import DOWNLOAD_AGAIN, SheetError
from connectors.sheets.fills import Fill
from connectors.sheets.worksheet import Worksheet

EXACT_DIGITS = 15  # of a number cell; behind them a spreadsheet program writes zeros
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
NO_VARIANT = "0"  # how Shopee writes that a product has no variations


class SheetRow(NamedTuple):
    """One data row as the marketplace names it. `reason` is what it wrote into the error column of a returned sheet."""

    number: int
    product_id: str
    variant_id: str
    sku: str
    name: str
    reason: str


@dataclass(frozen=True)
class Layout:
    """`kind` as everywhere in the product, e.g. `shopee.mass_update.sales_info`. Columns count from 1."""

    kind: str
    marketplace: str
    first_row: int
    labels: int  # the row in which a person finds what a column is called
    fills: Mapping[int, Fill]
    product_id: int | None = None
    variant_id: int | None = None
    sku: int | None = None
    parent_sku: int | None = None  # names the pack too, where the product has one row
    group: int | None = None  # holds what rows of one product share; empty: a product of its own
    name: int | None = None
    reason: int | None = None
    marks: frozenset[str] = frozenset()  # texts of which one names the shop
    names_shop: bool = False  # a file of this kind always says whose it is
    adds: bool = False  # new listings are new rows; else rows that are there are brought up to date
    required: Mapping[int, str] = field(
        default_factory=dict
    )  # columns without which a new row is refused, by their names
    constant: Mapping[int, str] = field(default_factory=dict)  # words that every new row has
    notes: tuple[str, ...] = ()  # what a person should know, e.g. that the file has no stock column

    def rows(self, sheet: Worksheet) -> list[SheetRow]:
        """Data rows in which anything stands."""
        numbers = sheet.filled_rows(self.first_row)
        packs = Counter(_at(sheet, number, self.group) for number in numbers)
        return [self._row(sheet, number, packs) for number in numbers]

    def _row(self, sheet: Worksheet, number: int, packs: Counter[str]) -> SheetRow:
        product_id, variant_id = _id(sheet, number, self.product_id), _id(sheet, number, self.variant_id)
        sku, name, reason = (_at(sheet, number, column) for column in (self.sku, self.name, self.reason))
        group = _at(sheet, number, self.group)
        if not sku and (not group or packs[group] == 1):
            sku = _at(sheet, number, self.parent_sku)
        return SheetRow(number, product_id, "" if variant_id == NO_VARIANT else variant_id, sku, name, reason)


def _id(sheet: Worksheet, row: int, column: int | None) -> str:
    """Raises SheetError for an id whose last digits a spreadsheet program has thrown away."""
    text = _at(sheet, row, column)
    is_number = column is not None and not sheet.is_text(row, column)
    if _SCIENTIFIC.fullmatch(text) or (is_number and len(text) > EXACT_DIGITS):
        raise SheetError(f"Dòng {row}: mã «{text}» đã bị Excel làm tròn, mất các chữ số cuối. {DOWNLOAD_AGAIN}")
    return text


def _at(sheet: Worksheet, row: int, column: int | None) -> str:
    return "" if column is None else sheet.text(row, column)
