"""Statements and payouts into tables, as the marketplace states them; `analysis.reconcile` holds them against our lines."""

from collections import Counter
from datetime import datetime, timedelta

from connectors.capability import Can
from connectors.facts.statement import Statement
from jobs.run import Counts, Run
from models import Cursor, Shop
from models.statements_store import StatementRow, store_statements, yield_statements

STREAM = "statements"
OVERLAP = timedelta(days=14)  # a statement is cut first and marked as paid some days later
FIRST_REACH = timedelta(days=90)
CHUNK = 20


def pull_statements(run: Run, *, since: datetime | None = None) -> Counts:
    """Read every statement cut since the cursor less the overlap. Safe to repeat: an unchanged statement writes nothing.

    Raises UnsupportedError where the marketplace has none.
    """
    shop = run.app.shop(run.lane)
    connector = run.app.connector(shop)
    if Can.PULL_STATEMENTS not in connector.capabilities:
        raise connector.unsupported("pull statements")
    until = run.app.now()
    found = list(connector.pull_statements(since or _start(run, shop, until), until))
    counts: Counter[str] = Counter(new=0, updated=0, unchanged=0)
    for at in range(0, len(found), CHUNK):
        run.check()
        with run.app.database.write() as session:
            rows = [statement_row(one) for one in found[at : at + CHUNK]]
            counts.update(store_statements(session, shop.id, rows)._asdict())
            yield_statements(session, shop.id, rows, run.app.zone)
    with run.app.database.write() as session:
        session.merge(Cursor(shop_id=shop.id, stream=STREAM, position=until))
    return dict(counts) | {"cursor": until.isoformat()}


def _start(run: Run, shop: Shop, until: datetime) -> datetime:
    with run.app.database.session() as session:
        cursor = session.get(Cursor, (shop.id, STREAM))
        return cursor.position - OVERLAP if cursor else until - FIRST_REACH


def statement_row(statement: Statement) -> StatementRow:
    return StatementRow(
        external_id=statement.external_id,
        period_start=statement.period_start,
        period_end=statement.period_end,
        total_vnd=statement.total_vnd,
        payout_vnd=statement.payout_vnd,
        paid_at=statement.paid_at,
        raw_state=statement.raw_state,
        lines=tuple((line.order_external_id, line.code, line.amount_vnd) for line in statement.lines),
    )
