"""A request as the API shows it: followed by its track id, or as the review team files it (tiki.md section 6.3, read 2026-11-24).

From drafted on a request describes its products; their `product_id` and Tiki's `sku` are null until approval makes them.
"""

from typing import Any

from sandbox.tiki import product_views
from sandbox.tiki.making import pictures
from sandbox.tiki.moments import to_text, to_text_or_none
from sandbox.tiki.seller import MARKET
from sandbox.tiki.shelves import CATEGORIES
from sandbox.tiki.submissions import Step, Submission
from sandbox.world import Offer, World


def queued(submission: Submission) -> dict[str, str]:
    """A new request is always said to be queuing, however fast it is looked at."""
    return {"track_id": submission.track_id, "state": Step.QUEUING}


def tracking(submission: Submission) -> dict[str, Any]:
    """`request_id` is there only once the request is drafted."""
    shown: dict[str, Any] = {"track_id": submission.track_id, "state": submission.state, "reason": submission.reason}
    return shown if submission.request_id is None else {**shown, "request_id": submission.request_id}


def head(submission: Submission) -> dict[str, Any]:
    return {
        "request_id": submission.request_id,
        "state": submission.state,
        "created_at": to_text(submission.created_at),
        "created_by": "ocop@example.vn",
        "kind": submission.kind,
        "approved_at": to_text_or_none(submission.approved_at),
        "approved_by": None if submission.approved_at is None else "kiem-duyet@example.vn",
        "reasons": submission.reason,
    }


def products(world: World, submission: Submission) -> list[dict[str, Any]]:
    """The products it made or changes, else the ones it would make; none before it is drafted."""
    offers = [world.offer(MARKET, offer_id) for offer_id in submission.offer_ids]
    if submission.request_id is None:
        return []
    if offers:
        return [_made(offer) for offer in offers if offer is not None]
    draft = submission.payload
    return [_drafted(draft, variant) for variant in draft["variants"]]


def _made(offer: Offer) -> dict[str, Any]:
    return {
        "product_id": offer.offer_id,
        "sku": offer.extra["sku"],
        "name": offer.title,
        "active": int(product_views.is_active(offer)),
        "original_sku": offer.sku,
        "price": offer.price_vnd,
        "market_price": offer.list_price_vnd,
        "images": product_views.images_json(offer.offer_id, offer.images),
        "categories": product_views.categories_json(CATEGORIES[offer.extra["category_id"]]),
        "attributes": product_views.attributes_json(offer.extra["attributes"]),
    }


def _drafted(draft: dict[str, Any], variant: dict[str, Any]) -> dict[str, Any]:
    return {
        "product_id": None,
        "sku": None,
        "name": draft["name"],
        "active": 0,
        "original_sku": variant["sku"],
        "price": variant["price"],
        "market_price": variant.get("market_price") or draft["market_price"],
        "images": product_views.images_json(0, pictures(variant) or pictures(draft)),
        "categories": product_views.categories_json(CATEGORIES[draft["category_id"]]),
        "attributes": product_views.attributes_json(draft["attributes"]),
    }
