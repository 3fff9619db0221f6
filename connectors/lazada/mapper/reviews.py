"""Reviews as ratings pages; Lazada's answer names no reviewer, and no order is kept."""

from collections.abc import Iterable

from catalog.reading import RatingsPage
from catalog.reading import Review as ReviewFact
from connectors.lazada.payloads.reviews import Ratings, Review


def to_ratings(shop_id: str, item_id: str, reviews: Iterable[Review]) -> RatingsPage:
    """Follow-ups have no stars of their own and are left out."""
    return RatingsPage(
        item_external_id=item_id,
        shop_id=shop_id,
        summary={},
        reviews=tuple(_review(one, one.ratings) for one in reviews if one.ratings),
    )


def _review(review: Review, ratings: Ratings) -> ReviewFact:
    return ReviewFact(
        external_id=review.id,
        stars=ratings.product_rating,
        text=_bare(review.review_content),
        created_at=review.create_time,
        images=None if review.review_images is None else len(review.review_images),
        reply=_bare(review.seller_reply),
    )


def _bare(text: str | None) -> str | None:
    return None if text is None else text.strip()
