"""Where things stand in one sheet: which columns name a listing, which are filled and how, and what says whose file it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from connectors.sheets.fills import Fill
from connectors.sheets.worksheet import Worksheet

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
        product_id, sku = _at(sheet, number, self.product_id), _at(sheet, number, self.sku)
        group = _at(sheet, number, self.group)
        if not sku and (not group or packs[group] == 1):
            sku = _at(sheet, number, self.parent_sku)
        variant_id, name, reason = (_at(sheet, number, column) for column in (self.variant_id, self.name, self.reason))
        return SheetRow(number, product_id, "" if variant_id == NO_VARIANT else variant_id, sku, name, reason)


def _at(sheet: Worksheet, row: int, column: int | None) -> str:
    return "" if column is None else sheet.text(row, column)
