"""TikTok Shop's order export for Vietnam, sheet `OrderSKUList`, from the world (layout as publicly described for 2026-04, read 2026-11-23).

English headings, a row that explains them, values in Vietnamese; one row an order and SKU, the order's amount on each.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sandbox.exports.book import Sheet, Value
from sandbox.sandbox import Sandbox
from sandbox.things import VIETNAM, Order, OrderLine, OrderState, vietnam_day
from sandbox.tiktok_shop.order_words import order_id, pieces, platform_vnd, product_of
from sandbox.world import World

HEADINGS = (
    "Order ID", "Order Status", "Order Substatus", "Cancelation/Return Type", "Normal or Pre-order", "SKU ID", "Seller SKU",
    "Product Name", "Variation", "Quantity", "Sku Quantity of return", "SKU Unit Original Price", "SKU Subtotal Before Discount",
    "SKU Platform Discount", "SKU Seller Discount", "SKU Subtotal After Discount", "Shipping Fee After Discount",
    "Original Shipping Fee", "Shipping Fee Seller Discount", "Shipping Fee Platform Discount", "Payment platform discount", "Taxes",
    "Order Amount", "Order Refund Amount", "Created Time", "Paid Time", "RTS Time", "Shipped Time", "Delivered Time",
    "Cancelled Time", "Cancel By", "Cancel Reason", "Fulfillment Type", "Warehouse Name", "Tracking ID", "Delivery Option",
    "Shipping Provider Name", "Buyer Message", "Buyer Username", "Recipient", "Phone #", "Country", "Province", "District",
    "Detail Address", "Additional address information", "Payment Method", "Weight(kg)", "Product Category", "Package ID",
    "Seller Note", "Checked Status", "Checked Marked by",
)  # fmt: skip
EXPLAINED = {
    "Order ID": "Platform unique order ID.",
    "Order Status": "Current order status.",
    "Seller SKU": "Seller sku input by the seller.",
}
STATUS = {
    OrderState.UNPAID: ("Chờ thanh toán", None),
    OrderState.PAID: ("Chờ giao hàng", "Chờ lấy hàng"),
    OrderState.SHIPPED: ("Đã vận chuyển", "Đang vận chuyển"),
    OrderState.DELIVERED: ("Đã vận chuyển", "Đã giao"),
    OrderState.COMPLETED: ("Đã hoàn tất", "Đã hoàn tất"),
    OrderState.CANCELLED: ("Đã hủy", "Đã hủy"),
    OrderState.RETURNED: ("Đã hoàn tất", "Đã hoàn tất"),
}


def file_name(_first: date, last: date) -> str:
    return f"Tất cả đơn hàng-{last:%Y-%m-%d}-23_59.xlsx"


def sheets(sandbox: Sandbox, shop: str, first: date, last: date) -> Sequence[Sheet]:
    """Orders placed on these days."""
    world = sandbox.world
    orders = [o for o in world.orders("tiktok_shop", shop) if first <= vietnam_day(o.placed_at) <= last]
    head: list[list[Value]] = [list(HEADINGS), [EXPLAINED.get(name, f"{name}.") for name in HEADINGS]]
    return [Sheet("OrderSKUList", [*head, *(row for order in orders for row in _order(world, order))])]


def _order(world: World, order: Order) -> Iterator[list[Value]]:
    whole = _whole(world, order)
    for line in order.lines:
        given = whole | _line(world, order, line)
        yield [given.get(name) for name in HEADINGS]


def _whole(world: World, order: Order) -> dict[str, Value]:
    chance = world.rng("tiktok export person", order.order_id)
    status, substatus = STATUS[order.state]
    paid_vnd = order.goods_vnd - platform_vnd(world, order) - order.seller_voucher_vnd + order.buyer_shipping_vnd
    return {
        "Order ID": order_id(order),
        "Order Status": status,
        "Order Substatus": substatus,
        "Order Amount": str(paid_vnd),
        "Created Time": _second(order.placed_at),
        "Paid Time": _second(order.paid_at),
        "Shipped Time": _second(order.shipped_at),
        "Delivered Time": _second(order.delivered_at),
        "Cancelled Time": _second(order.cancelled_at),
        "Recipient": f"Người Nhận {chance.randrange(10**6):06}",
        "Phone #": f"(+84)9{chance.randrange(10**8):08}",
        "Province": order.province,
        "Detail Address": f"Số {chance.randrange(1, 10**5)} đường Không Có",
        "Seller Note": "Gọi trước",
    }


def _line(world: World, order: Order, line: OrderLine) -> dict[str, Value]:
    """The seller's voucher is no column of a line: it stands in the income report."""
    words = product_of(world, line)
    own = [piece for piece in pieces(world, order) if piece.line is line]
    listed, sold = line.list_price_vnd * line.quantity, line.unit_price_vnd * line.quantity
    platform = sum(piece.platform_vnd for piece in own)
    kind = "Return/Refund" if order.returned_at else "Cancel" if order.cancelled_at else None
    return {
        "Cancelation/Return Type": kind,
        "SKU ID": words["sku_id"],
        "Seller SKU": words["seller_sku"],
        "Product Name": words["product_name"],
        "Variation": "Mặc định",
        "Quantity": str(line.quantity),
        "Sku Quantity of return": str(line.quantity if order.returned_at else 0),
        "SKU Unit Original Price": str(line.list_price_vnd),
        "SKU Subtotal Before Discount": str(listed),
        "SKU Platform Discount": str(platform),
        "SKU Seller Discount": str(listed - sold),
        "SKU Subtotal After Discount": str(sold - platform),
    }


def _second(at: datetime | None) -> str | None:
    return None if at is None else f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}"
