"""Rows of a mapped sheet as a marketplace's orders: a row a line, the order's own facts on its first row or on all of them.

Lines have no id of the marketplace's here, so they give way to the API's own, and to a file's that is further along.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from connectors.facts.order import MoneyLine, MoneyStage, Order, OrderLine, OrderState
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.kind import Content, once_or_sum
from connectors.files.line_ids import file_line_id
from connectors.files.table import Place
from connectors.mapped.mapping import COST, SIGNED, Mapping
from connectors.mapped.numbers import whole
from connectors.mapped.rows import Row, Rows

Read = tuple[int, Row, Sequence[Cell]]


def read_orders(mapping: Mapping, _book: Book, place: Place) -> Content:
    content = Content()
    content.orders = _Sheet(mapping, place, content).orders()
    return content


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, mapping: Mapping, place: Place, content: Content) -> None:
        self._mapping, self._content = mapping, content
        self._rows = Rows(mapping, place, "order", "quantity")
        self._sums = [name for name in mapping.columns if name.startswith((COST, SIGNED))]

    def orders(self) -> Iterator[Order]:
        groups: dict[str, list[Read]] = defaultdict(list)
        stated: list[int] = []
        for at, row, cells in self._rows:
            groups[row["order"]].append((at, row, cells))
            stated.append(int(row.get("amount") or 0))
        self._content.rows = len(stated)
        self._rows.check_totals(stated, self._content.notes)
        for external_id, group in groups.items():
            yield self._order(external_id, group)

    def _order(self, external_id: str, group: Sequence[Read]) -> Order:
        at, first, _ = group[0]
        if first["at"] is None:
            raise self._rows.fault(at, "at", ValueError("trống"))
        state = OrderState(self._rows.status(at, first))
        moments = [moment for _, row, _ in group for name in ("at", "updated_at") if (moment := row.get(name))]
        return Order(
            external_id=external_id,
            state=state,
            raw_state=first["status"],
            placed_at=first["at"],
            updated_at=max(moments),
            province=first.get("province") or None,
            lines=tuple(self._lines(group, state)),
            money=tuple(self._money(group)),
            raw=self._raw(group),
        )

    def _lines(self, group: Sequence[Read], state: OrderState) -> Iterator[OrderLine]:
        seen: Counter[str] = Counter()
        for at, row, _ in group:
            pieces = self._whole(at, row, "quantity")
            yield OrderLine(
                external_id=file_line_id(row["sku"] or row.get("name", ""), seen),
                sku=row["sku"],
                item_external_id="",
                name=row.get("name", ""),
                quantity=pieces,
                cancelled_quantity=pieces if state is OrderState.CANCELLED else 0,
                returned_quantity=pieces if state is OrderState.RETURNED else 0,
                unit_price_vnd=self._unit_price_vnd(at, row, pieces),
            )

    def _unit_price_vnd(self, at: int, row: Row, pieces: int) -> int:
        if "unit_price" in row:
            return self._whole(at, row, "unit_price")
        price_vnd, rest = divmod(self._whole(at, row, "amount"), pieces)
        if rest:
            raise self._rows.fault(at, "amount", ValueError("không chia hết cho số lượng"))
        return price_vnd

    def _whole(self, at: int, row: Row, name: str) -> int:
        if row[name] is None:
            raise self._rows.fault(at, name, ValueError("trống"))
        try:
            return whole(row[name], "sản phẩm" if name == "quantity" else "đồng")
        except ValueError as err:
            raise self._rows.fault(at, name, err) from None

    def _money(self, group: Sequence[Read]) -> Iterator[MoneyLine]:
        """What the sheet says is taken or given: an estimate until a statement or the API says what was."""
        for name in self._sums:
            amounts = [self._whole(at, row | {name: row[name] or Decimal(0)}, name) for at, row, _ in group]
            amount_vnd, is_per_line = once_or_sum(amounts)
            if is_per_line:
                self._content.notes.say(
                    f"Đơn {group[0][1]['order']}: cột «{self._mapping.columns[name]}» khác nhau theo dòng nên được cộng lại."
                )
            sign, code = (-1, name.removeprefix(COST)) if name.startswith(COST) else (1, name.removeprefix(SIGNED))
            if amount_vnd:
                yield MoneyLine(code=code, amount_vnd=sign * amount_vnd, stage=MoneyStage.PROCESSING)

    def _raw(self, group: Sequence[Read]) -> str:
        kept = {
            "file": self._mapping.kind,
            "columns": self._rows.fields,
            "rows": [list(cells) for _, _, cells in group],
        }
        return json.dumps(kept, ensure_ascii=False, default=str)
