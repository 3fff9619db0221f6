"""What orders earned: fees, vouchers, taxes and payouts as signed lines, processing until a payout names the order."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select

from connectors.capability import Can
from connectors.facts.order import Income, MoneyStage, OrderState
from connectors.facts.order import MoneyLine as MoneyFact
from jobs.order_rows import money_row
from jobs.run import Counts, Run
from jobs.trouble import note
from models import Cursor, MoneyLine, SalesOrder, Shop
from models.imports_store import yield_income
from models.order import REPEATED
from models.orders_store import IncomeRow, MoneyRow, store_income

STREAM = "settlements"
OVERLAP = timedelta(days=2)
FIRST_REACH = timedelta(days=90)
CHUNK = 50
LONGEST_WAY = timedelta(
    days=21
)  # an order's last change and its payout lie within days; older ones cost calls for nothing
EARNING = (OrderState.DELIVERED.value, OrderState.COMPLETED.value)


def pull_settlements(run: Run, *, since: datetime | None = None) -> Counts:
    """Read the income of orders newly settled and of those delivered but not settled. Safe to repeat: lines have keys.

    Raises UnsupportedError where the marketplace gives no income at all.
    """
    shop = run.app.shop(run.lane)
    connector = run.app.connector(shop)
    if Can.PULL_INCOME not in connector.capabilities:
        raise connector.unsupported("pull income")
    until = run.app.now()
    start = since or _start(run, shop, until)
    wanted = dict.fromkeys([*connector.pull_settled(start, until), *_unsettled(run, shop, start)])
    counts: Counter[str] = Counter(new=0, updated=0, unchanged=0, unknown=0)
    ids = list(wanted)
    for at in range(0, len(ids), CHUNK):
        run.check()
        incomes = list(connector.pull_income(ids[at : at + CHUNK]))
        settled = [income.order_external_id for income in incomes if income.settled_at is not None]
        with run.app.database.write() as session:
            yield_income(session, shop.id, settled)
            counts.update(store_income(session, shop.id, income_rows(incomes))._asdict())
    if counts["unknown"]:
        sentence = f"{counts['unknown']} khoản tiền về của «{shop.name}» thuộc đơn chưa đọc: chạy `ocop pull orders --shop {shop.name} --since …`."
        note(run.app, f"income:{shop.name}:unknown_orders", sentence, shop=shop.name, code="unknown_orders")
    with run.app.database.write() as session:
        session.merge(Cursor(shop_id=shop.id, stream=STREAM, position=until))
    return dict(counts) | {"cursor": until.isoformat()}


def _start(run: Run, shop: Shop, until: datetime) -> datetime:
    with run.app.database.session() as session:
        cursor = session.get(Cursor, (shop.id, STREAM))
        return cursor.position - OVERLAP if cursor else until - FIRST_REACH


def _unsettled(run: Run, shop: Shop, changed_since: datetime) -> Iterable[str]:
    """Orders whose money is still on its way and whose answer may be new: never asked for, or changed since the last pull."""
    oldest = run.app.now() - LONGEST_WAY
    asked = exists().where(MoneyLine.order_id == SalesOrder.id, MoneyLine.stage == MoneyStage.PROCESSING.value)
    with run.app.database.session() as session:
        return session.scalars(
            select(SalesOrder.external_id)
            .where(
                SalesOrder.shop_id == shop.id,
                SalesOrder.state.in_(EARNING),
                SalesOrder.settled_at.is_(None),
                SalesOrder.updated_at >= oldest,
                or_(SalesOrder.updated_at >= changed_since, ~asked),
            )
            .order_by(SalesOrder.id),
        ).all()


def income_rows(incomes: Iterable[Income]) -> list[IncomeRow]:
    return [
        IncomeRow(
            income.order_external_id,
            _numbered(income.lines),
            income.payout_vnd,
            income.settled_at,
        )
        for income in incomes
    ]


def _numbered(lines: Iterable[MoneyFact]) -> tuple[MoneyRow, ...]:
    """An amount that an answer names twice is two rows, the second numbered "#2": a fee charged twice must not look like one."""
    seen: Counter[tuple[str, ...]] = Counter()
    rows = []
    for row in sorted(map(money_row, lines)):  # so that a number does not move from reading to reading
        seen[row.key] += 1
        nth = seen[row.key]
        rows.append(row if nth == 1 else row._replace(line_external_id=f"{row.line_external_id}{REPEATED}{nth}"))
    return tuple(rows)
