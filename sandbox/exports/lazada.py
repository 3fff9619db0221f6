"""Lazada's order and transaction exports from the world (layouts as publicly described for 2026, read 2026-11-23).

Orders have a row a piece. Transactions have a row a fee and piece, signed; `VAT in Amount` explains a fee and is no money of its own.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sandbox.exports.book import Sheet, Value
from sandbox.lazada.fees import Entry
from sandbox.lazada.ledger import Booking
from sandbox.lazada.order_book import Piece, pieces
from sandbox.lazada.shelf import shop_sku
from sandbox.lazada.site import LazadaApi
from sandbox.sandbox import Sandbox
from sandbox.things import VIETNAM, Order, OrderState, vietnam_day
from sandbox.world import World

ORDERS = (
    "orderItemId", "orderType", "Guarantee", "deliveryType", "lazadaId", "sellerSku", "lazadaSku", "wareHouse", "createTime",
    "updateTime", "rtsSla", "ttsSla", "orderNumber", "invoiceRequired", "invoiceNumber", "deliveredDate", "customerName",
    "customerEmail", "shippingName", "shippingAddress", "shippingPhone", "shippingCity", "shippingCountry", "shippingRegion",
    "payMethod", "paidPrice", "unitPrice", "sellerDiscountTotal", "shippingFee", "walletCredit", "itemName", "variation",
    "shippingProvider", "trackingCode", "status", "refundAmount", "sellerNote",
)  # fmt: skip
FINANCE = (
    "Transaction Date", "Transaction Type", "Fee Name", "Transaction Number", "Details", "Seller SKU", "Lazada SKU", "Amount",
    "VAT in Amount", "WHT Amount", "WHT included in Amount", "Statement", "Paid Status", "Order No.", "Order Item No.",
    "Order Item Status", "Shipping Provider", "Shipping Speed", "Shipment Type", "Reference", "Comment", "PaymentRefId",
)  # fmt: skip
STATUS = {
    OrderState.UNPAID: "unpaid",
    OrderState.PAID: "ready_to_ship",
    OrderState.SHIPPED: "shipped",
    OrderState.DELIVERED: "delivered",
    OrderState.COMPLETED: "confirmed",
    OrderState.CANCELLED: "canceled",
    OrderState.RETURNED: "returned",
}


def orders_name(first: date, last: date) -> str:
    return f"lazada-orders-{first:%Y%m%d}-{last:%Y%m%d}.xlsx"


def finance_name(first: date, last: date) -> str:
    return f"lazada-transactions-{first:%Y%m%d}-{last:%Y%m%d}.xlsx"


def orders_sheets(sandbox: Sandbox, shop: str, first: date, last: date) -> Sequence[Sheet]:
    """Orders placed on these days."""
    book = _site(sandbox).backstage.books[int(shop)]
    placed = [order for order in book.orders() if first <= vietnam_day(order.placed_at) <= last]
    rows = [_unit(sandbox.world, order, book.number(order), piece) for order in placed for piece in pieces(order)]
    return [Sheet("sheet1", [list(ORDERS), *rows])]


def finance_sheets(sandbox: Sandbox, shop: str, first: date, last: date) -> Sequence[Sheet]:
    """Amounts booked on these days."""
    stage, now = _site(sandbox).backstage, sandbox.world.clock.now()
    ledger, book = stage.ledgers[int(shop)], stage.books[int(shop)]
    booked = [one for one in ledger.bookings() if first <= vietnam_day(one.at) <= last]
    rows = [row for one in booked for row in _amounts(one, book.number(one.order), now)]
    return [Sheet("Transaction Overview", [list(FINANCE), *rows])]


def _site(sandbox: Sandbox) -> LazadaApi:
    site = sandbox.sites["lazada.api"]
    if not isinstance(site, LazadaApi):
        raise TypeError("lazada.api is played by something else")
    return site


def _unit(world: World, order: Order, number: int, piece: Piece) -> list[Value]:
    line, paid_vnd = piece.line, piece.line.unit_price_vnd - piece.voucher_vnd
    offer, chance = world.offer("lazada", line.offer_id), world.rng("lazada export person", order.order_id)
    given: dict[str, Value] = {
        "orderItemId": str(piece.item_id),
        "sellerSku": line.sku,
        "lazadaSku": shop_sku(offer) if offer else "",
        "createTime": _minute(order.placed_at),
        "updateTime": _minute(order.updated_at),
        "orderNumber": str(number),
        "deliveredDate": _minute(order.delivered_at),
        "customerName": f"Người Nhận {chance.randrange(10**6):06}",
        "shippingAddress": f"Số {chance.randrange(1, 10**5)} đường Không Có",
        "shippingRegion": order.province,
        "paidPrice": f"{paid_vnd}.00",
        "unitPrice": f"{line.unit_price_vnd}.00",
        "sellerDiscountTotal": f"{piece.voucher_vnd}.00",
        "itemName": line.title,
        "status": STATUS[order.state],
        "refundAmount": f"{paid_vnd if order.returned_at else 0}.00",
    }
    return [given.get(name) for name in ORDERS]


def _amounts(one: Booking, number: int, now: datetime) -> Iterator[list[Value]]:
    week = one.week
    for entry in one.entries:
        given: dict[str, Value] = {
            **_entry(entry),
            "Transaction Date": f"{one.at.astimezone(VIETNAM):%d %b %Y}",
            "Statement": str(week),
            "Paid Status": "Paid" if week.paid_at <= now else "Not paid",
            "Order No.": str(number),
        }
        yield [given.get(name) for name in FINANCE]


def _entry(entry: Entry) -> dict[str, Value]:
    return {
        "Transaction Type": entry.transaction_type,
        "Fee Name": entry.fee_name,
        "Seller SKU": entry.piece.line.sku,
        "Amount": f"{entry.amount_vnd}.00",
        "VAT in Amount": f"{entry.vat_vnd}.00",
        "WHT Amount": "0.00",
        "WHT included in Amount": "No",
        "Order Item No.": str(entry.piece.item_id),
    }


def _minute(at: datetime | None) -> str | None:
    return None if at is None else f"{at.astimezone(VIETNAM):%d %b %Y %H:%M}"
