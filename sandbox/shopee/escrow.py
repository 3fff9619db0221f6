"""What an order brings its seller, and when it is released (Shopee v2 reference, payment pages, read 2026-11-23).

The income of an order obeys the reference's formula to the đồng. Rates are invented. An order is settled only when
`get_escrow_list` names it; before that `get_escrow_detail` gives an estimate by the same formula.
"""

from typing import Any

from sandbox.shopee.accounts import ShopAccount
from sandbox.shopee.call import MARKET, Answer, Call, Route, epoch
from sandbox.shopee.order_words import buyer_username, find_order, line_words, order_sn, return_sn
from sandbox.shopee.refusal import Refusal, bad_param
from sandbox.world import Order, OrderLine

COMMISSION_BP, SERVICE_BP, TRANSACTION_BP = 700, 300, 500
PROCESSING_VND = 3_000
MOST_ORDERS = 50
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


def signed_amounts(shop: ShopAccount, order: Order) -> dict[str, int]:
    """The formula's terms that are not zero by nature, each with the sign it carries there; their sum is the payout (đồng)."""
    if order.cancelled_at is not None:
        return {}
    goods, voucher = order.goods_vnd, order.seller_voucher_vnd
    rebate = max(0, order.carrier_shipping_vnd - order.buyer_shipping_vnd)
    amounts = {
        "original_cost_of_goods_sold": goods,
        "voucher_from_seller": -voucher,
        "buyer_paid_shipping_fee": order.buyer_shipping_vnd,
        "actual_shipping_fee": -order.carrier_shipping_vnd,
        "shopee_shipping_rebate": rebate,
    }
    if order.returned_at is not None:
        return amounts | {"seller_return_refund": voucher - goods}
    return amounts | _fees(goods, goods - voucher) | _taxes(shop, goods - voucher)


def get_escrow_detail(call: Call) -> Answer:
    sn = call.request.one("order_sn")
    if not sn:
        raise bad_param("order_sn is required")
    return Answer(_detail(call, sn))


def get_escrow_detail_batch(call: Call) -> Answer:
    """Each row fails alone. The list comes in the query of a GET or in the body of a POST."""
    numbers = call.texts("order_sn_list") if call.request.method == "GET" else call.body.get("order_sn_list")
    if not isinstance(numbers, list) or not numbers or not all(isinstance(sn, str) for sn in numbers):
        raise bad_param("order_sn_list is required")
    if len(numbers) > MOST_ORDERS:
        raise Refusal("exceed_max_limit", f"order_sn_list exceeds {MOST_ORDERS}.")
    return Answer([_batch_row(call, sn) for sn in numbers])


def get_escrow_list(call: Call) -> Answer:
    since, until = call.moment("release_time_from"), call.moment("release_time_to")
    size, page = call.integer("page_size", 1, 100, 40), call.integer("page_no", 1, 10**6, 1)
    if since > until:
        raise bad_param("release_time_from is after release_time_to")
    released = sorted(
        (epoch(order.settled_at), order.order_id, order)
        for order in call.world.orders(MARKET, call.shop.world_name)
        if order.settled_at is not None and epoch(since) <= epoch(order.settled_at) <= epoch(until)
    )
    rows = [_released(call, order) for _, _, order in released[(page - 1) * size : page * size]]
    return Answer({"more": len(released) > page * size, "escrow_list": rows})


def _fees(goods: int, paid_goods: int) -> dict[str, int]:
    return {
        "commission_fee": -_share(goods, COMMISSION_BP),
        "service_fee": -_share(goods, SERVICE_BP),
        "seller_transaction_fee": -_share(paid_goods, TRANSACTION_BP),
        "seller_order_processing_fee": -PROCESSING_VND,
    }


def _taxes(shop: ShopAccount, paid_goods: int) -> dict[str, int]:
    return {
        "withholding_vat_tax": -_share(paid_goods, shop.vat_bp),
        "withholding_pit_tax": -_share(paid_goods, shop.pit_bp),
    }


def _share(amount_vnd: int, basis_points: int) -> int:
    """Rounded half up to whole đồng."""
    return (amount_vnd * basis_points + 5_000) // 10_000


def _detail(call: Call, sn: str) -> dict[str, Any]:
    order = find_order(call.world, call.shop.world_name, sn)
    if order is None:
        raise Refusal("order_not_found", "The order is not found.")
    if order.cancelled_at is not None:
        raise Refusal("income_not_found", "The order has no income.")
    return {
        "order_sn": sn,
        "buyer_user_name": buyer_username(call.world, order),
        "return_order_sn_list": [return_sn(order)] if order.returned_at else [],
        "order_income": _income(call, order),
        "buyer_payment_info": _buyer_payment(order),
    }


def _batch_row(call: Call, sn: str) -> dict[str, Any]:
    try:
        return {"escrow_detail": _detail(call, sn)}
    except Refusal as refusal:
        return {"escrow_detail": {"order_sn": sn}, "fail_error": refusal.code, "fail_message": refusal.message}


def _income(call: Call, order: Order) -> dict[str, Any]:
    amounts = signed_amounts(call.shop, order)
    terms = {name: value if name in ADDED else -value for name, value in amounts.items()}
    return dict.fromkeys(ZERO_FIELDS, 0) | _ladder(order) | _shown(terms) | _texts(call, order) | _sums(amounts, terms)


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


def _buyer_payment(order: Order) -> dict[str, Any]:
    return {
        "buyer_payment_method": "Cash on Delivery" if order.cod else "ShopeePay",
        "buyer_total_amount": order.goods_vnd - order.seller_voucher_vnd + order.buyer_shipping_vnd,
        "merchant_subtotal": order.goods_vnd,
        "seller_voucher": order.seller_voucher_vnd,
        "shipping_fee": order.buyer_shipping_vnd,
        "is_paid_by_credit_card": False,
    }


def _released(call: Call, order: Order) -> dict[str, Any]:
    if order.settled_at is None:
        raise AssertionError("only settled orders are listed")
    payout_vnd = sum(signed_amounts(call.shop, order).values())
    return {"order_sn": order_sn(order), "payout_amount": payout_vnd, "escrow_release_time": epoch(order.settled_at)}


ROUTES = {
    "/api/v2/payment/get_escrow_detail": Route("GET", get_escrow_detail, envelope=("message",)),
    "/api/v2/payment/get_escrow_detail_batch": Route("GET|POST", get_escrow_detail_batch, envelope=("message",)),
    "/api/v2/payment/get_escrow_list": Route("GET", get_escrow_list, envelope=("message",)),
}
