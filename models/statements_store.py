"""Statements as read: a statement's answer takes the place of what was stored of it. Safe to repeat, in any order of reading."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from models.among import among
from models.bulk import insert_ignore, upsert
from models.statement import Statement, StatementLine

FILE = "file"  # the state of a statement that only a file has stated: the API's own words take its place
LineRow = tuple[str, str, int]  # order_external_id, code, amount_vnd


class StatementRow(NamedTuple):
    """One statement in the order of its columns. Moments are aware UTC, money is whole đồng."""

    external_id: str
    period_start: datetime | None
    period_end: datetime
    total_vnd: int
    payout_vnd: int | None
    paid_at: datetime | None
    raw_state: str
    lines: tuple[LineRow, ...]

    def day(self, zone: ZoneInfo) -> date:
        """On which it was cut."""
        return self.period_end.astimezone(zone).date()


class Counts(NamedTuple):
    """Statements by what became of them."""

    new: int
    updated: int
    unchanged: int


_FIELDS = StatementRow._fields[:-1]
_THESE = (Statement.shop_id == bindparam("shop_id"), among(Statement.external_id, "keys"))
_HEADS = select(Statement.id, *(getattr(Statement, name) for name in _FIELDS)).where(*_THESE)
_LINES = (
    select(StatementLine.statement_id, StatementLine.order_external_id, StatementLine.code, StatementLine.amount_vnd)
    .where(among(StatementLine.statement_id, "ids"))
    .order_by(StatementLine.statement_id, StatementLine.position)
)
_FORGET = delete(StatementLine).where(among(StatementLine.statement_id, "ids"))


def store_statements(session: Session, shop_id: int, statements: Sequence[StatementRow]) -> Counts:
    """Write what is new or says something else. Raises ValueError when one statement is given twice."""
    before = stored_statements(session, shop_id, [one.external_id for one in statements])
    fresh = [one for one in statements if before.get(one.external_id) != one]
    if fresh:
        rows = [(shop_id, *one[:-1]) for one in fresh]
        upsert(session, Statement, ("shop_id", *_FIELDS), rows, key=("shop_id", "external_id"), update=_FIELDS[1:])
        _replace_lines(session, shop_id, fresh)
    new = sum(one.external_id not in before for one in fresh)
    return Counts(new, len(fresh) - new, len(statements) - len(fresh))


def stored_statements(session: Session, shop_id: int, keys: Collection[str]) -> dict[str, StatementRow]:
    """By the marketplace's id, as far as they are stored."""
    heads = session.execute(_HEADS, {"shop_id": shop_id, "keys": keys}).all()
    lines: dict[int, list[LineRow]] = {}
    for statement_id, order, code, amount_vnd in session.execute(_LINES, {"ids": [head[0] for head in heads]}):
        lines.setdefault(statement_id, []).append((order, code, amount_vnd))
    known = ((head[0], dict(zip(_FIELDS, head[1:], strict=True))) for head in heads)
    return {str(said["external_id"]): StatementRow(**said, lines=tuple(lines.get(key, ()))) for key, said in known}


def _replace_lines(session: Session, shop_id: int, statements: Sequence[StatementRow]) -> None:
    these = {"shop_id": shop_id, "keys": [one.external_id for one in statements]}
    ids = {head.external_id: head[0] for head in session.execute(_HEADS, these)}
    session.execute(_FORGET, {"ids": list(ids.values())}, execution_options={"synchronize_session": False})
    rows = [(ids[one.external_id], place, *line) for one in statements for place, line in enumerate(one.lines)]
    columns = ("statement_id", "position", "order_external_id", "code", "amount_vnd")
    insert_ignore(session, StatementLine, rows, columns)


def totals_by_api(session: Session, shop_id: int, zone: ZoneInfo) -> dict[date, int]:
    """By the day on which the API's statements were cut, what they come to: a file may know them by other names."""
    told = select(Statement.period_end, Statement.total_vnd)
    told = told.where(Statement.shop_id == shop_id, Statement.raw_state != FILE)
    totals: Counter[date] = Counter()
    for end, total_vnd in session.execute(told):
        totals[end.astimezone(zone).date()] += total_vnd
    return totals


def yield_statements(session: Session, shop_id: int, told: Iterable[StatementRow], zone: ZoneInfo) -> None:
    """The marketplace itself has stated these: what files said of the same days goes."""
    days = {one.day(zone) for one in told}
    by_file = select(Statement.external_id, Statement.period_end)
    by_file = by_file.where(Statement.shop_id == shop_id, Statement.raw_state == FILE)
    ends = session.execute(by_file)
    forget_statements(session, shop_id, [key for key, end in ends if end.astimezone(zone).date() in days])


def forget_statements(session: Session, shop_id: int, keys: Collection[str]) -> None:
    gone = delete(Statement).where(Statement.shop_id == shop_id, among(Statement.external_id, "keys"))
    session.execute(gone, {"keys": keys}, execution_options={"synchronize_session": False})
