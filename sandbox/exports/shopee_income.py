"""Shopee's released-income report for Vietnam from the world (layout as publicly described for 2026-05, read 2026-11-23).

Amounts carry their signs. `Phí Dịch Vụ` holds the fee for processing an order, told apart on a sheet of its own. Seeded quirks:
zero is `-` in some cells, and a long report is split over two sheets.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sandbox.exports.book import Sheet, Value
from sandbox.sandbox import Sandbox
from sandbox.shopee import fees
from sandbox.shopee.order_words import buyer_username, line_words, order_sn
from sandbox.shopee.site import ShopeeApi
from sandbox.things import VIETNAM, Order, vietnam_day
from sandbox.world import World

HEADINGS = (
    "Mã giao dịch", "Đơn hàng / Sản phẩm", "Mã đơn hàng", "Mã Số Thuế", "Mã yêu cầu hoàn tiền", "Mã sản phẩm", "Tên sản phẩm",
    "Ngày đặt hàng", "Ngày hoàn thành thanh toán", "Phương thức thanh toán", "Loại đơn hàng", "Sản Phẩm Bán Chạy",
    "Tổng tiền đã thanh toán", "Giá sản phẩm", "Số tiền hoàn lại", "Phí vận chuyển Người mua trả", "Phí vận chuyển thực tế",
    "Phí vận chuyển được trợ giá từ Shopee", "Phí vận chuyển trả hàng (đơn Trả hàng/hoàn tiền)",
    "Phí vận chuyển được hoàn bởi PiShip", "Phí vận chuyển trả hàng (đơn giao không thành công)",
    "Sản phẩm được trợ giá từ Shopee", "Mã ưu đãi do Người Bán chịu", "Mã ưu đãi Đồng Tài Trợ do Người Bán chịu",
    "Mã hoàn xu do Người Bán chịu", "Mã hoàn xu Đồng Tài Trợ do Người Bán chịu", "Phí cố định", "Phí Dịch Vụ",
    "Phí xử lý giao dịch", "Phí hoa hồng Tiếp thị liên kết", "Phí dịch vụ PiShip",
    "Mức Nạp Tiền Tự Động (từ doanh thu đơn hàng)", "Thuế GTGT", "Thuế TNCN", "Phí lắp đặt người mua trả", "Phí lắp đặt thực tế",
    "Trade-in Bonus by Seller", "Người Mua", "Amount Paid By Buyer", "Transaction Fee Rate (%)",
    "Phương thức thanh toán của Người mua", "Buyer Payment Method Details_1", "Installment Plan (if applicable)",
    "Phí vận chuyển - Người bán hỗ trợ", "Đơn vị vận chuyển", "Courier Name", "Mã voucher", "Đền bù đơn mất hàng",
    "Giá sản phẩm (sau khuyến mãi)", "Shopee xu", "Shopee voucher", "Ngân hàng khuyến mãi thanh toán trên Thẻ Tín Dụng",
    "Shopee khuyến mãi thanh toán trên Thẻ Tín Dụng",
)  # fmt: skip
MONEY = HEADINGS[12:37]
TERMS = {
    "original_cost_of_goods_sold": "Giá sản phẩm",
    "seller_return_refund": "Số tiền hoàn lại",
    "buyer_paid_shipping_fee": "Phí vận chuyển Người mua trả",
    "actual_shipping_fee": "Phí vận chuyển thực tế",
    "shopee_shipping_rebate": "Phí vận chuyển được trợ giá từ Shopee",
    "voucher_from_seller": "Mã ưu đãi do Người Bán chịu",
    "commission_fee": "Phí cố định",
    "service_fee": "Phí Dịch Vụ",
    "seller_order_processing_fee": "Phí Dịch Vụ",
    "seller_transaction_fee": "Phí xử lý giao dịch",
    "withholding_vat_tax": "Thuế GTGT",
    "withholding_pit_tax": "Thuế TNCN",
}
BANNERS: list[Value] = ["Thông tin đơn hàng", *[None] * 11, "Chi tiết doanh thu"]
SPLIT = 400  # rows of the first sheet


def file_name(first: date, last: date) -> str:
    return f"Income.đã phát hành.vn.{first:%Y%m%d}_{last:%Y%m%d}.xlsx"


def sheets(sandbox: Sandbox, shop: str, first: date, last: date) -> Sequence[Sheet]:
    """Orders whose money was released on these days."""
    world, site = sandbox.world, sandbox.sites["shopee.api"]
    if not isinstance(site, ShopeeApi):
        raise TypeError("shopee.api is played by something else")
    released = ((o, site.errors.released_at(o)) for o in world.orders("shopee", shop))
    paid = [(o, vietnam_day(at)) for o, at in released if at is not None and first <= vietnam_day(at) <= last]
    account = site.accounts.shops[int(shop)]
    amounts = [site.errors.said(o, fees.signed_amounts(account, o)) for o, _ in paid]
    rows = [
        row
        for (order, day), said in zip(paid, amounts, strict=True)
        for row in _order(world, order, day, said, account.tax_code)
    ]
    head: list[list[Value]] = [BANNERS, [], list(HEADINGS)]
    parts = [rows[at : at + SPLIT] for at in range(0, max(len(rows), 1), SPLIT)]
    incomes = [Sheet("Doanh thu" if n == 0 else f"Doanh thu - {n}", [*head, *part]) for n, part in enumerate(parts)]
    details = Sheet("Service Fee Details", _details([o for o, _ in paid], amounts))
    return [_summary(shop, first, last, sum(map(_total, amounts))), *incomes, details, _adjustments()]


def _total(amounts: dict[str, int]) -> int:
    return sum(amounts.values())


def _order(world: World, order: Order, day: date, amounts: dict[str, int], tax_code: str) -> Iterator[list[Value]]:
    """The order's row with the money, then a row a product without any."""
    chance = world.rng("shopee income cells", order.order_id)
    money: dict[str, int] = dict.fromkeys(MONEY, 0) | {"Tổng tiền đã thanh toán": _total(amounts)}
    for code, amount in amounts.items():
        money[TERMS[code]] += amount
    shown = {name: "-" if amount == 0 and chance.random() < 0.5 else amount for name, amount in money.items()}
    common: dict[str, Value] = {
        "Mã giao dịch": order.order_id % 100_000,
        "Mã đơn hàng": order_sn(order),
        "Mã Số Thuế": tax_code,
        "Mã yêu cầu hoàn tiền": "-",
        "Ngày đặt hàng": f"{order.placed_at.astimezone(VIETNAM):%Y-%m-%d}",
        "Ngày hoàn thành thanh toán": f"{day:%Y-%m-%d}",
    }
    paid = order.goods_vnd - order.seller_voucher_vnd + order.buyer_shipping_vnd
    buyer: dict[str, Value] = {"Người Mua": buyer_username(world, order), "Amount Paid By Buyer": paid}
    head: dict[str, Value] = {**common, **shown, **buyer, "Đơn hàng / Sản phẩm": "Order", "Loại đơn hàng": "Đơn thường"}
    yield [head.get(name) for name in HEADINGS]
    for line in order.lines:
        words = line_words(world, line)
        goods: dict[str, Value] = {"Mã sản phẩm": str(words["item_id"]), "Tên sản phẩm": words["item_name"]}
        row: dict[str, Value] = {**common, **dict.fromkeys(MONEY, "-"), **goods, "Đơn hàng / Sản phẩm": "Sku"}
        yield [row.get(name) for name in HEADINGS]


