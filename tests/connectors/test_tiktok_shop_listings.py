"""TikTok Shop: products written and read back, from the reference's own examples."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from connectors.errors import (
    NotFoundError,
    RejectedError,
    TransientError,
    UnexpectedAnswerError,
)
from connectors.facts.listing import ListingRef, ListingState, PriceChange, StockChange
from connectors.tiktok_shop.codes import ShopQuotaError
from tests.connectors.tiktok_shop_desk import NOW, PRODUCT, REF, SKU, Counter, Refusal, opened, tea


@pytest.fixture
def desk() -> Iterator[Counter]:
    with opened() as counter:
        yield counter


def shelves(desk: Counter) -> None:
    """The reference data of sections 3.1 to 3.4."""
    desk.answers["GET /logistics/202309/warehouses"] = [
        {"warehouses": [
            {"id": "1", "name": "Kho trả", "effect_status": "ENABLED", "type": "RETURN_WAREHOUSE", "is_default": True},
            {"id": "7068517275539719942", "name": "Kho Dong Hy", "effect_status": "ENABLED",
             "type": "SALES_WAREHOUSE", "sub_type": "DOMESTIC_WAREHOUSE", "is_default": True,
             "address": {"region": "Vietnam", "distict": "Hóa Thượng"}},
        ]}
    ]  # fmt: skip
    desk.answers["GET /product/202309/categories"] = [
        {"categories": [
            {"id": "700437", "parent_id": "914568", "local_name": "Trà", "is_leaf": True,
             "permission_statuses": ["AVAILABLE"]},
            {"id": "700438", "parent_id": "914568", "local_name": "Trà thảo mộc", "is_leaf": True,
             "permission_statuses": ["AVAILABLE"]},
            {"id": "914568", "parent_id": "0", "local_name": "Thực phẩm & Đồ uống", "is_leaf": False,
             "permission_statuses": ["AVAILABLE"]},
            {"id": "700439", "parent_id": "914568", "local_name": "Mật ong", "is_leaf": True,
             "permission_statuses": ["INVITE_ONLY"]},
        ]}
    ]  # fmt: skip
    for category in ("700437", "700999"):
        desk.answers[f"GET /product/202309/categories/{category}/attributes"] = [
            {"attributes": [
                {"id": "100347", "name": "Xuất xứ", "type": "PRODUCT_PROPERTY", "is_requried": True,
                 "is_customizable": True, "is_multiple_selection": False, "value_data_format": "",
                 "values": [{"id": "1000056", "name": "Vietnam"}]},
                {"id": "100900", "name": "Hạn sử dụng", "type": "PRODUCT_PROPERTY", "is_requried": False,
                 "is_customizable": True,
                 "requirement_conditions": [{"condition_type": "VALUE_ID_MATCH", "attribute_id": "100347",
                                             "attribute_value_id": "1000057"}]},
                {"id": "100000", "name": "Khối lượng", "type": "SALES_PROPERTY", "is_requried": False,
                 "is_customizable": True},
            ]}
        ]  # fmt: skip
        desk.answers[f"GET /product/202309/categories/{category}/rules"] = [
            {"product_certifications": [{"id": "1", "name": "ATTP", "is_required": False}],
             "cod": {"is_supported": True}, "package_dimension": {"is_required": False},
             "size_chart": {"is_supported": False, "is_required": False}}
        ]  # fmt: skip
    desk.answers["GET /product/202309/brands"] = [
        {"brands": [{"id": "7082427311584347905", "name": "HTX Trà Tân Cương", "authorized_status": "AUTHORIZED",
                     "is_t1_brand": False, "brand_status": "ONLINE"}], "total_count": 1, "next_page_token": ""}
    ]  # fmt: skip
    desk.answers["POST /product/202309/images/upload"] = [
        {"uri": "tos-alisg-i-xxxx/abc123", "url": "https://p16/abc123", "width": 1200, "height": 1200,
         "use_case": "MAIN_IMAGE"}
    ]  # fmt: skip
    desk.answers["POST /product/202309/products"] = [
        {"product_id": PRODUCT, "skus": [{"id": SKU, "seller_sku": "TRA-TANCUONG-200G"}], "warnings": []}
    ]


def test_a_create_is_written_as_documented(desk: Counter) -> None:
    """Category, attribute, rule, brand, picture and warehouse as TikTok names them; the product's id is what to ask about."""
    shelves(desk)
    pushed = desk.api.push_new(tea())
    assert (pushed.external_id, pushed.variant_id, pushed.tracking_id) == (PRODUCT, SKU, PRODUCT)
    sent = desk.last("POST /product/202309/products").json
    assert len(sent.pop("idempotency_key")) == 36
    assert sent == {
        "save_mode": "LISTING",
        "category_version": "v2",
        "category_id": "700437",
        "title": "Trà Tân Cương Thái Nguyên hộp 200g",
        "description": "<p>Chè nõn tôm vùng Tân Cương.</p><p>Khối lượng 200g &amp; thơm &lt;lâu&gt;</p>",
        "main_images": [{"uri": "tos-alisg-i-xxxx/abc123"}],
        "brand_id": "7082427311584347905",
        "product_attributes": [{"id": "100347", "values": [{"id": "1000056"}]}],
        "package_weight": {"value": "0.35", "unit": "KILOGRAM"},
        "is_cod_allowed": True,
        "skus": [
            {
                "seller_sku": "TRA-TANCUONG-200G",
                "price": {"amount": "185000", "currency": "VND"},
                "inventory": [{"warehouse_id": "7068517275539719942", "quantity": 120}],
            }
        ],
    }
    upload = desk.last("POST /product/202309/images/upload")
    assert "shop_cipher" not in upload.query
    assert desk.last("GET /product/202309/brands").query["is_authorized"] == "true"
    assert desk.last("GET /product/202309/categories").query["category_version"] == "v2"


