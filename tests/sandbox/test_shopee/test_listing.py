"""Listing: what is refused, and how what was accepted reads back."""

from typing import Any

import pytest

from sandbox.shopee.rules import Range
from sandbox.world import OfferState

ORIGIN = {"attribute_id": 100037, "attribute_value_list": [{"value_id": 556}]}


def base(shop: Any, item_id: int) -> dict[str, Any]:
    return shop.get("product/get_item_base_info", item_id_list=item_id)["response"]["item_list"][0]


REFUSED = [
    ({"item_name": "Trà ngon"}, "error_item_name_is_too_short"),
    ({"item_name": "T" * 121}, "error_title_exceeds_max_length"),
    ({"item_name": "Trà đinh\u202e Tân Cương"}, "error_title_character_forbidden"),
    ({"description": "Ngắn"}, "error_desc_length_min_limit"),
    ({"description": "#tra " * 30}, "error_desc_hash_tag_over_limit"),
    ({"original_price": 999}, "error_price_exceed_min_limitt"),
    ({"original_price": 120_000_001}, "error_price_exceed_max_limitt"),
    ({"original_price": "185000"}, "error_invalid_price"),
    ({"weight": 0}, "error_param"),
    ({"weight": 20.5}, "error_param"),
    ({"category_id": 100660}, "error_invalid_category"),
    ({"category_id": 100831}, "error_category_is_block"),
    ({"image": {"image_id_list": []}}, "error_image_num_min"),
    ({"image": {"image_id_list": ["vn-unknown"]}}, "error_image_unavailable"),
    ({"logistic_info": [{"logistic_id": 50021, "enabled": True}]}, "error_invalid_logistic_info"),
    ({"logistic_info": [{"logistic_id": 5001, "enabled": False}]}, "error_invalid_logistic_info"),
    ({"attribute_list": []}, "error_less_required_attribute"),
    (
        {"attribute_list": [{"attribute_id": 100037, "attribute_value_list": [{"value_id": 1}]}]},
        "error_invalid_attribute_value",
    ),
    (
        {"attribute_list": [ORIGIN, {"attribute_id": 100010, "attribute_value_list": [{"value_id": 5}]}]},
        "error_value_id_must_equal_zero",
    ),
    ({"brand": {"brand_id": 5, "original_brand_name": "Riêng"}}, "error_invalid_brand"),
    ({"pre_order": {"is_pre_order": True, "days_to_ship": 3}}, "error_invalid_days_to_ship"),
    ({"pre_order": {"is_pre_order": True, "days_to_ship": 16}}, "error_param_dts_exceeds_max_limit"),
    ({"gtin_code": "8938505970018"}, "error_param_validate"),
    ({"condition": "OLD"}, "error_param"),
    ({"item_sku": "X" * 101}, "error_param"),
    ({"seller_stock": [{"stock": -1}]}, "error_param"),
    ({"seller_stock": [{"stock": 5, "location_id": "VNZ"}]}, "error_param"),
    ({"wholesale": [{"min_count": 5}]}, "error_param"),
]


@pytest.mark.parametrize(("changes", "code"), REFUSED)
def test_a_bad_listing_is_refused_with_its_own_code(shop: Any, changes: dict[str, Any], code: str) -> None:
    """Nothing is created, the refusal travels as HTTP 200, and the code is Shopee's."""
    answer = shop.answer("POST", "product/add_item", shop.listing(**changes))
    assert (answer.status_code, answer.json()["error"]) == (200, code)
    assert shop.sandbox.world.offers("shopee") == []


@pytest.mark.parametrize(
    ("field", "code"),
    [("brand", "error_less_required_brand"), ("dimension", "error_param"), ("seller_stock", "error_param")],
)
def test_a_missing_field_is_refused(shop: Any, field: str, code: str) -> None:
    """Brand, parcel size under a channel that prices by size, and stock must be there."""
    listing = shop.listing()
    del listing[field]
    assert shop.post("product/add_item", listing)["error"] == code


def test_what_was_sent_is_what_reads_back(shop: Any) -> None:
    """Diacritics, kilograms, price and stock come back; price is an object on creation and a list on reading."""
    listing = shop.listing(original_price=185000.4, gtin_code="8938505970011")
    added = shop.post("product/add_item", listing)["response"]
    assert added["price_info"] == {"original_price": 185000, "current_price": 185000}
    assert added["images"]["image_id_list"] == listing["image"]["image_id_list"]
    read = base(shop, added["item_id"])
    assert (read["item_name"], read["description"]) == (listing["item_name"], listing["description"])
    assert (read["weight"], read["dimension"], read["item_sku"]) == ("0.35", listing["dimension"], "OCOP-TN-0007")
    assert read["price_info"][0]["original_price"] == 185000
    assert read["stock_info_v2"]["summary_info"]["total_available_stock"] == 120
    assert read["attribute_list"][0]["attribute_value_list"][0]["original_value_name"] == "Vietnam"


