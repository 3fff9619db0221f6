"""Three errors put into a shop's statements on demand, once each, always the same ones for one seed and one course of events.

A commission charged again in the next statement; a returned order booked without its refund; a statement whose head, and so its payout,
is short by one order that its list shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.tiktok_shop.fees import REFUND
from sandbox.tiktok_shop.order_words import order_id
from sandbox.tiktok_shop.statement import Statement, Transaction
from sandbox.world import Order

TWICE, NO_REFUND, SHORT = "fee_charged_twice", "missing_refund", "order_not_paid"
FEE_CODE = "platform_commission_amount"
FEWEST_ROWS = 3  # a payout is short by one of at least so many orders

Booking = Callable[[Order, dict[str, int]], Transaction]


@dataclass
class Faults:
    """`made` lists what was done; `amount_vnd` is how much more (or, negative, less) the seller got than is right."""

    made: list[dict[str, Any]] = field(default_factory=list)
    _again: Transaction | None = None

    def put_into(self, statement: Statement, book: Booking) -> Statement:
        """The statement with what goes wrong in it; its id comes later, by `name_statement`."""
        self._charge_again(statement, book)
        rows = [self._without_refund(row) for row in statement.transactions]
        faulty = Statement(statement.shop_id, statement.at, rows)
        self._leave_out(faulty)
        return faulty

    def name_statement(self, statement_id: str) -> None:
        for error in self.made:
            error["statement"] = error["statement"] or statement_id

    def _charge_again(self, statement: Statement, book: Booking) -> None:
        if self._is_made(TWICE):
            return
        if self._again is not None:
            amount_vnd = self._again.amounts[FEE_CODE]
            statement.transactions.append(book(self._again.order, {FEE_CODE: amount_vnd}))
            self._note(TWICE, self._again, amount_vnd, FEE_CODE)
            return
        self._again = next((row for row in statement.transactions if row.amounts.get(FEE_CODE)), None)

    def _without_refund(self, row: Transaction) -> Transaction:
        if self._is_made(NO_REFUND) or not REFUND & row.amounts.keys():
            return row
        kept = {code: amount for code, amount in row.amounts.items() if code not in REFUND}
        refund_vnd = sum(row.amounts[code] for code in REFUND)
        self._note(NO_REFUND, row, -refund_vnd, "refund_subtotal_before_discount_amount")
        return Transaction(row.transaction_id, row.order, kept)

    def _leave_out(self, statement: Statement) -> None:
        is_faulty = any(not error["statement"] for error in self.made)  # one error a statement
        if self._is_made(SHORT) or not self._is_made(TWICE) or is_faulty or len(statement.transactions) < FEWEST_ROWS:
            return
        row = next((row for row in statement.transactions if row.order.settled_at and row.revenue_vnd), None)
        if row is not None and all(error["order"] != order_id(row.order) for error in self.made):
            statement.left_out = row
            self._note(SHORT, row, -row.settlement_vnd, "settlement_amount")

    def _is_made(self, kind: str) -> bool:
        return any(error["kind"] == kind for error in self.made)

    def _note(self, kind: str, row: Transaction, amount_vnd: int, code: str) -> None:
        told = {"kind": kind, "shop": row.order.shop, "order": order_id(row.order), "code": code}
        self.made.append(told | {"amount_vnd": amount_vnd, "statement": ""})
