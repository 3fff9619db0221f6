"""A consignment statement: what one producer's goods brought in a period, what was paid for them, and what still waits."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.dated import Dated
from analysis.doubts import doubts
from analysis.money.either import money_of
from analysis.money.reports import unclassed_notes
from analysis.money.table import Money
from analysis.report import Period, Report, ReportError, Row
from analysis.rollup.grains import Cut
from analysis.sold import names_of
from catalog.money import format_dong
from models import Producer

KEYS = ("product", "marketplace")
STAGES_OF = {Dated.PLACED: ("placed", "processing"), Dated.PAID: ("settled",)}
ASKED = "producer="


def producer_statement(session: Session, period: Period, by: Sequence[str]) -> Report:
    """`by`: `producer=CODE`. Rows a product, marketplace and stage, of that producer's lines alone.

    `placed` and `processing` are of orders placed in the period, `settled` is what was paid out in it, whenever it was
    ordered: statements of months that follow each other hold every payout once. Raises ReportError.
    """
    producer = _producer(session, by)
    names, money = names_of(KEYS), Money()
    for dated, stages in STAGES_OF.items():
        money.take(money_of(session, Cut(period, (*names, "producer_code"), dated)), producer.code, stages)
    rows = list(money.rows((*names, "producer_code")))
    about = {"producer": _about(producer), **coverage(session, period)}
    notes = [*_notes(rows), *unclassed_notes(money.not_classed)]
    columns = (*names, *money.columns)
    return Report("producer-statement", period, "by row", columns, rows, about, notes, doubts(session, period))


def _producer(session: Session, by: Sequence[str]) -> Producer:
    codes = [key.removeprefix(ASKED) for key in by if key.startswith(ASKED)]
    if len(codes) != 1 or len(by) != 1:
        raise ReportError("Bảng kê ký gửi cần đúng một chủ thể: thêm --by producer=MÃ.")
    producer = session.scalar(select(Producer).where(Producer.code == codes[0]))
    if producer is None:
        raise ReportError(f"Sổ đăng ký không có chủ thể mã «{codes[0]}»: xem mã bằng `ocop report producers`.")
    return producer


def _about(producer: Producer) -> dict[str, object]:
    return {
        "producer_code": producer.code,
        "producer": producer.name,
        "commune": producer.commune,
        "tax_code": producer.tax_code,
    }


def _notes(rows: Sequence[Row]) -> list[str]:
    net = {
        stage: sum(int(str(row["net_vnd"])) for row in rows if row["stage"] == stage)
        for stage in ("settled", "processing")
    }
    return [
        f"Đã trả trong kỳ: {format_dong(net['settled'])}. Đang chờ trả của đơn đặt trong kỳ: {format_dong(net['processing'])} (ước tính của sàn, có thể thay đổi).",
        "«Đã đặt» và «chờ trả» tính theo ngày đặt hàng, «đã trả» theo ngày sàn trả tiền: bảng kê các tháng liền nhau không bỏ sót và không tính hai lần.",
        "Khoản của cả đơn được chia cho từng dòng hàng theo giá trị hàng; tổng đúng từng đồng.",
    ]
