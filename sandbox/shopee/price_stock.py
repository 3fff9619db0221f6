"""update_price and update_stock: one item, 1 to 50 models, each row may fail alone (Shopee v2 reference, read 2026-11-23).

With one good row the answer is a success carrying both lists; with none it is a refusal that still carries them. A price write does
not move `update_time`, and rows of an item without models name no model back in the price answer.
"""

from collections.abc import Callable
from typing import Any

from sandbox.shopee import items, read, terms
from sandbox.shopee.call import Answer, Call, Route
from sandbox.shopee.refusal import Refusal
from sandbox.world import Offer

Change = Callable[[Call, Offer, dict[str, Any]], dict[str, Any]]
Row = tuple[int, dict[str, Any]]
MOST_ROWS = 50


def update_price(call: Call) -> Answer:
    item, rows = _asked(call, "price_list")
    codes = ("error_edit_item_price_for_item_has_model", "product.error_update_price_fail")
    return _row_by_row(call, item, rows, _set_price, codes)


def update_stock(call: Call) -> Answer:
    item, rows = _asked(call, "stock_list")
    codes = ("error_edit_item_stock_for_item_has_model", "error_busi_update_stock_failed")
    answer = _row_by_row(call, item, rows, _set_stock, codes)
    call.world.touch(item)
    return answer


def _asked(call: Call, name: str) -> tuple[Offer, list[Row]]:
    """The item and its rows, each with the model it names: 0 for none."""
    body = call.body
    item = items.editable(call, read.integer(body, "item_id"))
    rows = read.rows(body, name, 1, MOST_ROWS)
    return item, [(read.integer({"model_id": 0} | row, "model_id"), row) for row in rows]


def _row_by_row(call: Call, item: Offer, rows: list[Row], change: Change, codes: tuple[str, str]) -> Answer:
    has_model_code, all_failed_code = codes
    if items.models(call, item) and not any(model_id for model_id, _ in rows):
        raise Refusal(has_model_code, "The product has models, name one.")
    done: list[dict[str, Any]] = []
    failed: list[dict[str, Any]] = []
    for model_id, row in rows:
        try:
            done.append(change(call, _target(call, item, model_id), row))
        except Refusal as refusal:
            failed.append({"model_id": model_id, "failed_reason": refusal.message})
    lists = {"success_list": done, "failure_list": failed}
    if not done:
        raise Refusal(all_failed_code, failed[0]["failed_reason"], response=lists)
    return Answer(lists)


def _target(call: Call, item: Offer, model_id: int) -> Offer:
    """The offer a row means: the item itself, or one of its models."""
    models = items.models(call, item)
    if not models and model_id == 0:
        return item
    for model in models:
        if model.offer_id == model_id:
            return model
    raise Refusal("error_param", "Wrong model_id.")


def _set_price(call: Call, offer: Offer, row: dict[str, Any]) -> dict[str, Any]:
    price_vnd = terms.price_vnd(call.backstage, row)
    if items.has_promotion(offer):
        raise Refusal("error_in_item_promotion_item_price_lock", "The price is locked by a promotion.")
    if "model_of" in offer.extra:
        _check_ratio(call, offer, price_vnd)
    offer.price_vnd = price_vnd
    named = {"model_id": offer.offer_id} if "model_of" in offer.extra else {}
    return named | {"original_price": price_vnd}


def _check_ratio(call: Call, changed: Offer, price_vnd: int) -> None:
    item = items.editable(call, changed.extra["model_of"])
    others = [model.price_vnd for model in items.models(call, item) if model is not changed]
    check_ratio(call, [*others, price_vnd])


def check_ratio(call: Call, prices_vnd: list[int]) -> None:
    """In Vietnam the dearest model may cost at most five times the cheapest."""
    if max(prices_vnd) > call.rules.dearest_to_cheapest * min(prices_vnd):
        raise Refusal("error_price_out_of_range", "The price difference between models is too large.")


def _set_stock(call: Call, offer: Offer, row: dict[str, Any]) -> dict[str, Any]:
    offer.stock = terms.stock(call.backstage, row)
    model_id = offer.offer_id if "model_of" in offer.extra else 0
    return {"model_id": model_id, "location_id": "", "stock": offer.stock}


ROUTES = {
    "/api/v2/product/update_price": Route("POST", update_price),
    "/api/v2/product/update_stock": Route("POST", update_stock),
}