def test_a_new_product_without_stock_waits(desk: Counter) -> None:
    """It costs no request and is nobody's mistake; an old one may be set to nothing."""
    with pytest.raises(TransientError, match="khi còn hàng"):
        desk.api.push_new(tea(stock=0))
    assert desk.asked == []


def test_a_second_create_costs_one_call(desk: Counter) -> None:
    """What was read or uploaded for the first is known."""
    shelves(desk)
    desk.api.push_new(tea())
    before = len(desk.asked)
    desk.api.push_new(tea(sku="TRA-2"))
    assert desk.calls()[before:] == ["POST /product/202309/products"]


def test_a_short_title_names_the_maker_and_the_country(desk: Counter) -> None:
    """TikTok wants 25 characters; known facts are added, as many as needed, and nothing is cut."""
    shelves(desk)
    desk.api.push_new(tea(title="Trà nõn"))
    assert desk.last("POST /product/202309/products").json["title"] == "Trà nõn - HTX Trà Tân Cương"
    desk.api.push_new(tea(title="Trà nõn", brand="HTX A"))
    assert desk.last("POST /product/202309/products").json["title"] == "Trà nõn - HTX A - Việt Nam"


def test_a_category_chosen_by_the_office_is_used_with_its_answers(desk: Counter) -> None:
    """Neither the tree nor a fact of ours is asked; an answer no list holds goes as our own text."""
    shelves(desk)
    desk.api.push_new(tea(category_id="700999", attributes=(("Hạn sử dụng", "12 tháng"),)))
    sent = desk.last("POST /product/202309/products").json
    assert sent["category_id"] == "700999"
    assert sent["product_attributes"] == [
        {"id": "100347", "values": [{"id": "1000056"}]},
        {"id": "100900", "values": [{"name": "12 tháng"}]},
    ]
    assert "GET /product/202309/categories" not in desk.calls()


def test_an_unanswered_attribute_is_named_before_any_create(desk: Counter) -> None:
    """Required by itself or by what another attribute says; the office is told which."""
    shelves(desk)
    attributes = desk.answers["GET /product/202309/categories/700437/attributes"][0]["attributes"]
    attributes[1]["requirement_conditions"][0]["attribute_value_id"] = "1000056"
    with pytest.raises(RejectedError, match="Hạn sử dụng") as refused:
        desk.api.push_new(tea())
    assert refused.value.missing == ("Hạn sử dụng",)
    assert "POST /product/202309/products" not in desk.calls()


@pytest.mark.parametrize("words", ["attribute 100900 is required", "Thuộc tính [Hạn sử dụng] là bắt buộc"])
def test_an_attribute_refused_as_missing_is_asked_for_by_name(desk: Counter, words: str) -> None:
    """TikTok had not marked it; whether it names it by id or by name, the office is asked for the name."""
    shelves(desk)
    desk.answers["POST /product/202309/products"] = [Refusal(12052104, words)]
    with pytest.raises(RejectedError, match="điền thuộc tính") as refused:
        desk.api.push_new(tea())
    assert refused.value.missing == ("Hạn sử dụng",)


