"""New listings and new words on Lazada, over real HTTP against answers as its reference prints them (sections 3.1-3.6)."""

from collections.abc import Iterator
from typing import Any

import pytest

from connectors.errors import (
    OutcomeUnknownError,
    RejectedError,
)
from tests.connectors.lazada_desk import Desk, ok, open_desk, payload, ref, refusal, tea

TREE = [
    {
        "category_id": 10100,
        "name": "Thực phẩm & Đồ uống",
        "leaf": False,
        "var": False,
        "children": [{"category_id": 10100123, "name": "Trà túi & trà lá", "leaf": True, "var": True}],
    }
]
TEA_TYPE = {
    "id": 1203,
    "name": "tea_type",
    "label": "Loại trà",
    "input_type": "singleSelect",
    "attribute_type": "normal",
    "is_mandatory": 1,
    "is_sale_prop": 0,
    "options": [
        {"id": 1, "name": "Trà xanh", "en_name": "Green Tea"},
        {"id": 2, "name": "Trà đen", "en_name": "Black Tea"},
    ],
}
PICTURE = "https://vn-live-02.slatic.net/p/9d06c8f1b19c16231757dae10ab97673.jpg"
MADE = {
    "item_id": 2100000001,
    "item_status": "Pending QC",
    "sku_list": [{"seller_sku": "OCOP-TC-200G", "sku_id": 11000000001, "shop_sku": "2100000001_VNAMZ-11000000001"}],
}


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    """A desk that knows the tea category and takes pictures."""
    desk.say("/category/tree/get", ok(TREE))
    desk.say("/category/attributes/get", ok([TEA_TYPE]))
    desk.say("/image/upload", ok({"image": {"hash_code": "9d06", "url": PICTURE}}))
    desk.say("/product/create", ok(MADE))
    return desk


def test_a_new_listing_is_one_product_with_one_sku(shelf: Desk) -> None:
    """The whole payload: texts only, kilograms and centimetres rounded up, brackets of the owner's text kept as text."""
    pushed = shelf.connector().push_new(tea())
    assert (pushed.external_id, pushed.variant_id) == ("2100000001", "11000000001")
    (asked,) = shelf.asked["/product/create"]
    assert payload(asked) == {
        "Request": {
            "Product": {
                "PrimaryCategory": "10100123",
                "Images": {"Image": [PICTURE]},
                "Attributes": {
                    "tea_type": "Green Tea",
                    "brand_id": "30768",
                    "name": "Trà Tân Cương Thái Nguyên OCOP 4 sao",
                    "description": "<p>Trà xanh sao suốt.</p><p>Nước &lt;xanh&gt;.</p>",
                    "disableAttributeAutoFill": "true",
                },
                "Skus": {
                    "Sku": [
                        {
                            "package_weight": "0.26",
                            "package_length": "20",
                            "package_width": "12",
                            "package_height": "8.5",
                            "SellerSku": "OCOP-TC-200G",
                            "price": "185000",
                            "quantity": "40",
                        }
                    ]
                },
            }
        }
    }


def test_a_second_listing_costs_one_call(shelf: Desk) -> None:
    """Category, attributes and the shared picture are known."""
    connector = shelf.connector()
    connector.push_new(tea())
    before = connector.api_calls
    connector.push_new(tea(sku="OCOP-TC-100G"))
    assert connector.api_calls - before == 1


def test_what_the_words_name_wins_over_what_is_usual(shelf: Desk) -> None:
    """Black tea is not sold as green tea; the office's answer wins over both."""
    connector = shelf.connector()
    connector.push_new(tea(title="Trà đen Thái Nguyên", description="Lên men kỹ."))
    connector.push_new(tea(title="Trà Thái Nguyên", description="Sao tay.", attributes=(("Loại trà", "Trà đen"),)))
    connector.push_new(tea(title="Trà Thái Nguyên", description="Sao tay."))
    sent = [payload(asked)["Request"]["Product"]["Attributes"]["tea_type"] for asked in shelf.asked["/product/create"]]
    assert sent == ["Black Tea", "Black Tea", "Green Tea"]


def test_an_attribute_nobody_can_answer_is_asked_for_before_any_write(shelf: Desk) -> None:
    """It is named, by Lazada's own name and its label, with the values to choose from."""
    with pytest.raises(RejectedError, match=r"Loại trà \(tea_type: chọn Trà xanh, Trà đen\)") as refused:
        shelf.connector().push_new(tea(attributes=(("tea_type", "Trà sữa"),)))
    assert refused.value.missing == ("tea_type",)
    assert shelf.asked["/product/create"] == []


def test_the_office_chooses_category_and_brand(shelf: Desk) -> None:
    """Its choice costs no look at the tree, and its brand takes the place of none."""
    shelf.connector().push_new(tea(category_id="10100999", attributes=(("brand_id", "77"),)))
    product = payload(shelf.asked["/product/create"][0])["Request"]["Product"]
    assert (product["PrimaryCategory"], product["Attributes"]["brand_id"]) == ("10100999", "77")
    assert shelf.asked["/category/tree/get"] == []


