"""Revenue of the calendar year so far, by tax code across shops, against the threshold from which tax is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from analysis.report import Period, Row
from analysis.revenue import pieces, sold_lines
from catalog.money import format_dong
from catalog.taxes import threshold
from models import OfflineSale, OrderLine, Producer

NEAR, REACHED = 0.8, 1.0
COLUMNS = ("tax_code", "producer", "kind", "online_vnd", "offline_vnd", "threshold_vnd", "threshold_share")


@dataclass
class Payer:
    """Everything sold under one tax code. Offline None: nothing was declared, which is not nothing sold."""

    tax_code: str | None
    names: list[str]
    kind: str | None
    online_vnd: int = 0
    offline_vnd: int | None = None

    def row(self, on: date) -> Row:
        limit = threshold(self.kind, on)
        total = self.online_vnd + (self.offline_vnd or 0)
        share = round(total / limit.year_vnd, 4) if limit else None
        known = (self.tax_code, ", ".join(self.names), self.kind, self.online_vnd, self.offline_vnd)
        return dict(zip(COLUMNS, (*known, limit.year_vnd if limit else None, share), strict=True))


def payers(session: Session, period: Period) -> list[Payer]:
    """Producers with revenue in the year of the period's last day, up to that day; those of one tax code together.

    A producer without a tax code stands alone.
    """
    year = Period(period.last.replace(month=1, day=1), period.last, period.zone)
    online, offline = _online(session, year), _offline(session, year)
    found: dict[str, Payer] = {}
    for producer in session.scalars(select(Producer).order_by(Producer.code)):
        if producer.id in online or producer.id in offline:
            payer = found.setdefault(
                producer.tax_code or f"producer {producer.id}", Payer(producer.tax_code, [], producer.kind)
            )
            payer.names.append(producer.name)
            payer.online_vnd += online.get(producer.id, 0)
            if (told_vnd := offline.get(producer.id)) is not None:
                payer.offline_vnd = (payer.offline_vnd or 0) + told_vnd
    return list(found.values())


def warnings(rows: list[Row]) -> Iterator[str]:
    """A sentence at 80 % of the threshold and another at 100 %."""
    for row in rows:
        share = row["threshold_share"]
        if not isinstance(share, float) or share < NEAR:
            continue
        who = f"{row['producer']} (MST {row['tax_code'] or 'chưa có'})"
        limit = format_dong(int(str(row["threshold_vnd"])))
        if share >= REACHED:
            yield f"{who} đã vượt ngưỡng {limit} của năm: phải kê khai thuế, hỏi cơ quan thuế ngay."
        else:
            yield f"{who} đã đạt {share:.0%} ngưỡng {limit} của năm: chuẩn bị kê khai thuế."


def _online(session: Session, year: Period) -> dict[int, int]:
    amount = func.sum(pieces() * OrderLine.unit_price_vnd)
    columns: list[ColumnElement[Any]] = [Producer.id.label("producer_id"), amount]
    query = sold_lines(year, columns).where(Producer.id.is_not(None)).group_by(Producer.id)
    return {key: int(vnd) for key, vnd in session.execute(query)}


def _offline(session: Session, year: Period) -> dict[int, int]:
    query = (
        select(OfflineSale.producer_id, func.sum(OfflineSale.amount_vnd))
        .where(OfflineSale.month.between(year.months[0], year.months[-1]))
        .group_by(OfflineSale.producer_id)
    )
    return {key: int(vnd) for key, vnd in session.execute(query)}