def test_a_category_nobody_may_use_is_refused_with_what_to_do(desk: Counter) -> None:
    """An invitation-only leaf has to be applied for; where no name fits, the office chooses."""
    shelves(desk)
    with pytest.raises(RejectedError, match="«Mật ong»; hãy xin quyền"):
        desk.api.push_new(tea(sub_group="food/honey_other"))
    with pytest.raises(RejectedError, match="ocop catalog map"):
        desk.api.push_new(tea(sub_group="food/coffee_cocoa"))


def test_a_paper_the_category_demands_is_named_before_any_create(desk: Counter) -> None:
    """A listing of ours carries no files."""
    shelves(desk)
    rules = desk.answers["GET /product/202309/categories/700437/rules"][0]
    rules["product_certifications"][0]["is_required"] = True
    with pytest.raises(RejectedError, match="ATTP"):
        desk.api.push_new(tea())


def test_a_refused_create_says_what_to_do(desk: Counter) -> None:
    """TikTok's own words, and ours after them."""
    shelves(desk)
    desk.answers["POST /product/202309/products"] = [Refusal(12052931, "title format is invalid")]
    with pytest.raises(RejectedError, match=r"title format is invalid – sửa tên sản phẩm") as refused:
        desk.api.push_new(tea())
    assert refused.value.code == "12052931"


def test_a_full_shop_is_no_listings_fault(desk: Counter) -> None:
    """The day's listings are used up: certainly not created, tried again later, and only once now."""
    shelves(desk)
    desk.answers["POST /product/202309/products"] = [Refusal(12052093, "listing limit reached")]
    with pytest.raises(ShopQuotaError):
        desk.api.push_new(tea())
    assert desk.calls().count("POST /product/202309/products") == 1


def test_an_update_sends_content_and_leaves_price_and_stock(desk: Counter) -> None:
    """A partial edit without SKUs; reviewed, so there is something to ask about."""
    shelves(desk)
    call = f"POST /product/202509/products/{PRODUCT}/partial_edit"
    desk.answers[call] = [{"product_id": PRODUCT, "skus": [{"id": SKU}], "audit": {"status": "AUDITING"}}]
    assert desk.api.update(REF, tea()).tracking_id == PRODUCT
    assert desk.last(call).json.keys() == {
        "save_mode", "category_version", "title", "description", "main_images", "brand_id", "product_attributes",
        "package_weight", "is_cod_allowed",
    }  # fmt: skip


def test_another_category_is_a_full_edit_that_keeps_the_sku(desk: Counter) -> None:
    """Only the edit that overwrites everything can move a product; a SKU left out would be deleted."""
    shelves(desk)
    desk.answers[f"GET /product/202309/products/{PRODUCT}"] = [
        {"id": PRODUCT, "status": "ACTIVATE", "category_chains": [
            {"id": "914568", "is_leaf": False}, {"id": "700437", "is_leaf": True}]}
    ]  # fmt: skip
    put = f"PUT /product/202509/products/{PRODUCT}"
    desk.answers[put] = [{"product_id": PRODUCT}]
    desk.api.update(REF, tea(category_id="700999"))
    sent = desk.last(put).json
    assert sent["category_id"] == "700999"
    assert sent["skus"] == [{"id": SKU, "seller_sku": "TRA-TANCUONG-200G"}]


def test_a_price_and_a_stock_are_set_by_sku(desk: Counter) -> None:
    """Whole đồng as text; the only warehouse need not be named."""
    prices, stocks = (f"POST /product/202309/products/{PRODUCT}/{what}/update" for what in ("prices", "inventory"))
    desk.answers[prices], desk.answers[stocks] = [None], [{"errors": []}]
    assert desk.api.set_prices([PriceChange(ref=REF, price_vnd=179_000)])[0].ok
    assert desk.api.set_stocks([StockChange(ref=REF, stock=0)])[0].ok
    assert desk.last(prices).json == {"skus": [{"id": SKU, "price": {"amount": "179000", "currency": "VND"}}]}
    assert desk.last(stocks).json == {"skus": [{"id": SKU, "inventory": [{"quantity": 0}]}]}


