"""A product of theirs to what we report of a listing (reference, section 3.10, read 2026-11-24)."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from connectors.errors import UnexpectedAnswerError
from connectors.facts.listing import ListingState, ReportedListing
from connectors.lazada.payloads.listings import Product, Sku

PRODUCT_STATES = {
    "active": ListingState.LIVE,
    "inactive": ListingState.HIDDEN,
    "pending qc": ListingState.PENDING,
    "suspended": ListingState.BANNED,
    "deleted": ListingState.DELETED,
}
# Why a product is off sale.
SUB_STATES = {
    "reject": ListingState.REJECTED,
    "live reject": ListingState.REJECTED,
    "lock": ListingState.BANNED,
    "admin": ListingState.BANNED,
}
SKU_STATES = {"active": ListingState.LIVE, "inactive": ListingState.HIDDEN, "deleted": ListingState.DELETED}
REFUSED = frozenset({ListingState.REJECTED, ListingState.BANNED})


def to_reported(product: Product, sku: Sku, storefront_url: str) -> ReportedListing:
    """The SKU as the marketplace shows it; a refusal in Lazada's words. Its page is on `storefront_url`."""
    state = _state(product, sku)
    words = [text for one in product.reject_reason or [] for text in (one.violationDetail, one.suggestion) if text]
    name = product.attributes.get("name")
    return ReportedListing(
        sku=sku.seller_sku or None,
        external_id=product.item_id,
        variant_id=sku.sku_id,
        state=state,
        raw_state=" / ".join(one for one in (product.status, product.sub_status, sku.status) if one),
        title=name if isinstance(name, str) else None,
        price_vnd=sku.price,
        stock=sku.available,
        url=sku.url and storefront_url + urlsplit(sku.url).path,
        reason=" ".join(f"{text.rstrip('.')}." for text in words) or None if state in REFUSED else None,
        code=product.sub_status if state in REFUSED else None,
    )


def _state(product: Product, sku: Sku) -> ListingState:
    """A product under review or gone is that, whatever else is told; then the reason, then the switches of product and SKU."""
    of_product, of_sku = _known(PRODUCT_STATES, product.status), _known(SKU_STATES, sku.status)
    if of_sku is ListingState.DELETED or of_product in {ListingState.PENDING, ListingState.DELETED}:
        return of_sku if of_sku is ListingState.DELETED else of_product
    if product.sub_status is not None:
        return _known(SUB_STATES, product.sub_status)
    return of_sku if of_product is ListingState.LIVE else of_product


def _known(table: Mapping[str, ListingState], word: str) -> ListingState:
    """Casing varies in their samples; a new word is loud."""
    if word.casefold() not in table:
        raise UnexpectedAnswerError("a product status we do not know", marketplace="lazada", code=word)
    return table[word.casefold()]
