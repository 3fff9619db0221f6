"""The cells of one sheet that must change, and what is told of each: nothing here reads a file or a database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalog.listing import Listing
from connectors.sheets.layout import Layout, SheetRow
from connectors.sheets.worksheet import Place, Value, Worksheet
from jobs.export.rows import Ours, Untouched


@dataclass
class Filling:
    """`wanted` has the listings that may be sold, by row id. `replaces_pictures`: those on the marketplace give way to ours."""

    sheet: Worksheet
    layout: Layout
    wanted: Mapping[int, Listing]
    replaces_pictures: bool = False
    cells: dict[Place, Value] = field(default_factory=dict)
    changed: list[dict[str, Any]] = field(default_factory=list)
    added: list[Ours] = field(default_factory=list)
    unchanged: int = 0
    untouched: list[Untouched] = field(default_factory=list)

    def update(self, found: Iterable[tuple[SheetRow, Ours]]) -> None:
        """Rows that are there, cell by cell."""
        for row, one in found:
            before = len(self.cells)
            self._update(row.number, self.wanted[one.id])
            self.unchanged += len(self.cells) == before

    def add(self, ours: Iterable[Ours]) -> None:
        """New rows behind the last filled one."""
        row = max(self.sheet.filled_rows(self.layout.first_row), default=self.layout.first_row - 1)
        for one in ours:
            new = self._new(self.wanted[one.id])
            if lacking := [name for column, name in self.layout.required.items() if column not in new]:
                self.untouched.append(_lacks(one, lacking))
                continue
            row += 1
            self.cells |= {(row, column): value for column, value in new.items()}
            self.added.append(one)

    def _update(self, row: int, listing: Listing) -> None:
        for column, fill in self.layout.fills.items():
            value, stands = fill.wanted(listing), self.sheet.value(row, column)
            if value is None or fill.agrees(stands, value, replace_pictures=self.replaces_pictures):
                continue
            self.cells[row, column] = str(value) if isinstance(stands, str) else value
            self.changed.append(self._told(row, column, listing.sku, value))

    def _told(self, row: int, column: int, sku: str, after: Value) -> dict[str, Any]:
        """`column` as programs know it, `label` as the seller centre shows it."""
        stands = self.sheet.value(row, column)
        heading, label = self.sheet.text(1, column).partition("|")[0], self.sheet.text(self.layout.labels, column)
        before = None if stands is None else str(stands)
        return {"row": row, "sku": sku, "column": heading, "label": label, "before": before, "after": after}

    def _new(self, listing: Listing) -> dict[int, Value]:
        known = {column: fill.wanted(listing) for column, fill in self.layout.fills.items()}
        return {column: value for column, value in known.items() if value is not None} | dict(self.layout.constant)


def _lacks(one: Ours, columns: Sequence[str]) -> Untouched:
    """A new row of which the template demands more than is known."""
    sentence = (
        f"«{one.product}» ({one.sku}) chưa thêm vào tệp: tệp mẫu bắt buộc {', '.join(columns)} mà sổ đăng ký chưa có. "
        "Ngành hàng: chọn bằng `ocop catalog map set`; cột khác: hãy tải tệp mẫu cơ bản."
    )
    return Untouched(0, one.sku, one.product, sentence)