def _details(orders: Sequence[Order], amounts: Sequence[dict[str, int]]) -> list[list[Value]]:
    rows: list[list[Value]] = [["Phí Dịch Vụ"], ["Mã giao dịch", "Mã đơn hàng", "Phí Hạ Tầng", "Voucher Xtra"]]
    for order, said in zip(orders, amounts, strict=True):
        if fee := said.get("seller_order_processing_fee", 0):
            rows.append([order.order_id % 100_000, order_sn(order), fee, said["service_fee"]])
    return rows


def _summary(shop: str, first: date, last: date, total_vnd: int) -> Sheet:
    rows: list[list[Value]] = [
        ["Người Bán", None, None, shop],
        ["Từ", None, None, f"{first:%Y-%m-%d}"],
        ["Đến", None, None, f"{last:%Y-%m-%d}"],
        ["3. Tổng số tiền đã phát hành", None, None, total_vnd],
    ]
    return Sheet("Summary", rows)


def _adjustments() -> Sheet:
    headings: list[Value] = [
        "Mã giao dịch", "Ngày hoàn thành điều chỉnh đơn hàng", "Loại điều chỉnh | Mô tả", "Lý do điều chỉnh",
        "Số tiền điều chỉnh", "Mã đơn hàng liên quan", "Ngày hoàn thành thanh toán",
    ]  # fmt: skip
    rows: list[list[Value]] = [
        ["Điều chỉnh"],
        [],
        ["Chi tiết danh sách giao dịch điều chỉnh"],
        headings,
        ["Tổng cộng", *[None] * 3, 0],
    ]
    return Sheet("Adjustment", rows)
