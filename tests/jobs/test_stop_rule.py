"""A refusal is heeded at once, remembered across restarts, and never worked round."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from jobs.app import JobError
from jobs.stop_rule import allow, heed
from models import SiteState
from models.database import Database
from spiders.page import PageState
from spiders.visits import Visit

NOON = datetime(2026, 11, 2, 5, tzinfo=UTC)


def visit(state: PageState, retry_after_s: float | None = None) -> Visit:
    return Visit(1, "https://x.example/p", "https://x.example/p", state, "mark", 403, NOON, 0, 0.1, retry_after_s)


def refused(
    database: Database, at: datetime, day: date, state: PageState = PageState.REFUSED, wait_s: float | None = None
) -> str | None:
    """One visit heeded; the sentence of its alarm."""
    with database.write() as session:
        return next(iter(heed(session, "x", [visit(state, wait_s)], at, day)), None)


def state(database: Database) -> SiteState:
    with database.session() as session:
        return session.get_one(SiteState, "x")


def test_the_pauses_grow(database: Database) -> None:
    """15 minutes, two hours, then a day with an alarm."""
    day = NOON.date()
    assert refused(database, NOON, day) is None
    assert state(database).paused_until == NOON + timedelta(minutes=15)
    assert refused(database, NOON, day) is None
    assert state(database).paused_until == NOON + timedelta(hours=2)
    assert "ba lần liền" in str(refused(database, NOON, day))
    assert state(database).paused_until == NOON + timedelta(days=1)


def test_a_longer_retry_after_counts(database: Database) -> None:
    """The site's own wish overrides ours when it is longer, never when it is shorter."""
    refused(database, NOON, NOON.date(), PageState.SLOW_DOWN, 7200)
    assert state(database).paused_until == NOON + timedelta(hours=2)
    refused(database, NOON, NOON.date(), PageState.SLOW_DOWN, 1)
    assert state(database).paused_until == NOON + timedelta(hours=2)


def test_a_good_page_starts_the_count_anew(database: Database) -> None:
    """Refusals in a row, not refusals ever."""
    refused(database, NOON, NOON.date())
    refused(database, NOON, NOON.date(), PageState.OK)
    refused(database, NOON, NOON.date())
    assert state(database).paused_until == NOON + timedelta(minutes=15)


def test_three_days_switch_the_site_off(database: Database) -> None:
    """Until a person switches it on again: no pause runs out by itself any more."""
    days = [NOON + timedelta(days=number) for number in range(3)]
    said = [refused(database, at, at.date()) for at in days]
    assert (said[:2], "đã tắt" in str(said[2])) == ([None, None], True)
    assert json.loads(state(database).refused_days) == [at.date().isoformat() for at in days]
    with database.session() as session, pytest.raises(JobError, match="đã tắt"):
        allow(session, "x", NOON + timedelta(days=365))


def test_a_paused_site_is_not_asked(database: Database) -> None:
    """Until the pause is over; a site that never refused is asked."""
    refused(database, NOON, NOON.date())
    with database.session() as session:
        allow(session, "another", NOON)
        allow(session, "x", NOON + timedelta(minutes=16))
        with pytest.raises(JobError, match="đang nghỉ"):
            allow(session, "x", NOON + timedelta(minutes=14))
