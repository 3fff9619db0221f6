"""Escrow: what an order earns (v2 reference 4.3, 4.4)."""

from typing import Any

from connectors.endpoint import Answer, Payload
from connectors.shopee.payloads.kinds import Dong, Id, Seconds


class EscrowBatch(Payload):
    order_sn_list: list[str]  # at most 50, 20 advised


class EscrowItem(Answer):
    """One line of an income. Its prices are subtotals of the line, not prices of a piece."""

    ignores = frozenset({
        "item_id", "item_name", "item_sku", "model_name", "model_sku", "quantity_purchased", "original_price",
        "selling_price", "seller_discount", "shopee_discount", "discount_from_coin", "discount_from_voucher_shopee",
        "discount_from_voucher_seller", "activity_type", "activity_id", "is_main_item", "ams_commission_fee",
        "is_b2c_shop_item",
    })  # fmt: skip

    line_item_id: Id
    model_id: Id
    discounted_price: Dong


class EscrowDetail(Answer):
    ignores = frozenset({"buyer_user_name", "return_order_sn_list", "buyer_payment_info"})

    order_sn: str
    order_income: dict[
        str, Any
    ]  # some ninety amounts that change by announcement: `mapper.income` names those it knows


class EscrowRow(Answer):
    """A row has its detail, or the reason why not."""

    order_sn: str = ""
    escrow_detail: EscrowDetail | None = None
    fail_error: str = ""
    fail_message: str = ""


class EscrowListQuery(Payload):
    release_time_from: Seconds
    release_time_to: Seconds
    page_size: int
    page_no: int  # from 1


class Released(Answer):
    order_sn: str
    payout_amount: Dong
    escrow_release_time: Seconds


class EscrowListPage(Answer):
    more: bool
    escrow_list: list[Released]
