"""Orders: one line item a piece, sums that add up, windows, pages, returns and cancellations."""

from typing import Any

import pytest

from sandbox.tiktok_shop.order_words import order_id
from sandbox.world import OrderState

SEARCH = "/order/202309/orders/search"


@pytest.fixture
def busy(instant: Any) -> Any:
    """Twelve products and three weeks of orders."""
    for number in range(12):
        instant.add(
            skus=[
                instant.sku(
                    seller_sku=f"S{number}", inventory=[{"warehouse_id": "7068517275539719942", "quantity": 9_999}]
                )
            ]
        )
    for _ in range(3):
        instant.pass_time(days=7, seconds=-1)
        instant.renew_token()
    return instant


def every(shop: Any, path: str, key: str, size: int = 20, **filters: Any) -> list[dict[str, Any]]:
    rows, token = [], ""
    while True:
        page = shop.ok("POST", path, filters, page_size=size, page_token=token, sort_order="ASC")
        rows += page.get(key, [])
        token = page["next_page_token"]
        if not token:
            return rows


def world_orders(shop: Any) -> list[Any]:
    return shop.sandbox.world.orders("tiktok_shop")


def test_every_order_is_told_once(busy: Any) -> None:
    """Page by page, in the order asked for, whichever the size of a page."""
    told = every(busy, SEARCH, "orders", size=7)
    assert [row["id"] for row in told] == [order_id(order) for order in world_orders(busy)]
    down = busy.ok("POST", SEARCH, {}, page_size=3, sort_field="create_time", sort_order="DESC")["orders"]
    assert [row["id"] for row in down] == [order_id(order) for order in reversed(world_orders(busy)[-3:])]


def test_one_line_item_is_one_piece_and_the_sums_add_up(busy: Any) -> None:
    """What a piece was sold for is what the buyer pays and what TikTok Shop adds; the order's own voucher is on no piece."""
    orders = {order_id(order): order for order in world_orders(busy)}
    for row in every(busy, SEARCH, "orders"):
        order, paid = orders[row["id"]], {name: int(v) for name, v in row["payment"].items() if name != "currency"}
        pieces = row["line_items"]
        assert len(pieces) == sum(line.quantity for line in order.lines)
        assert len({piece["id"] for piece in pieces}) == len(pieces)
        assert sum(int(p["sale_price"]) + int(p["platform_discount"]) for p in pieces) == order.goods_vnd
        assert sum(int(p["platform_discount"]) for p in pieces) == paid["platform_discount"]
        assert sum(int(p["seller_discount"]) for p in pieces) == paid["seller_discount"] - order.seller_voucher_vnd
        total = paid["original_total_product_price"] - paid["seller_discount"] - paid["platform_discount"]
        assert total == paid["sub_total"]
        assert paid["total_amount"] == paid["sub_total"] + paid["shipping_fee"]
        shipping = paid["original_shipping_fee"] - paid["shipping_fee_seller_discount"]
        assert paid["shipping_fee"] == shipping - paid["shipping_fee_platform_discount"] == order.buyer_shipping_vnd
    assert any(int(row["payment"]["platform_discount"]) for row in every(busy, SEARCH, "orders"))


def test_statuses_are_the_worlds_in_their_words(busy: Any) -> None:
    """A returned order reads COMPLETED: only the return says that it came back."""
    words = {
        OrderState.PAID: "AWAITING_SHIPMENT",
        OrderState.SHIPPED: "IN_TRANSIT",
        OrderState.DELIVERED: "DELIVERED",
        OrderState.COMPLETED: "COMPLETED",
        OrderState.CANCELLED: "CANCELLED",
        OrderState.RETURNED: "COMPLETED",
        OrderState.UNPAID: "UNPAID",
    }
    told = {row["id"]: row["status"] for row in every(busy, SEARCH, "orders")}
    assert told == {order_id(order): words[order.state] for order in world_orders(busy)}
    only = every(busy, SEARCH, "orders", order_status="CANCELLED")
    assert {row["id"] for row in only} == {i for i, word in told.items() if word == "CANCELLED"}
    assert busy.post(SEARCH, {"order_status": "CANCEL"}, page_size=1)["code"] == 98001004


