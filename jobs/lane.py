"""One job at a time in a lane, whoever starts it: two at once would create what the other is creating, or count a sale twice.

The lease outlives its holder by a heart's silence only, and a holder known to be dead not at all.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from jobs.heartbeat import STALE_AFTER_S
from jobs.owner import may_be_alive
from models import Lease
from models.runs_store import acquire_lease


def take_lane(session: Session, lane: str, holder: str, now: datetime) -> bool:
    """Begin work in a lane. False: another is at work there. `holder` begins with an owner of `jobs.owner`."""
    if hold_lane(session, lane, holder, now):
        return True
    lease = session.get(Lease, _name(lane), with_for_update=True)
    if lease is None or may_be_alive(lease.owner):
        return False
    lease.until = now
    session.flush()
    return hold_lane(session, lane, holder, now)


def hold_lane(session: Session, lane: str, holder: str, now: datetime) -> bool:
    """Stay in it a while longer. False: it was lost to another."""
    return acquire_lease(session, _name(lane), holder, now, STALE_AFTER_S)


def leave_lane(session: Session, lane: str, holder: str, now: datetime) -> None:
    """Free for the next. Safe to repeat."""
    acquire_lease(session, _name(lane), holder, now, 0)


def _name(lane: str) -> str:
    return f"lane {lane}"
