"""Online share: online ÷ (online + offline). Without the offline side of a month there is no share, and the report says so."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.declared import demonstration, doubtful, offline_by_month, undeclared_by_month
from analysis.doubts import doubts
from analysis.online import online_by_product
from analysis.report import Period, Report, Row
from analysis.seasons import tet_note
from analysis.share_by import share_by

COLUMNS = ("month", "online_vnd", "offline_vnd", "online_share", "producers_undeclared")


def online_share(session: Session, period: Period, by: Sequence[str]) -> Report:
    """One row a month, `online_share` None where the offline side is missing; with keys a row a group and month (`share_by`).

    Declarations are of whole months, so both sides are: the report's period is the one asked for, widened to its months.
    """
    if by:
        return share_by(session, period, by)
    whole = period.whole_months
    online, offline = online_by_product(session, whole), offline_by_month(session, whole)
    online_vnd, undeclared = Counter[int](), undeclared_by_month(session, whole, online)
    for (_, month), vnd in online.items():
        online_vnd[month] += vnd
    rows = [_row(month, online_vnd[month], offline.get(month), undeclared[month]) for month in whole.months]
    notes = [note for row in rows for note in _doubts(row)] + doubtful(session, whole)
    if demonstration(session, whole):
        notes.append("Doanh thu ngoài mạng là số minh hoạ, không phải số thật.")
    if whole != period:
        notes.append(
            f"Doanh thu ngoài mạng khai theo tháng nên bảng tính trọn tháng: {whole.first:%d/%m/%Y} – {whole.last:%d/%m/%Y}."
        )
    about = coverage(session, whole), [*notes, *tet_note(whole, ("month",))], doubts(session, whole)
    return Report("online-share", whole, "placed", COLUMNS, rows, *about)


def overall_share(report: Report) -> float | None:
    """The share of the whole period; None as soon as one month's offline side is missing."""
    if any(row["offline_vnd"] is None for row in report.rows):
        return None
    online = sum(int(str(row["online_vnd"])) for row in report.rows)
    total = online + sum(int(str(row["offline_vnd"])) for row in report.rows)
    return round(online / total, 4) if total else None


def named(month: int) -> str:
    """A month yyyymm as a person reads it."""
    return f"{month % 100:02d}/{month // 100}"


def _row(month: int, online_vnd: int, offline_vnd: int | None, undeclared: int) -> Row:
    total = None if offline_vnd is None else online_vnd + offline_vnd
    share = round(online_vnd / total, 4) if total else None
    return dict(zip(COLUMNS, (month, online_vnd, offline_vnd, share, undeclared), strict=True))


def _doubts(row: Mapping[str, object]) -> list[str]:
    month = named(int(str(row["month"])))
    if row["offline_vnd"] is None:
        return [f"Chưa có doanh thu ngoài mạng của tháng {month}: không tính tỷ trọng."]
    if undeclared := row["producers_undeclared"]:
        return [
            f"Tháng {month}: {undeclared} chủ thể bán trực tuyến chưa khai doanh thu ngoài mạng, tỷ trọng có thể cao hơn thực tế."
        ]
    return []
