"""Two jobs of one shop never run together, whoever starts them: a person's command waits for the timetable's run, and the other way round."""

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from commands.work import run_lanes
from jobs.app import App
from jobs.heartbeat import STALE_AFTER_S
from jobs.lane import take_lane
from jobs.registry import JOBS
from jobs.run import perform
from jobs.slots import open_slots
from models import JobRun
from models.runs_store import claim_slot
from tests.jobs.conftest import HeldClock
from tests.jobs.office import SHOPS, Office, another, opened
from tests.jobs.played_jobs import Trace, played_jobs, wait_until


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, products=4) as found:
        yield found


def test_two_pushes_of_one_shop_at_once_make_no_listing_twice(office: Office) -> None:
    """The second finds the first at work and leaves its slot for later."""
    office.fault("shopee", "hang_after", path="add_item", seconds=1.5)
    first = threading.Thread(target=office.push, args=("shopee",))
    first.start()
    wait_until(lambda: office.world.sites["shopee.api"].calls["POST /api/v2/product/add_item"] == 1)
    other = another(office.app)
    second = perform(
        other, "push_listings", JOBS["push_listings"].function, SHOPS["shopee"], other.now() + timedelta(seconds=1)
    )
    first.join()
    assert second is None
    assert Counter(offer.sku for offer in office.offers("shopee")) == Counter(list(office.variants()))
    other.close()


def test_another_job_of_a_busy_lane_stays_queued(app: App, trace: Trace) -> None:
    """Its row waits for the next tick; a job of another lane is done meanwhile."""
    kinds = played_jobs(trace)
    at = app.now()
    with app.database.write() as session:
        open_slots(session, "brief", "a", [at])
    busy = threading.Thread(target=perform, args=(app, "shut", kinds["shut"].function, "a", at))
    busy.start()
    trace.wait_for("begin")
    assert perform(app, "brief", kinds["brief"].function, "a", at) is None
    other = perform(app, "brief", kinds["brief"].function, "b", at)
    assert (other is not None, _state(app, "a")) == (True, "queued")
    trace.open_door()
    busy.join()
    later = perform(app, "brief", kinds["brief"].function, "a", at)
    assert (later is not None, _state(app, "a")) == (True, "done")


def test_a_command_that_found_the_lane_busy_leaves_no_slot_behind(app: App, trace: Trace) -> None:
    """It says so for that lane and does the others; what a person asked for now is not done unasked an hour later."""
    kinds = played_jobs(trace)
    at = app.now()
    busy = threading.Thread(target=perform, args=(app, "shut", kinds["shut"].function, "a", at))
    busy.start()
    trace.wait_for("begin")
    ended = run_lanes(app, "brief", kinds["brief"].function, ["a", "b"])
    assert [(one.lane, one.state, one.error_code) for one in ended] == [("a", "failed", "busy"), ("b", "done", None)]
    assert _state(app, "a") is None
    trace.open_door()
    busy.join()


@pytest.mark.parametrize(("host", "silence_s"), [("elsewhere", STALE_AFTER_S), (socket.gethostname(), 0)])
def test_a_dead_runner_gives_its_lane_back(
    app: App, clock: HeldClock, trace: Trace, host: str, silence_s: float
) -> None:
    """A process of this host is known to be dead at once; another host's is once it has been silent."""
    dead = f"{host}:999999999:0badcafe"
    kinds = played_jobs(trace)
    at = app.now()
    with app.database.write() as session:
        assert claim_slot(session, "brief", "a", at, dead, at) is not None
        assert take_lane(session, "a", f"{dead}:1", at)
    later = at + timedelta(minutes=1)
    if silence_s:
        assert perform(app, "brief", kinds["brief"].function, "a", later) is None
    clock.pass_by(seconds=silence_s)
    assert perform(app, "brief", kinds["brief"].function, "a", later) is not None


def _state(app: App, lane: str) -> str | None:
    with app.database.session() as session:
        return session.scalar(select(JobRun.state).where(JobRun.job == "brief", JobRun.lane == lane))
