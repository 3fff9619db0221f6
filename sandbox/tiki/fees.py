"""What Tiki keeps of an order's items, and what is left for the seller (tiki.md section 7.4, read 2026-11-24).

The rates are invented; the rules are the document's: `row_total = subtotal - discount_amount`, fee amounts are negative, only
`final_amount` of each fee counts, `seller_income = row_total + fees`. A canceled or returned order earns nothing and costs nothing.
"""

from dataclasses import dataclass

from sandbox.world import Order, OrderLine

BASE_PERCENT = 8
PICKUP_VND = 3_000  # once an order, on its first item
PICKUP_REBATE_VND = 1_000  # from this much on, Tiki bears a part
PICKUP_REBATE_FROM_VND = 300_000


@dataclass(frozen=True)
class Fee:
    """Amounts are signed đồng, negative for what the seller pays. `base` is a percentage or an amount, as the key has it."""

    key: str
    name: str
    base: int
    total_vnd: int
    discount_vnd: int = 0

    @property
    def final_vnd(self) -> int:
        return self.total_vnd + self.discount_vnd


@dataclass(frozen=True)
class Row:
    """One item's money. `discount_vnd` is its share of the seller's own voucher."""

    line: OrderLine
    discount_vnd: int
    fees: tuple[Fee, ...]

    @property
    def subtotal_vnd(self) -> int:
        return self.line.quantity * self.line.unit_price_vnd

    @property
    def total_vnd(self) -> int:
        return self.subtotal_vnd - self.discount_vnd

    @property
    def fee_vnd(self) -> int:
        return sum(fee.final_vnd for fee in self.fees)


def rows(order: Order) -> list[Row]:
    """Every item with its share of the voucher and its fees; the shares add up to the voucher exactly."""
    found: list[Row] = []
    seen_vnd = given_vnd = 0
    for line in order.lines:
        seen_vnd += line.quantity * line.unit_price_vnd
        share_vnd = order.seller_voucher_vnd * seen_vnd // order.goods_vnd - given_vnd
        given_vnd += share_vnd
        fees = _fees(order, line, share_vnd, is_first=not found) if order.counts else ()
        found.append(Row(line, share_vnd, fees))
    return found


def income_vnd(order: Order, row: Row) -> int:
    return row.total_vnd + row.fee_vnd if order.counts else 0


def amounts(order: Order) -> dict[str, int]:
    """The order's signed amounts by name; their sum is its payout."""
    if not order.counts:
        return {}
    found = {"row_total": 0, "base_fee": 0, "pickup_fee": 0}
    for row in rows(order):
        found["row_total"] += row.total_vnd
        for fee in row.fees:
            found[fee.key] += fee.final_vnd
    return found


def _fees(order: Order, line: OrderLine, discount_vnd: int, *, is_first: bool) -> tuple[Fee, ...]:
    row_total_vnd = line.quantity * line.unit_price_vnd - discount_vnd
    percent = round(BASE_PERCENT * order.commission)
    base = Fee("base_fee", "Phí cố định", percent, -(row_total_vnd * percent // 100))
    if not is_first:
        return (base,)
    rebate_vnd = PICKUP_REBATE_VND if order.goods_vnd >= PICKUP_REBATE_FROM_VND else 0
    return (base, Fee("pickup_fee", "Phí lấy hàng", PICKUP_VND, -PICKUP_VND, rebate_vnd))
