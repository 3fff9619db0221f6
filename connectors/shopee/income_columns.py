"""Columns of Shopee's released-income report for Vietnam, sheets `Doanh thu`, `Doanh thu - 1`… (public descriptions of 2026-05, read
2026-11-23; no real report was opened).

Every amount is signed already: costs are negative. The payout is the sum of TERMS. The codes are those the Open Platform uses for
the same amount, so that a report and an API answer about one order say the same; where none is documented the code is ours.
"""

from connectors.files.table import Column, Layout

PAYOUT = "payout"
TERMS = {  # our field: (code of the API's amount, headings)
    "goods": ("original_cost_of_goods_sold", ("Giá sản phẩm", "Tổng số tiền đơn hàng (sản phẩm)")),
    "refund": ("seller_return_refund", ("Số tiền hoàn lại",)),
    "shipping_paid": ("buyer_paid_shipping_fee", ("Phí vận chuyển Người mua trả",)),
    "shipping": ("actual_shipping_fee", ("Phí vận chuyển thực tế",)),
    "shipping_rebate": ("shopee_shipping_rebate", ("Phí vận chuyển được trợ giá từ Shopee",)),
    "return_shipping": ("reverse_shipping_fee", ("Phí vận chuyển trả hàng (đơn Trả hàng/hoàn tiền)",)),
    "protection_claim": ("rsf_seller_protection_fee_claim_amount", ("Phí vận chuyển được hoàn bởi PiShip",)),
    "failed_shipping": (
        "final_return_to_seller_shipping_fee",
        ("Phí vận chuyển trả hàng (đơn giao không thành công)",),
    ),
    "platform_discount": ("shopee_discount", ("Sản phẩm được trợ giá từ Shopee",)),
    "voucher": ("voucher_from_seller", ("Mã ưu đãi do Người Bán chịu",)),
    "voucher_shared": ("voucher_from_seller", ("Mã ưu đãi Đồng Tài Trợ do Người Bán chịu",)),
    "coins": ("seller_coin_cash_back", ("Mã hoàn xu do Người Bán chịu",)),
    "coins_shared": ("seller_coin_cash_back", ("Mã hoàn xu Đồng Tài Trợ do Người Bán chịu",)),
    "commission": ("commission_fee", ("Phí cố định",)),
    "service": ("service_fee", ("Phí Dịch Vụ",)),
    "transaction": ("seller_transaction_fee", ("Phí xử lý giao dịch", "Phí thanh toán")),
    "affiliate": ("order_ams_commission_fee", ("Phí hoa hồng Tiếp thị liên kết",)),
    "protection": ("shipping_seller_protection_fee_amount", ("Phí dịch vụ PiShip",)),
    "ads": (
        "ads_escrow_top_up_fee_or_technical_support_fee",
        ("Phí dịch vụ hiển thị NTTD (từ doanh thu đơn hàng)", "Mức Nạp Tiền Tự Động (từ doanh thu đơn hàng)"),
    ),
    "vat": ("withholding_vat_tax", ("Thuế GTGT",)),
    "pit": ("withholding_pit_tax", ("Thuế TNCN",)),
    "installation_paid": ("buyer_paid_installation_fee", ("Phí lắp đặt người mua trả",)),
    "installation": ("actual_installation_fee", ("Phí lắp đặt thực tế",)),
    "trade_in": ("trade_in_bonus_by_seller", ("Trade-in Bonus by Seller",)),
}
NEEDED = {
    "goods",
    "refund",
    "commission",
    "service",
    "transaction",
    "voucher",
    "shipping",
    "shipping_paid",
    "shipping_rebate",
}
COMPENSATION = "compensation"  # stands apart from the terms: it counts only where the payout says so
COMPENSATION_CODE = "lost_parcel_compensation"

COLUMNS = (
    Column("grain", ("Đơn hàng / Sản phẩm",)),
    Column("order", ("Mã đơn hàng",)),
    Column("settled_at", ("Ngày hoàn thành thanh toán", "Thời gian thanh toán đã chuyển")),
    Column(PAYOUT, ("Tổng tiền đã thanh toán",)),
    Column(COMPENSATION, ("Đền bù đơn mất hàng",), is_needed=False),
    *(Column(field, names, field in NEEDED) for field, (_, names) in TERMS.items()),
)

LEFT_OUT = frozenset({
    "Mã giao dịch", "Mã Số Thuế", "Mã yêu cầu hoàn tiền", "Mã sản phẩm", "Tên sản phẩm", "Ngày đặt hàng", "Phương thức thanh toán",
    "Loại đơn hàng", "Phân Loại", "Sản Phẩm Bán Chạy", "Người Mua", "Amount Paid By Buyer", "Transaction Fee Rate (%)",
    "Phương thức thanh toán của Người mua", "Buyer Payment Method Details_1", "Installment Plan (if applicable)",
    "Phí vận chuyển - Người bán hỗ trợ", "Đơn vị vận chuyển", "Courier Name", "Mã voucher", "Giá sản phẩm (sau khuyến mãi)",
    "Shopee xu", "Shopee voucher", "Ngân hàng khuyến mãi thanh toán trên Thẻ Tín Dụng",
    "Shopee khuyến mãi thanh toán trên Thẻ Tín Dụng",
})  # fmt: skip

LAYOUT = Layout(COLUMNS, LEFT_OUT, (frozenset({"Đơn hàng / Sản phẩm", "Tổng tiền đã thanh toán"}),))
