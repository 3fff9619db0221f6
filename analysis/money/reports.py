"""The reports `producers`, `products` and `channels`: the same money, looked at from three sides."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.dated import Dated, dated_by
from analysis.doubts import doubts
from analysis.money.either import money_of
from analysis.report import Period, Report, Row
from analysis.rollup.grains import Cut
from analysis.seasons import tet_note
from analysis.sold import names_of
from catalog.money import format_dong

_OF_THE_DAY = {Dated.PLACED: "đặt", Dated.DELIVERED: "giao đến người mua", Dated.PAID: "được sàn trả tiền"}


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
    """`dated=paid` or `dated=delivered` among the keys: of the orders paid out or delivered in the period."""
    dated, keys = dated_by(keys)
    names = names_of(keys)
    money = money_of(session, Cut(period, names, dated))
    rows: list[Row] = list(money.rows(names))
    notes = [*_notes(dated), *tet_note(period, keys), *unclassed_notes(money.not_classed)]
    about = coverage(session, period), notes, doubts(session, period)
    return Report(name, period, "by row", (*names, *money.columns), rows, *about)


def _notes(dated: Dated) -> list[str]:
    return [
        f"Tiền của các đơn {_OF_THE_DAY[dated]} trong khoảng này. Không cộng «placed» với hai giai đoạn kia: «processing» là ước tính của đơn chưa trả tiền, «settled» là tiền đã trả.",
        "Khoản của cả đơn được chia cho từng dòng hàng theo giá trị hàng; tổng đúng từng đồng.",
    ]
