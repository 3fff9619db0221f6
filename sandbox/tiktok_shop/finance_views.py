"""Transactions and their breakdowns as the finance pages show them (Partner Center finance pages, read 2026-11-23).

Names differ between levels: an order's sum is `fee_and_tax_amount`, a SKU's and a statement's `fee_tax_amount`, an estimate's
`est_fee_tax_amount`. The affiliate commission is shown a second time before PIT; adding both would count it twice.
"""

from typing import Any

from sandbox.tiktok_shop import fees
from sandbox.tiktok_shop.moments import epoch
from sandbox.tiktok_shop.money import said, split
from sandbox.tiktok_shop.order_words import order_id, platform_vnd, product_of
from sandbox.tiktok_shop.statement import Transaction
from sandbox.world import Order, OrderLine, World


def transaction(world: World, row: Transaction) -> dict[str, Any]:
    """One of a statement's `transactions`."""
    return {
        "id": row.transaction_id,
        "type": "ORDER",
        "order_id": order_id(row.order),
        "order_create_time": epoch(row.order.placed_at),
        "adjustment_amount": "0",
        **amounts(row.amounts),
        "supplementary_component": _paid(world, row),
    }


def estimate(row: Transaction) -> dict[str, Any]:
    """One of the unsettled. Its before-PIT view has another name here."""
    shown = amounts(row.amounts)
    fee = shown["fee_tax_breakdown"]["fee"]
    fee["affiliate_commission_before_pit_amount"] = fee.pop("affiliate_commission_amount_before_pit")
    sums = ("settlement_amount", "revenue_amount", "shipping_cost_amount", "fee_tax_amount")
    told = {f"est_{name}" if name in sums else name: value for name, value in shown.items()}
    order = row.order
    when = {} if order.delivered_at is None else {"order_delivery_time": epoch(order.delivered_at)}
    return {
        "id": row.transaction_id,
        "type": "ORDER",
        "status": "UNSETTLED",
        "currency": "VND",
        "order_id": order_id(order),
        "order_create_time": epoch(order.placed_at),
        "est_adjustment_amount": "0",
        **told,
        **when,
    }


def sku_rows(world: World, row: Transaction, statement_id: str) -> list[dict[str, Any]]:
    """One row a line of the order; each amount is shared out by value so that the rows add up to the whole."""
    lines = row.order.lines
    weights = [line.quantity * line.unit_price_vnd for line in lines]
    parts = {code: split(amount, weights) for code, amount in row.amounts.items()}
    return [
        _sku(world, line, statement_id) | amounts({code: part[number] for code, part in parts.items()})
        for number, line in enumerate(lines)
    ]


def amounts(signed: dict[str, int]) -> dict[str, Any]:
    """Sums and breakdowns of signed amounts: settlement = revenue + shipping + fees and taxes."""
    fee = _shown(signed, fees.FEE)
    fee["affiliate_commission_amount_before_pit"] = fee["affiliate_commission_amount"]
    shipping = _shown(signed, fees.SHIPPING)
    discount = {"platform_shipping_fee_discount_amount": shipping["shipping_fee_discount_amount"]}
    return {
        "settlement_amount": said(sum(signed.values())),
        "revenue_amount": said(fees.total(signed, fees.REVENUE)),
        "revenue_breakdown": _shown(signed, fees.REVENUE),
        "shipping_cost_amount": said(fees.total(signed, fees.SHIPPING)),
        "shipping_cost_breakdown": shipping | {"supplementary_component": discount},
        "fee_tax_amount": said(fees.total(signed, fees.FEE) + fees.total(signed, fees.TAX)),
        "fee_tax_breakdown": {"fee": fee, "tax": _shown(signed, fees.TAX)},
    }


def _shown(signed: dict[str, int], codes: tuple[str, ...]) -> dict[str, Any]:
    return {code: said(signed.get(code, 0)) for code in codes}


def _sku(world: World, line: OrderLine, statement_id: str) -> dict[str, Any]:
    named = product_of(world, line)
    kept = {name: named[name] for name in ("sku_id", "sku_name", "product_name")}
    return kept | {"quantity": str(line.quantity), "statement_id": statement_id}


def _paid(world: World, row: Transaction) -> dict[str, str]:
    """What buyer and platform paid: in no sum. A row that only repeats a fee repeats none of it."""
    paid, platform = _payment(world, row.order) if "subtotal_before_discount_amount" in row.amounts else (0, 0)
    return {
        "customer_payment_amount": said(paid),
        "customer_refund_amount": said(-paid if fees.REFUND & row.amounts.keys() else 0),
        "platform_discount_amount": said(platform),
    }


def _payment(world: World, order: Order) -> tuple[int, int]:
    platform = platform_vnd(world, order)
    return order.goods_vnd - order.seller_voucher_vnd - platform, platform
