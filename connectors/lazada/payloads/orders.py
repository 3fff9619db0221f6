"""Orders and their units (reference, sections 4.1 and 4.2, read 2026-11-24). No field about the buyer's person is read."""

from connectors.endpoint import Answer, Payload
from connectors.lazada.payloads.kinds import Count, Dong, Id, MaybeId, MaybeMoment, MaybeText, Moment


class OrdersQuery(Payload):
    """`update_after`, without a "d": theirs."""

    update_after: str
    update_before: str
    sort_by: str = "updated_at"
    sort_direction: str = "ASC"
    limit: int  # at most 100
    offset: int  # offset + limit stays under 5000


class Address(Answer):
    ignores = frozenset({
        "country", "address1", "address2", "address4", "address5", "addressDistrict", "addressDsitrict", "city",
        "post_code", "phone", "phone2", "first_name", "last_name",
    })  # fmt: skip

    address3: MaybeText = None  # the province


class OrderRow(Answer):
    ignores = frozenset({
        "order_number", "items_count", "price", "payment_method", "shipping_fee", "shipping_fee_original",
        "shipping_fee_discount_seller", "shipping_fee_discount_platform", "voucher", "voucher_seller",
        "voucher_platform", "voucher_code", "warehouse_code", "customer_first_name", "customer_last_name", "tax_code",
        "branch_number", "gift_option", "gift_message", "delivery_info", "remarks", "buyer_note",
        "promised_shipping_times", "extra_attributes", "address_billing", "need_cancel_confirm", "is_cancel_pending",
        "national_registration_number", "statuses",
    })  # fmt: skip

    order_id: Id
    created_at: Moment
    updated_at: Moment
    address_shipping: Address | None = None


class OrdersPage(Answer):
    ignores = frozenset({"count"})  # rows of this page

    countTotal: Count  # noqa: N815 - Lazada's own spelling; all that match
    orders: list[OrderRow]


class OrderQuery(Payload):
    order_id: str


class ItemsQuery(Payload):
    order_ids: str  # "[1,2]", at most 50


class OrderItem(Answer):
    """One physical piece: two alike are two rows."""

    ignores = frozenset({
        "order_number", "variation", "currency", "paid_price", "tax_amount", "shipping_amount",
        "shipping_service_cost", "voucher_amount", "voucher_platform", "voucher_seller_lpi", "voucher_platform_lpi",
        "voucher_code", "voucher_code_seller", "voucher_code_platform", "wallet_credits", "reason", "reason_detail",
        "cancel_return_initiator", "return_status", "reverse_order_id", "order_type", "order_flag", "is_fbl",
        "is_digital", "is_reroute", "delivery_option_sof", "warehouse_code", "shipping_type", "shipment_provider",
        "shipping_provider_type", "tracking_code", "tracking_code_pre", "package_id", "product_main_image",
        "product_detail_url", "shop_id", "buyer_id", "created_at", "updated_at", "invoice_number",
        "digital_delivery_info", "promised_shipping_time", "extra_attributes", "purchase_order_id",
        "purchase_order_number", "sla_time_stamp", "stage_pay_status", "shipping_fee_original",
        "shipping_fee_discount_seller", "shipping_fee_discount_platform", "pick_up_store_info", "fulfillment_sla",
        "priority_fulfillment_tag", "gift_wrapping", "show_gift_wrapping_tag", "personalization",
        "show_personalization_tag", "supply_price", "supply_price_currency", "mp3_order", "semi_managed", "biz_group",
        "schedule_delivery_start_timeslot", "schedule_delivery_end_timeslot", "need_cancel_confirm",
        "is_cancel_pending", "cancel_trigger_time", "can_escalate_pickup",
    })  # fmt: skip

    order_item_id: Id
    order_id: Id
    sku: str  # ours
    sku_id: MaybeId = None
    product_id: MaybeId = None
    shop_sku: str  # "{item}_{site}-{sku}"
    name: str
    item_price: Dong
    voucher_seller: Dong = 0
    status: str
    payment_time: MaybeMoment = None


class OrderItems(Answer):
    ignores = frozenset({"order_number"})

    order_id: Id
    order_items: list[OrderItem]
