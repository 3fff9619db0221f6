"""Ratings: `product/{id}/rating` of the rating host. Who wrote one is never read, so it cannot be kept.

No body was captured: the fields are those that several public readers of this endpoint use (read 2026-11-24).
"""

import re
from datetime import UTC, datetime
from typing import Any

from catalog.reading import RatingsPage, Review
from spiders.answer import Answer
from spiders.page import Page, Reading
from spiders.reviews import lines, possible, same_of, settled

RATINGS = re.compile(r"/product/(\d{1,20})/rating$", re.ASCII)
_FIRST = 1
_DIGITS = re.compile(r"\d{1,9}", re.ASCII)


class Row(Answer):
    rating_id: int
    star: int
    comment: str | None = None
    update_time: int | None = None  # Unix seconds
    images: list[Any] | None = None
    product_id: int | None = None


class Meta(Answer):
    total_count: int
    total_page: int
    count_star_1: int | None = None
    count_star_2: int | None = None
    count_star_3: int | None = None
    count_star_4: int | None = None
    count_star_5: int | None = None


class Body(Answer):
    data: list[Row] | None
    meta_data: Meta


def read_ratings(page: Page) -> Reading:
    body = Body.read(page.json)
    asked = RATINGS.search(page.path.rstrip("/"))[1]  # type: ignore[index] # told by this very path
    rows = body.data or []
    ratings = RatingsPage(
        item_external_id=same_of(row.product_id for row in rows) or asked,
        summary=_summary(body.meta_data),
        reviews=tuple(_review(row) for row in rows if possible(row.star, row.update_time)),
        has_next=_number(page) < body.meta_data.total_page,
    )
    return settled(ratings, len(rows), asked)


def _number(page: Page) -> int:
    """Counted from 1; the first where the address does not say."""
    said = page.query("page") or ""
    return int(said) if _DIGITS.fullmatch(said) else _FIRST


def _summary(meta: Meta) -> dict[str, object]:
    stars = [meta.count_star_1, meta.count_star_2, meta.count_star_3, meta.count_star_4, meta.count_star_5]
    return {"rating_count": meta.total_count, "rating_histogram": None if None in stars else stars}


def _review(row: Row) -> Review:
    return Review(
        external_id=str(row.rating_id),
        stars=row.star,
        text=lines(row.comment),
        created_at=None if row.update_time is None else datetime.fromtimestamp(row.update_time, UTC),
        images=None if row.images is None else len(row.images),
    )
