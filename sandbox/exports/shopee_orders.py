"""Shopee's order export for Vietnam, `Order.all…xlsx`, from the world (layout as publicly described for 2026-05, read 2026-11-23).

One row a line, an order's own amounts repeated on each. Seeded quirks: some headings are not composed (NFD), one status is a long
sentence, buyers' columns are filled with people who do not exist.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sandbox.exports.book import Sheet, Value
from sandbox.sandbox import Sandbox
from sandbox.shopee import fees
from sandbox.shopee.order_words import buyer_username, line_words, order_sn
from sandbox.shopee.site import ShopeeApi
from sandbox.things import VIETNAM, Order, OrderLine, OrderState, vietnam_day
from sandbox.world import World

HEADINGS = (
    "Mã đơn hàng", "Mã Kiện Hàng", "Ngày đặt hàng", "Trạng Thái Đơn Hàng", "Sản Phẩm Bán Chạy", "Lý do hủy",
    "Nhận xét từ Người mua", "Mã vận đơn", "Đơn Vị Vận Chuyển", "Phương thức giao hàng", "Loại đơn hàng",
    "Ngày giao hàng dự kiến", "Ngày gửi hàng", "Thời gian giao hàng", "Trạng thái Trả hàng/Hoàn tiền", "SKU sản phẩm",
    "Tên sản phẩm", "Cân nặng sản phẩm", "Tổng cân nặng", "SKU phân loại hàng", "Tên phân loại hàng", "Giá gốc",
    "Người bán trợ giá", "Được Shopee trợ giá", "Tổng số tiền được người bán trợ giá", "Giá ưu đãi", "Số lượng",
    "Số lượng sản phẩm được hoàn trả", "Tổng số tiền Người mua thanh toán", "Tổng giá trị đơn hàng (VND)",
    "Mã giảm giá của Shop", "Hoàn Xu", "Mã giảm giá của Shopee", "Chỉ tiêu Combo Khuyến Mãi", "Giảm giá từ combo Shopee",
    "Giảm giá từ Combo của Shop", "Shopee Xu được hoàn", "Số tiền được giảm khi thanh toán bằng thẻ Ghi nợ",
    "Trade-in Discount", "Trade-in Bonus", "Phí vận chuyển (dự kiến)", "Trade-in Bonus by Seller",
    "Phí vận chuyển mà người mua trả", "Phí vận chuyển tài trợ bởi Shopee (dự kiến)",
    "Phí vận chuyển trả hàng (đơn Trả hàng/hoàn tiền)", "Tổng số tiền người mua thanh toán", "Thời gian hoàn thành đơn hàng",
    "Thời gian đơn hàng được thanh toán", "Phương thức thanh toán", "Phí cố định", "Phí Dịch Vụ", "Phí xử lý giao dịch",
    "Tiền ký quỹ", "Người Mua", "Tên Người nhận", "Số điện thoại", "Tỉnh/Thành phố", "TP / Quận / Huyện", "Quận",
    "Địa chỉ nhận hàng", "Quốc gia", "Ghi chú",
)  # fmt: skip
DECOMPOSED = 9  # of the headings, as counted in a real file

RETURN_WINDOW = "Người mua xác nhận đã nhận được hàng, tuy nhiên Người mua vẫn có thể gửi yêu cầu Trả hàng/Hoàn tiền đến {:%d-%m-%Y}."
STATUS = {
    OrderState.UNPAID: "Chờ thanh toán",
    OrderState.PAID: "Chờ lấy hàng",
    OrderState.SHIPPED: "Đang giao",
    OrderState.DELIVERED: "Đã giao",
    OrderState.COMPLETED: "Hoàn thành",
    OrderState.CANCELLED: "Đã hủy",
    OrderState.RETURNED: "Hoàn thành",
}


def file_name(first: date, last: date) -> str:
    return f"Order.all.{first:%Y%m%d}_{last:%Y%m%d}.xlsx"


def sheets(sandbox: Sandbox, shop: str, first: date, last: date) -> Sequence[Sheet]:
    """Orders placed on these days."""
    world = sandbox.world
    site = sandbox.sites["shopee.api"]
    if not isinstance(site, ShopeeApi):
        raise TypeError("shopee.api is played by something else")
    account = site.accounts.shops[int(shop)]
    orders = [o for o in world.orders("shopee", shop) if first <= vietnam_day(o.placed_at) <= last]
    rows = [row for order in orders for row in _order(world, order, fees.signed_amounts(account, order))]
    return [Sheet("orders", [_headings(world), *rows])]


def _headings(world: World) -> list[str]:
    places = set(world.rng("shopee order export").sample(range(len(HEADINGS)), DECOMPOSED))
    return [unicodedata.normalize("NFD", name) if at in places else name for at, name in enumerate(HEADINGS)]


def _order(world: World, order: Order, amounts: dict[str, int]) -> Iterator[list[Value]]:
    whole = _whole(world, order, amounts)
    for line in order.lines:
        given = whole | _line(world, order, line)
        yield [given.get(name) for name in HEADINGS]


def _whole(world: World, order: Order, amounts: dict[str, int]) -> dict[str, Value]:
    """What every row of the order repeats."""
    rebate = max(0, order.carrier_shipping_vnd - order.buyer_shipping_vnd)
    paid_at = order.delivered_at if order.cod else order.paid_at
    return {
        "Mã đơn hàng": order_sn(order),
        "Mã Kiện Hàng": None if order.cancelled_at else f"{order.order_id:019}",
        "Ngày đặt hàng": _minute(order.placed_at),
        "Trạng Thái Đơn Hàng": _status(world, order),
        "Lý do hủy": "Hủy bởi người mua lí do là: Muốn thay đổi sản phẩm" if order.cancelled_at else None,
        "Mã vận đơn": f"SPXVN{order.order_id:010}" if order.shipped_at else None,
        "Đơn Vị Vận Chuyển": "Nhanh-SPX Express",
        "Ngày gửi hàng": _minute(order.shipped_at),
        "Thời gian giao hàng": _minute(order.delivered_at),
        "Tổng giá trị đơn hàng (VND)": _dong(order.goods_vnd - order.seller_voucher_vnd),
        "Mã giảm giá của Shop": _dong(order.seller_voucher_vnd),
        "Phí vận chuyển (dự kiến)": _dong(order.carrier_shipping_vnd),
        "Phí vận chuyển mà người mua trả": _dong(order.buyer_shipping_vnd),
        "Phí vận chuyển tài trợ bởi Shopee (dự kiến)": _dong(rebate),
        "Tổng số tiền người mua thanh toán": _dong(
            order.goods_vnd - order.seller_voucher_vnd + order.buyer_shipping_vnd
        ),
        "Thời gian hoàn thành đơn hàng": _minute(order.completed_at),
        "Thời gian đơn hàng được thanh toán": _minute(paid_at),
        "Phương thức thanh toán": "Thanh toán khi nhận hàng" if order.cod else "Ví ShopeePay",
        "Phí cố định": _dong(-amounts.get("commission_fee", 0)),
        "Phí Dịch Vụ": _dong(-amounts.get("service_fee", 0) - amounts.get("seller_order_processing_fee", 0)),
        "Phí xử lý giao dịch": _dong(-amounts.get("seller_transaction_fee", 0)),
        **dict.fromkeys(_ZERO, _dong(0)),
        **_person(world, order),
    }


_ZERO = (
    "Hoàn Xu", "Mã giảm giá của Shopee", "Giảm giá từ combo Shopee", "Giảm giá từ Combo của Shop", "Shopee Xu được hoàn",
    "Số tiền được giảm khi thanh toán bằng thẻ Ghi nợ", "Trade-in Discount", "Trade-in Bonus", "Trade-in Bonus by Seller",
    "Phí vận chuyển trả hàng (đơn Trả hàng/hoàn tiền)", "Tiền ký quỹ",
)  # fmt: skip


def _person(world: World, order: Order) -> dict[str, Value]:
    """Nobody: invented so that tests can prove that nobody is stored."""
    chance = world.rng("shopee export person", order.order_id)
    return {
        "Người Mua": buyer_username(world, order),
        "Tên Người nhận": f"Người Nhận {chance.randrange(10**6):06}",
        "Số điện thoại": f"849{chance.randrange(10**8):08}",
        "Tỉnh/Thành phố": order.province,
        "Quận": f"Phường {chance.randrange(1, 20)}",
        "Địa chỉ nhận hàng": f"Số {chance.randrange(1, 10**5)} đường Không Có",
        "Quốc gia": "VN",
        "Ghi chú": f"Gọi trước {chance.randrange(10**6):06}",
    }


def _line(world: World, order: Order, line: OrderLine) -> dict[str, Value]:
    words = line_words(world, line)
    subsidy = line.list_price_vnd - line.unit_price_vnd
    return {
        "Sản Phẩm Bán Chạy": "N",
        "Trạng thái Trả hàng/Hoàn tiền": "Đã Chấp Thuận Yêu Cầu" if order.returned_at else None,
        "SKU sản phẩm": words["item_sku"],
        "Tên sản phẩm": words["item_name"],
        "SKU phân loại hàng": line.sku,
        "Tên phân loại hàng": words["model_name"] or None,
        "Giá gốc": _dong(line.list_price_vnd),
        "Người bán trợ giá": _dong(subsidy),
        "Được Shopee trợ giá": _dong(0),
        "Tổng số tiền được người bán trợ giá": _dong(subsidy),
        "Giá ưu đãi": _dong(line.unit_price_vnd),
        "Số lượng": line.quantity,
        "Số lượng sản phẩm được hoàn trả": line.quantity if order.returned_at else 0,
        "Tổng số tiền Người mua thanh toán": _dong(line.unit_price_vnd * line.quantity),
        "Chỉ tiêu Combo Khuyến Mãi": "N",
    }


def _status(world: World, order: Order) -> str:
    """Half of the delivered orders say how long a return is possible."""
    if order.state is OrderState.DELIVERED and world.rng("shopee status", order.order_id).random() < 0.5:
        return RETURN_WINDOW.format(order.placed_at)
    return STATUS[order.state]


def _dong(amount_vnd: int) -> str:
    return f"{amount_vnd}.00"


def _minute(at: datetime | None) -> str | None:
    return None if at is None else f"{at.astimezone(VIETNAM):%Y-%m-%d %H:%M}"
