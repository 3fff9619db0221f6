"""The reports `producers`, `products` and `channels`: the same money, looked at from three sides."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.money.facts import orders, placed_in
from analysis.money.keys import keyed, names_of
from analysis.money.table import Money
from analysis.report import Period, Report, Row
from analysis.rollup import read as rollup
from catalog.money import format_dong


def producers(session: Session, period: Period, by: Sequence[str]) -> Report:
    """What each producer's goods brought, at each stage of the orders placed in the period. More keys split it further."""
    return _report("producers", session, period, ("producer", *by))


def products(session: Session, period: Period, by: Sequence[str]) -> Report:
    return _report("products", session, period, ("product", *by))


def channels(session: Session, period: Period, by: Sequence[str]) -> Report:
    return _report("channels", session, period, ("marketplace", *by))


def unclassed_notes(unclassed: Counter[str]) -> list[str]:
    """A sentence for each name of an amount that the table of money codes does not class."""
    return [
        f"Khoản «{code}» ({format_dong(amount_vnd)}) chưa được phân loại: cột riêng, vẫn nằm trong số còn lại; bổ sung vào bảng mã khoản tiền."
        for code, amount_vnd in sorted(unclassed.items())
    ]


def _report(name: str, session: Session, period: Period, keys: Sequence[str]) -> Report:
    names = names_of(keys)
    money = (
        rollup.money(session, period, names) if rollup.can_tell(session, names) else _of_orders(session, period, names)
    )
    rows: list[Row] = list(money.rows(names))
    notes = [*_notes(), *unclassed_notes(money.unclassed)]
    return Report(name, period, "by row", (*names, *money.columns), rows, coverage(session, period), notes)


def _of_orders(session: Session, period: Period, names: Sequence[str]) -> Money:
    """While sums are due, or for keys they do not hold: the same from the orders themselves."""
    money = Money()
    money.add(orders(session, placed_in(period)), keyed(session, period, names))
    return money


def _notes() -> list[str]:
    return [
        "Tiền của các đơn đặt trong khoảng này. Không cộng «placed» với hai giai đoạn kia: «processing» là ước tính của đơn chưa trả tiền, «settled» là tiền đã trả.",
        "Khoản của cả đơn được chia cho từng dòng hàng theo giá trị hàng; tổng đúng từng đồng.",
    ]
