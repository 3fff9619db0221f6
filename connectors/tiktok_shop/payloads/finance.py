"""Statements, their transactions, and estimates of what is not settled yet (Partner reference 5). Signs are TikTok's own."""

from pydantic import Field

from connectors.endpoint import Answer, Payload, Rows
from connectors.tiktok_shop.payloads.kinds import Amounts, Dong, Paged, Seconds


class StatementQuery(Payload):
    statement_time_ge: Seconds
    statement_time_lt: Seconds
    page_size: int
    page_token: str | None = None
    sort_field: str = "statement_time"  # mandatory, and no other is allowed
    sort_order: str = "ASC"


class Statement(Answer):
    ignores = frozenset({"currency", "revenue_amount", "fee_amount", "adjustment_amount", "net_sales_amount",
                         "shipping_cost_amount", "payment_id"})  # fmt: skip

    id: str
    statement_time: Seconds
    settlement_amount: Dong
    payment_status: str  # PAID, FAILED, PROCESSING, SETTLED
    payment_time: Seconds | None = None


class StatementPage(Paged):
    ignores = frozenset({"total_count"})

    statements: Rows[Statement]


class TransactionQuery(Payload):
    page_size: int
    page_token: str | None = None
    sort_field: str = "order_create_time"
    sort_order: str = "ASC"


class FeesAndTaxes(Answer):
    fee: Amounts = Field(default_factory=dict)
    tax: Amounts = Field(default_factory=dict)


class Breakdown(Answer):
    """What the three parts of a settlement are made of."""

    ignores = frozenset({"supplementary_component"})  # who paid what of it: counted already

    revenue_breakdown: Amounts = Field(default_factory=dict)
    shipping_cost_breakdown: Amounts = Field(default_factory=dict)
    fee_tax_breakdown: FeesAndTaxes = FeesAndTaxes()


class Amounted(Breakdown):
    revenue_amount: Dong | None = None
    shipping_cost_amount: Dong | None = None
    fee_tax_amount: Dong | None = None
    settlement_amount: Dong | None = None


class Transaction(Amounted):
    ignores = Amounted.ignores | {
        "order_create_time", "adjustment_id", "reserve_id", "reserve_amount", "reserve_status", "estimated_release_time",
        "associated_order_id",
    }  # fmt: skip

    id: str
    type: str  # ORDER, RESERVE, or the name of an adjustment
    order_id: str | None = None
    adjustment_order_id: str | None = None
    adjustment_amount: Dong | None = None


class TransactionPage(Paged):
    ignores = frozenset({
        "id", "create_time", "status", "currency", "total_reserve_amount", "total_settlement_amount",
        "total_settlement_breakdown", "total_count",
    })  # fmt: skip

    payable_amount: Dong | None = None
    transactions: Rows[Transaction]


class SkuTransaction(Amounted):
    ignores = Amounted.ignores | {"sku_name", "product_name", "quantity"}

    sku_id: str
    statement_id: str


class OrderSettlement(Answer):
    """One order's whole story, SKU by SKU, over all its statements."""

    ignores = frozenset({
        "order_create_time", "currency", "revenue_amount", "fee_and_tax_amount", "shipping_cost_amount", "total_count",
    })  # fmt: skip

    order_id: str
    settlement_amount: Dong | None = None
    sku_transactions: Rows[SkuTransaction]


class UnsettledQuery(Payload):
    search_time_ge: Seconds
    page_size: int
    page_token: str | None = None
    sort_field: str = "order_create_time"
    sort_order: str = "ASC"


class Unsettled(Breakdown):
    ignores = Breakdown.ignores | {
        "id", "status", "currency", "estimated_settlement", "unsettled_reason", "order_create_time",
        "order_delivery_time", "adjustment_id",
    }  # fmt: skip

    type: str
    order_id: str | None = None
    adjustment_order_id: str | None = None
    revenue_amount: Dong | None = Field(default=None, alias="est_revenue_amount")
    shipping_cost_amount: Dong | None = Field(default=None, alias="est_shipping_cost_amount")
    fee_tax_amount: Dong | None = Field(default=None, alias="est_fee_tax_amount")
    settlement_amount: Dong | None = Field(default=None, alias="est_settlement_amount")
    adjustment_amount: Dong | None = Field(default=None, alias="est_adjustment_amount")


class UnsettledPage(Paged):
    ignores = frozenset({
        "total_count", "sum_est_settlement_amount", "sum_est_revenue_amount", "sum_est_adjustment_amount",
        "sum_est_fee_amount",
    })  # fmt: skip

    transactions: Rows[Unsettled]
