"""Orders, income, returns, reviews and lost pushes, from a month of a busy shop."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sandbox.shopee.accounts import ShopAccount
from sandbox.shopee.escrow import signed_amounts
from sandbox.shopee.order_words import gather, order_sn, spread
from sandbox.world import Order, OrderLine, OrderState

SOLD = ("OCOP-TN-0007", "OCOP-TN-0008", "OCOP-TN-0009", "OCOP-TN-0010", "OCOP-TN-0011", "OCOP-TN-0012")
DAYS = 24
PLUS = ("original_cost_of_goods_sold", "seller_return_refund", "shopee_discount", "buyer_paid_shipping_fee")
PLUS += ("shopee_shipping_rebate", "shipping_fee_discount_from_3pl")
MINUS = (
    "original_shopee_discount",
    "voucher_from_seller",
    "seller_coin_cash_back",
    "actual_shipping_fee",
    "reverse_shipping_fee",
    "final_return_to_seller_shipping_fee",
    "seller_transaction_fee",
    "service_fee",
    "commission_fee",
    "campaign_fee",
    "shipping_seller_protection_fee_amount",
    "order_ams_commission_fee",
    "escrow_tax",
    "withholding_tax",
    "withholding_vat_tax",
    "withholding_pit_tax",
    "withholding_cit_tax",
    "seller_order_processing_fee",
    "vat_on_imported_goods",
)


@pytest.fixture
def busy(shop: Any) -> Any:
    """Six listings and 24 days of buyers; a fresh token afterwards."""
    for number, sku in enumerate(SOLD):
        shop.add(item_sku=sku, original_price=90_000 + 1_000 * number, seller_stock=[{"stock": 9_999}])
    shop.pass_time(days=DAYS)
    shop.credentials["access_token"] = shop.site.accounts.grant((770011223,)).access_token
    return shop


def windows(shop: Any) -> list[tuple[int, int]]:
    """Everything that happened, in windows of at most 15 days."""
    now = shop.now()
    return [(now - 30 * 86_400, now - 15 * 86_400 - 1), (now - 15 * 86_400, now)]


def listed(shop: Any, **more: Any) -> list[str]:
    """Every order_sn, page by page."""
    found = []
    for since, until in windows(shop):
        query = {"time_range_field": "create_time", "time_from": since, "time_to": until, "page_size": 7, "cursor": ""}
        while True:
            page = shop.get("order/get_order_list", **query, **more)["response"]
            found += [row["order_sn"] for row in page["order_list"]]
            if not page["more"]:
                break
            query["cursor"] = page["next_cursor"]
    return found


def detail(shop: Any, sn: str, *fields: str) -> dict[str, Any]:
    query = {"order_sn_list": sn, "response_optional_fields": ",".join(fields)}
    return shop.get("order/get_order_detail", **query)["response"]["order_list"][0]


def of_state(shop: Any, state: OrderState) -> Order:
    return next(order for order in shop.sandbox.world.orders("shopee") if order.state is state)


def balances(income: dict[str, Any]) -> bool:
    """The reference's formula, to the đồng."""
    return income["escrow_amount"] == sum(income[name] for name in PLUS) - sum(income[name] for name in MINUS)


def test_paging_orders_loses_and_repeats_nothing(busy: Any) -> None:
    """Every order of the world is listed once, whatever the page size, with a number of 14 signs that begins with its day."""
    orders = busy.sandbox.world.orders("shopee")
    assert sorted(listed(busy)) == sorted(order_sn(order) for order in orders)
    local = orders[0].placed_at + timedelta(hours=7)
    assert (len(order_sn(orders[0])), order_sn(orders[0])[:6]) == (14, f"{local:%y%m%d}")


