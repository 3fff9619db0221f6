"""Whatever a client sends, it gets an envelope back: a wrong type is a refusal, never a broken connection."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.server import Request
from sandbox.world import Offer

NONSENSE: list[Any] = [None, "x", "", [], {}, -1, 1.5, True, 10**30, [[]], [{}], [None], {"a": {}}, "\u0000", 1e400]
BODIES: dict[str, dict[str, Any]] = {
    "product/update_item": {"item_id": 1, "item_name": "Trà đinh Tân Cương mới"},
    "product/update_price": {"item_id": 1, "price_list": [{"model_id": 0, "original_price": 95000}] * 2},
    "product/update_stock": {"item_id": 1, "stock_list": [{"model_id": 0, "seller_stock": [{"stock": 75}]}] * 2},
    "product/unlist_item": {"item_list": [{"item_id": 28500417733, "unlist": True}] * 2},
    "product/delete_item": {"item_id": 1},
    "payment/get_escrow_detail_batch": {"order_sn_list": ["261001AAAAAAAA"]},
    "auth/token/get": {"code": "x", "partner_id": 2099123, "shop_id": 770011223},
    "auth/access_token/get": {"refresh_token": "x", "partner_id": 2099123, "shop_id": 770011223},
    "push/set_app_push_config": {"callback_url": "https://x", "set_push_config_on": [3], "blocked_shop_id_list": [1]},
    "push/confirm_consumed_lost_push_message": {"last_message_id": 1},
}
VARIATIONS = ("product/init_tier_variation", "product/add_model", "product/update_model")
QUERIES: dict[str, dict[str, str]] = {
    "product/get_item_list": {"offset": "0", "page_size": "5", "item_status": "NORMAL", "update_time_from": "0"},
    "product/search_item": {"offset": "0", "page_size": "5", "item_sku": "X", "item_status": "NORMAL"},
    "product/get_item_base_info": {"item_id_list": "1"},
    "product/get_comment": {"cursor": "0", "page_size": "5", "item_id": "1", "comment_id": "1"},
    "product/get_model_list": {"item_id": "1"},
    "product/get_brand_list": {"category_id": "100823", "status": "1", "offset": "0", "page_size": "5"},
    "product/get_attribute_tree": {"category_id_list": "100823", "language": "vi"},
    "order/get_order_list": {"time_range_field": "create_time", "time_from": "0", "time_to": "1", "cursor": ""},
    "order/get_order_detail": {"order_sn_list": "261001AAAAAAAA", "response_optional_fields": "item_list"},
    "payment/get_escrow_list": {"release_time_from": "0", "release_time_to": "1", "page_no": "1"},
    "returns/get_return_list": {"page_no": "0", "page_size": "5", "create_time_from": "0", "create_time_to": "1"},
    "returns/get_return_detail": {"return_sn": "2610010AAAAAAAA"},
}


def model(place: int) -> dict[str, Any]:
    money = {"original_price": 98000, "seller_stock": [{"stock": 6}]}
    return {"tier_index": [place], "model_sku": f"X{place}", "weight": 0.2, "gtin_code": "00"} | money


def with_variations(shop: Any, path: str, item_id: int) -> dict[str, Any]:
    """A good body of a variation page; for pages that want models, the item has one already."""
    image_id = shop.upload()
    options = [{"variation_option_name": name, "image_id": image_id} for name in ("100g", "200g")]
    tier = {"variation_name": "Khối lượng", "variation_option_list": options}
    old = {"name": "Loại", "option_list": [{"option": name, "image": {"image_id": image_id}} for name in ("1", "2")]}
    init = {"item_id": item_id, "model": [model(0)]}
    if path == "product/init_tier_variation":
        return init | {"standardise_tier_variation": [tier], "tier_variation": [old]}
    made = shop.post("product/init_tier_variation", init | {"tier_variation": [old]})["response"]["model"]
    if path == "product/add_model":
        return {"item_id": item_id, "model_list": [model(1)]}
    return {"item_id": item_id, "model": [{"model_id": made[0]["model_id"], "model_sku": "Y"}]}


def good_body(shop: Any, path: str) -> dict[str, Any]:
    if path == "product/add_item":
        return shop.listing(pre_order={"is_pre_order": True, "days_to_ship": 8}, gtin_code="00")
    item_id = shop.add()
    if path in VARIATIONS:
        return with_variations(shop, path, item_id)
    return BODIES[path] | ({"item_id": item_id} if "item_id" in BODIES[path] else {})


def spoiled(value: Any) -> Iterator[Any]:
    """The value with nonsense in place of each of its parts, one at a time, and with each part left out."""
    yield from NONSENSE
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            less = copy.copy(value)
            del less[key]
            yield less
            for other in spoiled(value[key]):
                more = copy.copy(value)
                more[key] = other
                yield more


def envelope(shop: Any, method: str, path: str, query: dict[str, str], body: bytes) -> dict[str, Any]:
    path = f"/api/v2/{path}"
    public = path.split("/")[3] in {"auth", "push"}
    signed = {key: str(value) for key, value in shop.signed(path, public=public).items()}
    request = Request(method, path, [*signed.items(), *query.items()], {"content-type": "application/json"}, body, "")
    with shop.sandbox.world.lock:
        said: dict[str, Any] = json.loads(shop.site.handle(request).body)
    return said


@pytest.mark.parametrize("path", ["product/add_item", *BODIES, *VARIATIONS])
def test_a_spoiled_body_is_answered(shop: Any, path: str) -> None:
    """Every part of a good body in turn is missing or of another type. A refusal changes nothing; all items stay readable."""

    def offers() -> list[Offer]:
        return shop.sandbox.world.offers("shopee")

    good = good_body(shop, path)
    kept = [(offer, copy.deepcopy(vars(offer))) for offer in offers()]
    for body in spoiled(good):
        before = repr(offers())
        said = envelope(shop, "POST", path, {}, json.dumps(body).encode())
        assert len(said["request_id"]) == 32
        assert said["error"] == "" or repr(offers()) == before, body
        for offer, facts in kept:
            vars(offer).update(copy.deepcopy(facts))
    for junk in (b"", b"{", b"\xff\xfe", b"[" * 5000):
        assert envelope(shop, "POST", path, {}, junk)["error"] == "error_param"
    for offer in offers():
        for page in ("get_item_base_info", "get_item_extra_info", "get_item_violation_info"):
            envelope(shop, "GET", f"product/{page}", {"item_id_list": str(offer.offer_id)}, b"")
        envelope(shop, "GET", "product/get_model_list", {"item_id": str(offer.offer_id)}, b"")


@pytest.mark.parametrize("path", QUERIES)
def test_a_spoiled_query_is_answered(shop: Any, path: str) -> None:
    """Every parameter of a good query in turn is missing or senseless."""
    shop.add()
    for name in QUERIES[path]:
        for text in (None, "", "x", "-1", "1.5", "9" * 40, "٣", "[", "null", "\x00", "²"):
            query = {key: value for key, value in (QUERIES[path] | {name: text}).items() if value is not None}
            assert isinstance(envelope(shop, "GET", path, query, b"")["error"], str)
