"""A product of theirs to a listing of ours: what shoppers see, and what review made of the words last sent."""

from collections.abc import Sequence

from connectors.errors import UnexpectedAnswerError
from connectors.facts.listing import ListingState, ReportedListing
from connectors.tiktok_shop.payloads.listings import FailedReason, Product, Sku

STATES = {
    "DRAFT": ListingState.HIDDEN,
    "PENDING": ListingState.PENDING,
    "FAILED": ListingState.REJECTED,
    "ACTIVATE": ListingState.LIVE,
    "SELLER_DEACTIVATED": ListingState.HIDDEN,
    "PLATFORM_DEACTIVATED": ListingState.BANNED,
    "FREEZE": ListingState.BANNED,
    "DELETED": ListingState.DELETED,
    "SCHEDULED": ListingState.PENDING,
}
AUDITS = {
    "NONE": None,
    "AUDITING": ListingState.PENDING,
    "PRE_APPROVED": ListingState.PENDING,
    "FAILED": ListingState.REJECTED,
    "APPROVED": None,
}


def to_state(status: str) -> ListingState:
    """What shoppers see. A status we do not know is loud."""
    if status not in STATES:
        raise UnexpectedAnswerError("a product status we do not know", marketplace="tiktok_shop", code=status)
    return STATES[status]


def to_review(product: Product) -> ListingState:
    """What became of the words last sent: a product may be on sale with its old words while new ones are under review."""
    if product.audit is None:
        return to_state(product.status)
    if product.audit.status not in AUDITS:
        raise UnexpectedAnswerError(
            "an audit status we do not know", marketplace="tiktok_shop", code=product.audit.status
        )
    return AUDITS[product.audit.status] or to_state(product.status)


def to_reported(
    product: Product, sku: Sku | None, storefront_url: str, state: ListingState, reason: str | None = None
) -> ReportedListing:
    price = sku.price.tax_exclusive_price if sku and sku.price else None
    return ReportedListing(
        sku=(sku.seller_sku or None) if sku else None,
        external_id=product.id,
        variant_id=sku.id if sku else None,
        state=state,
        raw_state=f"{product.status}/{product.audit.status}" if product.audit else product.status,
        title=product.title or None,
        price_vnd=price,
        stock=sum(one.quantity for one in sku.inventory) if sku and sku.inventory is not None else None,
        reason=reason,
        url=f"{storefront_url.rstrip('/')}/view/product/{product.id}",
    )


def to_reason(failed: Sequence[FailedReason]) -> str:
    """TikTok's own words: where, why, and what it suggests."""
    parts = (
        ": ".join(text for text in (one.position, "; ".join([*one.reasons, *one.suggestions])) if text)
        for one in failed
    )
    return " | ".join(part for part in parts if part)
