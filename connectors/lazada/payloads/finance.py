"""Transactions and payouts (reference, section 4.4, read 2026-11-24). Their mixed spelling is kept."""

from connectors.endpoint import Answer, Payload
from connectors.lazada.payloads.kinds import Dong, Flag, Id, MaybeId, MaybeText, Moment


class TransactionsQuery(Payload):
    start_time: str  # YYYY-MM-DD
    end_time: str  # less than 180 days later
    trans_type: str = "-1"  # all
    limit: int  # at most 500
    offset: int


class Transaction(Answer):
    """One signed amount. `VAT_in_amount` only explains it: the tax inside a fee, with fractions of a đồng."""

    ignores = frozenset({
        "transaction_type", "transaction_number", "VAT_in_amount", "paid_status", "orderItem_status", "reference",
        "seller_sku", "lazada_sku", "shipping_provider", "shipping_speed", "shipment_type", "details", "comment",
        "payment_ref_id",
    })  # fmt: skip

    transaction_date: str  # "22 Nov 2026"
    fee_type: Id
    fee_name: str
    amount: Dong  # minus is money taken
    WHT_amount: Dong = 0
    WHT_included_in_amount: Flag = False
    statement: MaybeText = None  # "16 Nov 2026 - 22 Nov 2026"
    order_no: MaybeId = None  # None: an amount of the shop as a whole
    orderItem_no: MaybeId = None  # noqa: N815 - Lazada's own spelling


class PayoutsQuery(Payload):
    created_after: str  # YYYY-MM-DD


class Payout(Answer):
    """One statement, cut when its week is over."""

    ignores = frozenset({
        "item_revenue", "other_revenue_total", "shipment_fee", "shipment_fee_credit", "fees_total", "refunds",
        "fees_on_refunds_total", "guarantee_deposit", "subtotal1", "subtotal2",
    })  # fmt: skip

    statement_number: str
    created_at: Moment
    updated_at: Moment
    opening_balance: Dong
    closing_balance: Dong
    payout: Dong
    paid: Flag
