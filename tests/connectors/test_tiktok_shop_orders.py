"""TikTok Shop: units folded into lines, cancelled and returned pieces, and the walk through pages, from the reference's own examples."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import asdict

from connectors.errors import (
    UnexpectedAnswerError,
)
from connectors.facts.order import MoneyStage, OrderState
from tests.connectors.tiktok_shop_desk import NOW, PRODUCT, SKU, Counter, opened


@pytest.fixture
def desk() -> Iterator[Counter]:
    with opened() as counter:
        yield counter


ORDERS = "POST /order/202309/orders/search"
RETURNS = "POST /return_refund/202602/returns/search"


def unit(unit_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": unit_id, "product_id": PRODUCT, "sku_id": SKU, "seller_sku": "TRA-TANCUONG-200G",
        "product_name": "Trà Tân Cương…", "sku_name": "200g", "original_price": "185000", "sale_price": "160000",
        "seller_discount": "10000", "platform_discount": "15000", "currency": "VND", "display_status": "COMPLETED",
        "package_status": "COMPLETED", "package_id": "1152921500000000001", "is_gift": False, **changes,
    }  # fmt: skip


def order(**changes: Any) -> dict[str, Any]:
    """The reference's example."""
    return {
        "id": "580000000000000001", "status": "COMPLETED", "create_time": 1795000000, "paid_time": 1795000100,
        "update_time": 1795400000, "rts_time": 1795050000, "is_cod": True, "fulfillment_type": "FULFILLMENT_BY_SELLER",
        "shipping_type": "TIKTOK", "delivery_option_name": "Standard Shipping",
        "payment_method_name": "Cash on delivery", "warehouse_id": "7068517275539719942",
        "user_id": "7021436810468230477", "buyer_message": "gọi 0912345678", "seller_note": "", "tracking_number": "VN1",
        "payment": {"currency": "VND", "original_total_product_price": "370000", "seller_discount": "20000",
                    "platform_discount": "30000", "sub_total": "320000", "total_amount": "320000"},
        "recipient_address": {"name": "Nguyễn Văn A", "phone_number": "(+84)0912345678", "full_address": "xóm 3",
                              "region_code": "VN", "postal_code": "", "district_info": [
                                  {"address_level": "L0", "address_level_name": "Country", "address_name": "Vietnam",
                                   "iso_code": "VN"},
                                  {"address_level": "L1", "address_level_name": "Province",
                                   "address_name": "Thái Nguyên"}]},
        "packages": [{"id": "1152921500000000001"}],
        "line_items": [unit("577000000000000001"), unit("577000000000000002")],
        **changes,
    }  # fmt: skip


def returned(*unit_ids: str, **changes: Any) -> dict[str, Any]:
    return {
        "return_id": "4035000000000000001", "order_id": "580000000000000001", "return_type": "RETURN_AND_REFUND",
        "return_status": "RETURN_OR_REFUND_REQUEST_COMPLETE", "role": "BUYER", "return_reason_text": "Tôi tên A",
        "create_time": 1795405000, "update_time": 1795410000,
        "return_line_items": [{"return_line_item_id": "1", "order_line_item_id": one, "sku_id": SKU}
                              for one in unit_ids], **changes,
    }  # fmt: skip


