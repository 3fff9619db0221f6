"""Columns of TikTok Shop's seller-centre files for Vietnam (public descriptions of 2026-04 to 2026-09, read 2026-11-23; no real file was
opened).

The order export is headed in English even where the seller centre is Vietnamese. The income report speaks the language of the
seller centre; every amount in it is signed. Codes are the Partner API's for the same amount; where none is documented the code is ours.
"""

from connectors.files.table import Column, Layout

ORDER_COLUMNS = (
    Column("order", ("Order ID",)),
    Column("status", ("Order Status",)),
    Column("substatus", ("Order Substatus",)),
    Column("return_type", ("Cancelation/Return Type",)),
    Column("sku_id", ("SKU ID",)),
    Column("sku", ("Seller SKU",)),
    Column("name", ("Product Name",)),
    Column("quantity", ("Quantity",)),
    Column("returned", ("Sku Quantity of return",)),
    Column("list_price", ("SKU Unit Original Price",)),
    Column("gross", ("SKU Subtotal Before Discount",)),
    Column("platform_discount", ("SKU Platform Discount",)),
    Column("seller_discount", ("SKU Seller Discount",)),
    Column("subtotal", ("SKU Subtotal After Discount",)),
    Column("placed_at", ("Created Time",)),
    Column("paid_at", ("Paid Time",)),
    Column("rts_at", ("RTS Time",), is_needed=False),
    Column("shipped_at", ("Shipped Time",)),
    Column("delivered_at", ("Delivered Time",)),
    Column("cancelled_at", ("Cancelled Time",)),
    Column("province", ("Province",), is_needed=False),
)
ORDER_LEFT_OUT = frozenset({
    "Normal or Pre-order", "Variation", "Shipping Fee After Discount", "Original Shipping Fee", "Shipping Fee Seller Discount",
    "Shipping Fee Platform Discount", "Co-Funded Shipping Fee Discount", "Payment platform discount", "Taxes", "Order Amount",
    "Order Refund Amount", "Cancel By", "Cancel Reason", "Fulfillment Type", "Warehouse Name", "Tracking ID", "Delivery Option",
    "Delivery Option Type", "Shipping Provider Name", "Buyer Message", "Buyer Nickname", "Buyer Username", "Recipient", "Phone #",
    "Zipcode", "Country", "District", "Detail Address", "Additional address information", "Address Line 1", "Address Line 2",
    "Delivery Instruction", "Payment Method", "Weight(kg)", "Product Category", "Package ID", "Seller Note", "Checked Status",
    "Checked Marked by", "Shipping Information", "Creator Handle", "Product ID", "Virtual Bundle Seller SKU", "Retail Delivery Fee",
    "Combined Listing", "Order Channel",
})  # fmt: skip
ORDER_LAYOUT = Layout(
    ORDER_COLUMNS, ORDER_LEFT_OUT, (frozenset({"Order ID", "SKU Unit Original Price", "Order Substatus"}),)
)

