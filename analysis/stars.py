"""Which class each product may show on a day, from its history of certificates."""

from collections.abc import Callable
from datetime import date
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.certificate import Certificate as CertificateFact
from catalog.certificate import CertificateState
from models import Certificate

FIELDS = tuple(CertificateFact.model_fields)


def certificates_by_product(session: Session) -> dict[int, list[CertificateFact]]:
    """Every recognition, by product id."""
    found: dict[int, list[CertificateFact]] = {}
    for row in session.scalars(select(Certificate).order_by(Certificate.id)):
        fact = CertificateFact(**{name: getattr(row, name) for name in FIELDS})
        found.setdefault(row.product_id, []).append(fact)
    return found


def broken_months(session: Session) -> set[tuple[int, int]]:
    """Product ids and months (yyyymm) in the middle of which a class may begin or end."""
    return {
        (product_id, day.year * 100 + day.month)
        for product_id, history in certificates_by_product(session).items()
        for one in history
        for day in one.turning_days()
        if day.day != 1
    }


def star_on(session: Session) -> Callable[[int | None, date], int | None]:
    """Reads the register once; the answer gives a product's highest class provably live on a day, None without one."""
    histories = certificates_by_product(session)

    @cache
    def star(product_id: int | None, day: date) -> int | None:
        history = histories.get(product_id, ()) if product_id else ()
        live = (certificate.stars for certificate in history if certificate.state(day) is CertificateState.LIVE)
        return max(live, default=None)

    return star
