"""Shopee's export of returns from the world: `.xls` by name, `.xlsx` by content; a row a return and SKU. Its Vietnamese headings are
invented after the order export's words: no public source names them (read 2026-11-24).
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sandbox.exports.book import Sheet, Value
from sandbox.sandbox import Sandbox
from sandbox.shopee.order_words import buyer_username, order_sn, return_sn
from sandbox.things import VIETNAM, Order, vietnam_day
from sandbox.world import World

HEADINGS = (
    "Mã yêu cầu Trả hàng/Hoàn tiền", "Mã đơn hàng", "Ngày yêu cầu", "Trạng thái Trả hàng/Hoàn tiền", "Lý do trả hàng",
    "Tên sản phẩm", "SKU phân loại hàng", "Số lượng sản phẩm được hoàn trả", "Số tiền hoàn lại", "Người Mua",
)  # fmt: skip


def file_name(first: date, last: date) -> str:
    return f"Order.return_refund.{first:%Y%m%d}_{last:%Y%m%d}.xls"


def sheets(sandbox: Sandbox, shop: str, first: date, last: date) -> Sequence[Sheet]:
    """What came back on these days."""
    world = sandbox.world
    back = [o for o in world.orders("shopee", shop) if o.returned_at and first <= vietnam_day(o.returned_at) <= last]
    return [Sheet("Sheet1", [list(HEADINGS), *(row for order in back for row in _order(world, order))])]


def _order(world: World, order: Order) -> Iterator[list[Value]]:
    """The voucher is taken off the first row's refund."""
    voucher_vnd = order.seller_voucher_vnd
    for line in order.lines:
        given: dict[str, Value] = {
            "Mã yêu cầu Trả hàng/Hoàn tiền": return_sn(order),
            "Mã đơn hàng": order_sn(order),
            "Ngày yêu cầu": f"{order.returned_at.astimezone(VIETNAM):%Y-%m-%d %H:%M}" if order.returned_at else None,
            "Trạng thái Trả hàng/Hoàn tiền": "Đã Chấp Thuận Yêu Cầu",
            "Lý do trả hàng": "Móp hộp",
            "Tên sản phẩm": line.title,
            "SKU phân loại hàng": line.sku,
            "Số lượng sản phẩm được hoàn trả": line.quantity,
            "Số tiền hoàn lại": f"{line.unit_price_vnd * line.quantity - voucher_vnd}.00",
            "Người Mua": buyer_username(world, order),
        }
        voucher_vnd = 0
        yield [given.get(name) for name in HEADINGS]
