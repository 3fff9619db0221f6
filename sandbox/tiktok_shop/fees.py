"""What one order brings its seller, as statements name it, each with the sign it carries there; the sum is the payout (read 2026-11-23).

Charges are negative, as on real payloads. The rates are this sandbox's; TikTok Shop's change every few months. Taxes are withheld from
households only. A returned order's revenue is taken back whole and no fee is kept, so it adds up to nothing.
"""

from sandbox.tiktok_shop.accounts import ShopAccount
from sandbox.tiktok_shop.money import share
from sandbox.world import Order, World

COMMISSION_BP, TRANSACTION_BP, FREE_SHIPPING_BP, AFFILIATE_BP = 800, 500, 300, 600
INFRASTRUCTURE_VND = 3_000
AFFILIATE_SHARE = 0.25

REVENUE = (
    "subtotal_before_discount_amount",
    "seller_discount_amount",
    "refund_subtotal_before_discount_amount",
    "seller_discount_refund_amount",
)
SHIPPING = (
    "actual_shipping_fee_amount",
    "shipping_fee_discount_amount",
    "customer_paid_shipping_fee_amount",
    "return_shipping_fee_amount",
)
FEE = (
    "platform_commission_amount",
    "transaction_fee_amount",
    "vn_fix_infrastructure_fee",
    "sfp_service_fee_amount",
    "affiliate_commission_amount",
    "voucher_xtra_service_fee_amount",
)
TAX = ("local_vat_amount", "pit_amount", "vat_amount")
REFUND = frozenset({"refund_subtotal_before_discount_amount", "seller_discount_refund_amount"})


def signed_amounts(world: World, shop: ShopAccount, order: Order) -> dict[str, int]:
    """Every amount that is not zero by nature. A cancelled order has none."""
    if order.cancelled_at is not None:
        return {}
    listed = sum(line.quantity * line.list_price_vnd for line in order.lines)
    discount = listed - order.goods_vnd + order.seller_voucher_vnd
    amounts = {
        "subtotal_before_discount_amount": listed,
        "seller_discount_amount": -discount,
        "actual_shipping_fee_amount": -order.carrier_shipping_vnd,
        "shipping_fee_discount_amount": order.carrier_shipping_vnd - order.buyer_shipping_vnd,
        "customer_paid_shipping_fee_amount": order.buyer_shipping_vnd,
    }
    if order.returned_at is not None:
        back = {"refund_subtotal_before_discount_amount": -listed, "seller_discount_refund_amount": discount}
        return amounts | back
    return amounts | _fees(world, order, listed - discount) | _taxes(shop, listed - discount)


def total(amounts: dict[str, int], codes: tuple[str, ...]) -> int:
    return sum(amounts.get(code, 0) for code in codes)


def _fees(world: World, order: Order, revenue: int) -> dict[str, int]:
    """One order in four was brought by a creator who gets a commission."""
    has_creator = world.rng("tiktok_shop affiliate", order.order_id).random() < AFFILIATE_SHARE
    return {
        "platform_commission_amount": -share(revenue, round(COMMISSION_BP * order.commission)),
        "transaction_fee_amount": -share(revenue, TRANSACTION_BP),
        "vn_fix_infrastructure_fee": -INFRASTRUCTURE_VND,
        "sfp_service_fee_amount": -share(revenue, FREE_SHIPPING_BP),
        "affiliate_commission_amount": -share(revenue, AFFILIATE_BP) if has_creator else 0,
    }


def _taxes(shop: ShopAccount, revenue: int) -> dict[str, int]:
    return {"local_vat_amount": -share(revenue, shop.vat_bp), "pit_amount": -share(revenue, shop.pit_bp)}
