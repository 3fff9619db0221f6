"""What is wrong with a shop's statements, named order by order. A difference is shown with its cause, never absorbed.

Nothing is compared with a rate of ours: a fee is held against the same fee of other orders of the same products, a payout
against its own lines, a refund against what was sent back.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from analysis.statement_facts import Account, Amount, Said
from analysis.usual_fees import times_the_usual
from catalog.money import format_dong
from models.order import REPEATED
from models.statement import CARRIED_OVER

TWICE = (1.7, 2.3)  # times the usual: vouchers and rounding move a share by less than this


class Cause(StrEnum):
    FEE_TWICE = "fee_charged_twice"
    NO_REFUND = "missing_refund"
    NOT_PAID = "order_not_paid"
    UNEXPECTED = "unexpected_amount"
    UNKNOWN_ORDER = "unknown_order"
    UNEXPLAINED = "unexplained"


class Finding(NamedTuple):
    """One thing to take up with the marketplace. `statement` "": no statement names it. The amount is theirs less what is right;
    None: it cannot be told.
    """

    statement: str
    cause: Cause
    order: str
    code: str
    amount_vnd: int | None
    why: str


def findings(account: Account) -> Iterator[Finding]:
    """Everything found in one shop's statements of the period."""
    sums = sums_by_order(account)
    yield from _fees_twice(account)
    yield from _refunds_missing(account)
    for said in account.statements:
        yield from _against_lines(said, sums.get(said.external_id, {}))
    for order, expected_vnd in account.unpaid.items():
        why = "Đơn đã hoàn tất hơn 14 ngày mà chưa bảng kê nào trả: hỏi sàn vì sao chưa trả."
        yield Finding("", Cause.NOT_PAID, order, "", None if expected_vnd is None else -expected_vnd, why)