def test_units_fold_into_lines_and_nobody_is_kept(desk: Counter) -> None:
    """Two rows are one line of two pieces at what the seller gets for each; no name, phone or message stays."""
    desk.answers[ORDERS], desk.answers[RETURNS] = [{"orders": [order()]}], [{}]
    first, last = desk.api.pull_orders(NOW - timedelta(days=1), NOW)
    assert (first.cursor, last.cursor, last.orders) == (NOW - timedelta(days=1), NOW, ())
    (one,) = first.orders
    assert (one.state, one.raw_state, one.province) == (OrderState.COMPLETED, "COMPLETED", "Thái Nguyên")
    assert one.paid_at == datetime.fromtimestamp(1795000100, UTC)
    (line,) = one.lines
    assert asdict(line) == {
        "external_id": "577000000000000001", "sku": "TRA-TANCUONG-200G", "item_external_id": PRODUCT,
        "variant_external_id": SKU, "name": "Trà Tân Cương…", "quantity": 2, "cancelled_quantity": 0,
        "returned_quantity": 0, "unit_price_vnd": 175_000, "list_price_vnd": 185_000,
    }  # fmt: skip
    assert [(money.code, money.amount_vnd, money.stage) for money in one.money] == [
        ("sale_price", 320_000, MoneyStage.PLACED), ("platform_discount", 30_000, MoneyStage.PLACED),
    ]  # fmt: skip
    for word in ("Nguyễn Văn A", "0912345678", "xóm 3", "7021436810468230477", "buyer_message"):
        assert word not in str(one)
    asked = desk.last(ORDERS)
    assert asked.query["sort_field"] == "update_time"
    assert asked.json == {"update_time_ge": 1795420800 - 86400, "update_time_lt": 1795420801}


def test_a_discount_that_does_not_divide_leaves_one_line(desk: Counter) -> None:
    """TikTok's own discount differs by a đồng from piece to piece; what the seller gets does not, and the money stays exact."""
    units = [unit("2", sale_price="160001", platform_discount="14999"), unit("1")]
    desk.answers[ORDERS], desk.answers[RETURNS] = [{"orders": [order(line_items=units)]}], [{}]
    (one,) = next(iter(desk.api.pull_orders(NOW - timedelta(days=1), NOW))).orders
    assert [(line.external_id, line.quantity, line.unit_price_vnd) for line in one.lines] == [("1", 2, 175_000)]
    assert [money.amount_vnd for money in one.money] == [320_001, 29_999]


def test_cancelled_and_returned_units_are_counted_apart(desk: Counter) -> None:
    """One of three is cancelled, one came back, one stays sold; a return still argued about counts for nothing."""
    units = [unit("1"), unit("2", display_status="CANCELLED"), unit("3")]
    desk.answers[ORDERS] = [{"orders": [order(line_items=units)]}]
    argued = returned("1", return_id="9", return_status="RETURN_OR_REFUND_REQUEST_PENDING")
    desk.answers[RETURNS] = [{"return_orders": [returned("3"), argued]}]
    (one,) = next(iter(desk.api.pull_orders(NOW - timedelta(days=1), NOW))).orders
    (line,) = one.lines
    assert (line.quantity, line.cancelled_quantity, line.returned_quantity) == (3, 1, 1)
    assert one.state is OrderState.COMPLETED
    assert one.updated_at == datetime.fromtimestamp(1795410000, UTC)
    assert "Tôi tên A" not in one.raw


def test_a_wholly_returned_order_is_returned(desk: Counter) -> None:
    """TikTok leaves its status; a partial refund would not count."""
    both = ("577000000000000001", "577000000000000002")
    desk.answers[ORDERS] = [{"orders": [order()]}]
    desk.answers[RETURNS] = [{"return_orders": [returned(*both)]}]
    (one,) = next(iter(desk.api.pull_orders(NOW - timedelta(days=1), NOW))).orders
    assert one.state is OrderState.RETURNED
    partial = {"currency": "VND", "amount": "50000"}
    desk.answers[RETURNS] = [{"return_orders": [returned(*both, return_type="REFUND", partial_refund=partial)]}]
    (one,) = next(iter(desk.api.pull_orders(NOW - timedelta(days=1), NOW))).orders
    assert (one.state, one.lines[0].returned_quantity) == (OrderState.COMPLETED, 0)


def test_a_return_that_left_its_order_untouched_brings_the_order_back(desk: Counter) -> None:
    """The order is outside the window, its return inside: it is read by its id."""
    desk.answers[ORDERS] = [{}]
    desk.answers[RETURNS] = [{"return_orders": [returned("577000000000000001")]}]
    desk.answers["GET /order/202507/orders"] = [{"orders": [order()]}]
    _, last = desk.api.pull_orders(NOW - timedelta(hours=6), NOW)
    assert last.orders[0].lines[0].returned_quantity == 1
    assert desk.last("GET /order/202507/orders").query["ids"] == "580000000000000001"


