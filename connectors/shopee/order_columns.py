"""Columns of Shopee's order export for Vietnam, sheet `orders` (seller centre files as described in public sources of 2026-04 to
2026-05, read 2026-11-23; no real export was opened).

Two columns differ only by the case of one letter: `Tổng số tiền Người mua thanh toán` is a line's, `Tổng số tiền người mua thanh
toán` an order's.
"""

from connectors.files.table import Column, Layout

COLUMNS = (
    Column("order", ("Mã đơn hàng",)),
    Column("placed_at", ("Ngày đặt hàng",)),
    Column("status", ("Trạng Thái Đơn Hàng",)),
    Column("cancel_reason", ("Lý do hủy",), is_needed=False),  # the to-ship export has none
    Column("shipped_at", ("Ngày gửi hàng", "Ngày xuất hàng"), is_needed=False),
    Column("delivered_at", ("Thời gian giao hàng",), is_needed=False),
    Column("return_status", ("Trạng thái Trả hàng/Hoàn tiền", "Tình trạng Trả hàng / Hoàn tiền"), is_needed=False),
    Column("parent_sku", ("SKU sản phẩm",)),
    Column("name", ("Tên sản phẩm",)),
    Column("sku", ("SKU phân loại hàng",)),
    Column("variant", ("Tên phân loại hàng",), is_needed=False),
    Column("list_price", ("Giá gốc",)),
    Column("price", ("Giá ưu đãi",)),
    Column("quantity", ("Số lượng",)),
    Column("returned", ("Số lượng sản phẩm được hoàn trả", "Returned quantity"), is_needed=False),
    Column("subtotal", ("Tổng số tiền Người mua thanh toán", "Tổng giá bán (sản phẩm)")),
    Column("voucher", ("Mã giảm giá của Shop",)),
    Column("coins", ("Hoàn Xu",), is_needed=False),
    Column("completed_at", ("Thời gian hoàn thành đơn hàng",)),
    Column("paid_at", ("Thời gian đơn hàng được thanh toán",)),
    Column("commission", ("Phí cố định",)),
    Column("service", ("Phí Dịch Vụ",)),
    Column("transaction", ("Phí xử lý giao dịch", "Phí thanh toán", "Phí giao dịch")),
    Column("province", ("Tỉnh/Thành phố",), is_needed=False),
)

# Known and not read: buyers' people and addresses, and amounts that other columns hold exactly or that are estimates of the carrier.
LEFT_OUT = frozenset({
    "Mã Kiện Hàng", "Sản Phẩm Bán Chạy", "Nhận xét từ Người mua", "Mã vận đơn", "Đơn Vị Vận Chuyển", "Phương thức giao hàng",
    "Loại đơn hàng", "Ngày giao hàng dự kiến", "Cân nặng sản phẩm", "Tổng cân nặng", "Người bán trợ giá", "Được Shopee trợ giá",
    "Tổng số tiền được người bán trợ giá", "Tổng giá trị đơn hàng (VND)", "Mã giảm giá của Shopee", "Chỉ tiêu Combo Khuyến Mãi",
    "Giảm giá từ combo Shopee", "Giảm giá từ Combo của Shop", "Shopee Xu được hoàn",
    "Số tiền được giảm khi thanh toán bằng thẻ Ghi nợ", "Trade-in Discount", "Trade-in Bonus", "Trade-in Bonus by Seller",
    "Phí vận chuyển (dự kiến)", "Phí vận chuyển mà người mua trả", "Phí vận chuyển tài trợ bởi Shopee (dự kiến)",
    "Phí vận chuyển trả hàng (đơn Trả hàng/hoàn tiền)", "Phí vận chuyển trả hàng", "Phí trả hàng",
    "Tổng số tiền người mua thanh toán", "Phương thức thanh toán", "Tiền ký quỹ", "Người Mua", "Tên Người nhận", "Số điện thoại",
    "TP / Quận / Huyện", "Quận", "Địa chỉ nhận hàng", "Quốc gia", "Ghi chú", "Ngày giao hàng nội địa", "Ngày hủy thành công",
    "Đơn hàng được xử lý bởi Shopee", "Tên kho hàng", "Sở hữu bởi Shopee", "Ngày xác minh ký quỹ",
})  # fmt: skip

LAYOUT = Layout(
    COLUMNS, LEFT_OUT, (frozenset({"Mã đơn hàng", "Mã Kiện Hàng", "Trạng Thái Đơn Hàng", "SKU phân loại hàng"}),)
)
