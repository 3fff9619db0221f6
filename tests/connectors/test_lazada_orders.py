"""Orders of Lazada: a row a piece folded into lines, a list that moves while it is read (reference, sections 4.1 and 4.2)."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.errors import UnexpectedAnswerError
from connectors.facts.order import MoneyStage, Order, OrderState
from tests.connectors.lazada_desk import NOW, Asked, Desk, ok, open_desk, refusal

SINCE = NOW - timedelta(days=30)
ORDER: dict[str, Any] = {
    "order_id": 410000000000001,
    "order_number": 410000000000001,
    "created_at": "2026-11-20 09:15:02 +0700",
    "updated_at": "2026-11-21 16:40:10 +0700",
    "statuses": ["delivered"],
    "items_count": 2,
    "price": "338000.00",
    "payment_method": "COD",
    "customer_first_name": "N***g",
    "buyer_note": "gọi trước khi giao",
    "address_shipping": {
        "country": "Vietnam",
        "address1": "***",
        "address3": "Hà Nội",
        "phone": "84****12",
        "first_name": "N***g",
    },
    "address_billing": {},
}
PIECE: dict[str, Any] = {
    "order_item_id": 410000000100001,
    "order_id": 410000000000001,
    "sku": "OCOP-TC-200G",
    "sku_id": "11000000001",
    "shop_sku": "2100000001_VNAMZ-11000000001",
    "name": "Trà Tân Cương",
    "item_price": "169000.00",
    "paid_price": "159000.00",
    "voucher_seller": "5000.00",
    "status": "delivered",
    "buyer_id": "900000123",
    "payment_time": 1795100100000,
}


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


def page(*orders: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    count = len(orders) if total is None else total
    return ok({"count": len(orders), "countTotal": count, "orders": list(orders)})


def pieces(*rows: dict[str, Any]) -> dict[str, Any]:
    """The answer for one order."""
    numbered = [PIECE | {"order_item_id": 410000000100001 + at} | row for at, row in enumerate(rows)]
    return ok([{"order_id": ORDER["order_id"], "order_number": ORDER["order_id"], "order_items": numbered}])


def pull(desk: Desk) -> list[Order]:
    return [order for got in desk.connector().pull_orders(SINCE, NOW) for order in got.orders]


def pulled(desk: Desk, *rows: dict[str, Any], **changes: Any) -> Order:
    """One order made of these pieces."""
    desk.say("/orders/get", page(ORDER | changes))
    desk.say("/orders/items/get", pieces(*rows))
    (order,) = pull(desk)
    return order


def test_orders_a_message_names_are_read_one_by_one_and_their_pieces_together(desk: Desk) -> None:
    """Each is asked for once; one that Lazada does not know is left out, and its pieces are not asked for."""

    def told(asked: Asked) -> dict[str, Any]:
        return ok(ORDER) if asked["order_id"] == "410000000000001" else refusal("16", "Invalid Order ID")

    desk.say("/order/get", told)
    desk.say("/orders/items/get", pieces({}))
    (order,) = desk.connector().read_orders(["410000000000001", "410000000000002", "410000000000001"])
    assert (order.external_id, order.lines[0].quantity, "phone" in order.raw) == ("410000000000001", 1, False)
    assert [asked["order_id"] for asked in desk.asked["/order/get"]] == ["410000000000001", "410000000000002"]
    assert [asked["order_ids"] for asked in desk.asked["/orders/items/get"]] == ["[410000000000001]"]


def test_two_pieces_alike_are_one_line(desk: Desk) -> None:
    """Quantity is counted, the line is named after its first piece, ids come out of `shop_sku` where they are not told."""
    order = pulled(desk, {}, {})
    (line,) = order.lines
    assert (line.external_id, line.quantity, line.unit_price_vnd) == ("410000000100001", 2, 169_000)
    assert (line.sku, line.item_external_id, line.variant_external_id) == ("OCOP-TC-200G", "2100000001", "11000000001")
    assert (order.external_id, order.state, order.raw_state) == (
        "410000000000001", OrderState.DELIVERED, "delivered",
    )  # fmt: skip
    assert (order.placed_at, order.updated_at) == (
        datetime(2026, 11, 20, 2, 15, 2, tzinfo=UTC), datetime(2026, 11, 21, 9, 40, 10, tzinfo=UTC),
    )  # fmt: skip
    assert (order.paid_at, order.province) == (datetime.fromtimestamp(1_795_100_100, UTC), "Hà Nội")


def test_another_price_is_another_line(desk: Desk) -> None:
    """A flash sale that covers one piece only: nothing is averaged."""
    order = pulled(desk, {}, {"item_price": "99000.00"})
    assert [(line.external_id, line.quantity, line.unit_price_vnd) for line in order.lines] == [
        ("410000000100001", 1, 169_000),
        ("410000000100002", 1, 99_000),
    ]


def test_the_order_of_rows_does_not_matter(desk: Desk) -> None:
    """The same pieces back to front are the same order, to the byte that is stored."""
    straight = pulled(desk, {}, {"status": "canceled"})
    backwards = pieces({}, {"status": "canceled"})
    backwards["data"][0]["order_items"].reverse()
    desk.say("/orders/items/get", backwards)
    pull(desk)
    assert pull(desk) == [straight]


@pytest.mark.parametrize(
    ("statuses", "state", "gone"),
    [
        (("unpaid", "unpaid"), OrderState.UNPAID, (0, 0)),
        (("shipped", "ready_to_ship"), OrderState.PLACED, (0, 0)),
        (("delivered", "shipped"), OrderState.SHIPPED, (0, 0)),
        (("canceled", "delivered"), OrderState.DELIVERED, (1, 0)),
        (("returned", "delivered"), OrderState.DELIVERED, (0, 1)),
        (("canceled", "canceled"), OrderState.CANCELLED, (2, 0)),
        (("canceled", "returned"), OrderState.RETURNED, (1, 1)),
        (("shipped_back_success", "lost_by_3pl"), OrderState.RETURNED, (0, 2)),
    ],
)
def test_an_order_is_where_its_least_advanced_piece_is(
    desk: Desk, statuses: tuple[str, str], state: OrderState, gone: tuple[int, int]
) -> None:
    """Cancelled and returned pieces are counted, and do not hold the others back."""
    order = pulled(desk, *({"status": status} for status in statuses))
    (line,) = order.lines
    assert (order.state, (line.cancelled_quantity, line.returned_quantity)) == (state, gone)


def test_a_status_we_do_not_know_is_loud(desk: Desk) -> None:
    """No default bucket."""
    with pytest.raises(UnexpectedAnswerError):
        pulled(desk, {"status": "teleported"})


def test_a_fraction_of_a_dong_is_an_error(desk: Desk) -> None:
    """VND has none."""
    with pytest.raises(UnexpectedAnswerError):
        pulled(desk, {"item_price": "169000.50"})


def test_placed_money_is_the_goods_less_the_sellers_own_vouchers(desk: Desk) -> None:
    """Lazada's vouchers are Lazada's cost."""
    order = pulled(desk, {}, {"voucher_platform": "7000.00"})
    assert [(money.code, money.amount_vnd, money.stage) for money in order.money] == [
        ("item_price", 338_000, MoneyStage.PLACED),
        ("voucher_seller", -10_000, MoneyStage.PLACED),
    ]


def test_nothing_of_the_buyer_is_kept(desk: Desk) -> None:
    """Of the address only an unmasked province; of the JSON only what is named."""
    order = pulled(desk, {}, address_shipping={"address3": "H***i"})
    assert order.province is None
    assert [word for word in ("N***g", "84****", "gọi trước", "900000123") if word in str(order)] == []
    assert json.loads(order.raw)["order_items"][0]["paid_price"] == "159000.00"


def test_an_order_without_items_is_an_error(desk: Desk) -> None:
    """It would be lost silently."""
    desk.say("/orders/get", page(ORDER))
    desk.say("/orders/items/get", ok([]))
    with pytest.raises(UnexpectedAnswerError):
        pull(desk)


# ---- the list moves while it is read -------------------------------------------------------------------------------


class Book:
    """Orders by number with the second of their last update, listed as Lazada lists them."""

    def __init__(self, desk: Desk, updated: dict[int, int]) -> None:
        self.updated = updated
        self.after_page: dict[int, tuple[int, int]] = {}  # when this many pages were given: order, its new second
        self.pages = 0
        desk.say("/orders/get", self._list)
        desk.say("/orders/items/get", self._items)

    def _list(self, asked: Asked) -> dict[str, Any]:
        after, before = (datetime.fromisoformat(asked[name]) for name in ("update_after", "update_before"))
        found = sorted((at, number) for number, at in self.updated.items() if after <= _moment(at) <= before)
        rows = found[int(asked["offset"]) :][: int(asked["limit"])]
        self.pages += 1
        if moved := self.after_page.get(self.pages):
            self.updated[moved[0]] = moved[1]
        told = [ORDER | {"order_id": number, "updated_at": _moment(at).isoformat()} for at, number in rows]
        return page(*told, total=len(found))

    def _items(self, asked: Asked) -> dict[str, Any]:
        numbers = json.loads(asked["order_ids"])
        assert len(numbers) <= 50
        return ok(
            [
                {"order_id": number, "order_items": [PIECE | {"order_id": number, "order_item_id": number}]}
                for number in numbers
            ]
        )


def _moment(second: int) -> datetime:
    return SINCE + timedelta(seconds=second)


def test_pages_of_a_hundred_lose_nothing(desk: Desk) -> None:
    """250 orders a minute apart: three pages, fifty orders' pieces a call."""
    book = Book(desk, {number: number * 60 for number in range(250)})
    assert sorted(int(order.external_id) for order in pull(desk)) == list(range(250))
    assert (book.pages, len(desk.asked["/orders/items/get"])) == (3, 6)


