"""The register's columns: what each is called, in Vietnamese and English, what it means, and how a cell of it is read.

One row of the sheet is one pack of one product, with at most one recognition and one paper; further packs, recognitions
and papers of the product are further rows under the same product code.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from catalog.money import parse_dong
from catalog.units import parse_volume_ml, parse_weight_g
from catalog.workbook import cells, choices


class Part(StrEnum):
    """Which thing of the domain a column describes."""

    PRODUCER = "producer"
    PRODUCT = "product"
    VARIANT = "variant"
    CERTIFICATE = "certificate"
    DOCUMENT = "document"
    NOTE = "note"  # for the office's own eyes: seen, and left out on purpose


class Column(NamedTuple):
    part: Part
    field: str
    heading_vi: str
    heading_en: str
    read: Callable[..., object]
    explanation: str
    example: str = ""
    aliases: tuple[str, ...] = ()
    is_mandatory: bool = False

    @property
    def key(self) -> tuple[Part, str]:
        return self.part, self.field


def price(value: object) -> int:
    """Whole đồng above zero."""
    if not isinstance(value, str | int | float):
        raise ValueError("Giá phải là một số tiền, ví dụ 1.234.567.")  # noqa: TRY004 - cells raise one kind of error
    if (price_vnd := parse_dong(value)) == 0:
        raise ValueError("Giá phải lớn hơn 0; để trống nếu chưa biết.")
    return price_vnd


def _measure(parse: Callable[[str | float], int]) -> Callable[[object], int]:
    def read(value: object) -> int:
        if not isinstance(value, str | int | float):
            raise ValueError("Ô này phải là một số đo.")  # noqa: TRY004 - cells raise one kind of error
        return parse(value)

    return read


_weight, _volume = _measure(parse_weight_g), _measure(parse_volume_ml)
_side = cells.whole(1, 10_000, "Kích thước (mm)")
_P, _S, _V, _C, _D = Part.PRODUCER, Part.PRODUCT, Part.VARIANT, Part.CERTIFICATE, Part.DOCUMENT

# fmt: off
COLUMNS = (
    Column(_P, "code", "Mã chủ thể", "Producer code", cells.code, "Mã riêng của văn phòng cho chủ thể, không bao giờ đổi.", "CT-001", ("ma ct", "ma co so"), True),
    Column(_P, "name", "Tên chủ thể", "Producer", cells.text, "Tên hợp tác xã, doanh nghiệp, tổ hợp tác…", "HTX chè Hảo Đạt", ("chu the", "chu the san xuat", "ten co so", "don vi", "producer name"), True),
    Column(_P, "kind", "Loại hình", "Producer kind", choices.producer_kind, "Hợp tác xã, doanh nghiệp, hộ kinh doanh, tổ hợp tác, cơ sở hoặc cộng đồng du lịch.", "Hợp tác xã", ("loai hinh chu the", "producer type")),
    Column(_P, "commune", "Xã, phường", "Commune", cells.text, "Xã, phường từ ngày 01/07/2025.", "xã Tân Cương", ("xa phuong thi tran", "dia chi", "commune or ward")),
    Column(_P, "old_place", "Địa danh cũ", "Old place", cells.text, "Địa danh như tài liệu trước ngày 01/07/2025 ghi.", "xã Vô Tranh (huyện Phú Lương cũ)"),
    Column(_P, "tax_code", "Mã số thuế", "Tax code", cells.tax_code, "10, 12 hoặc 13 chữ số.", "4600123456", ("mst",)),
    Column(_S, "code", "Mã sản phẩm", "Product code", cells.code, "Mã riêng của văn phòng cho sản phẩm, không bao giờ đổi.", "OCOP-TN-0001", ("ma sp", "ma ocop"), True),
    Column(_S, "name", "Tên sản phẩm", "Product", cells.text, "Tên như trong quyết định công nhận.", "Chè tôm nõn", ("san pham", "ten sp", "product name"), True),
    Column(_S, "sub_group", "Phân nhóm", "Sub-group", choices.sub_group_slug, "Một trong các phân nhóm ở trang «Danh mục»; quyết định ngành hàng và giấy tờ cần có.", "Chè tươi, chè chế biến", ("nhom san pham", "phan nhom san pham", "category group", "subgroup"), True),
    Column(_S, "description", "Mô tả", "Description", cells.lines, "Giới thiệu sản phẩm. Câu nói về sao, hữu cơ, VietGAP… chỉ được đăng khi có giấy tờ còn hiệu lực.", "Búp một tôm, sao tay.", ("gioi thieu", "mo ta san pham")),
    Column(_S, "alcohol_percent", "Độ cồn (% thể tích)", "Alcohol (% vol)", cells.alcohol_percent, "Chỉ cho đồ uống có cồn: số in trên nhãn.", "12,5", ("do con", "nong do con", "alcohol percent", "alcohol")),
    Column(_S, "source", "Nguồn", "Source", cells.text, "Tài liệu mà dòng này được lấy.", "baothainguyen.vn 01/2024", ("nguon tai lieu",)),
    Column(_V, "sku", "SKU", "SKU", cells.sku, "Mã của một quy cách đóng gói; đi cùng sản phẩm lên mọi sàn, không bao giờ đổi.", "OCOP-TN-0001-200G", ("ma sku", "ma hang", "seller sku")),
    Column(_V, "name", "Tên quy cách", "Pack name", cells.text, "Điều phân biệt với quy cách khác.", "Hộp 200 g", ("quy cach", "variant", "quy cach dong goi")),
    Column(_V, "net_weight_g", "Khối lượng tịnh (g)", "Net weight (g)", _weight, "Gam; hoặc ghi cả đơn vị: 0,5 kg, 2 lạng.", "200", ("khoi luong tinh", "net weight", "khoi luong tinh gam")),
    Column(_V, "net_volume_ml", "Thể tích thực (ml)", "Net volume (ml)", _volume, "Mililít; hoặc ghi cả đơn vị: 1,5 lít.", "500", ("the tich", "dung tich", "net volume", "dung tich ml", "the tich ml")),
    Column(_V, "gtin", "Mã vạch (GTIN-13)", "GTIN-13", cells.gtin, "13 chữ số trên bao bì.", "8936012345674", ("ma vach", "gtin", "barcode", "ean")),
    Column(_V, "price_vnd", "Giá bán (đồng)", "Price (VND)", price, "Giá một quy cách, gồm thuế.", "185.000", ("gia ban", "gia", "don gia", "price", "gia ban vnd", "price vnd", "gia ban d")),
    Column(_V, "stock", "Tồn kho", "Stock", cells.whole(0, 10**9, "Tồn kho"), "Số quy cách sẵn bán; để trống nếu chưa biết (khi đó chưa bán).", "25", ("so luong ton", "ton", "so luong")),
    Column(_V, "images", "Ảnh", "Images", cells.images, "Địa chỉ http(s) hoặc tên tệp ảnh, cách nhau bằng dấu «;».", "https://vidu.vn/che.jpg", ("hinh anh", "anh san pham")),
    Column(_V, "shipping_weight_g", "Khối lượng gửi hàng (g)", "Shipping weight (g)", _weight, "Cả bao bì. Để trống: khối lượng tịnh cộng 20 % (ít nhất 50 g).", "250", ("khoi luong dong goi", "shipping weight", "khoi luong gui hang")),
    Column(_V, "length_mm", "Dài (mm)", "Length (mm)", _side, "Kích thước hộp gửi; ghi cả ba chiều hoặc để trống cả ba.", "180", ("chieu dai mm",)),
    Column(_V, "width_mm", "Rộng (mm)", "Width (mm)", _side, "Như trên.", "120", ("chieu rong mm",)),
    Column(_V, "height_mm", "Cao (mm)", "Height (mm)", _side, "Như trên.", "100", ("chieu cao mm",)),
    Column(_C, "stars", "Hạng sao", "Stars", cells.stars, "3, 4 hoặc 5; để trống nếu chưa được công nhận.", "4", ("sao", "hang", "so sao", "xep hang")),
    Column(_C, "recognised_year", "Năm công nhận", "Year recognised", cells.whole(2018, 2100, "Năm"), "Khi chưa biết ngày quyết định.", "2025", ("nam", "nam dat", "recognised year")),
    Column(_C, "decision_no", "Số quyết định", "Decision number", cells.text, "Quyết định công nhận.", "2361/QĐ-BNNMT", ("quyet dinh", "so qd", "decision no")),
    Column(_C, "decision_date", "Ngày quyết định", "Decision date", cells.day, "Ngày ký; giấy chứng nhận có giá trị 36 tháng từ ngày này.", "26/06/2025", ("ngay qd", "ngay cong nhan", "ngay ky")),
    Column(_C, "issuing_body", "Cơ quan công nhận", "Issuing body", cells.text, "Cơ quan ký quyết định.", "UBND tỉnh", ("co quan cap",)),
    Column(_C, "certificate_no", "Số giấy chứng nhận", "Certificate number", cells.text, "Nếu có.", "", ("certificate no",)),
    Column(_C, "score", "Điểm", "Score", cells.score, "Trên 100, nhiều nhất hai chữ số lẻ.", "90,86", ("diem danh gia", "tong diem")),
    Column(_C, "potential_five", "Tiềm năng 5 sao", "Potential five stars", cells.yes_no, "«có» khi đạt từ 90 điểm và đang chờ Bộ; vẫn bán như 4 sao.", "không", ("potential five",)),
    Column(_D, "kind", "Loại giấy tờ", "Document kind", choices.document_kind_slug, "Một trong các loại ở trang «Danh mục».", "Bản tự công bố sản phẩm", ("giay to", "document")),
    Column(_D, "number", "Số giấy tờ", "Document number", cells.text, "Số hiệu ghi trên giấy.", "01/HTX/2025", ("document no",)),
    Column(_D, "issuer", "Nơi cấp", "Document issuer", cells.text, "Nơi cấp giấy.", "UBND xã", ("co quan cap giay to",)),
    Column(_D, "issued_on", "Ngày cấp", "Document issued on", cells.day, "Ngày cấp.", "15/03/2025", ("issued on",)),
    Column(_D, "expires_on", "Ngày hết hạn", "Document expires on", cells.day, "Ngày cuối còn hiệu lực; để trống nếu không thời hạn.", "15/03/2028", ("het han", "hieu luc den", "expires on")),
    Column(_D, "url", "Đường dẫn giấy tờ", "Document link", cells.web_address, "Bản chụp, nếu có trên mạng.", "https://vidu.vn/tcb.pdf", ("document url",)),
    Column(Part.NOTE, "note", "Ghi chú", "Note", cells.text, "Cho văn phòng đọc; không đăng lên sàn.", "", ("ghi chu khac", "notes")),
)
# fmt: on
