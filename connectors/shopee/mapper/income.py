"""The amounts of an order's escrow, with their signs (v2 reference 4.3, text of 2026-07, read 2026-11-23)."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from connectors.errors import UnexpectedAnswerError
from connectors.facts.order import Income, MoneyLine, MoneyStage
from connectors.facts.statement import Statement, StatementLine
from connectors.shopee.mapper.orders import line_id
from connectors.shopee.mapper.times import day_of, to_utc
from connectors.shopee.payloads.income import EscrowDetail, EscrowItem, Released
from connectors.shopee.payloads.kinds import whole_dong

log = logging.getLogger(__name__)

# escrow_amount is the sum of these.
PLUS = """
    original_cost_of_goods_sold seller_return_refund shopee_discount buyer_paid_shipping_fee shopee_shipping_rebate
    shipping_fee_discount_from_3pl rsf_seller_protection_fee_claim_amount fsf_seller_protection_fee_claim_amount
    buyer_paid_packaging_fee
"""
MINUS = """
    original_shopee_discount voucher_from_seller seller_coin_cash_back actual_shipping_fee reverse_shipping_fee
    final_return_to_seller_shipping_fee seller_transaction_fee service_fee commission_fee campaign_fee
    shipping_seller_protection_fee_amount delivery_seller_protection_fee_premium_amount order_ams_commission_fee
    escrow_tax withholding_tax withholding_vat_tax withholding_pit_tax withholding_cit_tax seller_order_processing_fee
    trade_in_bonus_by_seller fbs_fee ads_escrow_top_up_fee_or_technical_support_fee vat_on_imported_goods
    final_escrow_product_gst sales_tax_on_lvg reverse_shipping_fee_sst shipping_fee_sst overseas_return_service_fee
    th_import_duty
"""
SIGNS = dict.fromkeys(PLUS.split(), 1) | dict.fromkeys(MINUS.split(), -1)
ADJUSTMENT = "total_adjustment_amount"  # after escrow_amount, already signed

# Numbers that explain the others: totals, prices the buyer saw, amounts counted elsewhere under another name.
EXPLAINING = """
    escrow_amount escrow_amount_after_adjustment total_adjustment_amount buyer_total_amount original_price
    order_original_price order_selling_price order_discounted_price order_seller_discount cost_of_goods_sold
    seller_discount voucher_from_shopee voucher_from_external_party coins credit_card_transaction_fee
    buyer_transaction_fee estimated_shipping_fee final_shipping_fee drc_adjustable_refund
    prorated_coins_value_offset_return_items prorated_shopee_voucher_offset_return_items
    prorated_seller_voucher_offset_return_items prorated_payment_channel_promo_bank_offset_return_items
    prorated_payment_channel_promo_shopee_offset_return_items
"""
ASIDE = frozenset(EXPLAINING.split())


def to_income(detail: EscrowDetail, settled_at: datetime | None) -> Income:
    """Estimates until the money is released (`processing`), facts after it (`settled`)."""
    stage = MoneyStage.PROCESSING if settled_at is None else MoneyStage.SETTLED
    statement = "" if settled_at is None else day_of(settled_at)
    amounts = _amounts(detail.order_income)
    lines = {code: sign * amounts[code] for code, sign in SIGNS.items() if amounts.get(code)}
    if "escrow_amount" not in amounts:
        raise UnexpectedAnswerError("income without escrow_amount", marketplace="shopee")
    lines |= _unknown(amounts, amounts["escrow_amount"] - sum(lines.values()))
    if adjustment := amounts.get(ADJUSTMENT, 0):
        lines[ADJUSTMENT] = adjustment
    return Income(
        order_external_id=detail.order_sn,
        lines=tuple(
            MoneyLine(code=code, amount_vnd=amount, stage=stage, statement=statement) for code, amount in lines.items()
        ),
        payout_vnd=amounts["escrow_amount"] + adjustment,
        settled_at=settled_at,
    )


def to_statement(day: datetime, rows: Collection[Released]) -> Statement:
    """What was released on one Vietnamese day, order by order; `day` is its midnight."""
    lines = [
        StatementLine(order_external_id=row.order_sn, code="payout_amount", amount_vnd=row.payout_amount)
        for row in rows
    ]
    total_vnd = sum(line.amount_vnd for line in lines)
    return Statement(
        external_id=day_of(day),
        total_vnd=total_vnd,
        payout_vnd=total_vnd,
        period_start=day,
        period_end=day + timedelta(days=1),
        paid_at=max(to_utc(row.escrow_release_time) for row in rows),
        raw_state="released",
        lines=tuple(lines),
    )


def to_subtotals(detail: EscrowDetail) -> dict[str, int]:
    """What the buyer pays for each line, by our name of the line."""
    rows = [EscrowItem.model_validate(row) for row in detail.order_income["items"]]
    return {line_id(row): row.discounted_price for row in rows}


def _amounts(income: dict[str, Any]) -> dict[str, int]:
    """The numbers of an income in whole đồng; lists, texts and flags are not amounts."""
    numbers = {code: value for code, value in income.items() if type(value) in (int, float)}
    try:
        return {code: whole_dong(value) for code, value in numbers.items()}
    except ValueError as err:
        raise UnexpectedAnswerError(str(err), marketplace="shopee") from None


def _unknown(amounts: dict[str, int], missing_vnd: int) -> dict[str, int]:
    """Amounts no table names: warned of, and kept with the sign that closes the sum, if one does."""
    kept = {}
    for code in sorted(amounts.keys() - SIGNS.keys() - ASIDE):
        if amounts[code] == 0:
            continue
        log.warning("income has an amount we do not know", extra={"marketplace": "shopee", "code": code})
        if missing_vnd in (amounts[code], -amounts[code]):
            kept[code], missing_vnd = missing_vnd, 0
    return kept
