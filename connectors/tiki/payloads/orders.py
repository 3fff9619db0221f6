"""Tiki's orders, field for field, without any field that names or finds a person.

Tiki Open API notes, section 7, read 2026-11-23. What is declared here is all that is kept: `raw` is printed from these
models, so a buyer's name, phone, street, note or tax identity cannot reach a table, however Tiki spells it tomorrow.
"""

from typing import Annotated

from pydantic import Field

from connectors.endpoint import Answer, Payload
from connectors.tiki.payloads.common import Dong, Paging

Number = Annotated[float, Field(strict=False)]


class OrderQuery(Payload):
    """Always with a status: without one, old versions answered accepted orders only."""

    status: str = "nin|processing,waiting_payment"
    include: str = "status_histories,items.fees"
    page: int = 1
    limit: int = 50
    code: str | None = None  # comma list
    updated_from_date: str | None = None
    updated_to_date: str | None = None
    order_by: str = "updated_at|asc"


class ItemProduct(Answer):
    id: int
    master_id: int
    seller_product_code: str  # our SKU; `sku` is Tiki's
    name: str
    sku: str | None = None
    ignores = frozenset(
        {
            "type",
            "super_id",
            "catalog_group_name",
            "inventory_type",
            "seller_supply_method",
            "thumbnail",
            "imeis",
            "serial_numbers",
        }
    )


class Fee(Answer):
    fee_type_key: str
    final_amount: Dong  # signed: minus is money taken. Only this amount counts.
    id: int | None = None
    fee_type_name: str | None = None
    status: int | None = None
    quantity: int | None = None
    base_amount: Number | None = None  # đồng or a percent, depending on the key
    total_amount: Dong | None = None
    discount_amount: Dong | None = None


class ItemInvoice(Answer):
    row_total: Dong  # subtotal - discount_amount
    seller_income: Dong
    fees: list[Fee]
    price: Dong | None = None
    quantity: int | None = None
    subtotal: Dong | None = None
    seller_fee: Dong | None = None  # the sign of this total is not confirmed: kept, never added
    discount_amount: Dong | None = None
    discount_tikixu: Dong | None = None
    discount_promotion: Dong | None = None
    discount_percent: Number | None = None
    discount_coupon: Dong | None = None
    discount_other: Dong | None = None
    is_seller_discount_coupon: bool | None = None
    ignores = frozenset({"is_taxable"})


class Item(Answer):
    id: int
    price: Dong
    qty: int
    product: ItemProduct
    invoice: ItemInvoice
    parent_item_id: int | None = None
    is_free_gift: bool | None = None
    ignores = frozenset(
        {
            "seller",
            "confirmation",
            "seller_income_detail",
            "inventory_requisition",
            "inventory_withdrawals",
            "seller_inventory_id",
            "seller_inventory_name",
            "is_virtual",
        }
    )


class OrderInvoice(Answer):
    items_count: int | None = None
    items_quantity: int | None = None
    subtotal: Dong | None = None
    grand_total: Dong | None = None
    collectible_amount: Dong | None = None
    discount_amount: Dong | None = None
    shipping_amount_after_discount: Dong | None = None
    shipping_discount_amount: Dong | None = None
    handling_fee: Dong | None = None
    other_fee: Dong | None = None
    total_seller_fee: Dong | None = None  # sign not confirmed
    total_seller_income: Dong | None = None
    purchased_at: str | None = None
    ignores = frozenset(
        {
            "discount_tikixu",
            "discount_promotion",
            "discount_percent",
            "discount_coupon",
            "discount_other",
            "gift_card_amount",
            "gift_card_code",
            "coupon_code",
            "tax_info",  # who wants a VAT invoice: a person's or firm's identity
        }
    )


class Payment(Answer):
    method: str | None = None
    is_prepaid: bool | None = None
    status: str | None = None
    ignores = frozenset({"description"})


class Region(Answer):
    region: str | None = None  # the province: the only part of an address we keep
    region_tiki_code: str | None = None
    ignores = frozenset(
        {
            "full_name",
            "street",
            "ward",
            "ward_tiki_code",
            "district",
            "district_tiki_code",
            "country",
            "country_id",
            "email",
            "phone",
        }
    )


class Shipping(Answer):
    address: Region | None = None
    partner_name: str | None = None
    status: str | None = None
    ignores = frozenset({"partner_id", "tracking_code", "plan", "shipping_detail"})


class StatusChange(Answer):
    status: str
    created_at: str
    id: int | None = None


class CancelInfo(Answer):
    reason_code: str | int | None = None
    reason_text: str | None = None
    canceled_at: str | None = None
    ignores = frozenset({"comment"})  # free text of a buyer


class OrderRow(Answer):
    code: str
    status: str
    created_at: str
    updated_at: str
    items: list[Item]
    id: int | None = None
    relation_code: str | None = None
    type: str | None = None
    fulfillment_type: str | None = None
    is_rma: bool | None = None
    invoice: OrderInvoice | None = None
    payment: Payment | None = None
    shipping: Shipping | None = None
    status_histories: list[StatusChange] = Field(default=[])
    cancel_info: CancelInfo | None = None
    ignores = frozenset(
        {
            "customer",
            "delivery",
            "is_vat_exporting",
            "has_backorder_items",
            "inventory_status",
            "main_state",
            "main_state_text",
            "main_substate",
            "substate",
            "tiki_warehouse",
            "seller_warehouse",
            "rma_info",
            "installment_info",
        }
    )


class OrderList(Answer):
    data: list[OrderRow]
    paging: Paging
