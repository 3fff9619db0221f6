"""Which class each product may show on a day, from its history of certificates."""

from datetime import date

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


def stars_by_product(session: Session, on: date) -> dict[int, int]:
    """Products with a provably live certificate on that day, and its highest class. Others are absent, not zero."""
    found = {}
    for product_id, history in certificates_by_product(session).items():
        live = [certificate.stars for certificate in history if certificate.state(on) is CertificateState.LIVE]
        if live:
            found[product_id] = max(live)
    return found
