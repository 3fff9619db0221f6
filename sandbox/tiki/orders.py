"""The calls about orders: list, detail, confirm, labels (tiki.md sections 7.1 and 7.5, read 2026-11-24)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sandbox import lifecycle
from sandbox.server import Response
from sandbox.tiki.answers import Refusal, body_of, chosen, included, paged
from sandbox.tiki.moments import from_text, to_text
from sandbox.tiki.order_states import STATUSES, code_of, confirmed_at, order_id_of, status_of
from sandbox.tiki.order_views import INCLUDABLE, order_json
from sandbox.tiki.routing import Call, Route
from sandbox.tiki.seller import MARKET, Seller
from sandbox.world import Order, OrderState, World, vietnam_day

FULFILMENTS = frozenset({"tiki_delivery", "seller_delivery", "cross_border", "dropship", "instant_delivery"})
INVENTORY_TYPES = frozenset({"backorder", "instock", "preorder"})
CONFIRMATIONS = frozenset({"waiting", "seller_confirmed", "seller_canceled", "confirmed", "ready_to_pick"})
PERIODS = {"today": 0, "last7days": 7, "last30days": 30}
ORDERINGS = {"created_at": lambda order: order.placed_at, "updated_at": lambda order: order.updated_at}
PICKUP_HOURS = (9, 14)

Test = Callable[[Order], bool]


class OrderCalls:
    def __init__(self, world: World, seller: Seller) -> None:
        self._world = world
        self._seller = seller

    def routes(self) -> tuple[Route, ...]:
        return (
            Route("GET", "/orders", self._list, "order"),
            Route("GET", "/orders/dropship/expected-pickup-slots", self._slots, "order"),
            Route("GET", "/orders/{code}", self._detail, "order"),
            Route("POST", "/orders/{code}/confirm-available", self._confirm_items, "order"),
            Route("POST", "/orders/{code}/dropship/confirm-available", self._confirm_dropship, "order"),
            Route("GET", "/orders/{code}/dropship/labels", self._label, "order"),
        )

    # ---- reading ------------------------------------------------------------------------------------------------------

    def _list(self, call: Call) -> Any:
        parts = included(call.request, "include", INCLUDABLE)
        tests = [*self._time_tests(call), *self._set_tests(call)]  # a window leaves few orders to look at closely
        rows = [o for o in self._world.orders(MARKET, self._seller.shop) if all(test(o) for test in tests)]
        key, _, direction = (call.request.one("order_by") or "created_at|desc").partition("|")
        if key not in ORDERINGS or direction not in {"asc", "desc"}:
            raise Refusal(400, "order_by must be created_at or updated_at with |asc or |desc")
        rows.sort(key=ORDERINGS[key], reverse=direction == "desc")
        return paged(rows, call.request, lambda order: order_json(self._world, self._seller, order, parts))

    def _detail(self, call: Call) -> Any:
        parts = included(call.request, "include", INCLUDABLE)
        return order_json(self._world, self._seller, self._order(call), parts)

    def _set_tests(self, call: Call) -> list[Test]:
        """Filters by value. Items of one order all share their inventory type and confirmation here."""
        asked = call.request
        status = chosen(asked.one("status"), STATUSES, "status")
        fulfilment = chosen(asked.one("fulfillment_type"), FULFILMENTS, "fulfillment_type")
        inventory = chosen(asked.one("item_inventory_type"), INVENTORY_TYPES, "item_inventory_type")
        confirmation = chosen(asked.one("item_confirmation_status"), CONFIRMATIONS, "item_confirmation_status")
        codes, skus = set(asked.all("code")), set(asked.all("sku"))
        return [
            lambda order: status(status_of(order)),
            lambda order: not codes or code_of(order) in codes,
            lambda order: not skus or any(line.sku in skus for line in order.lines),
            lambda order: confirmation(order.extra.get("confirmation", "waiting")),
            lambda _: fulfilment("dropship") and inventory("backorder"),
            lambda _: asked.one("is_rma") not in {"true", "1"},
        ]

    def _time_tests(self, call: Call) -> list[Test]:
        asked = call.request
        bound = {name: from_text(name, asked.one(name)) for name in _time_filters()}
        created = _between(bound["created_from_date"], bound["created_to_date"])
        updated = _between(bound["updated_from_date"], bound["updated_to_date"])
        period = asked.one("filter_date_by")
        if period is not None and period not in PERIODS:
            raise Refusal(400, f"filter_date_by must be one of {', '.join(PERIODS)}")
        today = vietnam_day(self._world.clock.now())
        first_day = None if period is None else today - timedelta(days=PERIODS[period])
        return [
            lambda order: created(order.placed_at),
            lambda order: updated(order.updated_at),
            lambda order: first_day is None or vietnam_day(order.placed_at) >= first_day,
        ]

    # ---- confirming ---------------------------------------------------------------------------------------------------

    def _slots(self, _: Call) -> Any:
        """Pick-up times of the next two days. The shape is a guess of the document."""
        now = self._world.clock.now()
        days = (now + timedelta(days=n) for n in (1, 2))
        return {
            "data": [{"expected_pickup_time": f"{to_text(d)[:10]} {h:02}:00:00"} for d in days for h in PICKUP_HOURS]
        }

    def _confirm_items(self, call: Call) -> Any:
        """`available_item_ids` empty: nothing is in stock, which calls the order off."""
        order, asked = self._order(call), body_of(call.request)
        items = asked.get("available_item_ids")
        own = [line.line_id for line in order.lines]
        if not isinstance(items, list) or any(item not in own for item in items):
            raise Refusal(400, "available_item_ids must be ids of the order's items")
        return self._confirm(order, asked, is_available=bool(items))

    def _confirm_dropship(self, call: Call) -> Any:
        order, asked = self._order(call), body_of(call.request)
        status = asked.get("confirmation_status")
        if not isinstance(status, str) or status not in {"seller_confirmed", "seller_canceled"}:
            raise Refusal(400, "confirmation_status must be seller_confirmed or seller_canceled")
        if (
            status == "seller_confirmed"
            and from_text("expected_pickup_time", asked.get("expected_pickup_time")) is None
        ):
            raise Refusal(400, "expected_pickup_time is required")
        return self._confirm(order, asked, is_available=status == "seller_confirmed")

    def _confirm(self, order: Order, asked: dict[str, Any], *, is_available: bool) -> Any:
        if order.state is not OrderState.PAID or confirmed_at(order) is not None:
            raise Refusal(422, "order does not wait for confirmation")
        place = asked.get("seller_inventory_id")
        if is_available and place not in [warehouse.warehouse_id for warehouse in self._seller.pickups]:
            raise Refusal(422, "seller_inventory_id is not usable")
        order.extra["confirmation"] = "seller_confirmed" if is_available else "seller_canceled"
        if is_available:
            order.extra |= {"confirmed_at": self._world.clock.now(), "seller_inventory_id": place}
            order.updated_at = self._world.clock.now()
        else:
            order.extra["cancel_reason"] = ("seller_out_of_stock", "Nhà bán hết hàng")
            lifecycle.cancel(self._world, order)
        return {"code": code_of(order), "status": status_of(order)}

    def _label(self, call: Call) -> Response:
        """A page to print, once the order is confirmed and as long as it is not canceled."""
        order = self._order(call)
        if confirmed_at(order) is None or order.cancelled_at is not None:
            raise Refusal(400, "label is available only after confirmation")
        return Response.html(f"<!doctype html><title>Nhãn</title><h1>{code_of(order)}</h1>")

    def _order(self, call: Call) -> Order:
        number = order_id_of(call.path["code"])
        order = None if number is None else self._world.order(MARKET, number)
        if order is None or order.shop != self._seller.shop:
            raise Refusal(404, f"Order not found: {call.path['code']}")
        return order


def _time_filters() -> tuple[str, ...]:
    return ("created_from_date", "created_to_date", "updated_from_date", "updated_to_date")


def _between(since: datetime | None, until: datetime | None) -> Callable[[datetime], bool]:
    return lambda moment: (since is None or moment >= since) and (until is None or moment <= until)
