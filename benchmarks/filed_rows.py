"""Order files of shops that sell a lot: as wide as each marketplace's, names and prices repeating as goods do, moments as good as never.

Every third order has two lines.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sandbox.exports import lazada, shopee_orders, tiktok_orders
from sandbox.exports.book import Value
from sandbox.things import VIETNAM

SKUS = 200
FIRST = datetime(2026, 1, 1, tzinfo=VIETNAM)
BETWEEN = timedelta(minutes=2)  # orders
PAID, SHIPPED = timedelta(minutes=3), timedelta(hours=21)
DELIVERED, COMPLETED = timedelta(days=3, minutes=17), timedelta(days=6, minutes=41)


class Sold(NamedTuple):
    """One line: which of all, and of which order and goods."""

    line: int
    order: int
    sku: int
    price_vnd: int
    placed_at: datetime


def shopee(lines: int) -> Iterator[Sequence[Value]]:
    yield shopee_orders.HEADINGS
    for sold in _sold(lines):
        given: dict[str, Value] = dict.fromkeys(shopee_orders.HEADINGS, "0.00")
        given |= dict.fromkeys(("Phí cố định", "Phí Dịch Vụ", "Phí xử lý giao dịch"), f"{sold.price_vnd * 7 // 100}.00")
        given |= {
            "Mã đơn hàng": f"260401{sold.order:08}",
            "Ngày đặt hàng": f"{sold.placed_at:%Y-%m-%d %H:%M}",
            "Thời gian đơn hàng được thanh toán": f"{sold.placed_at + PAID:%Y-%m-%d %H:%M}",
            "Ngày gửi hàng": f"{sold.placed_at + SHIPPED:%Y-%m-%d %H:%M}",
            "Thời gian giao hàng": f"{sold.placed_at + DELIVERED:%Y-%m-%d %H:%M}",
            "Thời gian hoàn thành đơn hàng": f"{sold.placed_at + COMPLETED:%Y-%m-%d %H:%M}",
            "Trạng Thái Đơn Hàng": "Hoàn thành",
            "Trạng thái Trả hàng/Hoàn tiền": None,
            "SKU phân loại hàng": f"CHE-{sold.sku}",
            "Tên sản phẩm": f"Trà đinh Tân Cương thượng hạng số {sold.sku}",
            "Giá gốc": f"{sold.price_vnd}.00",
            "Giá ưu đãi": f"{sold.price_vnd}.00",
            "Số lượng": 1,
            "Số lượng sản phẩm được hoàn trả": 0,
            "Tổng số tiền Người mua thanh toán": f"{sold.price_vnd}.00",
            "Tổng số tiền người mua thanh toán": f"{sold.price_vnd}.00",
            "Địa chỉ nhận hàng": f"Số {sold.line} đường Không Có",
        }
        yield [given[name] for name in shopee_orders.HEADINGS]


def tiktok_shop(lines: int) -> Iterator[Sequence[Value]]:
    yield tiktok_orders.HEADINGS
    yield [tiktok_orders.EXPLAINED.get(name, f"{name}.") for name in tiktok_orders.HEADINGS]
    for sold in _sold(lines):
        given: dict[str, Value] = dict.fromkeys(tiktok_orders.HEADINGS, "0")
        given |= {
            "Order ID": f"5830{sold.order:014}",
            "Order Status": "Đã hoàn tất",
            "Cancelation/Return Type": None,
            "SKU ID": f"1729{sold.sku:015}",
            "Seller SKU": f"CHE-{sold.sku}",
            "Product Name": f"Trà đinh Tân Cương thượng hạng số {sold.sku}",
            "Quantity": "1",
            "SKU Unit Original Price": str(sold.price_vnd),
            "SKU Subtotal Before Discount": str(sold.price_vnd),
            "SKU Subtotal After Discount": str(sold.price_vnd),
            "Created Time": f"{sold.placed_at:%d/%m/%Y %H:%M:%S}",
            "Paid Time": f"{sold.placed_at + PAID:%d/%m/%Y %H:%M:%S}",
            "RTS Time": f"{sold.placed_at + SHIPPED:%d/%m/%Y %H:%M:%S}",
            "Shipped Time": f"{sold.placed_at + SHIPPED:%d/%m/%Y %H:%M:%S}",
            "Delivered Time": f"{sold.placed_at + DELIVERED:%d/%m/%Y %H:%M:%S}",
            "Cancelled Time": None,
            "Province": "Thái Nguyên",
            "Detail Address": f"Số {sold.line} đường Không Có",
        }
        yield [given[name] for name in tiktok_orders.HEADINGS]


def lazada_orders(lines: int) -> Iterator[Sequence[Value]]:
    yield lazada.ORDERS
    for sold in _sold(lines):
        given: dict[str, Value] = dict.fromkeys(lazada.ORDERS, "0.00")
        given |= {
            "orderItemId": f"78{sold.line:012}",
            "sellerSku": f"CHE-{sold.sku}",
            "lazadaSku": f"23{sold.sku:08}_VNAMZ-{sold.sku:010}",
            "createTime": f"{sold.placed_at:%d %b %Y %H:%M}",
            "updateTime": f"{sold.placed_at + COMPLETED:%d %b %Y %H:%M}",
            "deliveredDate": f"{sold.placed_at + DELIVERED:%d %b %Y %H:%M}",
            "orderNumber": f"77{sold.order:012}",
            "shippingAddress": f"Số {sold.line} đường Không Có",
            "shippingRegion": "Thái Nguyên",
            "paidPrice": f"{sold.price_vnd}.00",
            "unitPrice": f"{sold.price_vnd}.00",
            "itemName": f"Trà đinh Tân Cương thượng hạng số {sold.sku}",
            "status": "confirmed",
        }
        yield [given[name] for name in lazada.ORDERS]


def _sold(lines: int) -> Iterator[Sold]:
    for line in range(lines):
        order, sku = line * 3 // 4, line % SKUS
        yield Sold(line, order, sku, 90_000 + 1_000 * sku, FIRST + order * BETWEEN)