def test_two_listings_may_carry_one_sku(shop: Any) -> None:
    """Shopee does not deduplicate: who repeats a lost add_item has two items, and search finds both."""
    ids = [shop.add(), shop.add()]
    found = shop.get("product/search_item", page_size=50, item_sku="OCOP-TN-0007")["response"]
    assert found == {"item_id_list": ids, "total_count": 2, "next_offset": ""}


def test_the_shop_has_room_for_so_many_items(shop: Any) -> None:
    """Deleted ones make room."""
    shop.site.rules.items_per_shop = 1
    item_id = shop.add()
    assert shop.post("product/add_item", shop.listing())["error"] == "error_reach_shop_item_limit"
    assert shop.post("product/delete_item", {"item_id": item_id})["error"] == ""
    assert shop.post("product/add_item", shop.listing())["error"] == ""


def test_an_update_keeps_what_it_does_not_name_and_judges_the_whole(shop: Any) -> None:
    """An untouched field can be the one refused, and then nothing changes."""
    item_id = shop.add()
    name = "Trà đinh Tân Cương OCOP 5 sao hộp thiếc 200g (vụ xuân)"
    assert shop.post("product/update_item", {"item_id": item_id, "item_name": name})["error"] == ""
    assert (base(shop, item_id)["item_name"], base(shop, item_id)["item_sku"]) == (name, "OCOP-TN-0007")
    shop.site.rules.description_length = Range(500, 3000)
    refused = shop.post("product/update_item", {"item_id": item_id, "item_name": "Trà đinh Tân Cương mới"})
    assert (refused["error"], base(shop, item_id)["item_name"]) == ("error_desc_length_min_limit", name)


def test_a_new_listing_may_wait_for_review(shop: Any) -> None:
    """REVIEWING until the delay is over, then NORMAL by itself; it cannot be hidden meanwhile."""
    shop.site.rules.review_delay_s = 1800
    item_id = shop.add()
    assert base(shop, item_id)["item_status"] == "REVIEWING"
    answer = shop.post("product/unlist_item", {"item_list": [{"item_id": item_id, "unlist": True}]})
    assert answer["error"] == "error_unlist_item_all_failed"
    assert answer["response"]["failure_list"][0]["failed_reason"] == "Banned and Reviewing Products cannot be delisted"
    shop.pass_time(seconds=1800)
    assert base(shop, item_id)["item_status"] == "NORMAL"


def test_hiding_showing_and_half_failing(shop: Any) -> None:
    """One good row makes a success that carries both lists."""
    item_id = shop.add()
    rows = [{"item_id": item_id, "unlist": True}, {"item_id": 1, "unlist": True}]
    answer = shop.post("product/unlist_item", {"item_list": rows})
    assert (answer["error"], answer["response"]["success_list"]) == ("", rows[:1])
    assert answer["response"]["failure_list"] == [{"item_id": 1, "failed_reason": "Product not found."}]
    assert base(shop, item_id)["item_status"] == "UNLIST"
    shop.post("product/unlist_item", {"item_list": [{"item_id": item_id, "unlist": False}]})
    assert base(shop, item_id)["item_status"] == "NORMAL"


def test_a_deleted_item_is_readable_for_ninety_days(shop: Any) -> None:
    """SELLER_DELETE, then gone."""
    item_id = shop.add()
    shop.post("product/delete_item", {"item_id": item_id})
    assert base(shop, item_id)["item_status"] == "SELLER_DELETE"
    assert shop.post("product/update_item", {"item_id": item_id})["error"] == "error_item_not_found"
    shop.pass_time(days=90)
    pair = shop.site.accounts.grant((770011223,))
    shop.credentials |= {"access_token": pair.access_token}
    answer = shop.get("product/get_item_base_info", item_id_list=item_id)
    assert answer["error"] == "error_item_not_found"


