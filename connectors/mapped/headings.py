"""What a heading gives away: that its column holds money that must not vanish, or a person's data that must not be read."""

import re

from connectors.files.table import speaks_of_money

_MONEY = re.compile(
    r"chiết khấu|khuyến mãi|trả hàng|hoàn trả|hoàn tiền|doanh thu|doanh số|đơn giá|giá (?:bán|vốn|gốc)|công nợ|\bvat\b|amount|revenue"
    r"|refund|price|total",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"tên (?:khách|người)|khách hàng|người (?:mua|nhận)|điện thoại|\bsđt\b|phone|e-?mail|địa chỉ|address|customer|buyer|recipient"
    r"|ngày sinh|cccd",
    re.IGNORECASE,
)
_DATA = re.compile("@|[0-9]{7}")


def is_money(heading: str) -> bool:
    """Wider than for a marketplace's own files: here a person is asked."""
    return speaks_of_money(heading) or _MONEY.search(heading) is not None


def is_personal(heading: str) -> bool:
    return _PERSONAL.search(heading) is not None


def is_data(heading: str) -> bool:
    """A telephone number or an address stands where a heading should: the row is none of headings."""
    return _DATA.search(heading) is not None