def test_a_failure_inside_a_success_reaches_its_row(desk: Counter) -> None:
    """The inner code and words are the ones that say why."""
    desk.answers[f"POST /product/202309/products/{PRODUCT}/inventory/update"] = [
        {"errors": [{"code": 12052990, "message": "check failed", "detail": {"sku_id": SKU, "extra_errors": [
            {"warehouse_id": "1", "code": 12052393, "message": "stock locked by promotion"}]}}]}
    ]  # fmt: skip
    (row,) = desk.api.set_stocks([StockChange(ref=REF, stock=5)])
    assert (row.ok, row.code) == (False, "12052393")
    assert row.reason.startswith("check failed; stock locked by promotion – sản phẩm đang trong chương trình")


def test_withdrawing_goes_by_twenties_and_names_the_failed_one(desk: Counter) -> None:
    """Forty-one listings are three calls; the row that failed is the one TikTok names."""
    refs = [ListingRef(sku=f"S{n}", external_id=str(n)) for n in range(41)]
    failed = {"code": 12052032, "message": "product not found", "detail": {"product_id": "25"}}
    desk.answers["POST /product/202309/products/deactivate"] = [{}, {"errors": [failed]}, {}]
    rows = desk.api.withdraw(refs)
    assert [row.sku for row in rows if not row.ok] == ["S25"]
    assert [len(one.json["product_ids"]) for one in desk.asked if "deactivate" in one.call] == [20, 20, 1]


def test_a_failed_row_nobody_asked_about_is_loud(desk: Counter) -> None:
    """It would otherwise count as a success of the wrong product."""
    desk.answers["POST /product/202309/products/activate"] = [{"errors": [{"code": 12052032, "message": "x"}]}]
    with pytest.raises(UnexpectedAnswerError):
        desk.api.restore([REF])


def product(**changes: Any) -> dict[str, Any]:
    """The search's example."""
    return {
        "id": PRODUCT, "title": "Trà Tân Cương…", "status": "ACTIVATE", "create_time": 1795420000,
        "update_time": 1795420900, "sales_regions": ["VN"], "has_draft": False, "is_not_for_sale": False,
        "audit": {"status": "APPROVED", "pre_approved_reasons": []},
        "skus": [{"id": SKU, "seller_sku": "TRA-TANCUONG-200G",
                  "price": {"currency": "VND", "tax_exclusive_price": "185000.00"},
                  "inventory": [{"warehouse_id": "1", "quantity": 100}, {"warehouse_id": "2", "quantity": 20}],
                  "status_info": {"status": "NORMAL"}}],
        **changes,
    }  # fmt: skip


SEARCH = "POST /product/202502/products/search"


def test_a_listing_is_found_by_its_sku_in_whatever_state(desk: Counter) -> None:
    """Price and stock as TikTok shows them; another SKU and a deleted product are not it."""
    desk.answers[SEARCH] = [{"total_count": 2, "products": [product(id="1", status="DELETED"), product()]}]
    found = desk.api.find("TRA-TANCUONG-200G")
    assert found is not None
    assert found.model_dump(exclude_none=True) == {
        "sku": "TRA-TANCUONG-200G", "external_id": PRODUCT, "variant_id": SKU, "state": ListingState.LIVE,
        "raw_state": "ACTIVATE/APPROVED", "title": "Trà Tân Cương…", "price_vnd": 185_000, "stock": 120,
        "url": f"https://shop.tiktok.com/view/product/{PRODUCT}",
    }  # fmt: skip
    assert desk.last(SEARCH).json == {"status": "ALL", "seller_skus": ["TRA-TANCUONG-200G"]}
    assert desk.last(SEARCH).query["page_size"] == "100"
    assert desk.api.find("TRA-TANCUONG-200") is None


def test_a_failed_review_says_why_in_tiktoks_words(desk: Counter) -> None:
    """A listing refused, and an edit refused while the old words stay on sale, both keep position, reason and suggestion."""
    refused_edit = product(audit={"status": "FAILED"})
    desk.answers[SEARCH] = [{"products": [refused_edit, product(id="2", status="FAILED", audit={"status": "FAILED"})]}]
    for product_id in (PRODUCT, "2"):
        desk.answers[f"GET /product/202309/products/{product_id}"] = [
            {"id": product_id, "status": "FAILED", "audit_failed_reasons": [
                {"position": "Hình ảnh", "reasons": ["Ảnh mờ"], "suggestions": ["Dùng ảnh rõ hơn"]}]}
        ]  # fmt: skip
    assert [one.state for one in desk.api.pull_listings()] == [ListingState.LIVE, ListingState.REJECTED]
    tracked = desk.api.track(PRODUCT)
    assert (tracked.state, tracked.reason) == (ListingState.REJECTED, "Hình ảnh: Ảnh mờ; Dùng ảnh rõ hơn")
    with pytest.raises(NotFoundError):
        desk.api.track("3")


