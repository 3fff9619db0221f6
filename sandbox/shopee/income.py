"""`order_income` of one order: the formula's terms, the ladder of prices, and its lines (Shopee v2 reference, read 2026-11-23)."""

from typing import Any

from sandbox.shopee.call import Call
from sandbox.shopee.fees import signed_amounts
from sandbox.shopee.order_words import line_words
from sandbox.world import Order, OrderLine

ADDED = frozenset(
    {"original_cost_of_goods_sold", "seller_return_refund", "buyer_paid_shipping_fee", "shopee_shipping_rebate"}
)
EXPECTED = (
    "seller_return_refund",
    "commission_fee",
    "service_fee",
    "seller_transaction_fee",
    "seller_order_processing_fee",
    "withholding_vat_tax",
    "withholding_pit_tax",
)
ZERO_FIELDS = (
    "shopee_discount",
    "original_shopee_discount",
    "voucher_from_shopee",
    "coins",
    "seller_coin_cash_back",
    "shipping_fee_discount_from_3pl",
    "reverse_shipping_fee",
    "final_return_to_seller_shipping_fee",
    "order_ams_commission_fee",
    "campaign_fee",
    "shipping_seller_protection_fee_amount",
    "withholding_cit_tax",
    "withholding_tax",
    "escrow_tax",
    "vat_on_imported_goods",
    "drc_adjustable_refund",
    "total_adjustment_amount",
)


def order_income(call: Call, order: Order) -> dict[str, Any]:
    amounts = call.backstage.errors.said(order, signed_amounts(call.shop, order))
    terms = {name: value if name in ADDED else -value for name, value in amounts.items()}
    return dict.fromkeys(ZERO_FIELDS, 0) | _ladder(order) | _shown(terms) | _texts(call, order) | _sums(amounts, terms)


def _shown(terms: dict[str, int]) -> dict[str, int]:
    """The formula's terms as the page shows them: costs positive, and present when zero."""
    return dict.fromkeys(EXPECTED, 0) | terms


def _sums(amounts: dict[str, int], terms: dict[str, int]) -> dict[str, int]:
    payout_vnd = sum(amounts.values())
    return {
        "escrow_amount": payout_vnd,
        "escrow_amount_after_adjustment": payout_vnd,
        "credit_card_transaction_fee": terms.get("seller_transaction_fee", 0),
        "final_shipping_fee": terms["shopee_shipping_rebate"] - terms["actual_shipping_fee"],
    }


def _ladder(order: Order) -> dict[str, int]:
    listed = sum(line.quantity * line.list_price_vnd for line in order.lines)
    goods, voucher = order.goods_vnd, order.seller_voucher_vnd
    return {
        "buyer_total_amount": goods - voucher + order.buyer_shipping_vnd,
        "original_price": listed,
        "order_original_price": listed,
        "order_selling_price": listed,
        "order_discounted_price": goods,
        "cost_of_goods_sold": goods - voucher,
        "seller_discount": listed - goods,
        "order_seller_discount": listed - goods,
        "estimated_shipping_fee": order.carrier_shipping_vnd,
    }


def _texts(call: Call, order: Order) -> dict[str, Any]:
    return {
        "seller_voucher_code": ["OCOPTN"] if order.seller_voucher_vnd else [],
        "tax_registration_code": call.shop.tax_code,
        "buyer_payment_method": "Cash on Delivery" if order.cod else "ShopeePay",
        "instalment_plan": "N/A",
        "order_adjustment": [],
        "items": _items(call, order),
    }


def _items(call: Call, order: Order) -> list[dict[str, Any]]:
    """Prices are line subtotals here. The seller's voucher is shared out by value, the last line taking what is left."""
    rows, left, goods = [], order.seller_voucher_vnd, order.goods_vnd
    for line in order.lines:
        value = line.quantity * line.unit_price_vnd
        is_last = line is order.lines[-1]
        voucher = left if is_last else order.seller_voucher_vnd * value // goods
        left -= voucher
        rows.append(_item(call, line, voucher))
    return rows


def _item(call: Call, line: OrderLine, voucher_vnd: int) -> dict[str, Any]:
    listed, paid = line.quantity * line.list_price_vnd, line.quantity * line.unit_price_vnd
    return line_words(call.world, line) | {
        "line_item_id": line.line_id,
        "quantity_purchased": line.quantity,
        "original_price": listed,
        "selling_price": listed,
        "discounted_price": paid,
        "seller_discount": listed - paid,
        "shopee_discount": 0,
        "discount_from_coin": 0,
        "discount_from_voucher_shopee": 0,
        "discount_from_voucher_seller": voucher_vnd,
        "activity_type": "",
        "activity_id": 0,
        "is_main_item": False,
        "ams_commission_fee": 0,
    }


def buyer_payment(order: Order) -> dict[str, Any]:
    return {
        "buyer_payment_method": "Cash on Delivery" if order.cod else "ShopeePay",
        "buyer_total_amount": order.goods_vnd - order.seller_voucher_vnd + order.buyer_shipping_vnd,
        "merchant_subtotal": order.goods_vnd,
        "seller_voucher": order.seller_voucher_vnd,
        "shipping_fee": order.buyer_shipping_vnd,
        "is_paid_by_credit_card": False,
    }