def test_a_window_is_at_most_fifteen_days(busy: Any) -> None:
    """A second more is refused, and so is a window that runs backwards."""
    query = {"time_range_field": "update_time", "page_size": 50, "cursor": ""}
    for since, until in ((0, 15 * 86_400 + 1), (10, 9)):
        answer = busy.get("order/get_order_list", time_from=since, time_to=until, **query)
        assert answer["error"] == "order.order_list_invalid_time"
    assert busy.get("order/get_order_list", time_from=0, time_to=15 * 86_400, **query)["error"] == ""


def test_orders_can_be_asked_by_status(busy: Any) -> None:
    """Only filter values of the reference are taken."""
    world = busy.sandbox.world
    completed = [order_sn(order) for order in world.orders("shopee") if order.state is OrderState.COMPLETED]
    assert sorted(listed(busy, order_status="COMPLETED")) == sorted(completed)
    query = {"time_range_field": "create_time", "time_from": 0, "time_to": 1, "page_size": 5}
    assert busy.get("order/get_order_list", order_status="TO_RETURN", **query)["error"] == "error_param"


def test_a_detail_holds_what_was_asked_and_masks_the_buyer(busy: Any) -> None:
    """Ten fields without asking; lines in both SKUs; name, phone and street never readable."""
    order = of_state(busy, OrderState.COMPLETED)
    bare = detail(busy, order_sn(order))
    assert sorted(bare) == sorted(
        [
            "order_sn",
            "region",
            "currency",
            "cod",
            "order_status",
            "message_to_seller",
            "create_time",
            "update_time",
            "days_to_ship",
            "ship_by_date",
        ]
    )
    full = detail(busy, order_sn(order), "item_list", "recipient_address", "total_amount", "buyer_username")
    line, sold = full["item_list"][0], order.lines[0]
    assert (line["item_sku"], line["model_sku"], line["model_id"]) == (sold.sku, "", 0)
    assert (line["model_quantity_purchased"], line["model_discounted_price"]) == (sold.quantity, sold.unit_price_vnd)
    assert full["total_amount"] == order.goods_vnd - order.seller_voucher_vnd + order.buyer_shipping_vnd
    address = full["recipient_address"]
    assert (address["state"], address["name"], address["full_address"]) == (order.province, "N******h", "Số******")
    assert full["buyer_username"][1:6] == "*****"
    assert busy.get("order/get_order_detail", order_sn_list=order_sn(order), response_optional_fields="x")["error"] == (
        "error_param"
    )


def test_unknown_orders_are_named_in_a_list(busy: Any) -> None:
    """The warning is an array on this page; alone, an unknown number is a refusal."""
    known = order_sn(of_state(busy, OrderState.COMPLETED))
    answer = busy.get("order/get_order_detail", order_sn_list=f"{known},261001ZZZZZZZZ")
    assert (answer["error"], answer["warning"]) == ("", ["261001ZZZZZZZZ: the order is not found"])
    alone = busy.get("order/get_order_detail", order_sn_list="261001ZZZZZZZZ")
    assert (alone["error"], alone["message"]) == ("error_not_found", "the order is not found")


def test_other_shops_orders_do_not_exist(busy: Any, household: Any) -> None:
    """An order belongs to the shop that sold it."""
    sn = order_sn(of_state(busy, OrderState.COMPLETED))
    household.credentials["access_token"] = busy.site.accounts.grant((770011224,)).access_token
    assert household.get("payment/get_escrow_detail", order_sn=sn)["error"] == "order_not_found"
    assert listed(household) == []


def test_order_numbers_can_be_read_back() -> None:
    """The signs behind the day are the id in disguise: each comes back, and neighbours look nothing alike."""
    assert [gather(spread(number)) for number in (1, 2, 999_999, 2**40 - 1)] == [1, 2, 999_999, 2**40 - 1]
    assert gather("ILOUILOU") is None
    assert spread(1)[:4] != spread(2)[:4]


