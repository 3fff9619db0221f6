"""TikTok Shop's product analytics: read, checked, and told; nothing of it is stored (public description of 2026, read 2026-11-23; no
real export was opened).

A row a product with the figures of a period, and again by where they came from. They are attributed figures that may count goods
sent back: orders and statements are the source of money.
"""

import re

from connectors.files.book import Book
from connectors.files.figures import figure, told
from connectors.files.kind import Content, at_row
from connectors.files.rows import row_reader
from connectors.files.table import Column, Layout, Place, open_table
from connectors.files.values import identity, text

COLUMNS = (
    Column("product", ("ID",)),
    Column("gmv", ("GMV",)),
    Column("pieces", ("Số món bán ra",)),
    Column("orders", ("Đơn hàng",)),
)
ANALYTICS = Layout(
    COLUMNS,
    frozenset({"Sản phẩm", "Trạng thái"}),
    (frozenset({"ID", "Trạng thái", "GMV", "Số món bán ra", "Đơn hàng"}),),
)
READER = row_reader(COLUMNS, {"product": identity, **dict.fromkeys(("gmv", "pieces", "orders"), figure)}, "product")
_PERIOD = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} ~ [0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_analytics(_book: Book, place: Place) -> Content:
    """A product that stands twice, or sold fewer pieces than it has orders, stops the file."""
    content, seen, gmv_vnd, pieces = Content(), set[str](), 0, 0
    for number, cells in open_table(place, ANALYTICS).rows():
        content.rows += 1
        row = READER.read(number, cells)
        if row["product"] in seen:
            raise at_row(number, READER.heading("product"), ValueError("sản phẩm có hai dòng"))
        if row["pieces"] < row["orders"]:
            raise at_row(number, READER.heading("pieces"), ValueError("ít hơn số đơn hàng"))
        seen.add(row["product"])
        gmv_vnd, pieces = gmv_vnd + row["gmv"], pieces + row["pieces"]
    content.notes.say(told(f"{_period(place)}, {len(seen)} sản phẩm", pieces, gmv_vnd))
    return content


def _period(place: Place) -> str:
    """What stands above the headings."""
    for number, cells in place.sheet.rows(range(1)):
        if number < place.heading_row and _PERIOD.fullmatch(text(cells[0])):
            return text(cells[0])
    return "Không rõ kỳ"
