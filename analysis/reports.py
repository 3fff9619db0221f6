"""The reports there are, by name; `ocop report` lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from analysis.fees.report import fees
from analysis.income import income
from analysis.market.table import market
from analysis.money.reports import channels, producers, products
from analysis.money.statement import producer_statement
from analysis.programme import programme
from analysis.reconcile import reconcile
from analysis.report import Maker, ReportError
from analysis.revenue import KEYS, revenue
from analysis.share import online_share
from analysis.star_effect import star_effect
from analysis.tax.report import tax
from analysis.whatif.report import what_if
from catalog.fees import FeeRule


@dataclass(frozen=True)
class Offered:
    """One report and what it answers, in both languages."""

    make: Maker
    about_vi: str
    about_en: str


REPORTS: Mapping[str, Offered] = {
    "revenue": Offered(
        revenue,
        f"Doanh thu đặt hàng, chia theo sàn, gian hàng, chủ thể, sản phẩm, SKU, nhóm, xã, tháng, sao (--by {','.join(KEYS)})",
        f"Revenue placed, by any of these keys (--by {','.join(KEYS)})",
    ),
    "income": Offered(
        income, "Tiền theo giai đoạn và khoản: phí, thuế, tiền về", "Money by stage and code: fees, taxes, payouts"
    ),
    "producers": Offered(
        producers,
        "Tiền của từng chủ thể ở ba giai đoạn: hàng, voucher, vận chuyển, phí, thuế khấu trừ, hoàn tiền, còn lại",
        "Each producer's money at three stages: goods, vouchers, shipping, fees, withheld taxes, refunds, net",
    ),
    "products": Offered(
        products, "Tiền của từng sản phẩm ở ba giai đoạn", "Each product's money at three stages, class by class"
    ),
    "channels": Offered(
        channels, "Tiền của từng sàn ở ba giai đoạn", "Each marketplace's money at three stages, class by class"
    ),
    "producer-statement": Offered(
        producer_statement,
        "Bảng kê ký gửi của một chủ thể (--by producer=MÃ): đã đặt, chờ trả, đã trả trong kỳ",
        "Consignment statement of one producer (--by producer=CODE): placed, waiting, paid in the period",
    ),
    "reconcile": Offered(
        reconcile,
        "Đối soát: bảng kê ghi gì, các khoản cộng lại bao nhiêu, chênh lệch và nguyên nhân theo đơn",
        "Statements against their lines: the difference, and its cause by order",
    ),
    "fees": Offered(
        fees,
        "Phí sàn: bảng phí có ngày hiệu lực so với số bị thu, chênh lệch theo sàn, tháng và nguyên nhân (--fees TỆP, --by order)",
        "Fees: the dated table against what was charged, by marketplace, month and cause (--fees FILE, --by order)",
    ),
    "tax": Offered(
        tax,
        "Thuế sàn khấu trừ so với phải khấu trừ theo gian hàng; --by tax_code: doanh thu năm so với ngưỡng",
        "Tax withheld against what must be, by shop; --by tax_code: the year so far against the threshold",
    ),
    "what-if": Offered(
        what_if,
        "Giá bán → phí → thuế → bao bì → còn lại của từng gói, gian hàng (--by price=,packaging=,cost=,sku=,seller=; --fees TỆP)",
        "Price → fees → tax → packaging → net of each pack and shop (--by price=,packaging=,cost=,sku=,seller=; --fees FILE)",
    ),
    "online-share": Offered(
        online_share,
        "Tỷ trọng bán trực tuyến theo tháng (--by producer,commune,sub_group,star)",
        "Online share by month and group",
    ),
    "market": Offered(
        market,
        "Thị trường: ước tính số bán và doanh thu của sản phẩm được theo dõi mà ta không có đơn, kèm sai số",
        "Watched listings of others: units and revenue estimated from public counters, with their error",
    ),
    "star-effect": Offered(
        star_effect,
        "Tác động của sao: giá mỗi kg và số gói trước và sau công nhận, so với sản phẩm chưa được công nhận",
        "What a star is worth: price per kg and units, before and after, against products without one",
    ),
    "programme": Offered(programme, "Số sản phẩm OCOP theo hạng sao", "OCOP products by class"),
}

_WITH_FEES = {"fees": fees, "what-if": what_if}


def with_fee_table(name: str, rules: Sequence[FeeRule]) -> Maker:
    """The report, made with an office's own table of fees. Raises ReportError for one that has nothing to do with fees."""
    if name not in _WITH_FEES:
        raise ReportError(f"Báo cáo «{name}» không dùng bảng phí. Các báo cáo có dùng: {', '.join(_WITH_FEES)}.")
    return partial(_WITH_FEES[name], rules=lambda: rules)
