"""Reviews: `api/v2/item/get_ratings` as somebody saved it. Who wrote one is never read, so it cannot be kept.

The summary's `rating_count` has five numbers, 1★ to 5★, without the total that stands in front of an item's six.
"""

from datetime import UTC, datetime
from typing import Annotated, Any

from msgspec import Meta

from catalog.reading import RatingsPage, Review
from spiders.answer import Answer
from spiders.draft import clean
from spiders.page import Page, PageError, PageState, Reading
from spiders.reviews import lines, possible, same_of, settled
from spiders.shopee.words import refuse_error


class Summary(Answer):
    rating_total: int
    rating_count: Annotated[list[int], Meta(min_length=5, max_length=5)]
    rcount_with_context: int | None = None
    rcount_with_image: int | None = None
    rcount_with_media: int | None = None


class Bought(Answer):
    model_name: str | None = None


class Reply(Answer):
    comment: str | None = None


class Row(Answer, kw_only=True):
    cmtid: int
    itemid: int | None = None
    shopid: int | None = None
    rating_star: int
    comment: str | None = None
    ctime: int  # Unix seconds
    images: list[Any] | None = None
    product_items: list[Bought] | None = None
    ItemRatingReply: Reply | None = None


class RatingsData(Answer):
    item_rating_summary: Summary
    ratings: list[Row] | None  # null after the last page


def is_ratings(page: Page) -> bool:
    return page.path.rstrip("/").endswith("/get_ratings")


def read_ratings(page: Page) -> Reading:
    body = refuse_error(page.json)
    if not isinstance(body, dict):
        raise PageError(PageState.LAYOUT_CHANGED, "no ratings")
    data = RatingsData.read(body.get("data"))
    rows = data.ratings or []
    reviews = tuple(_review(row) for row in rows if possible(row.rating_star, row.ctime))
    ratings = RatingsPage(
        item_external_id=same_of(row.itemid for row in rows) or page.query("itemid"),
        shop_id=same_of(row.shopid for row in rows) or page.query("shopid"),
        summary=_summary(data.item_rating_summary),
        reviews=reviews,
        has_next=None if rows else False,
    )
    return settled(ratings, len(rows), page.query("itemid"))


def _summary(said: Summary) -> dict[str, object]:
    return {
        "rating_count": said.rating_total,
        "rating_histogram": list(said.rating_count),
        "with_text": said.rcount_with_context,
        "with_image": said.rcount_with_image,
        "with_media": said.rcount_with_media,
    }


def _review(row: Row) -> Review:
    return Review(
        external_id=str(row.cmtid),
        stars=row.rating_star,
        text=lines(row.comment),
        created_at=datetime.fromtimestamp(row.ctime, UTC),
        images=len(row.images or ()),
        variant=clean(", ".join(b.model_name for b in row.product_items or () if b.model_name)),
        reply=clean(row.ItemRatingReply.comment) if row.ItemRatingReply else None,
    )
