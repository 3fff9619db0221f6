"""What the world is made of: offers, orders, reviews. Money is whole đồng, time is aware UTC, days are Vietnam's."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class OfferState(StrEnum):
    PENDING = "pending"
    LIVE = "live"
    HIDDEN = "hidden"
    REJECTED = "rejected"
    BANNED = "banned"
    DELETED = "deleted"


class OrderState(StrEnum):
    UNPAID = "unpaid"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    RETURNED = "returned"


@dataclass
class Offer:
    """One pack on sale in one shop. `extra` is the marketplace emulator's own payload."""

    market: str
    shop: str
    offer_id: int
    sku: str
    title: str
    description: str
    price_vnd: int
    list_price_vnd: int | None
    stock: int
    state: OfferState
    created_at: datetime
    updated_at: datetime
    weight_g: int | None = None
    images: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    sold: int = 0  # pieces ever ordered, cancelled ones too: a public counter does not go back
    sold_on: dict[date, int] = field(default_factory=dict)
    views_on: dict[date, int] = field(default_factory=dict)
    stars: list[int] = field(default_factory=lambda: [0, 0, 0, 0, 0])  # 1★ to 5★
    usual_price_vnd: int | None = None  # what it cost before anything swayed its price

    @property
    def is_buyable(self) -> bool:
        return self.state is OfferState.LIVE and self.stock > 0

    def sway_price(self, factor: float) -> None:
        """So many times the usual price, in whole hundreds of đồng."""
        if self.usual_price_vnd is None:
            self.usual_price_vnd = self.price_vnd
        self.price_vnd = 100 * round(self.usual_price_vnd * factor / 100)


@dataclass
class OrderLine:
    """`unit_price_vnd` is what the buyer pays a piece, after the seller's own price discount."""

    line_id: int
    offer_id: int
    sku: str
    title: str
    quantity: int
    unit_price_vnd: int
    list_price_vnd: int


@dataclass(frozen=True)
class Fate:
    """How long an order's steps take, in seconds, each counted from the step before. None: it does not happen."""

    pay_s: int
    cancel_s: int | None  # from placing; works only while it is not shipped
    ship_s: int
    deliver_s: int
    return_s: int | None
    complete_s: int
    settle_s: int
    review_s: int | None  # from delivery


@dataclass
class Order:
    market: str
    shop: str
    order_id: int
    placed_at: datetime
    updated_at: datetime
    lines: list[OrderLine]
    province: str
    cod: bool
    fate: Fate = field(repr=False)
    commission: float = 1.0  # times the marketplace's rate, as on the day it was placed
    seller_voucher_vnd: int = 0
    buyer_shipping_vnd: int = 0
    carrier_shipping_vnd: int = 0
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    completed_at: datetime | None = None
    settled_at: datetime | None = None
    cancelled_at: datetime | None = None
    returned_at: datetime | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def goods_vnd(self) -> int:
        return sum(line.quantity * line.unit_price_vnd for line in self.lines)

    @property
    def state(self) -> OrderState:
        """The furthest point reached; a cancelled or returned order stays so."""
        reached = (
            (self.cancelled_at, OrderState.CANCELLED),
            (self.returned_at, OrderState.RETURNED),
            (self.completed_at, OrderState.COMPLETED),
            (self.delivered_at, OrderState.DELIVERED),
            (self.shipped_at, OrderState.SHIPPED),
            (self.paid_at, OrderState.PAID),
        )
        return next((state for moment, state in reached if moment), OrderState.UNPAID)

    @property
    def counts(self) -> bool:
        """Is its money revenue? Unpaid orders are not yet (cash on delivery counts as paid), cancelled and returned ones no more."""
        return self.paid_at is not None and self.cancelled_at is None and self.returned_at is None


@dataclass
class Review:
    """`buyer_name` is invented; it exists so that tests can prove nobody stores it."""

    market: str
    shop: str
    review_id: int
    offer_id: int
    order_id: int
    stars: int
    text: str
    created_at: datetime
    images: int
    buyer_name: str
    reply: str | None = None


def vietnam_day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
