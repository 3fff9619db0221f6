"""An application on either database, its clock in the test's hand, and the trace that played jobs leave."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from jobs.app import App
from tests.jobs.played_jobs import START, Trace, open_played_app


class HeldClock:
    """Stands still until told."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def pass_by(self, **time: float) -> None:
        self._at += timedelta(**time)


@pytest.fixture
def trace(tmp_path: Path) -> Trace:
    return Trace(tmp_path / "trace")


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(START)


@pytest.fixture
def app(database_url: str, clock: HeldClock) -> Iterator[App]:
    """On SQLite and on PostgreSQL."""
    opened = open_played_app(database_url)
    opened.clock = clock
    yield opened
    opened.close()


@pytest.fixture
def grown_app(postgresql_url: str) -> Iterator[App]:
    """On PostgreSQL and on the wall clock, as worker processes are."""
    opened = open_played_app(postgresql_url)
    yield opened
    opened.close()