def test_orders_are_read_by_their_ids(desk: Counter) -> None:
    """Fifty a call, each once; one TikTok does not know is left out."""
    desk.answers["GET /order/202507/orders"] = [{"orders": [order()]}, {}]
    desk.answers[RETURNS] = [{}]
    asked = ["580000000000000001", *(str(n) for n in range(50)), "580000000000000001"]
    assert [one.external_id for one in desk.api.read_orders(asked)] == ["580000000000000001"]
    assert [len(one.query["ids"].split(",")) for one in desk.asked if "202507" in one.call] == [50, 1]


def test_orders_not_sent_yet_cost_no_question_about_returns(desk: Counter) -> None:
    """Only the returns of the window are asked for."""
    waiting = [unit("1", display_status="AWAITING_SHIPMENT")]
    desk.answers[ORDERS] = [{"orders": [order(status="AWAITING_SHIPMENT", line_items=waiting)]}]
    desk.answers[RETURNS] = [{}]
    list(desk.api.pull_orders(NOW - timedelta(days=1), NOW))
    assert desk.calls().count(RETURNS) == 1
    assert desk.last(RETURNS).json == {"update_time_ge": 1795420800 - 86400, "update_time_lt": 1795420801}


def test_a_full_page_moves_the_windows_start(desk: Counter) -> None:
    """So an order that changes meanwhile pushes none past us; within one second the token turns the page."""
    desk.answers[ORDERS] = [
        {"orders": [order(id="1", update_time=1795400000)], "next_page_token": "a"},
        {"orders": [order(id="2", update_time=1795400000)], "next_page_token": "b"},
        {"orders": [order(id="3", update_time=1795400005)], "next_page_token": ""},
    ]
    desk.answers[RETURNS] = [{}]
    found = list(desk.api.pull_orders(NOW - timedelta(days=1), NOW))
    assert [one.external_id for page in found for one in page.orders] == ["1", "2", "3"]
    asked = [(one.json["update_time_ge"], one.query.get("page_token")) for one in desk.asked if one.call == ORDERS]
    assert asked == [(1795420800 - 86400, None), (1795400000, None), (1795400000, "b")]
    assert [page.cursor.timestamp() for page in found] == [1795400000, 1795400000, 1795400000, 1795420800]


def test_a_status_of_an_order_we_do_not_know_is_loud(desk: Counter) -> None:
    """Of the order, of a unit, or of a return."""
    for changes in ({"status": "LOST"}, {"line_items": [unit("1", display_status="LOST")]}):
        desk.answers[ORDERS], desk.answers[RETURNS] = [{"orders": [order(**changes)]}], [{}]
        with pytest.raises(UnexpectedAnswerError):
            list(desk.api.pull_orders(NOW - timedelta(days=1), NOW))
    desk.answers[ORDERS] = [{"orders": [order()]}]
    desk.answers[RETURNS] = [{"return_orders": [returned("1", return_status="LOST")]}]
    with pytest.raises(UnexpectedAnswerError):
        list(desk.api.pull_orders(NOW - timedelta(days=1), NOW))


@pytest.mark.parametrize("price", ["160000.5", 160000, "NaN", "x", "1E999999999"])
def test_a_price_that_is_no_whole_dong_is_an_error(desk: Counter, price: object) -> None:
    """VND has no minor unit; money comes as text."""
    desk.answers[ORDERS] = [{"orders": [order(line_items=[unit("1", sale_price=price)])]}]
    with pytest.raises(UnexpectedAnswerError, match="sale_price"):
        list(desk.api.pull_orders(NOW - timedelta(days=1), NOW))


def test_milliseconds_for_seconds_are_loud(desk: Counter) -> None:
    """No time is guessed."""
    desk.answers[ORDERS] = [{"orders": [order(create_time=1795000000000)]}]
    desk.answers[RETURNS] = [{}]
    with pytest.raises(UnexpectedAnswerError, match="no time"):
        list(desk.api.pull_orders(NOW - timedelta(days=1), NOW))
