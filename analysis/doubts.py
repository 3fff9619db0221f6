"""What is odd about the figures of a period, named shop by shop: half-read shops, and orders whose figures do not fit together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from analysis.coverage import read_between
from analysis.oddities import Kind
from analysis.report import Period
from analysis.rollup.day import number
from analysis.rollup.read import are_up_to_date
from catalog.money import format_dong
from models import OddOrder, SalesOrder, Shop

NAMED = 5  # orders a sentence names; the rest are counted
SENTENCES: Mapping[Kind, str] = {
    Kind.PAYOUT_DIFFERS: "có các khoản cộng lại {amount} mà sàn báo trả {against}: hỏi sàn khoản chênh",
    Kind.REFUND_EXCEEDS_GOODS: "bị hoàn {amount} trong khi tiền hàng chỉ {against}: hỏi sàn vì sao; số vẫn tính như sàn ghi",
    Kind.NEGATIVE_PAYOUT: "được trả số âm, cộng lại {amount}: phí hoặc khoản hoàn lớn hơn tiền hàng",
    Kind.MORE_BACK_THAN_SOLD: "huỷ và trả nhiều gói hơn số đã đặt: xem lại đơn trên sàn hoặc tệp đã nhập",
    Kind.MONEY_WITHOUT_LINES: "có tiền ({amount}) mà không có dòng hàng nên không thuộc chủ thể nào: đọc lại bằng `ocop pull orders --since`",
}


class _Odd(NamedTuple):
    order: str
    amount_vnd: int
    against_vnd: int


def doubts(session: Session, period: Period) -> list[str]:
    """Orders are those placed in the period. Nothing named here is left out of the figures, and nothing is corrected."""
    return [*_half_read(session, period), *_odd_orders(session, period)]


def _half_read(session: Session, period: Period) -> Iterator[str]:
    since, until = read_between(session)
    unread = {shop for shop, last in until.items() if since[shop] is None or last is None}
    from_files = _with_orders(session, period) if unread else frozenset()
    for shop, last in until.items():
        first = since[shop]
        if first is None or last is None:
            yield _unread(shop, has_orders=shop in from_files)
            continue
        if first > period.start:
            yield f"Gian hàng «{shop}» chỉ được đọc từ {_local(first, period)}: đơn đặt trước đó không có trong báo cáo."
        if last < period.end:
            yield f"Gian hàng «{shop}» mới được đọc đến {_local(last, period)}: đơn sau đó chưa có trong báo cáo."


def _with_orders(session: Session, period: Period) -> frozenset[str]:
    """Asked only where a shop was not read: most offices read all theirs."""
    return frozenset(session.scalars(select(Shop.name).where(exists().where(_of_shop(period)))))


def _of_shop(period: Period) -> ColumnElement[bool]:
    return and_(SalesOrder.shop_id == Shop.id, SalesOrder.placed_at >= period.start, SalesOrder.placed_at < period.end)


def _unread(shop: str, *, has_orders: bool) -> str:
    """Of a shop that no API was asked about: what it has came with files."""
    if has_orders:
        return f"Gian hàng «{shop}» chỉ có đơn từ tệp đã nhập: ngày nào chưa có tệp thì thiếu, hãy nhập đủ tệp của khoảng này."
    return f"Gian hàng «{shop}» chưa được đọc đơn: số của gian hàng này không có trong báo cáo."


def _odd_orders(session: Session, period: Period) -> Iterator[str]:
    if not are_up_to_date(session):
        yield "Có đơn vừa thay đổi chưa được soát: chạy `ocop run refresh_rollups` rồi xem lại báo cáo."
        return
    query = (
        select(Shop.name, OddOrder.kind, OddOrder.external_id, OddOrder.amount_vnd, OddOrder.against_vnd)
        .join(Shop, OddOrder.shop_id == Shop.id)
        .where(OddOrder.day.between(number(period.first), number(period.last)))
        .order_by(Shop.name, OddOrder.kind, OddOrder.day, OddOrder.external_id)
    )
    found: dict[tuple[str, str], list[_Odd]] = defaultdict(list)
    for shop, kind, order, amount_vnd, against_vnd in session.execute(query):
        found[shop, kind].append(_Odd(order, amount_vnd, against_vnd))
    for (shop, kind), orders in found.items():
        yield f"{shop}: {_named(orders)} {_told(Kind(kind), orders)}."


def _named(orders: Sequence[_Odd]) -> str:
    names = ", ".join(one.order for one in orders[:NAMED])
    more = f" và {len(orders) - NAMED} đơn khác" if len(orders) > NAMED else ""
    return f"đơn {names}{more}"


def _told(kind: Kind, orders: Sequence[_Odd]) -> str:
    amount = format_dong(sum(one.amount_vnd for one in orders))
    return SENTENCES[kind].format(amount=amount, against=format_dong(sum(one.against_vnd for one in orders)))


def _local(moment: datetime, period: Period) -> str:
    return f"{moment.astimezone(period.zone):%d/%m/%Y %H:%M}"
