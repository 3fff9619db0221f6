"""Programme counts: products by class on a day. Products, never recognition events (lượt): the two are not the same number."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.report import Period, Report, ReportError, Row
from analysis.stars import certificates_by_product
from catalog.certificate import Certificate, CertificateState
from models import Product


def programme(session: Session, period: Period, by: Sequence[str]) -> Report:
    """Products by stars on the period's last day: live, expired, or unknown because a source gives only the year."""
    if by:
        raise ReportError("Báo cáo chương trình chỉ chia theo hạng sao.")
    histories = certificates_by_product(session)
    products = session.scalar(select(func.count(Product.id))) or 0
    counted = Counter(_standing(history, period) for history in histories.values())
    rows: list[Row] = [
        {"stars": stars, "state": state.value, "products": counted[stars, state]}
        for stars in (5, 4, 3)
        for state in CertificateState
        if counted[stars, state]
    ]
    rows.append({"stars": None, "state": "no certificate", "products": products - len(histories)})
    recognitions = sum(len(history) for history in histories.values())
    return Report(
        "programme",
        period,
        "none",
        ("stars", "state", "products"),
        rows,
        {"products": products, "recognitions": recognitions},
        [f"{recognitions} lượt công nhận của {len(histories)} sản phẩm; bảng đếm sản phẩm."],
    )


def _standing(history: Sequence[Certificate], period: Period) -> tuple[int, CertificateState]:
    """A product's best certificate: a live one first, then one that may be live, then the last that ran out."""
    for state in (CertificateState.LIVE, CertificateState.UNKNOWN, CertificateState.EXPIRED):
        stars = [certificate.stars for certificate in history if certificate.state(period.last) is state]
        if stars:
            return max(stars), state
    raise AssertionError("a certificate is live, expired or unknown")
