"""What to do about a refusal, in Vietnamese, by the part of the listing it is about (Partner reference 2.3, read 2026-11-24)."""

ADVICE: dict[str, str] = {
    "12052261 12052051 12052262 12052263 12052931": "sửa tên sản phẩm: 25–255 ký tự, không biểu tượng, không chữ Hán, không lặp ký tự",
    "12052932 12052015 12052013 12052056 12052344 12052345 12052350 12052349": "sửa phần mô tả: viết chữ thường, không thẻ lạ, tối đa 10.000 ký tự",
    "12052002 12052023 12052024 12052025 12052225 12052222": "chọn lại ngành hàng bằng `ocop catalog map`",
    "12052220": "ngành hàng này bị cấm trên TikTok Shop: ngừng bán sản phẩm ở đây",
    "12052223 12052226": "xin quyền ngành hàng ở mục Qualification Center trong trang người bán",
    "12052104 12052182 12052183 12052240 12052247 12052246 12052248 12052249 12052250 12052251 12052253 12052254 12052256 12052935": (
        "điền thuộc tính sàn hỏi trong sổ đăng ký"
    ),
    "12052105 12052385 12052655 12052656 12052650 12052651 12052657 12052658": (
        "nộp giấy tờ còn hạn cho ngành hàng trong trang người bán TikTok Shop"
    ),
    "12052028 12052300 12052301 12052302 12052304 12052305 12052306 12052722 12038002 12038004 12038015 12038005 12038014": (
        "thay ảnh: 1–9 ảnh PNG hoặc JPEG, cạnh từ 300 đến 4.000 điểm, mỗi ảnh tối đa 10 MB"
    ),
    "12019059 12052054 12052560": "đổi SKU: tối đa 50 ký tự, không dấu cách, không trùng",
    "12019022 12052097 12052530 12052531 12052532 12052037 12052516 12019028 12052533": (
        "kiểm tra kho bán hàng của gian hàng trong trang người bán"
    ),
    "12052055 12019024": "sửa số lượng tồn kho: từ 1 đến 99.999",
    "12052073 12052570 12052571 12052084 12052012": "sửa giá trong sổ đăng ký",
    "12019045 12052038 12052393": "sản phẩm đang trong chương trình khuyến mãi: đợi kết thúc hoặc gỡ khỏi chương trình",
    "12019011 12052006 12052181 12019012 12052003 12052004 12052005 12052116 12052915": (
        "sửa khối lượng và kích thước kiện hàng trong sổ đăng ký"
    ),
    "12052026 12052200 12052201 12052208": "xin cấp quyền thương hiệu trong trang người bán",
    "12052901 12019113 12052308 12052547": "đợi TikTok Shop xét duyệt xong rồi gửi lại",
}
BY_CODE = {int(code): advice for codes, advice in ADVICE.items() for code in codes.split()}


def with_advice(code: int, message: str) -> str:
    """TikTok's own words, and after a dash what to do where the code tells it."""
    advice = BY_CODE.get(code)
    return f"{message} – {advice}" if advice else message