def test_a_price_write_says_which_rows_took(shop: Any) -> None:
    """No model is echoed for a plain item, update_time stands still, and an all-bad call still carries its list."""
    item_id = shop.add()
    before = base(shop, item_id)["update_time"]
    shop.pass_time(minutes=5)
    rows = [{"original_price": 95000}, {"model_id": 999, "original_price": 95000}]
    answer = shop.post("product/update_price", {"item_id": item_id, "price_list": rows})
    assert (answer["error"], answer["response"]["success_list"]) == ("", [{"original_price": 95000}])
    assert answer["response"]["failure_list"] == [{"model_id": 999, "failed_reason": "Wrong model_id."}]
    assert base(shop, item_id)["update_time"] == before
    refused = shop.post("product/update_price", {"item_id": item_id, "price_list": rows[1:]})
    assert refused["error"] == "product.error_update_price_fail"
    assert refused["response"]["failure_list"] == [{"model_id": 999, "failed_reason": "Wrong model_id."}]


def test_a_promotion_locks_the_price_and_shows_both(shop: Any) -> None:
    """original_price stays the seller's, current_price is the promotion's."""
    item_id = shop.add()
    offer = shop.sandbox.world.offer("shopee", item_id)
    offer.list_price_vnd, offer.price_vnd = 185000, 169000
    price = base(shop, item_id)["price_info"][0]
    assert (price["original_price"], price["current_price"]) == (185000, 169000)
    body = {"item_id": item_id, "price_list": [{"original_price": 190000}]}
    assert shop.post("product/update_price", body)["error"] == "product.error_update_price_fail"


def test_a_stock_write(shop: Any) -> None:
    """The row is echoed with model 0."""
    item_id = shop.add()
    body = {"item_id": item_id, "stock_list": [{"model_id": 0, "seller_stock": [{"stock": 75}]}]}
    answer = shop.post("product/update_stock", body)["response"]
    assert answer == {"success_list": [{"model_id": 0, "location_id": "", "stock": 75}], "failure_list": []}
    assert shop.sandbox.world.offer("shopee", item_id).stock == 75


def test_lists_of_ids_in_every_form(shop: Any) -> None:
    """Comma-joined, repeated keys and `[1 2]` mean the same; unknown ids are absent, all unknown is a refusal."""
    ids = [shop.add(), shop.add()]
    forms: list[Any] = [f"{ids[0]},{ids[1]}", ids, f"[{ids[0]} {ids[1]}]", f"{ids[0]},1,{ids[1]}"]
    for form in forms:
        listed = shop.get("product/get_item_base_info", item_id_list=form)["response"]["item_list"]
        assert [item["item_id"] for item in listed] == ids
    assert shop.get("product/get_item_base_info", item_id_list="1,2")["error"] == "error_item_not_found"
    too_many = ",".join(map(str, range(1, 52)))
    assert shop.get("product/get_item_base_info", item_id_list=too_many)["error"] == "error_param"


def test_item_lists_page_and_need_a_status(shop: Any) -> None:
    """Pages lose nothing; repeated statuses add up; a deep offset is refused."""
    ids = [shop.add() for _ in range(5)]
    shop.post("product/delete_item", {"item_id": ids[4]})
    seen, query = [], {"offset": 0, "page_size": 2, "item_status": ["NORMAL", "SELLER_DELETE"]}
    while True:
        page = shop.get("product/get_item_list", **query)["response"]
        seen += [item["item_id"] for item in page["item"]]
        if not page["has_next_page"]:
            break
        query["offset"] = page["next_offset"]
    assert (seen, page["total_count"], "next_offset" in page) == (ids, 5, False)
    assert shop.get("product/get_item_list", offset=0, page_size=2)["error"] == "error_param_item_status"
    deep = shop.get("product/get_item_list", offset=10_001, page_size=2, item_status="NORMAL")
    assert deep["message"] == "get items offset over limit"


def test_a_ban_shows_its_reason(shop: Any) -> None:
    """Unknown ids fail in their own row, and `message` is null."""
    item_id = shop.add()
    shop.sandbox.world.offer("shopee", item_id).state = OfferState.BANNED
    answer = shop.get("product/get_item_violation_info", item_id_list=f"{item_id},1")
    banned, unknown = answer["response"]["item_list"]
    assert (answer["message"], banned["item_status"]) == (None, "BANNED")
    assert banned["item_status_details"][0]["violation_type"] == "Prohibited Listing"
    assert unknown == {"item_id": 1, "fail_error": "error_param", "fail_message": "Invalid request item_id"}


