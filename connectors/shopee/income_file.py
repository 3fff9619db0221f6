"""Shopee's released-income report into incomes and statements: money from `Order` rows only, `Sku` rows merely name the goods.

Orders are gathered whole before any is given: one may stand in several `Doanh thu` sheets and be adjusted in another. Checked and
noted, never mended: the terms against each payout, fee details against their total, payouts against the summary.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from catalog.money import format_dong
from connectors.facts.order import Income, MoneyLine, MoneyStage
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.kind import Content, Notes, at_row
from connectors.files.table import Place, is_marked, open_table, places
from connectors.files.values import identity, local_day, moment, plain_dong, text
from connectors.shopee import service_fees
from connectors.shopee.income_columns import (
    COLUMNS,
    COMPENSATION,
    COMPENSATION_CODE,
    LAYOUT,
    PAYOUT,
    TERMS,
)
from connectors.shopee.income_sheets import Adjustment, adjustments, summary_total
from connectors.shopee.paid_days import PAID, Days
from connectors.shopee.service_fees import Detail

FORMS = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")
HEADINGS = {column.field: column.names[0] for column in COLUMNS}
AT = {column.field: place for place, column in enumerate(COLUMNS)}
ORDER, SKU = "Order", "Sku"
ADJUSTMENT = "total_adjustment_amount"


@dataclass
class _Earned:
    """What the report says of one order."""

    payout_vnd: int | None = None
    settled_at: datetime | None = None
    lines: list[MoneyLine] = field(default_factory=list)


def read_incomes(book: Book, _place: Place) -> Content:
    content, days = Content(), Days()
    content.incomes, content.statements = _incomes(book, content, days), days.statements()
    return content


def _incomes(book: Book, content: Content, days: Days) -> Iterator[Income]:
    details, earned = service_fees.details(book), dict[str, _Earned]()
    for place in places(book):
        if is_marked(place, LAYOUT):
            _gather(place, details, earned, days, content)
    paid_vnd = sum(one.payout_vnd or 0 for one in earned.values())
    adjusted_vnd = sum(_adjust(one, earned, days, content.notes) for one in adjustments(book))
    _check_summary(book, paid_vnd, adjusted_vnd, content.notes)
    for external_id, one in earned.items():
        yield Income(
            order_external_id=external_id, lines=tuple(one.lines), payout_vnd=one.payout_vnd, settled_at=one.settled_at
        )


def _gather(
    place: Place, details: Mapping[str, Detail], earned: dict[str, _Earned], days: Days, content: Content
) -> None:
    table = open_table(place, LAYOUT)
    for number, row in table.rows():
        content.rows += 1
        grain = text(row[AT["grain"]])
        if grain == SKU:
            continue
        if grain != ORDER:
            raise at_row(number, HEADINGS["grain"], ValueError("chỉ có thể là Order hoặc Sku"))
        _add(_OrderRow(number, row), details, earned, days, content.notes)
    content.notes.not_read(table.dropped)
    if lacking := [name for name in table.missing if name != HEADINGS[COMPENSATION]]:
        content.notes.say(f"Tệp đời cũ không có cột {', '.join(lacking)}: coi là 0.")


@dataclass(frozen=True)
class _OrderRow:
    number: int
    row: Sequence[Cell]

    def order_id(self) -> str:
        try:
            external_id = identity(self.row[AT["order"]])
        except ValueError as err:
            raise at_row(self.number, HEADINGS["order"], err) from None
        if not external_id:
            raise at_row(self.number, HEADINGS["order"], ValueError("trống"))
        return external_id

    def settled_at(self) -> datetime:
        try:
            at = moment(self.row[AT["settled_at"]], *FORMS)
        except ValueError as err:
            raise at_row(self.number, HEADINGS["settled_at"], err) from None
        if at is None:
            raise at_row(self.number, HEADINGS["settled_at"], ValueError("trống"))
        return at

    def dong(self, name: str) -> int:
        try:
            return plain_dong(self.row[AT[name]])
        except ValueError as err:
            raise at_row(self.number, HEADINGS[name], err) from None


def _add(row: _OrderRow, details: Mapping[str, Detail], earned: dict[str, _Earned], days: Days, notes: Notes) -> None:
    external_id, settled_at, payout_vnd = row.order_id(), row.settled_at(), row.dong(PAYOUT)
    days.add(settled_at, external_id, PAID, payout_vnd)
    amounts: dict[str, int] = defaultdict(int)
    for name, (code, _) in TERMS.items():
        amounts[code] += row.dong(name)
    missing_vnd, compensation_vnd = payout_vnd - sum(amounts.values()), row.dong(COMPENSATION)
    if compensation_vnd and compensation_vnd == missing_vnd:
        amounts[COMPENSATION_CODE], missing_vnd = compensation_vnd, 0
    if missing_vnd:
        notes.say(f"Đơn {external_id}: các khoản cộng lại lệch {format_dong(missing_vnd)} so với «{HEADINGS[PAYOUT]}».")
    service_fees.part(external_id, amounts, details.get(external_id), notes)
    one = earned.setdefault(external_id, _Earned())
    one.payout_vnd = payout_vnd + (one.payout_vnd or 0)
    one.settled_at = max(settled_at, one.settled_at or settled_at)
    one.lines += [_line(code, amount_vnd, settled_at) for code, amount_vnd in amounts.items() if amount_vnd]


def _line(code: str, amount_vnd: int, settled_at: datetime) -> MoneyLine:
    day = local_day(settled_at).isoformat()
    return MoneyLine(code=code, amount_vnd=amount_vnd, stage=MoneyStage.SETTLED, statement=day)


def _adjust(one: Adjustment, earned: dict[str, _Earned], days: Days, notes: Notes) -> int:
    days.add(one.settled_at, one.order_external_id, one.kind or ADJUSTMENT, one.amount_vnd)
    if not one.order_external_id:
        notes.say(f"Khoản điều chỉnh {format_dong(one.amount_vnd)} không gắn với đơn nào: chỉ ghi trong bảng kê.")
        return one.amount_vnd
    order = earned.setdefault(one.order_external_id, _Earned())
    order.payout_vnd = None if order.payout_vnd is None else order.payout_vnd + one.amount_vnd
    order.lines.append(_line(ADJUSTMENT, one.amount_vnd, one.settled_at))
    return one.amount_vnd


def _check_summary(book: Book, paid_vnd: int, adjusted_vnd: int, notes: Notes) -> None:
    """The summary's last line counts adjustments or does not: sources do not say."""
    said_vnd = summary_total(book)
    if said_vnd is not None and said_vnd not in (paid_vnd, paid_vnd + adjusted_vnd):
        notes.say(f"Trang Summary ghi tổng {format_dong(said_vnd)}, các đơn cộng lại {format_dong(paid_vnd)}.")