# What adds up to a settlement: every amount once, none of the report's own totals.
TERMS = {
    "subtotal_before_discount_amount": ("Tổng phụ trước giảm giá", "Subtotal before discounts"),
    "seller_discount_amount": ("Giảm giá của người bán", "Seller discounts"),
    "refund_subtotal_before_discount_amount": (
        "Tổng phụ hoàn tiền trước giảm giá của người bán",
        "Refund subtotal before seller discounts",
    ),
    "seller_discount_refund_amount": ("Khoản hoàn tiền giảm giá của người bán", "Refund of seller discounts"),
    "transaction_fee_amount": ("Phí giao dịch", "Transaction fee"),
    "platform_commission_amount": ("Phí hoa hồng của TikTok Shop", "TikTok Shop commission fee"),
    "actual_shipping_fee_amount": ("Phí vận chuyển thực tế",),
    "shipping_fee_discount_amount": ("Chiết khấu phí vận chuyển của nền tảng",),
    "customer_paid_shipping_fee_amount": ("Chi phí vận chuyển của khách hàng",),
    "return_shipping_fee_amount": ("Phí vận chuyển trả hàng thực tế",),
    "refunded_customer_shipping_fee_amount": ("Phí vận chuyển của khách hàng được hoàn lại",),
    "sfr_reimbursement": ("Hoàn phí SFR",),
    "failed_delivery_subsidy_amount": ("Trợ cấp giao hàng không thành công",),
    "tiktok_shop_shipping_incentive_amount": ("Trợ giá vận chuyển",),
    "affiliate_commission_amount": ("Hoa hồng liên kết", "Affiliate commission"),
    "affiliate_ads_commission_amount": ("Hoa hồng liên kết Quảng cáo cửa hàng", "Affiliate Shop Ads commission"),
    "affiliate_partner_commission_amount": ("Hoa hồng của đối tác liên kết", "Affiliate partner commission"),
    "affiliate_commission_deposit": ("Tiền cọc hoa hồng liên kết",),
    "affiliate_commission_release": ("Hoàn hoa hồng liên kết",),
    "tap_shop_ads_commission": (
        "Hoa hồng quảng cáo cửa hàng của Đối tác liên kết",
        "Affiliate Partner shop ads commission",
    ),
    "sfp_service_fee_amount": ("Phí dịch vụ SFP", "SFP service fee"),
    "bonus_cashback_service_fee_amount": ("Phí dịch vụ hoàn tiền thưởng", "Bonus cashback service fee"),
    "live_specials_fee_amount": ("Phí dịch vụ Ưu đãi đặc biệt trên LIVE", "LIVE Specials service fee"),
    "voucher_xtra_service_fee_amount": ("Phí dịch vụ Voucher Xtra", "Voucher Xtra service fee"),
    "vn_fix_infrastructure_fee": ("Phí xử lý đơn hàng", "Order processing fee"),
    "eams_program_service_fee": ("Phí dịch vụ Chương trình EAMS", "EAMS Program service fee"),
    "flash_sales_service_fee_amount": ("Phí dịch vụ Flash Sale", "Flash Sale service fee"),
    "local_vat_amount": ("Thuế GTGT do TikTok Shop khấu trừ", "VAT withheld by TikTok Shop"),
    "pit_amount": ("Thuế TNCN do TikTok Shop khấu trừ", "PIT withheld by TikTok Shop"),
    "seller_paylater_handling_fee_amount": ("Phí chương trình TikTok PayLater", "TikTok PayLater program fee"),
    "campaign_resource_fee": ("Phí nguồn lực chiến dịch", "Campaign resource fee"),
    "shipping_fee_guarantee_service_fee": ("Phí dịch vụ SFR", "SFR service fee"),
    "gmv_max_coupon_fee": ("Voucher GMV Max",),
    "gmv_max_coupon_fee_tax": ("Thuế bán hàng của voucher GMV Max",),
    "platform_semi_managed_commission_fee_tax": ("Gói dịch vụ được quản lý (thuế bán hàng)",),
    "platform_semi_managed_commission_fee": ("Gói dịch vụ được quản lý (phí mỗi đơn hàng)",),
    "gmv_max_ad_fee_amount": ("Phí quảng cáo GMV Max",),
}
NEEDED = {
    "subtotal_before_discount_amount", "seller_discount_amount", "refund_subtotal_before_discount_amount",
    "seller_discount_refund_amount", "transaction_fee_amount", "platform_commission_amount", "affiliate_commission_amount",
    "local_vat_amount", "pit_amount",
}  # fmt: skip
SETTLED_COLUMNS = (
    Column("order", ("ID đơn hàng/điều chỉnh", "Order/adjustment ID")),
    Column("type", ("Loại giao dịch", "Type")),
    Column("settled_at", ("Thời gian quyết toán đơn hàng", "Order settled time")),
    Column("currency", ("Đơn vị tiền tệ", "Currency")),
    Column("settlement", ("Tổng số tiền quyết toán", "Total settlement amount")),
    Column("fees", ("Tổng phí", "Total Fees")),
    Column("adjustment", ("Số tiền điều chỉnh", "Adjustment amount")),
    Column("related", ("ID đơn hàng liên quan", "Related order ID")),
    *(Column(code, names, code in NEEDED) for code, names in TERMS.items()),
)
# Totals of other columns, creators' own tax, what the buyer paid and TikTok's part of it: none of it is in the settlement.
SETTLED_LEFT_OUT = frozenset({
    "Thời gian tạo đơn hàng", "Order created time", "Tổng doanh thu", "Total Revenue", "Tổng phụ sau giảm giá của người bán",
    "Subtotal after seller discounts", "Tổng phụ của khoản hoàn tiền sau giảm giá của người bán",
    "Refund subtotal after seller discounts", "Phí vận chuyển của người bán", "Seller shipping fee",
    "Hoa hồng liên kết trước thuế TNCN (thuế thu nhập cá nhân)", "Thuế TNCN đã khấu trừ",
    "Hoa hồng của Quảng cáo cửa hàng liên kết trước thuế TNCN",
    "Thuế thu nhập cá nhân đã được khấu trừ vào khoản hoa hồng của Quảng cáo cửa hàng liên kết", "Khách thanh toán",
    "Customer payment", "Tiền hoàn của khách", "Customer refund", "Giảm giá voucher đồng chi trả của người bán",
    "Hoàn tiền giảm giá voucher đồng chi trả của người bán", "Giảm giá của nền tảng", "Hoàn tiền giảm giá của nền tảng",
    "Giảm giá voucher đồng chi trả của nền tảng", "Hoàn tiền giảm giá voucher đồng chi trả của nền tảng",
    "Phí vận chuyển khách hàng thanh toán trước giảm giá", "Giảm phí vận chuyển của người bán",
    "TikTok Shop giảm phí vận chuyển cho khách hàng", "Trọng lượng kiện hàng ước tính", "Trọng lượng kiện hàng được tính phí",
})  # fmt: skip
SETTLED_LAYOUT = Layout(
    SETTLED_COLUMNS,
    SETTLED_LEFT_OUT,
    (
        frozenset({"ID đơn hàng/điều chỉnh", "Tổng số tiền quyết toán"}),
        frozenset({"Order/adjustment ID", "Total settlement amount"}),
    ),
)

