"""Orders, a row a piece, returns, and the reviews that follow."""

import json
from datetime import timedelta
from typing import Any

import pytest

from sandbox.lazada.order_book import FIRST_ORDER
from sandbox.things import Order
from tests.sandbox.test_lazada.conftest import Client

SINCE = "2026-10-01T00:00:00+07:00"


@pytest.fixture
def busy(shop: Client) -> Client:
    """Sixteen packs on sale for three weeks."""
    for number in range(1, 17):
        shop.on_sale(number, quantity="9999")
    shop.pass_time(days=21)
    return shop


def orders(shop: Client, **params: Any) -> dict[str, Any]:
    return shop.get("/orders/get", **({"created_after": SINCE, "sort_direction": "ASC"} | params))


def rows(shop: Client, number: int) -> list[dict[str, Any]]:
    return shop.get("/order/items/get", order_id=number)["data"]


def placed(shop: Client) -> list[Order]:
    return shop.sandbox.world.orders("lazada")


def test_every_order_once(busy: Client) -> None:
    """Numbers in the order they were placed; goods, shipping and vouchers as the world has them."""
    first, second = (orders(busy, limit=60, offset=at)["data"] for at in (0, 60))
    shown, world = first["orders"] + second["orders"], placed(busy)
    assert (first["count"], first["countTotal"]) == (60, len(world))
    assert [one["order_id"] for one in shown] == [FIRST_ORDER + place for place in range(len(world))]
    assert [one["price"] for one in shown] == [f"{one.goods_vnd}.00" for one in world]
    assert [one["voucher_seller"] for one in shown] == [f"{one.seller_voucher_vnd}.00" for one in world]
    assert [one["shipping_fee"] for one in shown] == [f"{one.buyer_shipping_vnd}.00" for one in world]
    assert len(world) == 74


def test_one_row_a_piece(busy: Client) -> None:
    """As many rows as pieces, each with its own id; prices and voucher shares add up to the order's."""
    shown = [rows(busy, FIRST_ORDER + place) for place in range(len(placed(busy)))]
    ids = [row["order_item_id"] for one in shown for row in one]
    assert len(ids) == len(set(ids)) == sum(line.quantity for one in placed(busy) for line in one.lines)
    for order, pieces in zip(placed(busy), shown, strict=True):
        assert sum(float(row["item_price"]) for row in pieces) == order.goods_vnd
        assert sum(float(row["voucher_seller"]) for row in pieces) == order.seller_voucher_vnd


def test_many_orders_rows_name_no_product(busy: Client) -> None:
    """The page of many leaves `product_id` out; the item stands in `shop_sku`."""
    numbers = [FIRST_ORDER, FIRST_ORDER + 1]
    many = busy.get("/orders/items/get", order_ids=json.dumps(numbers))["data"]
    assert [one["order_id"] for one in many] == numbers
    alone = rows(busy, FIRST_ORDER)[0]
    assert {name: alone[name] for name in many[0]["order_items"][0]} == many[0]["order_items"][0]
    assert alone.keys() - many[0]["order_items"][0].keys() == {"product_id"}
    assert alone["shop_sku"].startswith(f"{alone['product_id']}_VNAMZ-{alone['sku_id']}")


def test_buyers_are_masked(busy: Client) -> None:
    """No name, street or phone is whole."""
    one = orders(busy, limit=1)["data"]["orders"][0]
    assert (one["customer_first_name"], one["address_shipping"]["address1"]) == ("N***g", "***")
    assert one["address_shipping"]["phone"].startswith("84****")


def test_states_and_their_filter(busy: Client) -> None:
    """Each order's state is its rows' state, and the filter knows it."""
    world = placed(busy)
    cancelled = [FIRST_ORDER + place for place, one in enumerate(world) if one.cancelled_at]
    returned = [FIRST_ORDER + place for place, one in enumerate(world) if one.returned_at]
    for wanted, numbers in (("canceled", cancelled), ("returned", returned)):
        shown = orders(busy, status=wanted)["data"]["orders"]
        assert [one["order_id"] for one in shown] == numbers
        assert all(one["statuses"] == [wanted] for one in shown)
    assert rows(busy, cancelled[0])[0]["cancel_return_initiator"] == "cancellation-customer"


