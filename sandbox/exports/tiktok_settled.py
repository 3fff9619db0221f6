"""TikTok Shop's settled income for Vietnam, sheet `Chi tiết đơn hàng`, from the world's statements (layout as publicly described for
2026-06, read 2026-11-23). Every amount is a text of digits with its sign; `Tổng phí` holds shipping, fees and taxes.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sandbox.exports.book import Sheet, Value
from sandbox.sandbox import Sandbox
from sandbox.things import VIETNAM, vietnam_day
from sandbox.tiktok_shop import fees
from sandbox.tiktok_shop.order_words import order_id
from sandbox.tiktok_shop.site import TikTokShopApi
from sandbox.tiktok_shop.statement import Transaction

HEADINGS = (
    "ID đơn hàng/điều chỉnh", "Loại giao dịch", "Thời gian tạo đơn hàng", "Thời gian quyết toán đơn hàng", "Đơn vị tiền tệ",
    "Tổng số tiền quyết toán", "Tổng doanh thu", "Tổng phụ sau giảm giá của người bán", "Tổng phụ trước giảm giá",
    "Giảm giá của người bán", "Tổng phụ của khoản hoàn tiền sau giảm giá của người bán",
    "Tổng phụ hoàn tiền trước giảm giá của người bán", "Khoản hoàn tiền giảm giá của người bán", "Tổng phí", "Phí giao dịch",
    "Phí hoa hồng của TikTok Shop", "Phí vận chuyển của người bán", "Phí vận chuyển thực tế",
    "Chiết khấu phí vận chuyển của nền tảng", "Chi phí vận chuyển của khách hàng", "Phí vận chuyển trả hàng thực tế",
    "Phí vận chuyển của khách hàng được hoàn lại", "Hoàn phí SFR", "Trợ cấp giao hàng không thành công", "Trợ giá vận chuyển",
    "Hoa hồng liên kết", "Hoa hồng liên kết trước thuế TNCN (thuế thu nhập cá nhân)", "Thuế TNCN đã khấu trừ",
    "Hoa hồng liên kết Quảng cáo cửa hàng", "Hoa hồng của Quảng cáo cửa hàng liên kết trước thuế TNCN",
    "Thuế thu nhập cá nhân đã được khấu trừ vào khoản hoa hồng của Quảng cáo cửa hàng liên kết", "Hoa hồng của đối tác liên kết",
    "Tiền cọc hoa hồng liên kết", "Hoàn hoa hồng liên kết", "Hoa hồng quảng cáo cửa hàng của Đối tác liên kết", "Phí dịch vụ SFP",
    "Phí dịch vụ hoàn tiền thưởng", "Phí dịch vụ Ưu đãi đặc biệt trên LIVE", "Phí dịch vụ Voucher Xtra", "Phí xử lý đơn hàng",
    "Phí dịch vụ Chương trình EAMS", "Phí dịch vụ Flash Sale", "Thuế GTGT do TikTok Shop khấu trừ",
    "Thuế TNCN do TikTok Shop khấu trừ", "Phí chương trình TikTok PayLater", "Phí nguồn lực chiến dịch", "Phí dịch vụ SFR",
    "Voucher GMV Max", "Thuế bán hàng của voucher GMV Max", "Gói dịch vụ được quản lý (thuế bán hàng)",
    "Gói dịch vụ được quản lý (phí mỗi đơn hàng)", "Phí quảng cáo GMV Max", "Số tiền điều chỉnh", "ID đơn hàng liên quan",
    "Khách thanh toán", "Tiền hoàn của khách", "Giảm giá voucher đồng chi trả của người bán",
    "Hoàn tiền giảm giá voucher đồng chi trả của người bán", "Giảm giá của nền tảng", "Hoàn tiền giảm giá của nền tảng",
    "Giảm giá voucher đồng chi trả của nền tảng", "Hoàn tiền giảm giá voucher đồng chi trả của nền tảng",
    "Giảm phí vận chuyển của người bán", "Trọng lượng kiện hàng ước tính", "Trọng lượng kiện hàng được tính phí",
)  # fmt: skip
COLUMNS = {
    "subtotal_before_discount_amount": "Tổng phụ trước giảm giá",
    "seller_discount_amount": "Giảm giá của người bán",
    "refund_subtotal_before_discount_amount": "Tổng phụ hoàn tiền trước giảm giá của người bán",
    "seller_discount_refund_amount": "Khoản hoàn tiền giảm giá của người bán",
    "actual_shipping_fee_amount": "Phí vận chuyển thực tế",
    "shipping_fee_discount_amount": "Chiết khấu phí vận chuyển của nền tảng",
    "customer_paid_shipping_fee_amount": "Chi phí vận chuyển của khách hàng",
    "return_shipping_fee_amount": "Phí vận chuyển trả hàng thực tế",
    "platform_commission_amount": "Phí hoa hồng của TikTok Shop",
    "transaction_fee_amount": "Phí giao dịch",
    "vn_fix_infrastructure_fee": "Phí xử lý đơn hàng",
    "sfp_service_fee_amount": "Phí dịch vụ SFP",
    "affiliate_commission_amount": "Hoa hồng liên kết",
    "voucher_xtra_service_fee_amount": "Phí dịch vụ Voucher Xtra",
    "local_vat_amount": "Thuế GTGT do TikTok Shop khấu trừ",
    "pit_amount": "Thuế TNCN do TikTok Shop khấu trừ",
}
AMOUNTS = HEADINGS[5:53]


def file_name(_first: date, last: date) -> str:
    return f"income_{last:%Y%m%d}235959(UTC+7).xlsx"


def sheets(sandbox: Sandbox, shop: str, first: date, last: date) -> Sequence[Sheet]:
    """What statements of these days settled."""
    site = sandbox.sites["tiktok_shop.api"]
    if not isinstance(site, TikTokShopApi):
        raise TypeError("tiktok_shop.api is played by something else")
    cut = [one for one in site.stage.ledger.statements if one.shop_id == shop and first <= vietnam_day(one.at) <= last]
    rows: list[list[Value]] = [_row(one.at, row) for one in cut for row in one.transactions]
    total_vnd = sum(row.settlement_vnd for one in cut for row in one.transactions)
    report: list[list[Value]] = [["Báo cáo thu nhập"], ["Tổng số tiền quyết toán", str(total_vnd)]]
    return [Sheet("Báo cáo", report), Sheet("Chi tiết đơn hàng", [list(HEADINGS), *rows])]


def _row(at: datetime, one: Transaction) -> list[Value]:
    amounts = dict.fromkeys(AMOUNTS, 0)
    for code, amount in one.amounts.items():
        amounts[COLUMNS[code]] += amount
    amounts |= {
        "Tổng số tiền quyết toán": one.settlement_vnd,
        "Tổng doanh thu": one.revenue_vnd,
        "Tổng phí": one.shipping_vnd + one.fee_tax_vnd,
        "Phí vận chuyển của người bán": fees.total(one.amounts, fees.SHIPPING),
    }
    given: dict[str, Value] = {name: str(amount) for name, amount in amounts.items()}
    given |= {
        "ID đơn hàng/điều chỉnh": order_id(one.order),
        "Loại giao dịch": "Đơn hàng",
        "Thời gian tạo đơn hàng": _day(one.order.placed_at),
        "Thời gian quyết toán đơn hàng": _day(at),
        "Đơn vị tiền tệ": "VND",
        "ID đơn hàng liên quan": "/",
    }
    return [given.get(name) for name in HEADINGS]


def _day(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%Y/%m/%d}"