def test_a_windows_end_does_not_belong_to_it(busy: Any) -> None:
    """A second asked for by ge is in, by lt it is out."""
    order = world_orders(busy)[5]
    at = int(order.placed_at.timestamp())
    inside = every(busy, SEARCH, "orders", create_time_ge=at, create_time_lt=at + 1)
    assert [row["id"] for row in inside] == [order_id(order)]
    assert every(busy, SEARCH, "orders", create_time_ge=at + 1, create_time_lt=at + 1) == []
    changed = int(order.updated_at.timestamp())
    found = every(busy, SEARCH, "orders", update_time_ge=changed, update_time_lt=changed + 1)
    assert order_id(order) in {row["id"] for row in found}


def test_details_leave_out_what_is_nobodys(busy: Any) -> None:
    """Comma-joined or repeated, fifty at most; unknown and foreign ids are silently left out, none at all is a refusal."""
    ids = [order_id(order) for order in world_orders(busy)[:2]]
    path = "/order/202507/orders"
    joined = busy.ok("GET", path, ids=",".join([*ids, "5"]))["orders"]
    assert [row["id"] for row in joined] == ids
    assert busy.ok("GET", path, ids="5") == {}
    assert busy.get(path)["code"] == 36009004
    assert busy.get(path, ids=",".join(map(str, range(51))))["code"] == 36009004
    other = type(busy)(busy.sandbox, busy.site.credentials_of("7495000000000000002"))
    busy.site.accounts.grant("7495000000000000002")
    other.credentials |= busy.site.credentials_of("7495000000000000002")
    assert other.ok("GET", path, ids=",".join(ids)) == {}
    assert other.get(f"/order/202407/orders/{ids[0]}/price_detail")["code"] == 21008111
    other.http.close()


def test_a_price_detail_tells_the_voucher_apart(busy: Any) -> None:
    """Rows add up to the order's own amounts; amounts are written with decimals here."""
    order = next(order for order in world_orders(busy) if order.seller_voucher_vnd and len(order.lines) > 1)
    told = busy.ok("GET", f"/order/202407/orders/{order_id(order)}/price_detail")
    assert told["voucher_deduction_seller"] == f"{order.seller_voucher_vnd}.00"
    assert told["sku_sale_price"] == f"{order.goods_vnd}.00"
    for name in ("sku_sale_price", "voucher_deduction_seller", "subtotal", "net_price_amount"):
        assert sum(float(row[name]) for row in told["line_items"]) == float(told[name])


def test_returns_and_cancellations_are_the_worlds(busy: Any) -> None:
    """Each order once, its pieces named, its refund what was paid for the goods; an empty page has no list at all."""
    for path, key, moment in (
        ("/return_refund/202602/returns/search", "return_orders", "returned_at"),
        ("/return_refund/202309/cancellations/search", "cancellations", "cancelled_at"),
    ):
        wanted = [order for order in world_orders(busy) if getattr(order, moment)]
        told = every(busy, path, key, size=2)
        assert sorted(row["order_id"] for row in told) == sorted(map(order_id, wanted))
        at = min(int(getattr(order, moment).timestamp()) for order in wanted)
        before = busy.ok("POST", path, {"update_time_lt": at}, page_size=10)
        assert before == {"total_count": 0, "next_page_token": ""}
        assert busy.post(path, {}, page_size=51)["code"] == 36009004


def test_a_refund_is_what_the_buyer_paid_for_the_goods(busy: Any) -> None:
    """Not the voucher, not what TikTok Shop added; its lines add up to it."""
    for row in every(busy, "/return_refund/202602/returns/search", "return_orders", size=10):
        (shown,) = busy.ok("GET", "/order/202507/orders", ids=row["order_id"])["orders"]
        assert row["refund_amount"]["refund_total"] == shown["payment"]["sub_total"]
        lines = row["return_line_items"]
        assert sum(int(line["refund_amount"]["refund_total"]) for line in lines) == int(shown["payment"]["sub_total"])
        assert [line["order_line_item_id"] for line in lines] == [piece["id"] for piece in shown["line_items"]]


def test_the_buyer_is_masked(busy: Any) -> None:
    """No name, phone or street of anybody in an order."""
    (shown,) = busy.ok("POST", SEARCH, {}, page_size=1)["orders"]
    address = shown["recipient_address"]
    assert (address["name"], address["full_address"][:3], "*****" in address["phone_number"]) == ("N***", "***", True)
