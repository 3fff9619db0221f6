"""What Shopee takes from an order and what is left, by the reference's formula for local shops (Shopee v2 reference, text of
2026-07, read 2026-11-23). Rates are invented.
"""

from sandbox.shopee.accounts import ShopAccount
from sandbox.world import Order

COMMISSION_BP, SERVICE_BP, TRANSACTION_BP = 700, 300, 500
PROCESSING_VND = 3_000


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
    return amounts | _fees(order, goods - voucher) | _taxes(shop, goods - voucher)


def _fees(order: Order, paid_goods: int) -> dict[str, int]:
    return {
        "commission_fee": -_share(order.goods_vnd, round(COMMISSION_BP * order.commission)),
        "service_fee": -_share(order.goods_vnd, SERVICE_BP),
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