def test_windows_of_change(busy: Client) -> None:
    """`update_after` finds what moved, whenever it was placed."""
    since = busy.sandbox.world.clock.now() - timedelta(days=2)
    shown = busy.get("/orders/get", update_after=f"{since:%Y-%m-%dT%H:%M:%S}+00:00", sort_by="updated_at")["data"]
    assert shown["countTotal"] == sum(one.updated_at >= since for one in placed(busy))
    newest = max(placed(busy), key=lambda one: one.updated_at)
    assert shown["orders"][0]["order_id"] == FIRST_ORDER + placed(busy).index(newest)


def test_two_forms_of_dates(busy: Client) -> None:
    """As a production client meets them, or as the documents print them."""
    plain = orders(busy, limit=1)["data"]["orders"][0]["created_at"]
    busy.site.rules.iso_dates = True
    iso = orders(busy, limit=1)["data"]["orders"][0]["created_at"]
    assert (plain[10], plain[-6:]) == (" ", " +0700")
    assert iso == f"{plain[:10]}T{plain[11:19]}+07:00"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"created_after": None}, "1"),
        ({"created_after": None, "updated_after": SINCE}, "1"),
        ({"created_after": "2026-10-01 00:00:00"}, "17"),
        ({"created_after": "2026-10-01T00:00:00+0700"}, "17"),
        ({"limit": 101}, "19"),
        ({"limit": 100, "offset": 4900}, "E097"),
        ({"limit": 99, "offset": 4900}, "0"),
        ({"status": "gone"}, "36"),
        ({"sort_by": "price"}, "75"),
        ({"sort_direction": "UP"}, "74"),
    ],
)
def test_lists_refused(shop: Client, params: dict[str, Any], code: str) -> None:
    """Each limit of the order list by its code."""
    assert orders(shop, **params)["code"] == code


@pytest.mark.parametrize(
    ("path", "params", "code"),
    [
        ("/order/get", {"order_id": "7"}, "16"),
        ("/order/items/get", {"order_id": "x"}, "16"),
        ("/orders/items/get", {"order_ids": "7"}, "56"),
        ("/orders/items/get", {"order_ids": '["x"]'}, "37"),
        ("/orders/items/get", {"order_ids": "[7]"}, "39"),
        ("/orders/items/get", {"order_ids": json.dumps(list(range(1, 52)))}, "38"),
    ],
)
def test_orders_refused(shop: Client, path: str, params: dict[str, Any], code: str) -> None:
    """Unknown, unreadable, too many."""
    assert shop.get(path, **params)["code"] == code


def test_two_shops_share_their_numbers(busy: Client, household: Client) -> None:
    """An order number is unique within one shop only; the rows' ids are unique everywhere."""
    household.on_sale(quantity="9999")
    household.pass_time(days=14)
    busy.renew()
    household.renew()
    own, others = rows(busy, FIRST_ORDER), rows(household, FIRST_ORDER)
    assert {row["order_id"] for row in own + others} == {FIRST_ORDER}
    assert not {row["order_item_id"] for row in own} & {row["order_item_id"] for row in others}


def test_returns(busy: Client) -> None:
    """Every returned order with its lines; amounts are whole đồng."""
    busy.pass_time(days=40)
    busy.renew()
    returned = [one for one in placed(busy) if one.returned_at]
    pages = [busy.get("/reverse/getreverseordersforseller", page_no=n, page_size=2)["result"] for n in (1, 2, 3)]
    shown = [one for page in pages for one in page["items"]]
    assert (pages[0]["total"], len(shown)) == (len(returned), len(returned))
    refunds = [sum(line["refund_amount"] for line in one["reverse_order_lines"]) for one in shown]
    assert refunds == [one.goods_vnd - one.seller_voucher_vnd for one in returned]
    late = {"ReverseOrderLineModifiedTimeRangeStart": int(busy.sandbox.world.clock.now().timestamp() * 1000) + 1}
    assert busy.get("/reverse/getreverseordersforseller", **late)["result"]["total"] == 0


