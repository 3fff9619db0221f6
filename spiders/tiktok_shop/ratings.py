"""The rating and the reviews that a product page carries. Who wrote one is never read, so it cannot be kept."""

import re
from datetime import UTC, datetime
from typing import Any

from catalog.reading import RatingsPage, Review
from spiders.answer import Answer, Number
from spiders.draft import Draft, clean
from spiders.reviews import lines, possible, stars_of
from spiders.shown import average

_MILLISECONDS = re.compile(r"\d{1,15}", re.ASCII)


class ReviewBody(Answer):
    review_id: str
    rating: Number
    display_text: str | None = None
    review_timestamp: str | None = None  # Unix milliseconds, as text
    images: list[Any] | None = None


class ReviewRow(Answer):
    review: ReviewBody
    sku_specification: str | None = None


class ProductReview(Answer):
    """`review_count` is exact and wins over its shown text ("2.9k")."""

    product_rating: Number | None = None
    review_count: int | None = None
    review_items: list[ReviewRow] | None = None


def onto(draft: Draft, said: ProductReview | None) -> None:
    if said is None:
        return
    average(draft, said.product_rating)
    draft.rating_count = said.review_count
    draft.reviews_on_page = None if said.review_items is None else len(said.review_items)


def ratings_page(said: ProductReview | None, product_id: str | None) -> RatingsPage | None:
    """Reviews whose stars or date cannot be true are left out."""
    if said is None or said.review_items is None:
        return None
    rows = [row for row in said.review_items if possible(row.review.rating, _seconds(row.review.review_timestamp))]
    stars = stars_of(said.product_rating, said.review_count)
    return RatingsPage(
        item_external_id=product_id,
        summary={"rating_average": stars, "rating_count": said.review_count},
        reviews=tuple(_review(row) for row in rows),
    )


def _review(row: ReviewRow) -> Review:
    created_s = _seconds(row.review.review_timestamp)
    return Review(
        external_id=row.review.review_id.strip(),
        stars=int(row.review.rating),
        text=lines(row.review.display_text),
        created_at=None if created_s is None else datetime.fromtimestamp(created_s, UTC),
        images=len(row.review.images or ()),
        variant=clean(row.sku_specification),
    )


def _seconds(text: str | None) -> int | None:
    return int(text) // 1000 if text and _MILLISECONDS.fullmatch(text) else None