def test_orders_of_one_second_are_counted_through(desk: Desk) -> None:
    """Only there offsets are used, once the window begins just before that second."""
    Book(desk, dict.fromkeys(range(250), 7))
    assert sorted(int(order.external_id) for order in pull(desk)) == list(range(250))
    assert [asked["offset"] for asked in desk.asked["/orders/get"]] == ["0", "0", "100", "200"]


def test_an_order_updated_meanwhile_makes_no_other_slip_by(desk: Desk) -> None:
    """It leaves the first page for the end; counted pages would lose the one that moved up."""
    book = Book(desk, {number: number * 60 for number in range(150)})
    book.after_page[1] = (3, 20_000)
    numbers = [int(order.external_id) for order in pull(desk)]
    assert (sorted(set(numbers)), numbers.count(3)) == (list(range(150)), 2)


def test_the_cursor_stands_behind_what_was_read(desk: Desk) -> None:
    """One second before the page's latest order, and at the end of the window when all is read."""
    Book(desk, {number: number * 60 for number in range(150)})
    cursors = [got.cursor for got in desk.connector().pull_orders(SINCE, NOW)]
    assert cursors == [_moment(99 * 60 - 1), _moment(99 * 60 - 1), NOW]


def test_an_empty_page_before_the_end_is_an_error(desk: Desk) -> None:
    """It cannot be told from lost orders, so the cursor does not move."""
    desk.say("/orders/get", page(total=3))
    with pytest.raises(UnexpectedAnswerError):
        pull(desk)