ESTIMATED = {
    "transaction_fee_amount": ("Phí giao dịch ước tính",),
    "affiliate_commission_amount": ("Hoa hồng liên kết ước tính",),
}
UNSETTLED_COLUMNS = (
    Column("type", ("Loại giao dịch",)),
    Column("order", ("ID đơn hàng/điều chỉnh",)),
    Column("currency", ("Đơn vị tiền tệ",)),
    Column("settlement", ("Số tiền quyết toán ước tính",)),
    Column("fees", ("Tổng phí",)),
    Column("adjustment", ("Số tiền điều chỉnh",)),
    *(Column(code, ESTIMATED.get(code, names), code in NEEDED) for code, names in TERMS.items()),
)
UNSETTLED_LEFT_OUT = SETTLED_LEFT_OUT | {
    "Ngày tạo giao dịch", "Thời gian quyết toán dự kiến", "Lý do chưa quyết toán", "ID đơn hàng liên quan", "Ngày tạo đơn hàng",
    "Ngày vận chuyển đơn hàng", "Ngày giao đơn hàng", "ID SKU", "Số lượng", "Tên sản phẩm", "Tên SKU",
    "Phí vận chuyển ước tính của người bán",
}  # fmt: skip
UNSETTLED_LAYOUT = Layout(
    UNSETTLED_COLUMNS, UNSETTLED_LEFT_OUT, (frozenset({"Lý do chưa quyết toán", "Số tiền quyết toán ước tính"}),)
)