def test_income_balances_by_the_formula(busy: Any) -> None:
    """Every order that was not cancelled, settled or not; the payout equals the world's own."""
    world = busy.sandbox.world
    for order in world.orders("shopee"):
        answer = busy.get("payment/get_escrow_detail", order_sn=order_sn(order))
        if order.cancelled_at:
            assert answer["error"] == "income_not_found"
            continue
        income = answer["response"]["order_income"]
        assert balances(income), json.dumps(income)
        assert income["escrow_amount"] == world.payout_vnd(order)
        assert sum(row["discounted_price"] for row in income["items"]) == order.goods_vnd
        assert sum(row["discount_from_voucher_seller"] for row in income["items"]) == order.seller_voucher_vnd


def example(busy: Any, **facts: Any) -> Order:
    """The reference's order: 2 × 175,000 đ (listed at 185,000), a 10,000 đ voucher, 15,000 of 32,000 đ shipping paid."""
    line = OrderLine(1, 28500417733, "OCOP-TN-0007", "Trà", 2, 175_000, 185_000)
    money = {"seller_voucher_vnd": 10_000, "buyer_shipping_vnd": 15_000, "carrier_shipping_vnd": 32_000}
    return replace(of_state(busy, OrderState.SHIPPED), lines=[line], **money, **facts)


def test_the_references_own_example_comes_out(busy: Any) -> None:
    """279,900 đ to a household; a cooperative files its own taxes and gets 5,100 đ more."""
    household = ShopAccount(770011224, "Hộ", "4600000001", vat_bp=100, pit_bp=50)
    amounts = signed_amounts(household, example(busy))
    assert (sum(amounts.values()), amounts["commission_fee"], amounts["service_fee"]) == (279_900, -24_500, -10_500)
    assert (amounts["seller_transaction_fee"], amounts["withholding_vat_tax"]) == (-17_000, -3_400)
    cooperative = ShopAccount(770011223, "HTX", "4600000000")
    assert sum(signed_amounts(cooperative, example(busy)).values()) == 285_000


def test_a_returned_order_pays_nothing(busy: Any) -> None:
    """The refund takes back what the buyer paid for goods, and no fee is charged."""
    returned = example(busy, returned_at=busy.sandbox.world.clock.now())
    amounts = signed_amounts(ShopAccount(770011223, "HTX", "4600000000"), returned)
    assert (sum(amounts.values()), amounts["seller_return_refund"]) == (0, -340_000)


def test_settled_orders_and_only_those_are_released(busy: Any) -> None:
    """Pages from 1; the sum of the payouts is the truth's."""
    truth = busy.sandbox.truth()["markets"]["shopee"]
    rows, page_no = [], 1
    query = {"release_time_from": busy.now() - 30 * 86_400, "release_time_to": busy.now(), "page_size": 10}
    while True:
        page = busy.get("payment/get_escrow_list", page_no=page_no, **query)["response"]
        rows += page["escrow_list"]
        if not page["more"]:
            break
        page_no += 1
    assert len({row["order_sn"] for row in rows}) == len(rows) == truth["settled_orders"]
    assert sum(row["payout_amount"] for row in rows) == truth["settled_payout_vnd"]


def test_income_of_many_fails_row_by_row(busy: Any) -> None:
    """POST with a body and GET with a query answer alike: an array, the failing row marked."""
    known = order_sn(of_state(busy, OrderState.COMPLETED))
    asked = [known, "261001ZZZZZZZZ"]
    posted = busy.post("payment/get_escrow_detail_batch", {"order_sn_list": asked})["response"]
    assert posted[0]["escrow_detail"]["order_sn"] == known
    assert (posted[1]["fail_error"], posted[1]["escrow_detail"]) == ("order_not_found", {"order_sn": asked[1]})
    assert busy.get("payment/get_escrow_detail_batch", order_sn_list=",".join(asked))["response"] == posted
    too_many = busy.post("payment/get_escrow_detail_batch", {"order_sn_list": [known] * 51})
    assert too_many["error"] == "exceed_max_limit"


