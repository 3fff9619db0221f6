"""Statement weeks: Monday to Sunday of Vietnam, drawn up the night after, paid on the Wednesday (Lazada Open Platform reference,
finance pages, read 2026-11-24; the day of payment is invented).

The world settles an order some hours after its completion; this marketplace settles it when its statement is paid, and writes that
into the order's fate while it is still on its way.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from sandbox.lazada.rules import MARKET
from sandbox.things import VIETNAM, vietnam_day
from sandbox.world import Order, World

DRAWN_UP = time(0, 23, 4)
PAID_AFTER_DAYS, PAID_TIME = 3, time(10, 0)


class Week(NamedTuple):
    """Named by its Sunday."""

    sunday: date

    @property
    def monday(self) -> date:
        return self.sunday - timedelta(days=6)

    @property
    def drawn_up_at(self) -> datetime:
        return datetime.combine(self.sunday + timedelta(days=1), DRAWN_UP, VIETNAM)

    @property
    def paid_at(self) -> datetime:
        return datetime.combine(self.sunday + timedelta(days=PAID_AFTER_DAYS), PAID_TIME, VIETNAM)

    def number(self, short_code: str) -> str:
        return f"{short_code}-{self.sunday:%Y%m%d}"

    def __str__(self) -> str:
        return f"{self.monday:%d %b %Y} - {self.sunday:%d %b %Y}"


def week_of(moment: datetime) -> Week:
    day = vietnam_day(moment)
    return Week(day + timedelta(days=6 - day.weekday()))


def booked_at(order: Order) -> datetime | None:
    """When its money enters the account: the buyer kept it, or it came back."""
    return order.completed_at or order.returned_at


def keep_paydays(world: World) -> None:
    """From now on, once a day, every order on its way to completion learns its payday. A day is shorter than that way."""
    _sweep(world, 0)


def _sweep(world: World, first: int) -> None:
    orders = world.orders(MARKET)
    for order in orders[first:]:
        if order.delivered_at is not None and order.completed_at is None and order.returned_at is None:
            _tell(order, order.delivered_at)
    while first < len(orders) and _is_over(orders[first]):
        first += 1
    tomorrow = datetime.combine(vietnam_day(world.clock.now()) + timedelta(days=1), time(), VIETNAM)
    world.later(tomorrow, partial(_sweep, world, first))


def _tell(order: Order, delivered_at: datetime) -> None:
    completed_at = delivered_at + timedelta(seconds=order.fate.complete_s)
    wait = week_of(completed_at).paid_at - completed_at
    order.fate = replace(order.fate, settle_s=int(wait.total_seconds()))


def _is_over(order: Order) -> bool:
    return any((order.completed_at, order.returned_at, order.cancelled_at))
