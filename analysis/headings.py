"""Column names and values as a person reads them in Vietnamese. Files for programs (json, csv) keep the names of the code."""

from collections.abc import Mapping

HEADINGS: Mapping[str, str] = {
    "adjustment_vnd": "Điều chỉnh (₫)",
    "actual": "Đạt được",
    "amount_vnd": "Số tiền (₫)",
    "at_most": "Nhiều nhất",
    "base_vnd": "Doanh thu tính thuế (₫)",
    "basis": "Căn cứ",
    "by_year": "Đến năm",
    "cause": "Nguyên nhân",
    "code": "Mã khoản",
    "charged_vnd": "Bị thu (₫)",
    "commune": "Xã, phường",
    "cost_vnd": "Giá vốn (₫)",
    "day": "Ngày",
    "difference_vnd": "Chênh lệch (₫)",
    "expected_vnd": "Theo bảng phí (₫)",
    "fee_vnd": "Phí sàn (₫)",
    "floor_vnd": "Giá sàn (₫)",
    "gross_vnd": "Tiền hàng (₫)",
    "kind": "Loại hình",
    "lines_vnd": "Các khoản cộng lại (₫)",
    "marketplace": "Sàn",
    "meaning": "Nghĩa",
    "measure": "Chỉ tiêu",
    "month": "Tháng",
    "net_before_vnd": "Còn lại theo bảng phí có sẵn (₫)",
    "net_share": "Biên còn lại",
    "net_vnd": "Còn lại (₫)",
    "offline_vnd": "Ngoài mạng (₫)",
    "online_share": "Tỷ trọng trực tuyến",
    "online_undeclared_vnd": "Trực tuyến, chưa khai ngoài mạng (₫)",
    "online_vnd": "Trực tuyến (₫)",
    "order": "Đơn",
    "orders": "Số đơn",
    "other_fee_vnd": "Phí khác, ước (₫)",
    "other_tax_vnd": "Thuế khác (₫)",
    "packaging_vnd": "Bao bì (₫)",
    "pit_expected_vnd": "Thuế TNCN phải khấu trừ (₫)",
    "pit_withheld_vnd": "Thuế TNCN khấu trừ (₫)",
    "pit_vnd": "Thuế TNCN (₫)",
    "platform_voucher_vnd": "Sàn trợ giá (₫)",
    "price_vnd": "Giá bán (₫)",
    "producer": "Chủ thể",
    "producer_code": "Mã chủ thể",
    "producers": "Số chủ thể",
    "producers_declared": "Chủ thể đã khai",
    "producers_undeclared": "Chủ thể chưa khai",
    "product": "Sản phẩm",
    "product_code": "Mã sản phẩm",
    "products": "Số sản phẩm",
    "reached": "Đạt",
    "refund_vnd": "Hoàn tiền (₫)",
    "revenue_vnd": "Doanh thu (₫)",
    "says_vnd": "Sàn ghi (₫)",
    "seller_voucher_vnd": "Voucher người bán (₫)",
    "shipping_vnd": "Vận chuyển (₫)",
    "shop": "Gian hàng",
    "sku": "SKU",
    "stage": "Giai đoạn",
    "star": "Sao",
    "stars": "Sao",
    "state": "Tình trạng",
    "statement": "Bảng kê",
    "sub_group": "Phân nhóm",
    "target": "Mục tiêu",
    "tet_days": "Ngày mùa Tết",
    "threshold_share": "So với ngưỡng",
    "threshold_vnd": "Ngưỡng năm (₫)",
    "unexplained_vnd": "Chưa giải thích được (₫)",
    "units": "Số gói",
    "vat_expected_vnd": "Thuế GTGT phải khấu trừ (₫)",
    "vat_vnd": "Thuế GTGT (₫)",
    "vat_withheld_vnd": "Thuế GTGT khấu trừ (₫)",
    "why": "Giải thích",
}
TITLES: Mapping[str, str] = {
    "channels": "Tiền theo sàn",
    "fees": "Phí sàn so với bảng phí",
    "income": "Thu nhập theo khoản",
    "market": "Ước tính thị trường",
    "online-share": "Tỷ trọng bán trực tuyến",
    "producer-statement": "Bảng kê ký gửi của chủ thể",
    "producers": "Tiền theo chủ thể",
    "products": "Tiền theo sản phẩm",
    "programme": "Sản phẩm OCOP theo hạng sao",
    "reconcile": "Đối soát bảng kê",
    "revenue": "Doanh thu",
    "tax": "Thuế khấu trừ",
    "what-if": "Giá bán và phần còn lại",
    "star-effect": "Tác động của hạng sao",
}
STAGES: Mapping[object, str] = {
    "placed": "đã đặt",
    "processing": "chờ trả",
    "settled": "đã trả",
    "by row": "theo từng dòng",
    "none": "không có",
}
WORDS: Mapping[object, str] = {
    "report": "Báo cáo",
    "from": "Từ ngày",
    "to": "Đến ngày",
    "as_of": "Số liệu đến",
    "complete": "Đã đọc đủ",
    "lines": "Số dòng hàng",
    "lines_of_unknown_sku": "Dòng có SKU chưa có trong sổ",
    "note": "Ghi chú",
    "oddity": "Điều cần xem lại",
    "source": "Nguồn",
    "orders_not_settled": "Đơn chưa được trả tiền",
    "orders_read_until": "Đã đọc đơn đến",
    "tax_code": "Mã số thuế",
    "recognitions": "Lượt công nhận",
}


SOURCES: Mapping[str, str] = {
    "market": "Số công khai trên trang của sàn, và đơn của gian hàng mình để hiệu chỉnh",
    "online-share": "Đơn hàng của các gian hàng, và doanh thu ngoài mạng do chủ thể khai hoặc từ tệp bán lẻ",
    "programme": "Sổ đăng ký sản phẩm và các quyết định công nhận",
    "reconcile": "Bảng kê của sàn, và các khoản của từng đơn",
    "what-if": "Sổ đăng ký, bảng phí và bảng thuế có ngày hiệu lực",
}
OF_ORDERS = "Đơn hàng và các khoản tiền sàn ghi, đọc qua API hoặc từ tệp của sàn"


def source(report: str) -> str:
    """Where a report's figures come from."""
    return SOURCES.get(report, OF_ORDERS)


def heading(name: str) -> str:
    """A name without a Vietnamese one (a marketplace's own code) stays as it is."""
    return HEADINGS.get(name) or WORDS.get(name, name)


def title(report: str) -> str:
    return TITLES.get(report, report)


def shown_stage(stage: object) -> str:
    return STAGES.get(stage, str(stage))
