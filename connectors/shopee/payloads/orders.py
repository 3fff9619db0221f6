"""Orders (v2 reference 4.1, 4.2). Fields about the buyer's person are not asked for, and not kept where they come anyway."""

from connectors.endpoint import Answer, Payload
from connectors.shopee.payloads.kinds import Dong, Id, Seconds


class OrderListQuery(Payload):
    time_range_field: str
    time_from: Seconds
    time_to: Seconds  # at most 15 days later
    page_size: int
    cursor: str


class OrderRef(Answer):
    ignores = frozenset({"order_status", "booking_sn"})

    order_sn: str


class OrderListPage(Answer):
    more: bool
    next_cursor: str
    order_list: list[OrderRef]


class OrderDetailQuery(Payload):
    order_sn_list: list[str]  # at most 50
    response_optional_fields: list[str]


class Address(Answer):
    ignores = frozenset({"name", "phone", "town", "district", "city", "region", "zipcode", "full_address"})

    state: str  # the province


class OrderItem(Answer):
    ignores = frozenset({
        "active_qty", "wholesale", "weight", "order_item_id", "promotion_id", "promotion_type", "promotion_group_id", "add_on_deal",
        "main_item", "add_on_deal_id", "image_info", "model_name", "product_location_id", "is_prescription_item",
        "is_b2c_owned_item", "hot_listing_item",
    })  # fmt: skip

    item_id: Id
    item_name: str
    item_sku: str
    model_id: Id  # "0": the item has no models
    model_sku: str
    line_item_id: Id
    model_quantity_purchased: int
    model_original_price: Dong  # a piece
    model_discounted_price: Dong
    cancelled_qty: int = 0
    returned_qty: int = 0


class OrderDetail(Answer):
    ignores = frozenset({
        "region", "currency", "cod", "message_to_seller", "days_to_ship", "ship_by_date", "total_amount", "payment_method",
        "booking_sn", "reverse_shipping_fee", "advance_package",
    })  # fmt: skip

    order_sn: str
    order_status: str
    create_time: Seconds
    update_time: Seconds
    pay_time: Seconds | None = None
    recipient_address: Address | None = None
    item_list: list[OrderItem]


class OrderDetails(Answer):
    order_list: list[OrderDetail]