def test_models_are_bought_under_their_item(shop: Any) -> None:
    """Two tiers' rules: the item loses price and stock, the dearest model is at most five times the cheapest."""
    item_id, image_id = shop.add(), shop.upload()
    options = [
        {"variation_option_id": 0, "variation_option_name": name, "image_id": image_id} for name in ("100g", "200g")
    ]
    tier = {"variation_id": 0, "variation_name": "Khối lượng", "variation_option_list": options}
    models = [
        {"tier_index": [0], "original_price": 98000, "model_sku": "OCOP-TN-0007-100", "seller_stock": [{"stock": 60}]},
        {"tier_index": [1], "original_price": 500000, "model_sku": "OCOP-TN-0007-200", "seller_stock": [{"stock": 60}]},
    ]
    body = {"item_id": item_id, "standardise_tier_variation": [tier], "model": models}
    assert shop.post("product/init_tier_variation", body)["error"] == "error_price_out_of_range"
    models[1]["original_price"] = 185000
    added = shop.post("product/init_tier_variation", body)["response"]["model"]
    read = base(shop, item_id)
    assert (read["has_model"], "price_info" in read, "stock_info_v2" in read) == (True, False, False)
    price = {"item_id": item_id, "price_list": [{"model_id": added[0]["model_id"], "original_price": 95000}]}
    assert shop.post("product/update_price", price)["response"]["success_list"] == price["price_list"]
    bare = {"item_id": item_id, "price_list": [{"original_price": 95000}]}
    assert shop.post("product/update_price", bare)["error"] == "error_edit_item_price_for_item_has_model"
    listed = shop.get("product/get_model_list", item_id=item_id)["response"]["model"]
    assert [(model["model_sku"], model["price_info"][0]["original_price"]) for model in listed] == [
        ("OCOP-TN-0007-100", 95000),
        ("OCOP-TN-0007-200", 185000),
    ]


def test_pictures(shop: Any) -> None:
    """Public and shop signatures both open the door; bytes that are no picture are refused; several fail alone."""
    path = "/api/v2/media_space/upload_image"
    good, bad = ("a.png", b"\x89PNG\r\n\x1a\n..", "image/png"), ("b.gif", b"GIF89a", "image/gif")
    one = shop.http.post(shop.url(path), params=shop.signed(path), files={"image": good}, timeout=10).json()
    assert one["response"]["image_info"]["image_url_list"][0]["image_url_region"] == "VN"
    public = shop.signed(path, public=True)
    none = shop.http.post(shop.url(path), params=public, files={"image": bad}, timeout=10).json()
    assert none["error"] == "error_param"
    files = [("image", good), ("image", bad)]
    two = shop.http.post(shop.url(path), params=public, files=files, timeout=10).json()["response"]["image_info_list"]
    assert [row["error"] for row in two] == ["", "error_param"]


def test_the_category_tree_speaks_two_languages(shop: Any) -> None:
    """Parents exist, leaves have none below, and Vietnamese names are Vietnamese."""
    tree = shop.get("product/get_category", language="vi")["response"]["category_list"]
    names = {row["category_id"]: row["display_category_name"] for row in tree}
    parents = {row["parent_category_id"] for row in tree} - {0}
    assert parents == {row["category_id"] for row in tree if row["has_children"]}
    assert (names[100823], len(names), len(tree)) == ("Trà", len(tree), len(tree))
    english = shop.get("product/get_category")["response"]["category_list"]
    assert next(row for row in english if row["category_id"] == 100823)["display_category_name"] == "Tea & Tea Bags"
    assert shop.get("product/get_category", language="fr")["error"] == "error_invalid_language"


def test_what_a_listing_needs_can_be_asked_first(shop: Any) -> None:
    """Attributes name the mandatory one, brands the row of id 0, limits and channels what add_item will check."""
    tree = shop.get("product/get_attribute_tree", category_id_list=100823, language="vi")["response"]["list"][0]
    assert [row["name"] for row in tree["attribute_tree"] if row["mandatory"]] == ["Country of Origin"]
    brands = shop.get("product/get_brand_list", category_id=100823, status=1, offset=0, page_size=100)["response"]
    assert (brands["brand_list"][0]["original_brand_name"], brands["is_mandatory"]) == ("NoBrand", True)
    limit = shop.get("product/get_item_limit", category_id=100823)
    assert limit["response"]["item_name_length_limit"] == {"min_limit": 10, "max_limit": 120}
    assert limit["gtin_limit"] == {"gtin_validation_rule": "Optional"}
    channels = shop.get("logistics/get_channel_list")["response"]["logistics_channel_list"]
    usable = [row["logistics_channel_id"] for row in channels if row["enabled"] and row["mask_channel_id"] == 0]
    assert usable == [5001]
    assert shop.get("shop/get_warehouse_detail")["error"] == "warehouse.error_not_in_whitelist"
