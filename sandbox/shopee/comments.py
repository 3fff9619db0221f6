"""Reviews as get_comment shows them: newest first, names masked, never more than the cap (Shopee v2 reference, read 2026-11-23)."""

from typing import Any

from sandbox.shopee import items
from sandbox.shopee.call import MARKET, Answer, Call, Route, epoch
from sandbox.shopee.order_words import item_of, masked, order_sn
from sandbox.shopee.refusal import Refusal, bad_param
from sandbox.world import Review


def get_comment(call: Call) -> Answer:
    """`more` stays true at the cap, where the cursor stands still and the page is empty."""
    if call.request.one("page_size") is None:
        raise bad_param("page_size is a required field")
    size, start = call.integer("page_size", 1, 100), _cursor(call)
    reviews = _asked(call)
    capped = reviews[: call.rules.comments]
    page = capped[start : start + size]
    more = len(reviews) > start + len(page)
    listed = [_comment(call, review) for review in page]
    return Answer({"more": more, "next_cursor": str(start + len(page)) if more else "", "item_comment_list": listed})


def _cursor(call: Call) -> int:
    cursor = call.text("cursor", "")
    if cursor and not cursor.isdecimal():
        raise bad_param("invalid cursor")
    return int(cursor or 0)


def _asked(call: Call) -> list[Review]:
    shop = call.shop.world_name
    reviews = [review for review in reversed(call.world.reviews(MARKET)) if review.shop == shop]
    if call.request.one("item_id"):
        item_id = call.integer("item_id", 1, 10**18)
        if items.find(call, item_id) is None:
            raise Refusal("product.item_not_exist", "The item does not exist.")
        reviews = [review for review in reviews if _item_and_models(call, review)[0] == item_id]
    if call.request.one("comment_id"):
        comment_id = call.integer("comment_id", 1, 10**18)
        reviews = [review for review in reviews if review.review_id == comment_id]
        if not reviews:
            raise Refusal("product.cmt_not_exist", "The comment does not exist.")
    return reviews


def _item_and_models(call: Call, review: Review) -> tuple[int, list[int]]:
    offer = call.world.offer(MARKET, review.offer_id)
    if offer is None:
        raise LookupError(f"review {review.review_id} is of an unknown offer")
    return item_of(offer), [offer.offer_id] if "model_of" in offer.extra else []


def _comment(call: Call, review: Review) -> dict[str, Any]:
    item_id, model_ids = _item_and_models(call, review)
    order = call.world.order(MARKET, review.order_id)
    urls = [f"https://cf.shopee.vn/file/review-{review.review_id}-{number}" for number in range(review.images)]
    comment = {
        "comment_id": review.review_id,
        "order_sn": "" if order is None else order_sn(order),
        "item_id": item_id,
        "model_id": 0,
        "model_id_list": model_ids,
        "buyer_username": masked(review.buyer_name),
        "rating_star": review.stars,
        "comment": review.text,
        "create_time": epoch(review.created_at),
        "editable": "EDITABLE",
        "hidden": False,
        "media": {"image_url_list": urls, "video_url_list": []},
    }
    return comment | ({"comment_reply": _reply(review, review.reply)} if review.reply else {})


def _reply(review: Review, text: str) -> dict[str, Any]:
    return {"reply": text, "hidden": False, "create_time": epoch(review.created_at)}


ROUTES = {"/api/v2/product/get_comment": Route("GET", get_comment, envelope=("message",))}