def sums_by_order(account: Account) -> dict[str, dict[str, int]]:
    """What our settled lines come to, by statement and order."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for amount in account.amounts:
        sums[amount.statement][amount.order] += amount.amount_vnd
    return sums


def _fees_twice(account: Account) -> Iterator[Finding]:
    """A fee named twice over, or one that comes to about twice what it does for other orders of the same products."""
    by_code: dict[str, dict[str, list[Amount]]] = defaultdict(lambda: defaultdict(list))
    for amount in account.amounts:
        by_code[amount.code][amount.order].append(amount)
    cut = {said.external_id for said in account.statements}
    for code, charged in sorted(by_code.items()):
        fees = {order: total for order, lines in charged.items() if (total := sum(one.amount_vnd for one in lines)) < 0}
        times = times_the_usual(fees, account.orders)
        for order, total_vnd in fees.items():
            last, again_vnd = charged[order][-1].statement, _named_again(charged[order])
            if last in cut and (again_vnd or TWICE[0] <= times.get(order, 1) <= TWICE[1]):
                extra_vnd = again_vnd or total_vnd // 2
                why = f"Phí {code} bị thu hai lần, thừa {format_dong(-extra_vnd)}: yêu cầu sàn hoàn lại."
                yield Finding(last, Cause.FEE_TWICE, order, code, extra_vnd, why)


def _named_again(charged: list[Amount]) -> int:
    """What lines of the order were charged a second time, at the same amount. 0 when the bookings are more tangled than that."""
    by_line: dict[str, list[int]] = defaultdict(list)
    for amount in charged:
        by_line[amount.line.partition(REPEATED)[0]].append(amount.amount_vnd)
    pairs = [amounts for amounts in by_line.values() if len(amounts) > 1]
    is_plain = all(len(amounts) == 2 and amounts[0] == amounts[1] for amounts in pairs)  # noqa: PLR2004 - twice
    return sum(amounts[0] for amounts in pairs) if is_plain else 0


def _refunds_missing(account: Account) -> Iterator[Finding]:
    """An order that was sent back or cancelled and still pays more than what stayed sold, though a statement was cut since."""
    paid: dict[str, int] = defaultdict(int)
    last: dict[str, str] = {}
    for amount in account.amounts:
        paid[amount.order] += amount.amount_vnd
        last[amount.order] = amount.statement
    cut = {said.external_id for said in account.statements}
    last_cut = max((said.period_end for said in account.statements), default=None)
    for order, sold in account.orders.items():
        kept_vnd = 0 if sold.is_undone else sold.kept_vnd
        is_due = last_cut is not None and sold.changed_at < last_cut and last[order] in cut
        if is_due and kept_vnd < sold.goods_vnd and paid[order] > kept_vnd:
            why = f"Đơn đã trả hàng hoặc huỷ mà vẫn được trả {format_dong(paid[order])}: thiếu khoản hoàn tiền cho người mua."
            yield Finding(last[order], Cause.NO_REFUND, order, "", paid[order] - kept_vnd, why)


def _against_lines(said: Said, ours: Mapping[str, int]) -> Iterator[Finding]:
    for code, amount_vnd in said.of_the_shop:
        if code == CARRIED_OVER:
            continue
        why = f"Khoản {code} không thuộc đơn nào: hỏi sàn khoản này là gì."
        yield Finding(said.external_id, Cause.UNEXPECTED, "", code, amount_vnd, why)
    if said.by_order:
        yield from _order_by_order(said, ours)
    of_orders = sum((said.by_order or ours).values())
    yield from _short(said, said.total_vnd - of_orders - sum(amount for _, amount in said.of_the_shop), ours)
    if said.payout_vnd is not None:
        yield from _short(said, said.payout_vnd - said.total_vnd, ours)


def _order_by_order(said: Said, ours: Mapping[str, int]) -> Iterator[Finding]:
    """The statement's own figure of each order against our lines of it."""
    for order in sorted(said.by_order.keys() | ours.keys()):
        theirs, lines_vnd = said.by_order.get(order), ours.get(order)
        if theirs is None and lines_vnd:
            yield _not_paid(said, order, lines_vnd)
        elif theirs is not None and lines_vnd is None and theirs:
            why = "Bảng kê trả cho đơn này nhưng chưa đọc được các khoản của đơn: chạy `ocop pull orders` và `ocop pull settlements` với `--since`."
            yield Finding(said.external_id, Cause.UNKNOWN_ORDER, order, "", theirs, why)
        elif theirs is not None and lines_vnd is not None and theirs != lines_vnd:
            why = f"Bảng kê ghi {format_dong(theirs)}, các khoản của đơn cộng lại {format_dong(lines_vnd)}: hỏi sàn khoản chênh."
            yield Finding(said.external_id, Cause.UNEXPECTED, order, "", theirs - lines_vnd, why)


def _short(said: Said, difference_vnd: int, ours: Mapping[str, int]) -> Iterator[Finding]:
    """A total that is off: by exactly one order, which is named, or by an amount nobody can explain yet."""
    if difference_vnd == 0:
        return
    missing = [order for order, lines_vnd in sorted(ours.items()) if lines_vnd == -difference_vnd]
    if len(missing) == 1:
        yield _not_paid(said, missing[0], ours[missing[0]])
        return
    one_of = f" (có thể là một trong các đơn {', '.join(missing)})" if missing else ""
    why = f"Số tổng lệch {format_dong(difference_vnd)} so với các khoản{one_of}: gửi bảng kê này cho sàn để đối chiếu."
    yield Finding(said.external_id, Cause.UNEXPLAINED, "", "", difference_vnd, why)


def _not_paid(said: Said, order: str, lines_vnd: int) -> Finding:
    why = f"Các khoản của đơn cộng lại {format_dong(lines_vnd)} nhưng không nằm trong số tiền được trả: yêu cầu sàn trả bù."
    return Finding(said.external_id, Cause.NOT_PAID, order, "", -lines_vnd, why)
