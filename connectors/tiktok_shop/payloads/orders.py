"""Orders and returns (Partner reference 4, 4.1). Fields about the buyer's person are not kept."""

from connectors.endpoint import Answer, Payload, Rows
from connectors.tiktok_shop.payloads.kinds import Dong, Paged, Seconds


class OrderSearch(Payload):
    update_time_ge: Seconds
    update_time_lt: Seconds  # exclusive


class OrderIds(Payload):
    ids: list[str]  # at most 50


class District(Answer):
    ignores = frozenset({"address_level_name", "iso_code"})

    address_level: str
    address_name: str


class Address(Answer):
    """Of the address only the names of places are read."""

    ignores = frozenset({
        "full_address", "phone_number", "name", "first_name", "last_name", "first_name_local_script",
        "last_name_local_script", "address_detail", "address_line1", "address_line2", "address_line3", "address_line4",
        "delivery_preferences", "postal_code", "region_code", "post_town",
    })  # fmt: skip

    district_info: Rows[District]


class LineItem(Answer):
    """One unit: two pieces of a SKU are two of these, and there is no quantity."""

    ignores = frozenset({
        "combined_listing_skus", "sku_image", "sku_name", "pfand_fee", "seller_discount", "sku_type", "cancel_reason",
        "rts_time", "package_status", "currency", "shipping_provider_name", "cancel_user", "shipping_provider_id",
        "is_gift", "item_tax", "tracking_number", "package_id", "retail_delivery_fee", "buyer_service_fee",
        "small_order_fee", "handling_duration_days", "is_dangerous_good", "needs_prescription", "gift_retail_price",
        "is_unboxing_item", "unboxing_sku_code", "unboxing_case_list", "room_id", "sub_item_info",
        "distance_shipping_fee", "distance_fee", "shipping_vat_amount", "shipping_vat_rate", "is_pod_customized",
        "pod_info_id", "product_listing_type",
    })  # fmt: skip

    id: str
    product_id: str
    sku_id: str
    seller_sku: str = ""
    product_name: str
    display_status: str
    original_price: Dong
    sale_price: Dong  # what the buyer pays for the piece, after both discounts
    platform_discount: Dong  # paid to the seller by TikTok


class Order(Answer):
    ignores = frozenset({
        "buyer_message", "cancellation_initiator", "shipping_provider_id", "shipping_provider", "packages", "payment",
        "fulfillment_type", "delivery_type", "rts_sla_time", "tts_sla_time", "cancel_reason", "payment_method_name",
        "rts_time", "tracking_number", "split_or_combine_tag", "has_updated_recipient_address", "cancel_order_sla_time",
        "warehouse_id", "request_cancel_time", "shipping_type", "user_id", "seller_note", "delivery_sla_time", "is_cod",
        "delivery_option_id", "cancel_time", "need_upload_invoice", "delivery_option_name", "cpf", "buyer_email",
        "delivery_due_time", "is_sample_order", "shipping_due_time", "collection_due_time",
        "delivery_option_required_delivery_time", "is_on_hold_order", "is_replacement_order",
        "is_subscription_order", "is_refundable_sample", "authentication_required", "collection_time",
        "replaced_order_id", "is_buyer_request_cancel", "pick_up_cut_off_time", "fast_dispatch_sla_time",
        "commerce_platform", "order_type", "release_date", "handling_duration", "auto_combine_group_id", "cpf_name",
        "is_exchange_order", "exchange_source_order_id", "consultation_id", "fast_delivery_program",
        "fulfillment_priority_level", "recommended_shipping_time", "buyer_nickname", "buyer_avatar", "order_rights",
        "instore_pickup_sla_time", "fast_rts_sla_time", "fast_collection_sla_time",
    })  # fmt: skip

    id: str
    status: str
    create_time: Seconds
    update_time: Seconds
    paid_time: Seconds | None = None
    delivery_time: Seconds | None = None
    recipient_address: Address | None = None
    line_items: list[LineItem]


class OrderPage(Paged):
    ignores = frozenset({"total_count"})

    orders: Rows[Order]


class Orders(Answer):
    orders: Rows[Order]


class ReturnSearch(Payload):
    order_ids: list[str] | None = None
    update_time_ge: Seconds | None = None
    update_time_lt: Seconds | None = None


class ReturnedUnit(Answer):
    ignores = frozenset({
        "return_line_item_id", "sku_id", "sku_name", "product_name", "seller_sku", "product_image", "refund_amount",
        "return_sub_line_items",
    })  # fmt: skip

    order_line_item_id: str


class Return(Answer):
    ignores = frozenset({
        "arbitration_status", "role", "return_reason", "return_reason_text", "shipment_type", "handover_method",
        "return_tracking_number", "return_provider_name", "return_provider_id", "pre_return_id", "next_return_id",
        "can_buyer_keep_item", "seller_next_action_response", "create_time", "discount_amount", "shipping_fee_amount",
        "refund_amount", "return_shipping_document_type", "return_method", "is_combined_return", "combined_return_id",
        "seller_proposed_return_type", "buyer_rejected_partial_refund", "return_warehouse_address", "is_quick_refund",
    })  # fmt: skip

    return_id: str
    order_id: str
    return_type: str  # REFUND, RETURN_AND_REFUND, REPLACEMENT, EXCHANGE
    return_status: str
    update_time: Seconds
    partial_refund: dict[str, object] | None = None  # there: the buyer keeps the piece and gets only a part back
    return_line_items: Rows[ReturnedUnit]


class ReturnPage(Paged):
    ignores = frozenset({"total_count"})

    return_orders: Rows[Return]
