"""Money by stage and code: what marketplaces took and paid. Stages stand apart; a payout is held against its lines."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from analysis.coverage import coverage
from analysis.report import Period, Report, ReportError, Row
from analysis.rollup.amounts import amounts, differing, unsettled
from analysis.rollup.read import are_up_to_date
from analysis.sold import NOT_REVENUE
from catalog.money import format_dong
from catalog.money_codes import MoneyCode, Sign, money_code
from models import FileEntry, FileImport, MoneyLine, SalesOrder, Shop

COLUMNS = ("shop", "stage", "code", "meaning", "amount_vnd")


class Sum(NamedTuple):
    """What one code came to in one shop and stage, signed đồng; `plus_vnd` and `minus_vnd` are its two sides."""

    shop: str
    stage: str
    code: str
    marketplace: str
    plus_vnd: int
    minus_vnd: int

    @property
    def known(self) -> MoneyCode | None:
        return money_code(self.marketplace, self.code)

    @property
    def row(self) -> Row:
        meaning = self.known.meaning if self.known else None
        figures = (self.shop, self.stage, self.code, meaning, self.plus_vnd + self.minus_vnd)
        return dict(zip(COLUMNS, figures, strict=True))

    @property
    def contrary_vnd(self) -> int:
        """What went the other way than this code does as a rule."""
        sign = self.known.sign if self.known else Sign.EITHER
        return {Sign.PLUS: self.minus_vnd, Sign.MINUS: self.plus_vnd, Sign.EITHER: 0}[sign]


def income(session: Session, period: Period, by: Sequence[str]) -> Report:
    """One row a shop, stage and code of the orders placed in the period; amounts are signed, plus towards the seller.

    Of an order that was undone only settled money is money; of one that was settled the earlier estimate is not shown.
    """
    if by:
        raise ReportError("Báo cáo thu nhập luôn chia theo gian hàng, giai đoạn và khoản.")
    is_summed = are_up_to_date(session)
    sums = [_sum(*row) for row in session.execute(amounts(period) if is_summed else _sums(period))]
    waiting = unsettled(session, period) if is_summed else _unsettled(session, period)
    told = coverage(session, period) | {"orders_not_settled": waiting}
    differences = _differences(session, differing(period) if is_summed else _differing(period))
    notes = [*_notes(sums), *_told_twice(session, period), *differences]
    return Report("income", period, "by row", COLUMNS, [one.row for one in sums], told, notes)


def _sums(period: Period) -> Select[Any]:
    named: tuple[Any, ...] = (Shop.name, MoneyLine.stage, MoneyLine.code, Shop.marketplace)
    amount = MoneyLine.amount_vnd
    sides = (func.sum(case((side, amount), else_=0)) for side in (amount > 0, amount <= 0))
    return (
        select(*named, *sides)
        .join(SalesOrder, MoneyLine.order_id == SalesOrder.id)
        .join(Shop, SalesOrder.shop_id == Shop.id)
        .where(_inside(period), _stands())
        .group_by(*named)
        .order_by(*named)
    )


def _sum(shop: str, stage: str, code: str, marketplace: str, plus_vnd: Decimal, minus_vnd: Decimal) -> Sum:
    """PostgreSQL's sums of 64-bit integers are decimals."""
    return Sum(shop, stage, code, marketplace, int(plus_vnd), int(minus_vnd))


def _notes(sums: Sequence[Sum]) -> Iterator[str]:
    for code in sorted({one.code for one in sums if one.known is None}):
        yield f"Khoản «{code}» chưa có trong bảng mã khoản tiền: hỏi sàn nghĩa của nó rồi bổ sung vào bảng."
    for one in sums:
        if one.contrary_vnd:
            yield (
                f"Khoản «{one.code}» của {one.shop} ({one.stage}) có {format_dong(one.contrary_vnd)} ngược chiều thường lệ: "
                "sàn hoàn lại, hoặc ghi sai dấu. Số giữ nguyên như sàn ghi."
            )


