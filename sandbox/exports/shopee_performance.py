"""Shopee's product performance and product overview for Vietnam from the world (layouts as publicly described for 2026, read 2026-11-24).

Confirmed orders are those that were paid and not cancelled. Seeded quirk: the seller centre's language decides whether thousands are
parted by dots or commas, one way in all of a file.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sandbox.exports.book import Sheet, Value
from sandbox.sandbox import Sandbox
from sandbox.shopee.order_words import line_words
from sandbox.things import Order, OrderLine, vietnam_day

PRODUCTS = (
    "Mã sản phẩm", "Sản phẩm", "Tình trạng sản phẩm hiện tại", "Mã phân loại hàng", "Tên Phân Loại",
    "Trạng thái phân loại sản phẩm hiện tại", "SKU phân loại", "SKU sản phẩm", "Doanh số (Đơn đã đặt) (VND)",
    "Doanh số (Đơn đã xác nhận) (VND)", "Lượt xem sản phẩm", "CTR", "Đơn hàng đã đặt", "Đơn đã xác nhận",
    "Sản phẩm (Đơn đã đặt)", "Sản phẩm (Đơn đã xác nhận)", "Lượt truy cập sản phẩm",
)  # fmt: skip
OVERVIEW = (
    "Ngày", "Lượt truy cập sản phẩm", "Lượt xem trang sản phẩm", "Tỷ lệ thoát Trang sản phẩm", "Sản phẩm (Đơn đã đặt)",
    "Doanh số (Đơn đã đặt) (VND)", "Sản phẩm (Đơn đã xác nhận)", "Doanh số (Đơn đã xác nhận) (VND)",
)  # fmt: skip
BESIDE = ("Sản Phẩm Mới", "Giá cạnh tranh")


@dataclass
class Sums:
    """Of some lines: đồng and pieces of every order, and of confirmed ones."""

    money: Counter[str] = field(default_factory=Counter)
    orders: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, order: Order, line: OrderLine) -> None:
        for name in ("placed", *(["confirmed"] if order.paid_at and not order.cancelled_at else [])):
            self.money[f"{name}_vnd"] += line.quantity * line.unit_price_vnd
            self.money[name] += line.quantity
            self.orders[name].add(order.order_id)

    def cells(self, write: Callable[[int], str]) -> dict[str, Value]:
        return {
            "Doanh số (Đơn đã đặt) (VND)": write(self.money["placed_vnd"]),
            "Doanh số (Đơn đã xác nhận) (VND)": write(self.money["confirmed_vnd"]),
            "Đơn hàng đã đặt": str(len(self.orders["placed"])),
            "Đơn đã xác nhận": str(len(self.orders["confirmed"])),
            "Sản phẩm (Đơn đã đặt)": str(self.money["placed"]),
            "Sản phẩm (Đơn đã xác nhận)": str(self.money["confirmed"]),
            "Lượt truy cập sản phẩm": str(self.money["placed"] * 9),
            "Lượt xem trang sản phẩm": str(self.money["placed"] * 14),
            "CTR": "1,77%",
            "Tỷ lệ thoát Trang sản phẩm": "17.53%",
        }


def products_name(first: date, last: date) -> str:
    return f"parentskudetail.{first:%Y%m%d}_{last:%Y%m%d}.xlsx"


def overview_name(first: date, last: date) -> str:
    return f"productoverview{first:%Y%m%d}-{last:%Y%m%d}.xlsx"


def products_sheets(sandbox: Sandbox, shop: str, first: date, last: date) -> Sequence[Sheet]:
    """A product's row, and below it those of its variants if it has any."""
    write, rows = _writing(sandbox, shop), list[list[Value]]()
    whole: dict[int, Sums] = defaultdict(Sums)
    parts: dict[int, dict[int, tuple[Sums, OrderLine]]] = defaultdict(dict)
    for order, line in _lines(sandbox, shop, first, last):
        words = line_words(sandbox.world, line)
        whole[words["item_id"]].add(order, line)
        parts[words["item_id"]].setdefault(words["model_id"], (Sums(), line))[0].add(order, line)
    for item_id, sums in whole.items():
        words = line_words(sandbox.world, next(iter(parts[item_id].values()))[1])
        head: dict[str, Value] = {"Mã sản phẩm": str(item_id), "Sản phẩm": words["item_name"], "Mã phân loại hàng": "-"}
        rows.append(_row(PRODUCTS, head | {"SKU sản phẩm": words["item_sku"]}, sums, write))
        for model_id, (part, line) in parts[item_id].items():
            if model_id:
                own: dict[str, Value] = {"Mã phân loại hàng": str(model_id), "SKU phân loại": line.sku}
                rows.append(_row(PRODUCTS, head | own, part, write))
    return [Sheet("Sản Phẩm Hiệu Quả Tốt", [list(PRODUCTS), *rows]), *(Sheet(name, [["-"]]) for name in BESIDE)]


def overview_sheets(sandbox: Sandbox, shop: str, first: date, last: date) -> Sequence[Sheet]:
    """A row a day, days without any sale too."""
    write = _writing(sandbox, shop)
    days = {first + timedelta(days=n): Sums() for n in range((last - first).days + 1)}
    for order, line in _lines(sandbox, shop, first, last):
        days[vietnam_day(order.placed_at)].add(order, line)
    rows = [_row(OVERVIEW, {"Ngày": f"{day:%d-%m-%Y}"}, sums, write) for day, sums in days.items()]
    return [Sheet("overview", [list(OVERVIEW), *rows])]


def _lines(sandbox: Sandbox, shop: str, first: date, last: date) -> Iterable[tuple[Order, OrderLine]]:
    for order in sandbox.world.orders("shopee", shop):
        if first <= vietnam_day(order.placed_at) <= last:
            yield from ((order, line) for line in order.lines)


def _writing(sandbox: Sandbox, shop: str) -> Callable[[int], str]:
    sign = sandbox.world.rng("shopee performance", shop).choice(".,")
    return lambda number: f"{number:,}".replace(",", sign)


def _row(headings: Sequence[str], head: dict[str, Value], sums: Sums, write: Callable[[int], str]) -> list[Value]:
    given = head | sums.cells(write)
    return [given.get(name) for name in headings]