def history(shop: Client, item_id: int | None, days_ago: float, span: float = 7, **params: Any) -> dict[str, Any]:
    start = shop.sandbox.world.clock.now() - timedelta(days=days_ago)
    times = {
        "start_time": int(start.timestamp() * 1000),
        "end_time": int((start + timedelta(days=span)).timestamp() * 1000),
    }
    return shop.get("/review/seller/history/list", **(times | {"item_id": item_id} | params))


def test_reviews_of_a_product(busy: Client) -> None:
    """Ids by the week, then ten at a time; no buyer is named."""
    world = busy.sandbox.world
    item_ids = {offer.offer_id: offer.extra["item"].item_id for offer in world.offers("lazada")}
    review = world.reviews("lazada")[0]
    ids = [one for week in (28, 21, 14, 7) for one in history(busy, item_ids[review.offer_id], week)["data"]["id_list"]]
    assert ids == [one.review_id for one in world.reviews("lazada", review.offer_id)]
    answer = busy.get("/review/seller/list/v2", id_list=json.dumps(ids[:10]))
    shown = answer["data"]["review_list"][0]
    assert (answer["success"], shown["id"], shown["review_content"]) == (True, review.review_id, review.text)
    assert shown["ratings"]["product_rating"] == review.stars
    assert review.buyer_name not in json.dumps(answer, ensure_ascii=False)


def test_reviews_refused(busy: Client) -> None:
    """Seven days, ninety days back, page fifty, ten ids: each by the word of the reference."""
    item_id = busy.sandbox.world.offers("lazada")[0].extra["item"].item_id
    answers = [
        history(busy, None, 7),
        history(busy, item_id, 8, 7.5),
        history(busy, item_id, 91),
        history(busy, item_id, 7, current=51),
    ]
    words = ["NULL_ITEMID", "TIMESPAN_ABOVE_LIMIT", "STARTTIME_OVER_LIMIT", "CURRENT_ABOVE_LIMIT"]
    assert [(one["code"], one["message"]) for one in answers] == [("PARAMS_VALIDATE_ERROR", word) for word in words]
    eleven = busy.get("/review/seller/list/v2", id_list=json.dumps(list(range(11))))
    assert eleven["code"] == "PARAMS_VALIDATE_ERROR"


def test_one_reply_a_review(busy: Client) -> None:
    """A write though it is a GET; the second is refused."""
    review = busy.sandbox.world.reviews("lazada")[0]
    codes = [busy.get("/review/seller/reply/add", id=review.review_id, content="Cảm ơn bạn")["code"] for _ in range(2)]
    assert codes == ["0", "PARAMS_VALIDATE_ERROR"]
    shown = busy.get("/review/seller/list/v2", id_list=json.dumps([review.review_id]))["data"]["review_list"][0]
    assert (shown["seller_reply"], shown["can_reply"]) == ("Cảm ơn bạn", False)


def test_the_shop_itself(busy: Client) -> None:
    """Facts, warehouse and health figures."""
    assert busy.get("/seller/get")["data"]["short_code"] == "VN1A2B3C"
    assert busy.get("/seller/warehouse/get")["result"]["module"][0]["code"] == "dropshipping"
    stars = [review.stars for review in busy.sandbox.world.reviews("lazada")]
    rating = busy.get("/seller/metrics/get")["data"]["positive_seller_rating"]
    assert rating == round(100 * sum(one >= 4 for one in stars) / len(stars))
    assert [row["name"] for row in busy.get("/seller/performance/get")["data"]["indicators"]] == [
        "ship_on_time",
        "response_rate",
    ]