def _told_twice(session: Session, period: Period) -> Iterator[str]:
    """Orders that a file and the API, or two files of one kind, tell of: one order each, by the more exact source."""
    of_shop = and_(FileEntry.import_id == FileImport.id, FileImport.shop_id == SalesOrder.shop_id)
    twice = (
        select(SalesOrder.shop_id, SalesOrder.id)
        .join(FileEntry, FileEntry.external_id == SalesOrder.external_id)
        .join(FileImport, of_shop)
        .where(_inside(period))
        .group_by(SalesOrder.shop_id, SalesOrder.id, FileImport.kind)
        .having(or_(func.count() > 1, func.max(case((FileEntry.outcome == "exact", 1), else_=0)) == 1))
        .subquery()
    )
    orders = func.count(twice.c.id.distinct())
    query = select(Shop.name, orders).join(twice, twice.c.shop_id == Shop.id).group_by(Shop.name).order_by(Shop.name)
    for shop, number in session.execute(query):
        yield f"{number} đơn của {shop} có ở nhiều nguồn (API và tệp, hoặc nhiều tệp): mỗi đơn tính một lần, theo nguồn chính xác hơn."


def _inside(period: Period) -> ColumnElement[bool]:
    return and_(SalesOrder.placed_at >= period.start, SalesOrder.placed_at < period.end)


def _stands() -> ColumnElement[bool]:
    """An estimate ends when its order is settled, or its own amount is named by a statement that is not paid yet."""
    paid = aliased(MoneyLine)
    is_named = exists().where(
        paid.order_id == MoneyLine.order_id,
        paid.line_external_id == MoneyLine.line_external_id,
        paid.code == MoneyLine.code,
        paid.stage == "settled",
    )
    estimate_stands = or_(MoneyLine.stage != "processing", and_(SalesOrder.settled_at.is_(None), ~is_named))
    return or_(MoneyLine.stage == "settled", and_(SalesOrder.state.not_in(NOT_REVENUE), estimate_stands))


def _unsettled(session: Session, period: Period) -> int:
    """Orders that stand and that no payout has named yet: their fees and taxes may still change."""
    query = select(func.count(SalesOrder.id)).where(
        _inside(period), SalesOrder.state.not_in(NOT_REVENUE), SalesOrder.settled_at.is_(None)
    )
    return session.scalar(query) or 0


def _differences(session: Session, query: Select[Any]) -> list[str]:
    return [
        f"Đơn {order} của {shop}: các khoản cộng lại {format_dong(int(total))}, sàn báo trả {format_dong(payout)}."
        for shop, order, payout, total in session.execute(query)
    ]


def _differing(period: Period) -> Select[Any]:
    """Orders whose lines do not add up to the payout the marketplace names: shown, never absorbed.

    Settled lines when the order is settled, the estimate's before; a payout without any line differs by all of it.
    """
    stage = case((SalesOrder.settled_at.is_(None), "processing"), else_="settled")
    payout = type_coerce(SalesOrder.payout_vnd, BigInteger)  # never None below: asked for
    lines = func.coalesce(func.sum(MoneyLine.amount_vnd), 0)
    columns: tuple[Any, ...] = (Shop.name, SalesOrder.external_id, payout, lines)
    return (
        select(*columns)
        .select_from(SalesOrder)
        .join(Shop, SalesOrder.shop_id == Shop.id)
        .outerjoin(MoneyLine, (MoneyLine.order_id == SalesOrder.id) & (MoneyLine.stage == stage))
        .where(_inside(period), SalesOrder.payout_vnd.is_not(None))
        .group_by(Shop.name, SalesOrder.external_id, SalesOrder.payout_vnd)
        .having(lines != SalesOrder.payout_vnd)
        .order_by(Shop.name, SalesOrder.external_id)
    )
