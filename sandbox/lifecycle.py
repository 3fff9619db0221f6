"""An order's life after it was placed. Each step is done at most once, so a marketplace may take a step early by itself."""

import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sandbox import reviewing
from sandbox.things import Fate, Order

if TYPE_CHECKING:
    from sandbox.world import World

CANCELLED_SHARE = 0.06
RETURNED_SHARE = 0.02
REVIEWED_SHARE = 0.3
HOUR_S, DAY_S = 3600, 86_400

Step = Callable[["World", Order], None]


def draw_fate(chance: random.Random, returns: float = 1.0) -> Fate:
    """Every delay and accident of one order, drawn at once: nothing later depends on how often the clock stopped.

    `returns`: so many times as often as usual it is sent back.
    """
    return Fate(
        pay_s=chance.randrange(60, 90 * 60),
        cancel_s=chance.randrange(60, 4 * HOUR_S) if chance.random() < CANCELLED_SHARE else None,
        ship_s=chance.randrange(4 * HOUR_S, 30 * HOUR_S),
        deliver_s=chance.randrange(1 * DAY_S, 4 * DAY_S),
        return_s=chance.randrange(DAY_S // 2, 3 * DAY_S) if chance.random() < RETURNED_SHARE * returns else None,
        complete_s=3 * DAY_S,
        settle_s=chance.randrange(DAY_S),
        review_s=chance.randrange(2 * HOUR_S, 6 * DAY_S) if chance.random() < REVIEWED_SHARE else None,
    )


def begin(world: "World", order: Order) -> None:
    """Set a new order on its way: cash on delivery is as good as paid, other buyers pay within the hour or so."""
    if order.fate.cancel_s is not None:
        _after(world, order, order.fate.cancel_s, cancel)
    if order.cod:
        pay(world, order)
    else:
        _after(world, order, order.fate.pay_s, pay)


def pay(world: "World", order: Order) -> None:
    if order.paid_at is None and order.cancelled_at is None:
        order.paid_at = order.updated_at = world.clock.now()
        _after(world, order, order.fate.ship_s, ship)


def ship(world: "World", order: Order) -> None:
    if order.shipped_at is None and order.cancelled_at is None:
        order.shipped_at = order.updated_at = world.clock.now()
        _after(world, order, order.fate.deliver_s, deliver)


def deliver(world: "World", order: Order) -> None:
    if order.delivered_at is not None:
        return
    order.delivered_at = order.updated_at = world.clock.now()
    if order.fate.return_s is not None:
        _after(world, order, order.fate.return_s, send_back)
    else:
        _after(world, order, order.fate.complete_s, complete)
        if order.fate.review_s is not None:
            _after(world, order, order.fate.review_s, reviewing.write)


def complete(world: "World", order: Order) -> None:
    if order.completed_at is None and order.returned_at is None:
        order.completed_at = order.updated_at = world.clock.now()
        _after(world, order, order.fate.settle_s, settle)


def settle(world: "World", order: Order) -> None:
    """The money leaves for the seller. The order itself does not change: no marketplace bumps `updated_at` for it."""
    if order.settled_at is None:
        order.settled_at = world.clock.now()


def cancel(world: "World", order: Order) -> None:
    """Possible until it is shipped; the pieces go back on the shelf, the public sold counter stays."""
    if order.cancelled_at is not None or order.shipped_at is not None:
        return
    order.cancelled_at = order.updated_at = world.clock.now()
    for line in order.lines:
        offer = world.offer(order.market, line.offer_id)
        if offer is not None:
            offer.stock += line.quantity


def send_back(world: "World", order: Order) -> None:
    """The buyer returns a delivered order: never completed, never settled, the pieces are not sold again."""
    if order.returned_at is None and order.completed_at is None:
        order.returned_at = order.updated_at = world.clock.now()


def _after(world: "World", order: Order, seconds: int, step: Step) -> None:
    world.later(world.clock.now() + timedelta(seconds=seconds), partial(step, world, order))
