"""Rows that failed inside a success (Partner reference 2.1, read 2026-11-24)."""

from connectors.base import ListingRef, RowOutcome
from connectors.tiktok_shop.advice import with_advice
from connectors.tiktok_shop.payloads.products import FailedRow


def product_id_of(row: FailedRow) -> str:
    return (row.detail.product_id if row.detail else None) or ""


def to_outcome(ref: ListingRef, failed: FailedRow | None) -> RowOutcome:
    if failed is None:
        return RowOutcome(sku=ref.sku, ok=True)
    inner = failed.detail.extra_errors if failed.detail else []
    words = "; ".join(dict.fromkeys([failed.message, *(one.message for one in inner)]))
    code = inner[0].code if inner else failed.code
    return RowOutcome(sku=ref.sku, ok=False, code=str(code), reason=with_advice(code, words))
