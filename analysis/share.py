"""Online share: online ÷ (online + offline). Without the offline side of a month there is no share, and the report says so."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.report import Period, Report, ReportError, Row
from analysis.revenue import pieces, sold_lines
from models import OfflineSale, OrderLine, SalesOrder


def online_share(session: Session, period: Period, by: Sequence[str]) -> Report:
    """One row a month. `online_share` is None where the offline side is missing; declarations are whole months."""
    if by:
        raise ReportError("Báo cáo tỷ trọng bán trực tuyến chỉ chia theo tháng.")
    online = _online(session, period)
    offline = _offline(session, period)
    rows = [_row(month, online.get(month, 0), offline.get(month)) for month in period.months]
    missing = [f"{row['month']}" for row in rows if row["offline_vnd"] is None]
    notes = [f"Chưa có doanh thu ngoài mạng của tháng {month}: không tính tỷ trọng." for month in missing]
    if _demonstration(session, period):
        notes.append("Doanh thu ngoài mạng là số minh hoạ, không phải số thật.")
    return Report("online-share", period, "placed", tuple(rows[0]), rows, coverage(session, period), notes)


def overall_share(report: Report) -> float | None:
    """The share of the whole period; None as soon as one month's offline side is missing."""
    if any(row["offline_vnd"] is None for row in report.rows):
        return None
    online = sum(int(str(row["online_vnd"])) for row in report.rows)
    total = online + sum(int(str(row["offline_vnd"])) for row in report.rows)
    return round(online / total, 4) if total else None


def _row(month: int, online_vnd: int, offline_vnd: int | None) -> Row:
    total = None if offline_vnd is None else online_vnd + offline_vnd
    share = round(online_vnd / total, 4) if total else None
    return {"month": month, "online_vnd": online_vnd, "offline_vnd": offline_vnd, "online_share": share}


def _online(session: Session, period: Period) -> dict[int, int]:
    amount = func.sum(pieces() * OrderLine.unit_price_vnd).label("amount")
    rows = session.execute(
        sold_lines(period, [SalesOrder.placed_month.label("month"), amount]).group_by(SalesOrder.placed_month)
    )
    return {month: int(vnd) for month, vnd in rows}


def _offline(session: Session, period: Period) -> dict[int, int]:
    query = (
        select(OfflineSale.month, func.sum(OfflineSale.amount_vnd))
        .where(OfflineSale.month.in_(period.months))
        .group_by(OfflineSale.month)
    )
    return {month: int(vnd) for month, vnd in session.execute(query)}


def _demonstration(session: Session, period: Period) -> bool:
    query = select(OfflineSale.id).where(OfflineSale.month.in_(period.months), OfflineSale.is_demonstration).limit(1)
    return session.scalar(query) is not None
