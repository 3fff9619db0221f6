"""What Lazada books for an order, piece by piece (Lazada Open Platform reference, finance pages, read 2026-11-24).

No list of Vietnam's fees is published: types, names and rates are invented. Shipping is booked as a pair that nets to zero; taxes
withheld from a household are lines of their own. Money is đồng, minus is taken from the seller.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sandbox.lazada.accounts import Seller
from sandbox.lazada.order_book import Piece, pieces
from sandbox.lazada.rules import Rules
from sandbox.world import Order

COMMISSION_BP, PAYMENT_BP = 600, 250
VAT_PERCENT = 10  # of Lazada's fees, shown as contained in them
SALES, FEES, REFUNDS, SHIPPING, TAXES = (
    "Orders-Sales",
    "Orders-Lazada Fees",
    "Refunds-Claims",
    "Orders-Logistics",
    "Orders-Taxes",
)
ITEM_PRICE, VOUCHER, COMMISSION, PAYMENT = "Item Price Credit", "Seller Voucher", "Commission", "Payment Fee"
SHIPPING_TO_SELLER, AUTOMATIC_SHIPPING = "Shipping Fee (To Seller)", "Automatic Shipping Fee"
REVERSAL = "Reversal "


class Entry(NamedTuple):
    """One line of an account."""

    piece: Piece
    transaction_type: str
    fee_type: str
    fee_name: str
    amount_vnd: int

    @property
    def vat_vnd(self) -> int:
        """Value added tax inside one of Lazada's own fees, rounded towards zero."""
        return int(self.amount_vnd * VAT_PERCENT / (100 + VAT_PERCENT)) if self.transaction_type == FEES else 0


def entries(seller: Seller, rules: Rules, order: Order) -> list[Entry]:
    """Everything booked for it. A returned order is booked and reversed: what is left is nothing."""
    if order.cancelled_at is not None:
        return []
    booked = [entry for piece in pieces(order) for entry in _of_piece(seller, rules, piece, order.commission)]
    booked += _shipping(order)
    return booked if order.returned_at is None else booked + [_reversed(entry) for entry in booked]


def signed_amounts(seller: Seller, rules: Rules, order: Order) -> dict[str, int]:
    """Sums by fee name; together they are the order's payout."""
    sums: Counter[str] = Counter()
    for entry in entries(seller, rules, order):
        sums[entry.fee_name] += entry.amount_vnd
    return dict(sums)


def _of_piece(seller: Seller, rules: Rules, piece: Piece, commission: float) -> Iterator[Entry]:
    price = piece.line.unit_price_vnd
    paid = price - piece.voucher_vnd
    yield Entry(piece, SALES, "13", ITEM_PRICE, price)
    yield Entry(piece, FEES, "3", COMMISSION, -_share(price, round(COMMISSION_BP * commission)))
    yield Entry(piece, FEES, "16", PAYMENT, -_share(paid, PAYMENT_BP))
    optional = (
        Entry(piece, SALES, "26", VOUCHER, -piece.voucher_vnd),
        Entry(piece, TAXES, "71", rules.vat_fee_name, -_share(paid, seller.vat_bp)),
        Entry(piece, TAXES, "72", rules.pit_fee_name, -_share(paid, seller.pit_bp)),
    )
    yield from (entry for entry in optional if entry.amount_vnd)


def _shipping(order: Order) -> list[Entry]:
    """On the order's first piece."""
    amount_vnd, first = order.buyer_shipping_vnd, next(pieces(order))
    if amount_vnd == 0:
        return []
    return [
        Entry(first, SHIPPING, "8", SHIPPING_TO_SELLER, amount_vnd),
        Entry(first, SHIPPING, "145", AUTOMATIC_SHIPPING, -amount_vnd),
    ]


def _reversed(entry: Entry) -> Entry:
    kind = REFUNDS if entry.transaction_type == SALES else entry.transaction_type
    return Entry(entry.piece, kind, f"{entry.fee_type}0", REVERSAL + entry.fee_name, -entry.amount_vnd)


def _share(amount_vnd: int, basis_points: int) -> int:
    """Rounded half up to whole đồng."""
    return (amount_vnd * basis_points + 5_000) // 10_000
