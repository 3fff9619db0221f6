"""Reviews of the seller's own products (Lazada Open Platform reference, review pages, read 2026-11-24).

First the ids of one product within seven days of the last ninety, then ten reviews at a time. A reply is a write though it is a GET.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.lazada import documents
from sandbox.lazada.call import Answer, Call, Route, epoch_ms
from sandbox.lazada.refusal import Refusal
from sandbox.lazada.rules import MARKET
from sandbox.world import Review

PAGE_SIZE, LAST_PAGE, MOST_IDS = 10, 50, 10
LONGEST, FURTHEST = timedelta(days=7), timedelta(days=90)
MOST_LETTERS = 500


def history(call: Call) -> Answer:
    if call.optional("item_id") is None:
        raise _invalid("NULL_ITEMID")
    item = call.shelf.item(call.integer("item_id", 1, 10**18))
    since, until = _moment(call, "start_time"), _moment(call, "end_time")
    if until - since > LONGEST:
        raise _invalid("TIMESPAN_ABOVE_LIMIT")
    if since < call.now - FURTHEST:
        raise _invalid("STARTTIME_OVER_LIMIT")
    page = call.integer("current", 1, 10**6, 1)
    if page > LAST_PAGE:
        raise _invalid("CURRENT_ABOVE_LIMIT")
    wanted = set(item.sku_ids) if item else set()
    ids = [one.review_id for one in _own(call) if one.offer_id in wanted and since <= one.created_at <= until]
    shown = ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Answer({"current": page, "page_size": PAGE_SIZE, "total": len(ids), "id_list": shown})


def details(call: Call) -> Answer:
    """What is older than ninety days is only named."""
    ids = call.array("id_list", 37)
    if len(ids) > MOST_IDS:
        raise _invalid("ID_LIST_ABOVE_LIMIT")
    wanted = {documents.whole(str(one)) for one in ids}
    found = [one for one in _own(call) if one.review_id in wanted]
    oldest = call.now - FURTHEST
    return Answer(
        {
            "outdated_reviews": [one.review_id for one in found if one.created_at < oldest],
            "review_list": [_review(call, one) for one in found if one.created_at >= oldest],
        }
    )


def reply(call: Call) -> Answer:
    """Once a review."""
    wanted, content = call.integer("id", 1, 10**18), call.text("content")
    review = next((one for one in _own(call) if one.review_id == wanted), None)
    if review is None or review.reply is not None or len(content) > MOST_LETTERS:
        raise _invalid("REPLY_NOT_ALLOWED")
    review.reply = content
    return Answer(True)


def _own(call: Call) -> list[Review]:
    return [one for one in call.world.reviews(MARKET) if one.shop == call.seller.world_name]


def _review(call: Call, one: Review) -> dict[str, Any]:
    offer, order = call.shelf.sku(one.offer_id), call.world.order(MARKET, one.order_id)
    if offer is None or order is None:
        raise AssertionError("a review of what was never sold")
    stars = dict.fromkeys(("overall_rating", "product_rating", "seller_rating", "logistics_rating"), one.stars)
    return {
        "id": one.review_id,
        "review_type": "PRODUCT_REVIEW",
        "product_id": offer.extra["item"].item_id,
        "order_id": call.book.number(order),
        "review_content": one.text,
        "ratings": stars,
        "review_images": [f"https://vn-live-02.slatic.net/p/review-{one.review_id}-{n}.jpg" for n in range(one.images)],
        "review_videos": [],
        "seller_reply": one.reply or "",
        "can_reply": one.reply is None,
        "create_time": epoch_ms(one.created_at),
        "submit_time": epoch_ms(one.created_at),
    }


def _moment(call: Call, name: str) -> datetime:
    return datetime.fromtimestamp(call.integer(name, 0, 10**13) / 1000, UTC)


def _invalid(text: str) -> Refusal:
    return Refusal("PARAMS_VALIDATE_ERROR", text, "ISV")


ROUTES = {
    "/review/seller/history/list": Route("GET", history, layered=True),
    "/review/seller/list/v2": Route("GET", details, layered=True),
    "/review/seller/reply/add": Route("GET", reply, writes=True, layered=True),
}
