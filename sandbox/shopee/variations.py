"""Items with models: up to two tiers and 50 models (Shopee v2 reference, variation pages, read 2026-11-23).

A model is an offer of its own in the world, sold under its item; the item itself then holds no stock and is not bought.
"""

from typing import Any

from sandbox.shopee import items, read, terms, tiers
from sandbox.shopee.call import MARKET, Answer, Call, Route
from sandbox.shopee.item_views import shown_price, shown_stock
from sandbox.shopee.price_stock import check_ratio
from sandbox.shopee.refusal import Refusal, bad_param
from sandbox.world import Offer, OfferState

FIRST_MODEL_ID = 240_110_000_001


def init_tier_variation(call: Call) -> Answer:
    """Give a plain item its tiers and models. Read both the current form and the deprecated `tier_variation`."""
    body = call.body
    item = items.editable(call, read.integer(body, "item_id"))
    if items.models(call, item):
        raise Refusal("error_tier_var_have_model", "The product has variations already.")
    wanted, rows = tiers.tiers(call, body), read.rows(body, "model", 1, call.rules.models_per_item)
    _check_models(call, item, wanted, rows)
    item.extra["tiers"] = wanted
    item.stock = 0
    models = [_add_model(call, item, row) for row in rows]
    call.world.touch(item)
    return Answer({"item_id": item.offer_id, "tier_variation": wanted, "model": [_added(model) for model in models]})


def add_model(call: Call) -> Answer:
    body = call.body
    item = _with_models(call, body)
    rows = read.rows(body, "model_list", 1, call.rules.models_per_item - len(items.models(call, item)))
    _check_models(call, item, items.tier_variation(item), rows)
    models = [_add_model(call, item, row) for row in rows]
    call.world.touch(item)
    return Answer({"model": [_added(model) for model in models]})


def update_model(call: Call) -> Answer:
    """SKUs and GTINs; price and stock have calls of their own."""
    body = call.body
    item = _with_models(call, body)
    known = {model.offer_id: model for model in items.models(call, item)}
    rows = read.rows(body, "model", 1, call.rules.models_per_item)
    if any(read.integer(row, "model_id") not in known for row in rows):
        raise bad_param("Wrong model_id.")
    for row in rows:
        model = known[row["model_id"]]
        model.sku = _model_sku(call, {"model_sku": model.sku} | row)
        call.world.touch(model)
    call.world.touch(item)
    return Answer()


def get_model_list(call: Call) -> Answer:
    item = items.find(call, call.integer("item_id", 1, 10**18))
    if item is None:
        raise Refusal("error_item_not_found", "Product not found.")
    models = [_shown(model, item) for model in items.models(call, item)]
    return Answer({"tier_variation": items.tier_variation(item), "model": models})


def _with_models(call: Call, body: dict[str, Any]) -> Offer:
    item = items.editable(call, read.integer(body, "item_id"))
    if not items.models(call, item):
        raise Refusal("error_item_no_tier_variation", "The product has no variations.")
    return item


def _check_models(call: Call, item: Offer, wanted: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """Everything is judged before anything is added."""
    taken = {tuple(model.extra["tier_index"]) for model in items.models(call, item)}
    prices_vnd = [model.price_vnd for model in items.models(call, item)]
    for row in rows:
        index = tiers.place(wanted, row)
        if index in taken:
            raise bad_param("tier_index is used twice")
        taken.add(index)
        prices_vnd.append(terms.price_vnd(call.backstage, row))
        terms.stock(call.backstage, row)
        _check_own_facts(call, row)
    check_ratio(call, prices_vnd)


def _check_own_facts(call: Call, row: dict[str, Any]) -> None:
    """SKU, weight (kg) and GTIN, each only when the model has its own."""
    _model_sku(call, row)
    if "weight" in row and read.number(row, "weight") <= 0:
        raise bad_param("invalid weight")
    terms.gtin(row)


def _model_sku(call: Call, row: dict[str, Any]) -> str:
    sku = read.text({"model_sku": ""} | row, "model_sku")
    if len(sku) > call.rules.sku_length:
        raise bad_param(f"model_sku exceeds {call.rules.sku_length} characters")
    return sku


def _add_model(call: Call, item: Offer, row: dict[str, Any]) -> Offer:
    placed = zip(items.tier_variation(item), row["tier_index"], strict=True)
    name = ",".join(tier["option_list"][place]["option"] for tier, place in placed)
    model = call.world.add_offer(
        MARKET,
        item.shop,
        _model_sku(call, row),
        name,
        item.description,
        terms.price_vnd(call.backstage, row),
        terms.stock(call.backstage, row),
        state=OfferState(item.state),
        weight_g=items.grams(row) if "weight" in row else item.weight_g,
        images=item.images,
        offer_id=call.world.counter("shopee.model", FIRST_MODEL_ID),
        extra={"model_of": item.offer_id, "tier_index": row["tier_index"], "gtin_code": row.get("gtin_code", "")},
    )
    item.extra["model_ids"].append(model.offer_id)
    return model


def _added(model: Offer) -> dict[str, Any]:
    return {
        "tier_index": model.extra["tier_index"],
        "model_id": model.offer_id,
        "model_sku": model.sku,
        "price_info": [{"original_price": items.original_price_vnd(model)}],
        "seller_stock": [{"stock": model.stock}],
    }


def _shown(model: Offer, item: Offer) -> dict[str, Any]:
    weight_kg = (model.weight_g or 0) / 1000
    return {
        "model_id": model.offer_id,
        "tier_index": model.extra["tier_index"],
        "model_sku": model.sku,
        "model_status": "MODEL_NORMAL",
        "has_promotion": items.has_promotion(model),
        "promotion_id": 0,
        "price_info": [shown_price(model)],
        "stock_info_v2": shown_stock(model),
        "pre_order": items.pre_order(items.payload(item)),
        "weight": f"{weight_kg:g}",
        "gtin_code": model.extra["gtin_code"],
    }


ROUTES = {
    "/api/v2/product/init_tier_variation": Route("POST", init_tier_variation),
    "/api/v2/product/add_model": Route("POST", add_model),
    "/api/v2/product/update_model": Route("POST", update_model),
    "/api/v2/product/get_model_list": Route("GET", get_model_list),
}
