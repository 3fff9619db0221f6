"""Reviews: the body of `api/v2/reviews`, alone or inside a product page. Who wrote one is never read, so it cannot be kept."""

from datetime import UTC, datetime

from msgspec import Raw, field

from catalog.reading import RatingsPage, Review
from spiders.answer import Answer, Number
from spiders.draft import clean
from spiders.page import Page, Reading
from spiders.reviews import lines, possible, same_of, settled, stars_of
from spiders.tiki.words import answer


class Star(Answer):
    count: int


class Stars(Answer):
    """The whole histogram, whatever filter the list has."""

    one: Star = field(name="1")
    two: Star = field(name="2")
    three: Star = field(name="3")
    four: Star = field(name="4")
    five: Star = field(name="5")


class Comment(Answer):
    content: str | None = None


class ReviewRow(Answer, kw_only=True):
    id: int
    rating: int
    content: str | None = None
    created_at: int  # Unix seconds
    images: list[Raw] | None = None
    comments: list[Comment] | None = None
    product_id: int | None = None
    product_attributes: list[str] | None = None


class Paging(Answer):
    current_page: int
    last_page: int


class Photos(Answer):
    total: int | None = None


class ReviewPage(Answer, kw_only=True):
    stars: Stars | None = None
    rating_average: Number | None = None
    reviews_count: int | None = None
    review_photo: Photos | None = None
    data: list[ReviewRow]
    paging: Paging

    def histogram(self) -> tuple[int, ...] | None:
        """1★ to 5★."""
        stars = self.stars
        if stars is None:
            return None
        return tuple(star.count for star in (stars.one, stars.two, stars.three, stars.four, stars.five))


def read_reviews(page: Page) -> Reading:
    """Rows whose stars or date cannot be true are left out and counted in the evidence."""
    body = answer(page, ReviewPage)
    return settled(to_ratings(body), len(body.data), page.query("product_id"))


def to_ratings(page: ReviewPage) -> RatingsPage:
    return RatingsPage(
        item_external_id=same_of(row.product_id for row in page.data),
        summary=_summary(page),
        reviews=tuple(_review(row) for row in page.data if possible(row.rating, row.created_at)),
        has_next=page.paging.current_page < page.paging.last_page,
    )


def _summary(page: ReviewPage) -> dict[str, object]:
    stars = page.histogram()
    return {
        "rating_average": stars_of(page.rating_average, page.reviews_count),
        "rating_count": page.reviews_count,
        "rating_histogram": None if stars is None else list(stars),
        "with_image": page.review_photo.total if page.review_photo else None,
    }


def _review(row: ReviewRow) -> Review:
    return Review(
        external_id=str(row.id),
        stars=row.rating,
        text=lines(row.content),
        created_at=datetime.fromtimestamp(row.created_at, UTC),
        images=None if row.images is None else len(row.images),
        variant=clean(", ".join(row.product_attributes)) if row.product_attributes else None,
        reply=clean(row.comments[0].content) if row.comments else None,
    )
