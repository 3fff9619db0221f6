"""Reviews of our own products (reference, section 4.5, read 2026-11-24)."""

from connectors.endpoint import Answer, Payload, Rows
from connectors.lazada.payloads.kinds import Count, Id, MaybeText, Moment


class HistoryQuery(Payload):
    item_id: int
    start_time: int  # milliseconds, within 90 days
    end_time: int  # at most 7 days later
    current: int  # page, from 1 to 50


class HistoryPage(Answer):
    ignores = frozenset({"current"})

    page_size: Count  # theirs to set
    total: Count
    id_list: Rows[Id]


class ReviewsQuery(Payload):
    id_list: str  # "[1,2]", at most 10


class Ratings(Answer):
    ignores = frozenset({"overall_rating", "seller_rating", "logistics_rating"})

    product_rating: Count


class Review(Answer):
    """A FOLLOW_UP_REVIEW has no ratings of its own."""

    ignores = frozenset({"review_type", "product_id", "order_id", "review_videos", "can_reply", "submit_time"})

    id: Id
    review_content: MaybeText = None
    ratings: Ratings | None = None
    review_images: list[str] | None = None
    seller_reply: MaybeText = None
    create_time: Moment


class Reviews(Answer):
    ignores = frozenset({"outdated_reviews"})

    review_list: list[Review]
