"""Keeps the sums of order money up to date, so that reports over years answer at once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.rollup.build import refresh
from jobs.run import Counts, Run
from models import RollupDue


def refresh_rollups(run: Run) -> Counts:
    """Sum anew the days whose orders changed since the last time. Safe to repeat: days without a change cost nothing."""
    with run.app.database.write() as session:
        return {"days": refresh(session, run.app.zone)}


def lanes_due(session: Session, now: datetime) -> list[str]:  # noqa: ARG001 - a lane's times are the timetable's
    """The one lane, while some day is due."""
    return [""] if session.scalar(select(RollupDue.shop_id).limit(1)) is not None else []
