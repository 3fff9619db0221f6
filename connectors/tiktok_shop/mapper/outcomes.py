"""Rows that failed inside a success (Partner reference 2.1, read 2026-11-24)."""

from connectors.facts.listing import ListingRef, RowOutcome
from connectors.tiktok_shop.advice import with_advice
from connectors.tiktok_shop.codes import NOT_NOW
from connectors.tiktok_shop.payloads.products import FailedRow

REVIEW_S = 600.0  # no length of a review is documented


def product_id_of(row: FailedRow) -> str:
    return (row.detail.product_id if row.detail else None) or ""


def refused(ref: ListingRef, code: str, reason: str) -> RowOutcome:
    """A product under review, or with an appeal running, takes the same change once that is over."""
    return RowOutcome(
        sku=ref.sku, ok=False, code=code, reason=reason, retry_after_s=REVIEW_S if code in NOT_NOW else None
    )


def to_outcome(ref: ListingRef, failed: FailedRow | None) -> RowOutcome:
    if failed is None:
        return RowOutcome(sku=ref.sku, ok=True)
    inner = failed.detail.extra_errors if failed.detail else []
    words = "; ".join(dict.fromkeys([failed.message, *(one.message for one in inner)]))
    code = inner[0].code if inner else failed.code
    return refused(ref, str(code), with_advice(code, words))