def test_sales_and_stars_add_up(busy: Any) -> None:
    """`sale` is every piece ever ordered, `comment_count` every review, the star their mean."""
    world = busy.sandbox.world
    for offer in world.offers("shopee"):
        info = busy.get("product/get_item_extra_info", item_id_list=offer.offer_id)["response"]["item_list"][0]
        assert info["sale"] == sum(
            line.quantity for order in world.orders("shopee") for line in order.lines if line.offer_id == offer.offer_id
        )
        stars = [review.stars for review in world.reviews("shopee", offer.offer_id)]
        assert info["comment_count"] == len(stars)
        assert info["rating_star"] == (round(sum(stars) / len(stars), 2) if stars else 0)


def test_reviews_page_by_cursor_under_masked_names(busy: Any) -> None:
    """Newest first, none twice; the invented buyer's name never leaves."""
    reviews = busy.sandbox.world.reviews("shopee")
    seen, cursor = [], ""
    while True:
        page = busy.get("product/get_comment", cursor=cursor, page_size=3)["response"]
        seen += page["item_comment_list"]
        if not page["more"]:
            break
        cursor = page["next_cursor"]
    assert [row["comment_id"] for row in seen] == [review.review_id for review in reversed(reviews)]
    assert [row["comment"] for row in seen] == [review.text for review in reversed(reviews)]
    text = json.dumps(seen, ensure_ascii=False)
    assert [review.buyer_name for review in reviews if review.buyer_name in text] == []
    assert busy.get("product/get_comment", cursor="")["message"] == "page_size is a required field"


def test_the_review_cap_lies(busy: Any) -> None:
    """At the cap the page is empty, the cursor stands still and `more` stays true."""
    busy.site.rules.comments = 2
    first = busy.get("product/get_comment", cursor="", page_size=2)["response"]
    last = busy.get("product/get_comment", cursor=first["next_cursor"], page_size=2)["response"]
    assert (first["next_cursor"], first["more"]) == ("2", True)
    assert (last["item_comment_list"], last["next_cursor"], last["more"]) == ([], "2", True)


def test_returns_write_a_blank_error(busy: Any) -> None:
    """Every returned order once, found again by its return_sn."""
    world = busy.sandbox.world
    order = of_state(busy, OrderState.DELIVERED)
    order.returned_at = world.clock.now()
    returned = [one for one in world.orders("shopee") if one.returned_at]
    answer = busy.get("returns/get_return_list", page_no=0, page_size=100)
    assert (answer["error"], len(answer["response"]["return"])) == (" ", len(returned))
    last = answer["response"]["return"][-1]
    assert (last["order_sn"], last["refund_amount"]) == (order_sn(order), order.goods_vnd - order.seller_voucher_vnd)
    again = busy.get("returns/get_return_detail", return_sn=last["return_sn"])["response"]
    assert again == last


def test_lost_pushes_wait_until_confirmed(shop: Any) -> None:
    """Nothing before a callback address; then oldest first, the envelope as text, gone once confirmed."""
    shop.add(seller_stock=[{"stock": 9_999}])
    config = {"callback_url": "https://ocop.example/webhooks/shopee", "set_push_config_on": [3]}
    assert shop.post("push/set_app_push_config", config, public=True)["error"] == ""
    shop.pass_time(days=3)
    lost = shop.get("push/get_lost_push_message", public=True)["response"]
    envelopes = [json.loads(message["data"]) for message in lost["push_message_list"]]
    known = {order_sn(order) for order in shop.sandbox.world.orders("shopee")}
    assert {envelope["data"]["ordersn"] for envelope in envelopes} == known
    assert [envelope["timestamp"] for envelope in envelopes] == sorted(envelope["timestamp"] for envelope in envelopes)
    shop.post("push/confirm_consumed_lost_push_message", {"last_message_id": lost["last_message_id"]}, public=True)
    assert shop.get("push/get_lost_push_message", public=True)["response"]["push_message_list"] == []
