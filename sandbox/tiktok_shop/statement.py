"""A day's statement of one shop and its transactions. Money is signed đồng: plus is towards the seller."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.tiktok_shop import fees
from sandbox.world import Order

PAID_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Transaction:
    transaction_id: str
    order: Order
    amounts: dict[str, int]

    @property
    def revenue_vnd(self) -> int:
        return fees.total(self.amounts, fees.REVENUE)

    @property
    def shipping_vnd(self) -> int:
        return fees.total(self.amounts, fees.SHIPPING)

    @property
    def fee_tax_vnd(self) -> int:
        return fees.total(self.amounts, fees.FEE) + fees.total(self.amounts, fees.TAX)

    @property
    def settlement_vnd(self) -> int:
        return sum(self.amounts.values())


@dataclass
class Statement:
    """`left_out`: a transaction its head does not count, though its list shows it. That is an error, seeded on demand."""

    shop_id: str
    at: datetime
    transactions: list[Transaction]
    left_out: Transaction | None = None
    statement_id: str = ""

    @property
    def counted(self) -> list[Transaction]:
        return [row for row in self.transactions if row is not self.left_out]

    @property
    def paid_at(self) -> datetime:
        return self.at + PAID_AFTER

    @property
    def payment_id(self) -> str:
        return f"75{self.statement_id[2:]}"

    @property
    def revenue_vnd(self) -> int:
        return sum(row.revenue_vnd for row in self.counted)

    @property
    def shipping_vnd(self) -> int:
        return sum(row.shipping_vnd for row in self.counted)

    @property
    def fee_tax_vnd(self) -> int:
        return sum(row.fee_tax_vnd for row in self.counted)

    @property
    def settlement_vnd(self) -> int:
        return sum(row.settlement_vnd for row in self.counted)
