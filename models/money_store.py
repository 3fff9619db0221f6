"""Money lines: what an answer says about an order takes the place of what the same source said before.

An answer speaks for the (stage, statement) groups it carries, and a named statement also for its stage's amounts without
one. Inside those groups an amount that is no longer named was withdrawn and goes; all other groups stay as they are.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.among import among
from models.bulk import upsert
from models.order import MoneyLine
from models.order_rows import MoneyRow

Group = tuple[str, str]  # stage, statement

_KEY = ("order_id", "line_external_id", "code", "stage", "statement")
_AMOUNTS = (MoneyLine.order_id, MoneyLine.id, MoneyLine.amount_vnd)
_STORED = select(*_AMOUNTS, *(getattr(MoneyLine, name) for name in _KEY[1:])).where(among(MoneyLine.order_id, "ids"))
_DELETE = delete(MoneyLine).where(among(MoneyLine.id, "ids"))


def add_money(session: Session, money: Mapping[int, Sequence[MoneyRow]]) -> None:
    """Write amounts by order id without looking at what is there. Raises ValueError when two of one order share a key."""
    rows = [(order_id, *line) for order_id, lines in money.items() for line in lines]
    upsert(session, MoneyLine, (*_KEY, "amount_vnd"), rows, key=_KEY, update=("amount_vnd",))


def replace_money(
    session: Session, money: Mapping[int, Sequence[MoneyRow]], *, always: Iterable[Group] = ()
) -> set[int]:
    """Make the groups these amounts speak for (and `always`) equal to them. Returns the ids of the orders that changed."""
    stored = _stored(session, money) if money else {}
    new: dict[int, list[MoneyRow]] = {}
    gone: dict[int, int] = {}  # money line id: order id
    for order_id, lines in money.items():
        before, given = stored.get(order_id, {}), {line.key for line in lines}
        spoken = {*always, *((line.stage, line.statement) for line in lines), *((line.stage, "") for line in lines)}
        gone |= {row_id: order_id for key, (row_id, _) in before.items() if key[2:] in spoken and key not in given}
        if fresh := [line for line in lines if line.key not in before or before[line.key][1] != line.amount_vnd]:
            new[order_id] = fresh
    if gone:
        session.execute(_DELETE, {"ids": gone}, execution_options={"synchronize_session": False})
    add_money(session, new)
    return {*new, *gone.values()}


def _stored(session: Session, orders: Collection[int]) -> dict[int, dict[tuple[str, ...], tuple[int, int]]]:
    """By order and key: the line's id and amount."""
    found: dict[int, dict[tuple[str, ...], tuple[int, int]]] = {}
    for order_id, row_id, amount_vnd, *key in session.execute(_STORED, {"ids": orders}):
        found.setdefault(order_id, {})[tuple(key)] = (row_id, amount_vnd)
    return found
