"""What a producer does about a refusal, in Vietnamese, beside Lazada's own words (reference, section 2.4, read 2026-11-24)."""

from collections.abc import Iterable

from connectors.lazada.codes import bare

_BY_CODES = {
    "201 4134 4227 4228": "Chọn ngành hàng cấp cuối đang mở ở Việt Nam bằng `ocop catalog map`.",
    "4108 4110 4125 4167": "Bổ sung thuộc tính bắt buộc của ngành hàng rồi đẩy lại.",
    "4115 4140": "Chọn một giá trị trong danh sách của Lazada cho thuộc tính này.",
    "4105 4126 4141 4135 F_IC_INFRA_PRODUCT_036": "Mã SKU này đã có trong gian hàng: đổi mã SKU hoặc gỡ sản phẩm trùng.",
    "4104 4118": "Sửa giá bán: số nguyên đồng, lớn hơn 0.",
    "4117 4119 4121 4157": "Sửa giá khuyến mãi trong trang người bán: phải thấp hơn giá bán và đúng thời hạn.",
    "4128 4155 4162 4218": "Sản phẩm đang bị Lazada khoá: liên hệ hỗ trợ người bán trước khi sửa.",
    "4129 4131": "Bỏ ký tự đặc biệt hoặc từ bị cấm khỏi tên và mô tả.",
    "4130 4142 4156 4168": "Thương hiệu chưa được Lazada nhận: đăng ký thương hiệu hoặc để trống.",
    "4138 4139 4116 4158 4153 4169 300 302 303": "Sửa ảnh: PNG hoặc JPG, cạnh 330-5000 px, dưới 1 MB, từ 1 đến 8 ảnh.",
    "4148 THD_APPROVAL_RULE_CENTER_ERR_PRE_QC_LISTING_LIMIT_ERROR": "Gian hàng đã đủ số sản phẩm: gỡ bớt sản phẩm cũ.",
    "4149 4164 4165": "Sửa khối lượng và kích thước kiện: tối đa 40 kg, ba cạnh cộng lại tối đa 300 cm.",
    "4160": "Rút ngắn tên sản phẩm: tối đa 255 byte, chữ có dấu tốn 2-3 byte.",
    "4163 512 4123 4124 4151 4221": "Ngành hàng hạn chế: bổ sung giấy tờ với Lazada hoặc chọn ngành hàng khác.",
    "4170": "Trong chiến dịch, tồn kho chỉ được tăng: giảm lại sau khi chiến dịch kết thúc.",
    "212": "Tồn kho thấp hơn số Lazada đang giữ cho chiến dịch: giảm lại sau khi chiến dịch kết thúc.",
}
_ADVICE = {code: advice for codes, advice in _BY_CODES.items() for code in codes.split()}


def with_advice(words: str, codes: Iterable[str]) -> str:
    """Lazada's words, then what to do, as far as a code tells."""
    steps = dict.fromkeys(_ADVICE[bare(code)] for code in codes if bare(code) in _ADVICE)
    return " ".join([f"{words.rstrip('.')}.", *steps]) if steps else words
