"""Runs, leases and problems: who does a thing, whether they still may, and what a person must look at.

Every function is one or two statements whose WHERE decides, so that of any number of processes exactly one is told yes, on
both databases. `now` is the caller's clock, aware UTC; two machines must agree on it better than the ages they pass.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import BindParameter, Table, and_, bindparam, case, or_, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from models.bulk import insert_for, insert_ignore, insert_into
from models.run import JobRun, Lease, Problem

Said = BindParameter[Any]

STALE_AFTER_S = 45.0  # a running run whose heart has not beaten for this long is dead
ENDS = frozenset({"done", "failed", "skipped", "superseded"})


class Claim(NamedTuple):
    """A slot that is ours: its row, and the fence under which it may be written."""

    id: int
    fence: int


def claim_slot(
    session: Session,
    job: str,
    lane: str,
    slot: datetime,
    owner: str,
    now: datetime,
    *,
    stale_after_s: float = STALE_AFTER_S,
) -> Claim | None:
    """Take a slot nobody has, or one whose runner died. None: it is being done, or has been. A claim raises the fence."""
    said = {"of_job": job, "of_lane": lane, "of_slot": slot, "by": owner, "at": now}
    said["silent_since"] = now - timedelta(seconds=stale_after_s)
    claimed = session.connection().execute(_CLAIM, said).one_or_none()
    if claimed is None and insert_ignore(session, JobRun, [(job, lane, slot, "queued", 0, "{}")], _SLOT_COLUMNS):
        claimed = session.connection().execute(_CLAIM, said).one_or_none()
    return Claim(*claimed) if claimed else None


# Built once, of tables and not of mapped classes: every job of every shop begins and ends with these.
_RUN = cast("Table", JobRun.__table__)
_SLOT_COLUMNS = ("job", "lane", "slot", "state", "fence", "counts")
_CLAIM = (
    update(_RUN)
    .where(
        _RUN.c.job == bindparam("of_job"),
        _RUN.c.lane == bindparam("of_lane"),
        _RUN.c.slot == bindparam("of_slot"),
        or_(
            _RUN.c.state == "queued",
            and_(_RUN.c.state == "running", _RUN.c.heartbeat_at < bindparam("silent_since")),
        ),
    )
    .values(
        state="running",
        fence=_RUN.c.fence + 1,
        owner=bindparam("by"),
        started_at=bindparam("at"),
        heartbeat_at=bindparam("at"),
    )
    .returning(_RUN.c.id, _RUN.c.fence)
)


def heartbeat(session: Session, run_id: int, fence: int, now: datetime) -> bool:
    """Say that a run is alive. False: it was taken over or is finished, and must stop."""
    return _change_running(session, run_id, fence, heartbeat_at=now)


def finish_run(  # noqa: PLR0913, PLR0917 - the row's own fields
    session: Session,
    run_id: int,
    fence: int,
    state: str,
    counts: str,
    error: str | None,
    now: datetime,
    *,
    error_code: str | None = None,
) -> bool:
    """Record how a run ended; `counts` is JSON. False: the fence is old, a newer run answers for this slot."""
    if state not in ENDS:
        raise ValueError(f"a run cannot end as {state!r}: {', '.join(sorted(ENDS))}")
    end = {"state": state, "counts": counts, "error": error, "error_code": error_code, "finished_at": now}
    return _change_running(session, run_id, fence, heartbeat_at=now, **end)


def _change_running(session: Session, run_id: int, fence: int, **values: object) -> bool:
    said = {"of_run": run_id, "with_fence": fence} | {f"to_{name}": value for name, value in values.items()}
    return session.connection().scalar(_changing(*values), said) is not None


@cache
def _changing(*columns: str) -> ReturningUpdate[int]:
    mine = and_(_RUN.c.id == bindparam("of_run"), _RUN.c.fence == bindparam("with_fence"), _RUN.c.state == "running")
    values: dict[str, Said] = {name: bindparam(f"to_{name}") for name in columns}
    return update(_RUN).where(mine).values(values).returning(_RUN.c.id)


def acquire_lease(session: Session, name: str, owner: str, now: datetime, ttl_s: float) -> bool:
    """Take or renew a lease until `now` + `ttl_s`. False: another owner's has not run out yet."""
    said = {"named": name, "by": owner, "ends": now + timedelta(seconds=ttl_s), "at": now}
    connection = session.connection()
    return connection.scalar(_leasing(connection.dialect.name), said) is not None


@cache
def _leasing(dialect: str) -> ReturningInsert[str]:
    by: Said = bindparam("by")
    ends: Said = bindparam("ends")
    at: Said = bindparam("at")
    insert = insert_for(dialect, Lease).values(name=bindparam("named"), owner=by, until=ends, heartbeat_at=at)
    taken = insert.on_conflict_do_update(
        index_elements=[Lease.name],
        set_={"owner": by, "until": ends, "heartbeat_at": at},
        where=or_(Lease.owner == by, Lease.until <= at),
    )
    return taken.returning(Lease.name)


def report_problem(  # noqa: PLR0913 - the row's own fields
    session: Session,
    key: str,
    sentence: str,
    now: datetime,
    *,
    shop: str | None = None,
    sku: str | None = None,
    code: str = "",
    request_id: str | None = None,
) -> None:
    """Put a problem before a person, or raise its count. One that was resolved starts again at one."""
    insert = insert_into(session, Problem).values(
        key=key,
        shop=shop,
        sku=sku,
        code=code,
        sentence=sentence,
        request_id=request_id,
        first_at=now,
        last_at=now,
        count=1,
    )
    is_open = Problem.resolved_at.is_(None)
    again = {
        "sentence": sentence,
        "request_id": request_id,
        "last_at": now,
        "first_at": case((is_open, Problem.first_at), else_=now),
        "count": case((is_open, Problem.count + 1), else_=1),
        "resolved_at": None,
    }
    session.execute(insert.on_conflict_do_update(index_elements=[Problem.key], set_=again))


def resolve_problem(session: Session, key: str, now: datetime) -> bool:
    """Close a problem. False: there is none open under this key."""
    open_one = and_(Problem.key == key, Problem.resolved_at.is_(None))
    return session.scalar(update(Problem).where(open_one).values(resolved_at=now).returning(Problem.id)) is not None
