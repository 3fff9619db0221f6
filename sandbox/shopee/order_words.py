"""World orders in Shopee's words: order_sn, statuses and when they changed, masked names (Shopee v2 reference, read 2026-11-23)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sandbox.world import Offer, Order, OrderLine, OrderState, World, vietnam_day

MARKET = "shopee"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # 32 signs, none that reads as another
SIGNS = 8
SPREAD = 0x9E3779B9B1  # odd, so that multiplying by it modulo 2**40 can be undone
ROOM: int = 32**SIGNS
UNSPREAD: int = pow(SPREAD, -1, ROOM)

STATUS = {
    OrderState.UNPAID: "UNPAID",
    OrderState.PAID: "READY_TO_SHIP",
    OrderState.SHIPPED: "SHIPPED",
    OrderState.DELIVERED: "TO_CONFIRM_RECEIVE",
    OrderState.COMPLETED: "COMPLETED",
    OrderState.CANCELLED: "CANCELLED",
    OrderState.RETURNED: "TO_RETURN",
}


def order_sn(order: Order) -> str:
    """14 signs: yymmdd of the day it was placed in Vietnam, then eight that stand for its id."""
    return f"{vietnam_day(order.placed_at):%y%m%d}{spread(order.order_id)}"


def return_sn(order: Order) -> str:
    if order.returned_at is None:
        raise ValueError(f"order {order.order_id} was not returned")
    return f"{vietnam_day(order.returned_at):%y%m%d}0{spread(order.order_id)}"


def find_order(world: World, shop: str, sn: str) -> Order | None:
    """The shop's own order of that number."""
    number = gather(sn[6:])
    order = None if number is None else world.order(MARKET, number)
    return order if order is not None and order.shop == shop and order_sn(order) == sn else None


def find_return(world: World, shop: str, sn: str) -> Order | None:
    number = gather(sn[7:])
    order = None if number is None else world.order(MARKET, number)
    if order is None or order.shop != shop or order.returned_at is None:
        return None
    return order if return_sn(order) == sn else None


def spread(number: int) -> str:
    """A number below 2**40 as eight signs that do not look like a sequence."""
    left, signs = number * SPREAD % ROOM, ""
    for _ in range(SIGNS):
        left, digit = divmod(left, 32)
        signs += ALPHABET[digit]
    return signs


def gather(signs: str) -> int | None:
    """The number `spread` made these signs of; None when it made no such signs."""
    if len(signs) != SIGNS or not set(signs) <= set(ALPHABET):
        return None
    whole = sum(ALPHABET.index(sign) << (5 * place) for place, sign in enumerate(signs))
    return (whole * UNSPREAD) % ROOM


def changes(order: Order) -> Iterator[tuple[str, datetime]]:
    """Every status the order has had, with the moment it began. Cash on delivery was never unpaid."""
    moments = (
        ("UNPAID", None if order.paid_at == order.placed_at else order.placed_at),
        ("READY_TO_SHIP", order.paid_at),
        ("SHIPPED", order.shipped_at),
        ("TO_CONFIRM_RECEIVE", order.delivered_at),
        ("COMPLETED", order.completed_at),
        ("CANCELLED", order.cancelled_at),
        ("TO_RETURN", order.returned_at),
    )
    return ((status, moment) for status, moment in moments if moment is not None)


def item_of(offer: Offer) -> int:
    """The item an offer is, or is a model of."""
    return int(offer.extra.get("model_of", offer.offer_id))


def line_words(world: World, line: OrderLine) -> dict[str, Any]:
    """Which item and model a line is, in both SKUs."""
    offer = world.offer(MARKET, line.offer_id)
    if offer is None:
        raise LookupError(f"order line {line.line_id} sells an unknown offer")
    if "model_of" not in offer.extra:
        named = {"item_id": line.offer_id, "item_name": line.title, "item_sku": line.sku}
        return named | {"model_id": 0, "model_name": "", "model_sku": ""}
    parent = world.offer(MARKET, item_of(offer))
    if parent is None:
        raise LookupError(f"model {offer.offer_id} has lost its item")
    named = {"item_id": parent.offer_id, "item_name": parent.title, "item_sku": parent.sku}
    return named | {"model_id": offer.offer_id, "model_name": offer.title, "model_sku": line.sku}


def buyer_username(world: World, order: Order) -> str:
    """Masked as Shopee masks: first and last letter."""
    chance = world.rng("shopee buyer", order.order_id)
    return masked("".join(chance.choice("abcdeghiklmnopqrstuvxy") for _ in range(8)))


def masked(name: str) -> str:
    return f"{name[0]}*****{name[-1]}"
