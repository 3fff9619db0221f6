"""TikTok Shop's orders not settled yet for Vietnam, sheet `Đơn hàng chưa quyết toán và kho`, from the world (layout as publicly described
for 2026-09, read 2026-11-23): a row an order and SKU, an order's amounts shared out over them. The sheet says how many rows it has.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sandbox.exports.book import Sheet, Value
from sandbox.exports.tiktok_settled import COLUMNS as SETTLED
from sandbox.sandbox import Sandbox
from sandbox.things import VIETNAM, Order, OrderLine, vietnam_day
from sandbox.tiktok_shop import fees
from sandbox.tiktok_shop.money import split
from sandbox.tiktok_shop.order_words import order_id, product_of
from sandbox.tiktok_shop.site import TikTokShopApi
from sandbox.world import World

HEADINGS = (
    "Loại giao dịch", "ID đơn hàng/điều chỉnh", "Ngày tạo giao dịch", "Đơn vị tiền tệ", "Số tiền quyết toán ước tính",
    "Thời gian quyết toán dự kiến", "Lý do chưa quyết toán", "ID đơn hàng liên quan", "Ngày tạo đơn hàng",
    "Ngày vận chuyển đơn hàng", "Ngày giao đơn hàng", "ID SKU", "Số lượng", "Tên sản phẩm", "Tên SKU", "Tổng doanh thu",
    "Tổng phụ sau giảm giá của người bán", "Tổng phụ trước giảm giá", "Giảm giá của người bán",
    "Tổng phụ của khoản hoàn tiền sau giảm giá của người bán", "Tổng phụ hoàn tiền trước giảm giá của người bán",
    "Khoản hoàn tiền giảm giá của người bán", "Tổng phí", "Phí giao dịch ước tính", "Phí hoa hồng của TikTok Shop",
    "Phí vận chuyển ước tính của người bán", "Phí vận chuyển thực tế", "Chiết khấu phí vận chuyển của nền tảng",
    "Chi phí vận chuyển của khách hàng", "Phí vận chuyển trả hàng thực tế", "Hoa hồng liên kết ước tính", "Phí dịch vụ SFP",
    "Phí dịch vụ Voucher Xtra", "Phí xử lý đơn hàng", "Thuế GTGT do TikTok Shop khấu trừ", "Thuế TNCN do TikTok Shop khấu trừ",
    "Số tiền điều chỉnh",
)  # fmt: skip
ESTIMATED = {
    "transaction_fee_amount": "Phí giao dịch ước tính",
    "affiliate_commission_amount": "Hoa hồng liên kết ước tính",
}
COLUMNS = SETTLED | ESTIMATED
AMOUNTS = (HEADINGS[4], *HEADINGS[15:])


def file_name(first: date, last: date) -> str:
    return f"Onhold-unsettled-orders-{first:%Y_%m_%d}-{last:%Y_%m_%d}(UTC+7).xlsx"


def sheets(sandbox: Sandbox, shop: str, first: date, last: date) -> Sequence[Sheet]:
    """Orders placed on these days that no statement has booked."""
    site = sandbox.sites["tiktok_shop.api"]
    if not isinstance(site, TikTokShopApi):
        raise TypeError("tiktok_shop.api is played by something else")
    ledger = site.stage.ledger
    waiting = [o for o in ledger.open_orders(shop) if o.counts and first <= vietnam_day(o.placed_at) <= last]
    rows = [row for order in waiting for row in _order(sandbox.world, order, ledger.amounts(order))]
    head: list[list[Value]] = [
        ["Đơn hàng chưa quyết toán"],
        ["Thời gian tải xuống", f"{sandbox.world.clock.now().astimezone(VIETNAM):%Y/%m/%d %H:%M:%S}"],
        ["Tổng số giao dịch", str(len(rows))],
        [],
        list(HEADINGS),
    ]
    return [Sheet("Đơn hàng chưa quyết toán và kho", [*head, *rows])]


def _order(world: World, order: Order, amounts: dict[str, int]) -> Iterator[list[Value]]:
    """Each amount is shared out by value so that the rows add up to the whole."""
    weights = [line.quantity * line.unit_price_vnd for line in order.lines]
    parts = {code: split(amount, weights) for code, amount in amounts.items()}
    for number, line in enumerate(order.lines):
        given = _whole(order) | _line(world, line) | _money({code: part[number] for code, part in parts.items()})
        yield [given.get(name) for name in HEADINGS]


def _whole(order: Order) -> dict[str, Value]:
    return {
        "Loại giao dịch": "Đơn hàng",
        "ID đơn hàng/điều chỉnh": order_id(order),
        "Đơn vị tiền tệ": "VND",
        "Lý do chưa quyết toán": "Đang chờ hoàn tất" if order.delivered_at else "Đang giao hàng",
        "ID đơn hàng liên quan": "/",
        "Ngày tạo đơn hàng": _day(order.placed_at),
        "Ngày vận chuyển đơn hàng": _day(order.shipped_at),
        "Ngày giao đơn hàng": _day(order.delivered_at),
    }


def _line(world: World, line: OrderLine) -> dict[str, Value]:
    words = product_of(world, line)
    return {
        "ID SKU": words["sku_id"],
        "Số lượng": str(line.quantity),
        "Tên sản phẩm": words["product_name"],
        "Tên SKU": "Mặc định",
    }


def _money(amounts: dict[str, int]) -> dict[str, Value]:
    sums = dict.fromkeys(AMOUNTS, 0)
    for code, amount in amounts.items():
        sums[COLUMNS[code]] += amount
    revenue_vnd = fees.total(amounts, fees.REVENUE)
    sums |= {
        "Số tiền quyết toán ước tính": sum(amounts.values()),
        "Tổng doanh thu": revenue_vnd,
        "Tổng phí": sum(amounts.values()) - revenue_vnd,
        "Phí vận chuyển ước tính của người bán": fees.total(amounts, fees.SHIPPING),
    }
    return {name: str(amount) for name, amount in sums.items()}


def _day(at: datetime | None) -> str | None:
    return None if at is None else f"{at.astimezone(VIETNAM):%Y/%m/%d}"