def test_a_sub_group_without_a_place_says_what_to_do(shelf: Desk) -> None:
    """Nothing is filed under something similar."""
    with pytest.raises(RejectedError, match="ocop catalog map"):
        shelf.connector().push_new(tea(sub_group="food/rice_grain"))


def test_a_parcel_without_a_size_is_refused_before_any_write(shelf: Desk) -> None:
    """Lazada has no way to leave it out."""
    with pytest.raises(RejectedError, match="dài, rộng, cao"):
        shelf.connector().push_new(tea(shipping_size=None))
    assert shelf.asked["/product/create"] == []


def test_the_brand_of_none_is_looked_up_once(shelf: Desk) -> None:
    """Page by page until it is found; an empty page before the end is a throttle, not an end."""

    def page(*brands: dict[str, Any]) -> dict[str, Any]:
        return ok({"total_record": 3, "module": list(brands)}, success=True, error_code=None, error_msg=None)

    other, none = (
        {"brand_id": 1, "name": "A", "global_identifier": "a"},
        {"brand_id": 9, "global_identifier": "no_brand"},
    )
    shelf.say("/category/brands/query", page(other, other), page(), page(none))
    connector = shelf.connector(no_brand_id=None)
    connector.push_new(tea())
    connector.push_new(tea(sku="OCOP-TC-100G"))
    assert payload(shelf.asked["/product/create"][1])["Request"]["Product"]["Attributes"]["brand_id"] == "9"
    assert [asked["startRow"] for asked in shelf.asked["/category/brands/query"]] == ["0", "2", "2"]


def test_a_refused_create_tells_words_step_and_missing_attribute(shelf: Desk) -> None:
    """The reason stands only in `detail`; a missing attribute is named for the office."""
    shelf.say("/product/create", refusal("500", "E0500: Create product failed", [
        {"field": "net_weight", "code": "4108", "message": "mandatory attribute missing", "seller_sku": "OCOP-TC-200G"},
    ]))  # fmt: skip
    connector = shelf.connector()
    connector.push_new(tea())
    with pytest.raises(RejectedError) as refused:
        connector.push_new(tea())
    assert refused.value.reason == (
        "E0500: Create product failed; net_weight: mandatory attribute missing. "
        "Bổ sung thuộc tính bắt buộc của ngành hàng rồi đẩy lại."
    )
    assert (refused.value.code, refused.value.missing) == ("500", ("net_weight",))


def test_a_create_that_may_have_happened_is_in_doubt(shelf: Desk) -> None:
    """Trouble behind the gateway may hide a product that exists; it is not sent again by itself."""
    shelf.say("/product/create", refusal("ServiceTimeout"))
    connector = shelf.connector()
    connector.push_new(tea())
    with pytest.raises(OutcomeUnknownError):
        connector.push_new(tea())
    assert len(shelf.asked["/product/create"]) == 2


def test_an_update_sends_content_and_neither_price_nor_stock(shelf: Desk) -> None:
    """Keyed by Lazada's own ids."""
    shelf.say("/product/update", ok({"item_status": "Pending QC"}))
    shelf.connector().update(ref(), tea())
    product = payload(shelf.asked["/product/update"][0])["Request"]["Product"]
    assert product["ItemId"] == "2100000001"
    assert product["Skus"]["Sku"][0]["SkuId"] == "11000000001"
    assert product["Skus"]["Sku"][0].keys() & {"price", "quantity", "SellerSku"} == set()


@pytest.mark.parametrize("code", ["ApiCallLimit", "SellerCallLimit", "901", "TRAFFIC_CONTROL"])
def test_a_refusal_for_pace_changes_nothing(shelf: Desk, code: str) -> None:
    """Even a create goes out again."""
    shelf._answers["/product/create"].insert(0, refusal(code, "this ban will last 1 seconds"))
    assert shelf.connector().push_new(tea()).external_id == "2100000001"
    assert len(shelf.asked["/product/create"]) == 2


def test_an_answer_to_what_no_list_asks_for_is_sent(shelf: Desk) -> None:
    """A refusal may ask for an attribute that the category does not name; the office's answer goes out all the same."""
    shelf.connector().push_new(tea(attributes=(("shelf_life", "12 tháng"),)))
    sent = payload(shelf.asked["/product/create"][0])["Request"]["Product"]["Attributes"]
    assert (sent["shelf_life"], sent["tea_type"]) == ("12 tháng", "Green Tea")


def test_an_edit_that_is_going_on_is_waited_for(shelf: Desk) -> None:
    """4147 changed nothing, so even a write goes out again."""
    shelf.say("/product/update", refusal("4147", "product is being edited"), ok({}))
    assert shelf.connector().update(ref(), tea()).external_id == "2100000001"
    assert len(shelf.asked["/product/update"]) == 2
