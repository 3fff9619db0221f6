"""Creating, editing, hiding and deleting listings (Shopee v2 reference, product pages, read 2026-11-23).

Shopee does not mind two items with one SKU: who creates twice has two.
"""

from datetime import timedelta
from typing import Any

from sandbox.shopee import checks, items, read, terms
from sandbox.shopee.call import MARKET, Answer, Call, Route
from sandbox.shopee.media import image_url
from sandbox.shopee.refusal import Refusal
from sandbox.world import Offer, OfferState

FIRST_ITEM_ID = 28_500_417_733


def add_item(call: Call) -> Answer:
    body = call.body
    _room_for_one_more(call)
    checks.whole_listing(call.backstage, body)
    price_vnd, stock = terms.price_vnd(call.backstage, body), terms.stock(call.backstage, body)
    fields = items.carried(body)
    offer = call.world.add_offer(
        MARKET,
        call.shop.world_name,
        fields.get("item_sku", ""),
        fields["item_name"],
        fields["description"],
        price_vnd,
        stock,
        state=_first_state(call, body),
        weight_g=items.grams(fields),
        images=fields["image"]["image_id_list"],
        offer_id=call.world.counter("shopee.item", FIRST_ITEM_ID),
        extra={"item": fields, "model_ids": [], "tiers": []},
    )
    _review_later(call, offer)
    return Answer(_added(offer))


def update_item(call: Call) -> Answer:
    """Fields not sent stay; the whole listing is judged again, so an untouched field may be the refused one."""
    body = call.body
    offer = items.editable(call, read.integer(body, "item_id"))
    fields = items.payload(offer) | items.carried(body)
    checks.whole_listing(call.backstage, fields | {"item_status": body.get("item_status", "NORMAL")})
    checks.not_played(body)
    items.write(offer, fields)
    for model in items.models(call, offer):
        model.weight_g = offer.weight_g
    if "item_status" in body and offer.state in {OfferState.LIVE, OfferState.HIDDEN}:
        items.set_state(call, offer, _shown_or_hidden(hide=body["item_status"] == "UNLIST"))
    call.world.touch(offer)
    return Answer(_added(offer))


def unlist_item(call: Call) -> Answer:
    """Hide or show 1 to 50 items; each may fail alone, and when all do the whole call is a refusal."""
    rows = read.rows(call.body, "item_list", 1, 50)
    asked = [(read.integer(row, "item_id"), read.flag(row, "unlist")) for row in rows]
    done, failed = [], []
    for item_id, hide in asked:
        offer = items.find(call, item_id)
        if reason := _why_not_unlisted(offer):
            failed.append({"item_id": item_id, "failed_reason": reason})
        elif offer is not None:
            items.set_state(call, offer, _shown_or_hidden(hide=hide))
            done.append({"item_id": item_id, "unlist": hide})
    lists = {"success_list": done, "failure_list": failed}
    if not done:
        raise Refusal("error_unlist_item_all_failed", "All items failed.", response=lists)
    return Answer(lists)


def delete_item(call: Call) -> Answer:
    """Gone for buyers at once, readable for 90 days."""
    offer = items.editable(call, read.integer(call.body, "item_id"))
    if items.has_promotion(offer):
        raise Refusal("error_cannt_delete_in_promotion", "The product is in a promotion.")
    items.set_state(call, offer, OfferState.DELETED)
    return Answer()


def _room_for_one_more(call: Call) -> None:
    if len(call.world.offers(MARKET, call.shop.world_name)) < call.rules.items_per_shop:
        return  # not even with the deleted ones
    alive = sum(offer.state is not OfferState.DELETED for offer in items.all_items(call))
    if alive >= call.rules.items_per_shop:
        raise Refusal("error_reach_shop_item_limit", "The shop has reached its product limit.")


def _first_state(call: Call, body: dict[str, Any]) -> OfferState:
    if body.get("item_status") == "UNLIST":
        return OfferState.HIDDEN
    return OfferState.PENDING if call.rules.review_delay_s else OfferState.LIVE


def _review_later(call: Call, offer: Offer) -> None:
    if offer.state is not OfferState.PENDING:
        return

    def approve() -> None:
        if offer.state is OfferState.PENDING:
            items.set_state(call, offer, OfferState.LIVE)

    call.world.later(call.now + timedelta(seconds=call.rules.review_delay_s), approve)


def _shown_or_hidden(*, hide: bool) -> OfferState:
    return OfferState.HIDDEN if hide else OfferState.LIVE


def _why_not_unlisted(offer: Offer | None) -> str | None:
    if offer is None or offer.state is OfferState.DELETED:
        return "Product not found."
    if offer.state in {OfferState.BANNED, OfferState.REJECTED, OfferState.PENDING}:
        return "Banned and Reviewing Products cannot be delisted"
    return "The product is in a promotion." if items.has_promotion(offer) else None


def _added(offer: Offer) -> dict[str, Any]:
    """Other shapes than get_item_base_info: here the price is an object and the pictures are `images`."""
    fields, price_vnd = items.payload(offer), items.original_price_vnd(offer)
    return {
        "item_id": offer.offer_id,
        "item_name": offer.title,
        "item_status": items.STATUS[offer.state],
        "category_id": fields["category_id"],
        "condition": fields.get("condition", "NEW"),
        "weight": fields["weight"],
        "description_type": "normal",
        "price_info": {"original_price": price_vnd, "current_price": offer.price_vnd},
        "seller_stock": [{"stock": offer.stock}],
        "images": {"image_id_list": offer.images, "image_url_list": [image_url(one) for one in offer.images]},
        "attributes": fields.get("attribute_list", []),
        "logistic_info": [_logistic(row) for row in fields["logistic_info"]],
        "brand": fields["brand"],
        "pre_order": items.pre_order(fields),
    }


def _logistic(row: dict[str, Any]) -> dict[str, Any]:
    chosen = {"logistic_id": row["logistic_id"], "enabled": row["enabled"], "is_free": row.get("is_free", False)}
    return chosen | {"shipping_fee": 0, "size_id": 0}


ROUTES = {
    "/api/v2/product/add_item": Route("POST", add_item),
    "/api/v2/product/update_item": Route("POST", update_item),
    "/api/v2/product/unlist_item": Route("POST", unlist_item),
    "/api/v2/product/delete_item": Route("POST", delete_item),
}
