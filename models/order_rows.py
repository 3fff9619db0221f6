"""Orders, lines and money as rows to store: plain tuples, in the order of their columns. Moments are aware UTC, money is whole đồng."""

from datetime import datetime
from typing import NamedTuple


class MoneyRow(NamedTuple):
    """One signed amount of one order; `line_external_id` is "" for the whole order, `statement` is "" while none names it."""

    line_external_id: str
    code: str
    stage: str
    statement: str
    amount_vnd: int

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from the order's other amounts."""
        return self[:4]


class LineRow(NamedTuple):
    """One order line under the marketplace's own line id. Quantities are pieces."""

    external_id: str
    sku: str
    item_external_id: str
    name: str
    quantity: int
    cancelled_quantity: int
    returned_quantity: int
    unit_price_vnd: int
    list_price_vnd: int | None


class OrderRow(NamedTuple):
    """One order of one shop. `content_hash` covers all of it: an equal one means nothing is written."""

    external_id: str
    state: str
    raw_state: str
    placed_at: datetime
    updated_at: datetime
    paid_at: datetime | None
    delivered_at: datetime | None
    province: str | None
    content_hash: str
    raw: str
    placed_month: int  # yyyymm in Vietnam
    lines: tuple[LineRow, ...]
    money: tuple[MoneyRow, ...]


class IncomeRow(NamedTuple):
    """What one order earned. None for `settled_at` or `payout_vnd`: not said yet."""

    order_external_id: str
    money: tuple[MoneyRow, ...]
    payout_vnd: int | None = None
    settled_at: datetime | None = None
