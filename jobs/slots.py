"""Slots of the timetable as rows: inserted once however many schedulers look, none missed in silence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from jobs.app import App
from jobs.heartbeat import STALE_AFTER_S
from jobs.owner import may_be_alive
from models import JobRun
from models.bulk import insert_ignore

COLUMNS = ("job", "lane", "slot", "state", "fence", "counts", "error")
MOST_SKIPPED = 500  # rows written for one long silence; the oldest of them says how far back it went


@dataclass(frozen=True)
class Slot:
    """One job call that is due."""

    job: str
    lane: str
    at: datetime


def last_slots(session: Session) -> dict[tuple[str, str], datetime]:
    """The newest slot that each job and lane has a row for."""
    rows = session.execute(select(JobRun.job, JobRun.lane, func.max(JobRun.slot)).group_by(JobRun.job, JobRun.lane))
    return {(job, lane): slot for job, lane, slot in rows}


def open_slots(session: Session, job: str, lane: str, due: Sequence[datetime]) -> None:
    """Insert due slots: the newest to be done, the older ones as skipped, because doing the newest covers them."""
    if not due:
        return
    *missed, newest = due
    why = "bỏ qua: lượt sau đã bao gồm"
    rows = [(job, lane, at, "skipped", 0, "{}", why) for at in missed[-MOST_SKIPPED:]]
    insert_ignore(session, JobRun, [*rows, (job, lane, newest, "queued", 0, "{}", None)], COLUMNS)


def queued(session: Session, now: datetime) -> list[Slot]:
    """Everything waiting to be done, oldest first; what a runner on any host died in waits too."""
    dead = and_(JobRun.state == "running", JobRun.heartbeat_at < now - timedelta(seconds=STALE_AFTER_S))
    waits = or_(JobRun.state == "queued", dead)
    query = select(JobRun.job, JobRun.lane, JobRun.slot).where(waits).order_by(JobRun.slot, JobRun.id)
    return [Slot(*row) for row in session.execute(query)]


def release_dead(app: App) -> int:
    """Queue again what a process of this host was doing when it died. Another host's wait for their heartbeat."""
    with app.database.write() as session:
        running = session.execute(select(JobRun.id, JobRun.owner).where(JobRun.state == "running"))
        dead = [row_id for row_id, owner in running if owner and not may_be_alive(owner)]
        if dead:
            session.execute(update(JobRun).where(JobRun.id.in_(dead)).values(state="queued"))
    return len(dead)