def test_tracking_many_reads_the_pages_once(desk: Counter) -> None:
    """A minute later, or after something was sent, they are read again."""
    desk.answers[SEARCH] = [{"products": [product(audit={"status": "AUDITING"})]}]
    assert [desk.api.track(PRODUCT).state for _ in range(3)] == [ListingState.PENDING] * 3
    assert desk.calls().count(SEARCH) == 1
    desk.clock.now_at = NOW + timedelta(minutes=1)
    desk.api.track(PRODUCT)
    assert desk.calls().count(SEARCH) == 2


def test_pages_end_with_an_empty_token_and_never_go_round(desk: Counter) -> None:
    """The next page is asked for in the address, with the same filters; a token that comes again is loud."""
    desk.answers[SEARCH] = [
        {"products": [product()], "next_page_token": "t1=="},
        {"products": [product(id="2")], "next_page_token": ""},
    ]
    assert [one.external_id for one in desk.api.pull_listings()] == [PRODUCT, "2"]
    asked = [(one.json["status"], one.query.get("page_token")) for one in desk.asked if one.call == SEARCH]
    assert asked == [("ALL", None), ("ALL", "t1=="), ("DELETED", None)]
    desk.answers[SEARCH] = [{"products": [product()], "next_page_token": "t1"}]
    with pytest.raises(UnexpectedAnswerError, match="second time"):
        list(desk.api.pull_listings())


def test_more_products_than_may_be_listed_are_halved_by_time(desk: Counter) -> None:
    """Ten thousand hits are refused; the two halves of the time give them all."""
    desk.answers[SEARCH] = [
        Refusal(12052180, "more than 10000"), {"products": [product()]}, {"products": [product(id="2")]},
    ]  # fmt: skip
    assert [one.external_id for one in desk.api.pull_listings()] == [PRODUCT, "2"]
    _, first, second, _ = (one.json for one in desk.asked if one.call == SEARCH)
    assert first["update_time_le"] + 1 == second["update_time_ge"]


def test_a_product_made_by_hand_is_told_sku_by_sku(desk: Counter) -> None:
    """Otherwise a SKU that is on sale already would be created again."""
    skus = [*product()["skus"], {"id": "13", "seller_sku": "TRA-500G"}]
    desk.answers[SEARCH] = [{"products": [product(skus=skus), product(id="2", status="DRAFT", skus=[])]}]
    assert [(one.sku, one.external_id, one.price_vnd, one.state) for one in desk.api.pull_listings()] == [
        ("TRA-TANCUONG-200G", PRODUCT, 185_000, ListingState.LIVE), ("TRA-500G", PRODUCT, None, ListingState.LIVE),
        (None, "2", None, ListingState.HIDDEN),
    ]  # fmt: skip


def test_what_was_deleted_is_told_unless_its_sku_is_there_again(desk: Counter) -> None:
    """So that it is created anew, and what was created anew is not taken for gone."""
    gone = product(id="1", status="DELETED")
    other = product(id="2", status="DELETED", skus=[{"id": "13", "seller_sku": "TRA-500G"}])
    desk.answers[SEARCH] = [{"products": [product()]}, {"products": [gone, other]}]
    assert [(one.sku, one.external_id, one.state) for one in desk.api.pull_listings()] == [
        ("TRA-TANCUONG-200G", PRODUCT, ListingState.LIVE), ("TRA-500G", "2", ListingState.DELETED),
    ]  # fmt: skip
    assert desk.last(SEARCH).json == {"status": "DELETED", "update_time_ge": 1795420800 - 30 * 86400}


@pytest.mark.parametrize("status", ["UNKNOWN", "SOMETHING_NEW"])
def test_a_status_we_do_not_know_is_loud(desk: Counter, status: str) -> None:
    """No default bucket."""
    desk.answers[SEARCH] = [{"products": [product(status=status)]}]
    with pytest.raises(UnexpectedAnswerError):
        list(desk.api.pull_listings())
