"""Reviews: `pdp/review/getReviewList` and the block of a product page. Who wrote one is never read, so it cannot be kept.

`scores` runs from 5★ to 1★. `reviewTime` is text in the page's language and often relative ("1 week ago"): it gives no time.
"""

from typing import Annotated, Any

from msgspec import Meta

from catalog.reading import RatingsPage, Review
from spiders.answer import Answer, Id, Number, id_text
from spiders.draft import Draft, clean
from spiders.lazada.guard import refuse_answer
from spiders.page import Page, PageError, PageState, Reading
from spiders.reviews import lines, possible, same_of, settled, stars_of
from spiders.shown import average

Scores = Annotated[list[int], Meta(min_length=5, max_length=5)]


class Ratings(Answer):
    """`rateCount` counts ratings without text as well; those are not listed."""

    average: Number | None = None
    rateCount: int | None = None  # noqa: N815 - this and the names below are their words
    reviewCount: int | None = None  # noqa: N815
    scores: Scores | None = None

    def histogram(self) -> tuple[int, ...] | None:
        """1★ to 5★."""
        return None if self.scores is None else tuple(reversed(self.scores))


class Reply(Answer):
    reviewContent: str | None = None  # noqa: N815


class Row(Answer):
    reviewRateId: Id  # noqa: N815
    rating: Number
    reviewContent: str | None = None  # noqa: N815
    skuInfo: str | None = None  # noqa: N815
    images: list[Any] | None = None
    replies: list[Reply] | None = None
    itemId: Id | None = None  # noqa: N815


class Paging(Answer):
    totalPages: int  # noqa: N815
    currentPage: int  # noqa: N815


class Model(Answer):
    items: list[Row] | None  # null where nobody wrote
    ratings: Ratings | None = None
    paging: Paging | None = None


class PageReviews(Answer):
    ratings: Ratings
    reviews: list[Row] | None = None
    paging: Paging | None = None


class NewerRow(Answer):
    reviewId: Id  # noqa: N815
    rating: Number
    content: str | None = None
    skuText: str | None = None  # noqa: N815


class NewerReviews(Answer):
    """The block `pc_reviews_v3`: the same figures under other names."""

    rating: Number | None = None
    allReviewsCount: int | None = None  # noqa: N815
    scores: Scores | None = None
    reviews: list[NewerRow] | None = None

    def as_block(self) -> PageReviews:
        rows = [
            Row(reviewRateId=row.reviewId, rating=row.rating, reviewContent=row.content, skuInfo=row.skuText)
            for row in self.reviews or ()
        ]
        figures = Ratings(average=self.rating, rateCount=self.allReviewsCount, scores=self.scores)
        return PageReviews(ratings=figures, reviews=rows)


def is_ratings(page: Page) -> bool:
    return page.path.rstrip("/").endswith("/review/getReviewList")


def read_ratings(page: Page) -> Reading:
    body = refuse_answer(page.json)
    if not isinstance(body, dict):
        raise PageError(PageState.LAYOUT_CHANGED, "no reviews")
    model = Model.read(body.get("model"))
    rows = model.items or []
    asked = page.query("itemId")
    ratings = _ratings_page(model.ratings, rows, model.paging, asked)
    return settled(ratings, len(rows), asked)


def onto(draft: Draft, block: PageReviews | None) -> None:
    if block is None:
        return
    said = block.ratings
    average(draft, said.average)
    draft.rating_count, draft.rating_histogram = said.rateCount, said.histogram()
    draft.reviews_on_page = None if block.reviews is None else len(block.reviews)


def page_ratings(block: PageReviews | None, item: str | None) -> RatingsPage | None:
    """The reviews that a product page carries."""
    return None if block is None else _ratings_page(block.ratings, block.reviews or [], block.paging, item)


def _ratings_page(said: Ratings | None, rows: list[Row], paging: Paging | None, item: str | None) -> RatingsPage:
    return RatingsPage(
        item_external_id=same_of(None if row.itemId is None else id_text(row.itemId) for row in rows) or item,
        summary=_summary(said or Ratings()),
        reviews=tuple(_review(row) for row in rows if possible(row.rating)),
        has_next=None if paging is None else paging.currentPage < paging.totalPages,
    )


def _summary(said: Ratings) -> dict[str, object]:
    stars = said.histogram()
    return {
        "rating_average": stars_of(said.average, said.rateCount),
        "rating_count": said.rateCount,
        "rating_histogram": None if stars is None else list(stars),
        "review_count": said.reviewCount,
    }


def _review(row: Row) -> Review:
    reply = next((r.reviewContent for r in row.replies or () if r.reviewContent), None)
    return Review(
        external_id=id_text(row.reviewRateId),
        stars=int(row.rating),
        text=lines(row.reviewContent),
        images=None if row.images is None else len(row.images),
        variant=clean(row.skuInfo),
        reply=clean(reply),
    )
