"""TikTok Shop's orders that are not settled yet, as estimates: a row an order and SKU, fees shared out over the rows and so summed.

The sheet says how many rows it has, and each row obeys the same arithmetic as a settled one.
"""

from collections.abc import Iterator
from typing import Any

from catalog.money import format_dong
from connectors.facts.order import Income, MoneyLine, MoneyStage
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.errors import FileError
from connectors.files.kind import Content, at_row
from connectors.files.rows import row_reader
from connectors.files.table import Place, Table, open_table
from connectors.files.values import identity, strict_dong, text
from connectors.tiktok_shop.file_columns import TERMS, UNSETTLED_COLUMNS, UNSETTLED_LAYOUT
from connectors.tiktok_shop.income_file import GOODS, ORDER, VND

COUNT = "Tổng số giao dịch"


def _dong(cell: Cell) -> int:
    return 0 if cell is None else strict_dong(cell)


READER = row_reader(
    UNSETTLED_COLUMNS,
    {"order": identity, **dict.fromkeys(("settlement", "fees", "adjustment", *TERMS), _dong)},
    "order",
)


def read_unsettled(_book: Book, place: Place) -> Content:
    content = Content()
    content.incomes = _incomes(open_table(place, UNSETTLED_LAYOUT), content)
    return content


def _incomes(table: Table, content: Content) -> Iterator[Income]:
    found: dict[str, list[dict[str, Any]]] = {}
    for number, cells in table.rows():
        content.rows += 1
        row = READER.read(number, cells)
        _check(number, row)
        if row["type"] in ORDER:
            found.setdefault(row["order"], []).append(row)
        else:
            content.notes.say(f"Khoản «{row['type']}» {format_dong(row['settlement'])} chưa quyết toán: chưa được lưu.")
    _count(table, content.rows)
    for order, rows in found.items():
        amounts = {code: sum(row[code] for row in rows) for code in TERMS}
        yield Income(
            order_external_id=order,
            lines=tuple(
                MoneyLine(code=code, amount_vnd=amount_vnd, stage=MoneyStage.PROCESSING)
                for code, amount_vnd in amounts.items()
                if amount_vnd
            ),
            payout_vnd=sum(row["settlement"] for row in rows),
        )


def _check(number: int, row: dict[str, Any]) -> None:
    if row["currency"] != VND:
        raise at_row(number, READER.heading("currency"), ValueError("không phải VND"))
    missing_vnd = row["settlement"] - sum(row[code] for code in GOODS) - row["fees"] - row["adjustment"]
    if missing_vnd:
        raise FileError(
            f"Dòng {number}: các khoản cộng lại lệch {format_dong(missing_vnd)} so với số quyết toán ước tính. "
            "Chưa nhập gì từ tệp này."
        )


def _count(table: Table, rows: int) -> None:
    """What stands beside `Tổng số giao dịch`, above the headings, is the number of rows."""
    for number, cells in table.place.sheet.rows(None):
        if number >= table.place.heading_row:
            return
        words = [text(cell) for cell in cells if cell is not None]
        if words and words[0].startswith(COUNT):
            said = next((word for word in words[1:] if word.isdecimal()), "")
            if said and int(said) != rows:
                raise FileError(f"Tệp ghi {said} giao dịch nhưng chỉ đọc được {rows}: tệp chưa tải xong. Hãy tải lại.")
            return
