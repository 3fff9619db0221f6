"""Keeps the sums of order money up to date, so that reports over years answer at once."""

from analysis.rollup.build import refresh
from jobs.run import Counts, Run


def refresh_rollups(run: Run) -> Counts:
    """Sum anew the days whose orders changed since the last time. Safe to repeat: days without a change cost nothing."""
    with run.app.database.write() as session:
        return {"days": refresh(session, run.app.zone)}
