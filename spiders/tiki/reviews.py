"""Reviews: the body of `api/v2/reviews`, alone or inside a product page. Who wrote one is never read, so it cannot be kept."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import Field, StrictInt

from catalog.reading import RatingsPage, Review
from spiders.answer import Answer, Number
from spiders.draft import clean
from spiders.page import Page, PageState, Reading
from spiders.tiki.state import refuse_error

_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


class Star(Answer):
    count: StrictInt


class Stars(Answer):
    """The whole histogram, whatever filter the list has."""

    one: Star = Field(alias="1")
    two: Star = Field(alias="2")
    three: Star = Field(alias="3")
    four: Star = Field(alias="4")
    five: Star = Field(alias="5")


class Comment(Answer):
    content: str


class ReviewRow(Answer):
    id: StrictInt
    rating: StrictInt
    content: str | None
    created_at: StrictInt  # Unix seconds
    images: list[Any]
    comments: list[Comment] = Field(default_factory=list)
    product_id: StrictInt | None = None
    product_attributes: list[str] = Field(default_factory=list)


class Paging(Answer):
    current_page: StrictInt
    last_page: StrictInt


class Photos(Answer):
    total: StrictInt


class ReviewPage(Answer):
    stars: Stars
    rating_average: Number
    reviews_count: StrictInt
    review_photo: Photos | None = None
    data: list[ReviewRow]
    paging: Paging


def read_reviews(page: Page) -> Reading:
    """Rows whose stars or date cannot be true are left out and counted in the evidence."""
    body = refuse_error(page.json)
    ratings = to_ratings(body)
    lost = len(body["data"]) - len(ratings.reviews)
    if lost:
        return Reading(
            PageState.BAD_DATA, f"{lost} of {len(body['data'])} reviews with impossible stars or dates", ratings=ratings
        )
    asked = page.query("product_id")
    if asked and ratings.item_external_id not in {None, asked}:
        return Reading(PageState.BAD_DATA, "reviews of another product than asked for")
    return Reading(PageState.OK, ratings=ratings)


def to_ratings(body: Any) -> RatingsPage:
    page = ReviewPage.read(body)
    products = {row.product_id for row in page.data if row.product_id is not None}
    return RatingsPage(
        item_external_id=str(products.pop()) if len(products) == 1 else None,
        summary=_summary(page),
        reviews=tuple(_review(row) for row in page.data if _possible(row)),
        has_next=page.paging.current_page < page.paging.last_page,
    )


def histogram(stars: Stars) -> tuple[int, ...]:
    """1★ to 5★."""
    return tuple(star.count for star in (stars.one, stars.two, stars.three, stars.four, stars.five))


def _summary(page: ReviewPage) -> dict[str, object]:
    return {
        "rating_average": float(page.rating_average) if page.reviews_count else None,
        "rating_count": page.reviews_count,
        "rating_histogram": list(histogram(page.stars)),
        "with_image": page.review_photo.total if page.review_photo else None,
    }


def _possible(row: ReviewRow) -> bool:
    return 1 <= row.rating <= 5 and 0 < row.created_at < _LATEST.timestamp()  # noqa: PLR2004 - stars


def _review(row: ReviewRow) -> Review:
    return Review(
        external_id=str(row.id),
        stars=row.rating,
        text=_lines(row.content),
        created_at=datetime.fromtimestamp(row.created_at, UTC),
        images=len(row.images),
        variant=_joined(row.product_attributes),
        reply=clean(row.comments[0].content) if row.comments else None,
    )


def _lines(text: str | None) -> str | None:
    lines = (clean(line) for line in (text or "").splitlines())
    return "\n".join(line for line in lines if line) or None


def _joined(attributes: Sequence[str]) -> str | None:
    return clean(", ".join(attributes))
