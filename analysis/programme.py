"""Programme counts: products by class on a day. Products, never recognition events (lượt): the two are not the same number."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.report import Period, Report, ReportError, Row
from analysis.stars import certificates_by_product
from analysis.targets import against_targets
from catalog.certificate import Certificate, CertificateState
from models import Product

# A product's best standing: a live certificate, then one that may be live, then the last that ran out, then one to come.
BEST_FIRST = (CertificateState.LIVE, CertificateState.UNKNOWN, CertificateState.EXPIRED, CertificateState.NOT_YET)


BY_TARGET = "target"


def programme(session: Session, period: Period, by: Sequence[str]) -> Report:
    """Products by stars on the period's last day: live, unknown because a source gives only the year, expired, not yet."""
    if set(by) - {BY_TARGET}:
        raise ReportError("Báo cáo chương trình chỉ chia theo hạng sao; thêm --by target để so với mục tiêu.")
    histories = certificates_by_product(session)
    products = session.scalar(select(func.count(Product.id))) or 0
    counted = Counter(_standing(history, period) for history in histories.values())
    rows: list[Row] = [
        {"stars": stars, "state": state.value, "products": counted[stars, state]}
        for stars in (5, 4, 3)
        for state in BEST_FIRST
        if counted[stars, state]
    ]
    rows.append({"stars": None, "state": "no certificate", "products": products - len(histories)})
    if by:
        return against_targets(session, period, rows)
    recognitions = sum(len(_known_by(history, period)) for history in histories.values())
    return Report(
        "programme",
        period,
        "none",
        ("stars", "state", "products"),
        rows,
        {"products": products, "recognitions": recognitions},
        _notes(histories.values(), period, recognitions),
    )


def _standing(history: Sequence[Certificate], period: Period) -> tuple[int, CertificateState]:
    """The best state any certificate has on the last day, and the highest class in that state."""
    states = [(certificate.state(period.last), certificate.stars) for certificate in history]
    best = min((state for state, _ in states), key=BEST_FIRST.index)
    return max(stars for state, stars in states if state is best), best


def _known_by(history: Sequence[Certificate], period: Period) -> Sequence[Certificate]:
    """The recognitions made by the last day."""
    return [one for one in history if one.state(period.last) is not CertificateState.NOT_YET]


def _notes(histories: Iterable[Sequence[Certificate]], period: Period, recognitions: int) -> list[str]:
    recognised = [history for history in histories if _known_by(history, period)]
    unproven = sum(_standing(history, period)[1] is CertificateState.UNKNOWN for history in recognised)
    notes = [
        f"{recognitions} lượt công nhận của {len(recognised)} sản phẩm tính đến {period.last:%d/%m/%Y}; bảng đếm sản phẩm."
    ]
    if unproven:
        notes.append(
            f"{unproven} sản phẩm chỉ biết năm công nhận, chưa rõ còn hạn hay không: bổ sung ngày của quyết định."
        )
    return notes
