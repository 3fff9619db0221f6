"""Orders, their lines and their money, as every marketplace's are told. Without any buyer."""

from datetime import datetime
from enum import StrEnum
from typing import Self

import msgspec


class OrderState(StrEnum):
    """Where an order is, in our words; the marketplace's own word is kept beside it."""

    UNPAID = "unpaid"
    PLACED = "placed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class MoneyStage(StrEnum):
    """Amounts of different stages are never added together silently."""

    PLACED = "placed"
    PROCESSING = "processing"
    SETTLED = "settled"


class Traded(msgspec.Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """What a year's orders are hundreds of thousands of: plain records, made of what was checked at the door; the type checker holds types.

    None of them can hold itself, so the garbage collector need not look inside.
    """


class MoneyLine(Traded, frozen=True, kw_only=True, gc=False):
    """One signed amount in whole đồng: plus is money towards the seller, minus is money taken."""

    code: str  # the marketplace's own name of the amount, e.g. "commission_fee"
    amount_vnd: int
    stage: MoneyStage
    line_external_id: str = ""  # "" for an amount of the whole order
    statement: str = ""  # "" while no statement or payout names it


class OrderLine(Traded, frozen=True, kw_only=True, gc=False):
    """One line. Quantities are pieces; `unit_price_vnd` is what the buyer pays a piece after the seller's own price discount, before vouchers."""

    external_id: str
    sku: str
    item_external_id: str
    variant_external_id: str | None = None
    name: str
    quantity: int
    cancelled_quantity: int = 0
    returned_quantity: int = 0
    unit_price_vnd: int
    list_price_vnd: int | None = None


class Order(Traded, frozen=True, kw_only=True, gc=False):
    """One order without any buyer's name, phone or street. `raw` is the marketplace's JSON with personal fields removed."""

    external_id: str
    state: OrderState
    raw_state: str
    placed_at: datetime
    updated_at: datetime
    paid_at: datetime | None = None
    delivered_at: datetime | None = None  # None: not yet, or the source does not say
    province: str | None = None
    lines: tuple[OrderLine, ...]
    money: tuple[MoneyLine, ...] = ()
    raw: str


class OrderPage(Traded, frozen=True, kw_only=True, gc=False):
    """One page of orders. After it is stored, `cursor` may be kept: everything updated before it has been seen."""

    orders: tuple[Order, ...]
    cursor: datetime


class Income(Traded, frozen=True, kw_only=True, gc=False):
    """What one order earned. `payout_vnd` is the marketplace's own total; the lines are compared with it, a difference is shown."""

    order_external_id: str
    lines: tuple[MoneyLine, ...]
    payout_vnd: int | None = None
    settled_at: datetime | None = None

    def as_json(self) -> str:
        """For keeping it until its order is there."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, kept: str) -> Self:
        """Raises msgspec.ValidationError for what `as_json` did not write."""
        return msgspec.json.decode(kept, type=cls)
