"""The timetable: Vietnam time, nothing missed in silence, and two schedulers that do no harm; on both databases."""

import logging
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from jobs.app import App
from jobs.registry import JOBS, Kind
from jobs.slots import MOST_SKIPPED, Slot
from models import JobRun, Lease, Shop
from scheduler import TIMETABLE, Scheduler, Timed, fire_times, next_fire, tick
from tests.jobs.conftest import HeldClock
from tests.jobs.played_jobs import START, Trace, open_played_app, played_jobs, wait_until

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HOURLY = (Timed("brief", "5 * * * *"),)


class Kept:
    """A dispatcher that keeps what it is sent."""

    def __init__(self) -> None:
        self.sent: list[Slot] = []
        self.is_closed = False

    def send(self, slots: Iterable[Slot]) -> None:
        self.sent += slots

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def jobs(trace: Trace) -> dict[str, Kind]:
    """Each in the lanes a and b."""
    return played_jobs(trace)


def rows(app: App) -> list[tuple[str, datetime, str, str | None]]:
    with app.database.session() as session:
        query = select(JobRun.lane, JobRun.slot, JobRun.state, JobRun.error).order_by(JobRun.lane, JobRun.slot)
        return [(lane, slot, state, error) for lane, slot, state, error in session.execute(query)]


def test_the_timetable_is_vietnam_time(app: App) -> None:
    """Two o'clock in the morning in Thái Nguyên is seven in the evening of the day before in UTC."""
    assert [*fire_times("10 2 * * *", HANOI, START, START + timedelta(days=2))] == [
        datetime(2026, 11, 24, 19, 10, tzinfo=UTC),
        datetime(2026, 11, 25, 19, 10, tzinfo=UTC),
    ]
    assert next_fire(app, datetime(2026, 11, 24, 18, 20, tzinfo=UTC)) == datetime(2026, 11, 24, 19, 5, tzinfo=UTC)


def test_every_job_is_in_the_timetable_once() -> None:
    """No job is forgotten and none is named that does not exist."""
    assert sorted(timed.job for timed in TIMETABLE) == sorted(JOBS)


def test_a_slot_is_due_in_every_lane(app: App, clock: HeldClock, jobs: dict[str, Kind]) -> None:
    """Not before its minute; then once a lane, and still waiting at the next tick until somebody takes it."""
    at = START + timedelta(minutes=5)
    clock.pass_by(minutes=4, seconds=59)
    assert tick(app, START, HOURLY, jobs) == []
    clock.pass_by(seconds=1)
    due = [Slot("brief", "a", at), Slot("brief", "b", at)]
    assert tick(app, START, HOURLY, jobs) == due
    assert tick(app, START, HOURLY, jobs) == due
    assert rows(app) == [("a", at, "queued", None), ("b", at, "queued", None)]


def test_missed_slots_are_caught_up_or_recorded(app: App, clock: HeldClock, jobs: dict[str, Kind]) -> None:
    """After four hours of silence the newest slot is queued, and each older one says why it was skipped."""
    clock.pass_by(hours=4)
    assert tick(app, START, HOURLY, jobs) == [
        Slot("brief", lane, START + timedelta(hours=3, minutes=5)) for lane in "ab"
    ]
    why = "bỏ qua: lượt sau đã bao gồm"
    assert [row[1:] for row in rows(app) if row[0] == "a"] == [
        (START + timedelta(minutes=5), "skipped", why),
        (START + timedelta(hours=1, minutes=5), "skipped", why),
        (START + timedelta(hours=2, minutes=5), "skipped", why),
        (START + timedelta(hours=3, minutes=5), "queued", None),
    ]


def test_a_long_silence_is_bounded(app: App, clock: HeldClock, jobs: dict[str, Kind]) -> None:
    """A year off leaves the newest slot and a bounded number of skipped ones in each lane, not nine thousand."""
    clock.pass_by(days=365)
    assert len(tick(app, START, HOURLY, jobs)) == 2
    with app.database.session() as session:
        counted = session.execute(select(JobRun.state, func.count()).group_by(JobRun.state).order_by(JobRun.state))
        assert counted.all() == [("queued", 2), ("skipped", 2 * MOST_SKIPPED)]


def test_a_new_scheduler_goes_on_where_the_last_one_was(app: App, clock: HeldClock, jobs: dict[str, Kind]) -> None:
    """What fell due between two lives counts from the lane's last slot, not from the new start."""
    clock.pass_by(minutes=5)
    tick(app, START, HOURLY, jobs)
    clock.pass_by(hours=2)
    tick(app, app.now(), HOURLY, jobs)
    assert [slot for lane, slot, *_ in rows(app) if lane == "a"] == [
        START + timedelta(hours=h, minutes=5) for h in range(3)
    ]


def test_two_schedulers_insert_each_slot_once(
    database_url: str, app: App, clock: HeldClock, jobs: dict[str, Kind]
) -> None:
    """Two that tick at the same moment over a day of slots, without any lease, leave each slot once."""
    other = open_played_app(database_url)
    other.clock = clock
    clock.pass_by(days=1)
    barrier = threading.Barrier(2)

    def race(mine: App) -> None:
        barrier.wait()
        tick(mine, START, HOURLY, jobs)

    racers = [threading.Thread(target=race, args=(mine,)) for mine in (app, other)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    other.close()
    due = [START + timedelta(hours=hour, minutes=5) for hour in range(24)]
    assert [(lane, slot) for lane, slot, *_ in rows(app)] == [(lane, slot) for lane in "ab" for slot in due]
    assert sum(state == "queued" for _, _, state, _ in rows(app)) == 2


def test_one_of_two_schedulers_sends(database_url: str, app: App, clock: HeldClock) -> None:
    """The lease's owner ticks and the other stands by; once the owner has been silent for a minute the other sends."""
    with app.database.write() as session:
        session.add(Shop(name="Trà", marketplace="shopee", external_id="1", state="connected"))
    other = open_played_app(database_url)
    other.clock = clock
    mine, theirs = Kept(), Kept()
    first, second = Scheduler(app, mine, tick_s=3600), Scheduler(other, theirs, tick_s=0.05)
    clock.pass_by(hours=3)
    first.start()
    second.start()
    sent = [(slot.job, slot.lane) for slot in mine.sent]
    assert set(sent) == {("pull_orders", "Trà"), ("push_listings", "Trà")}
    assert theirs.sent == []
    first.stop()
    clock.pass_by(seconds=61)
    wait_until(lambda: theirs.sent != [])
    second.stop()
    assert [(slot.job, slot.lane) for slot in theirs.sent[: len(sent)]] == sent
    assert (mine.is_closed, theirs.is_closed) == (True, True)
    with app.database.session() as session:
        assert session.get_one(Lease, "scheduler").owner == other.owner
    other.close()


def test_a_timetable_that_stopped_is_loud(app: App, clock: HeldClock, caplog: pytest.LogCaptureFixture) -> None:
    """A tick that hangs cannot say so itself: the watchdog does, from outside its thread."""
    goes_on, hangs = threading.Event(), threading.Event()

    class Hanging(Kept):
        def send(self, slots: Iterable[Slot]) -> None:
            super().send(slots)
            if threading.current_thread() is not threading.main_thread():
                hangs.set()
                goes_on.wait()

    watched = Scheduler(app, Hanging(), tick_s=0.05)
    watched.start()
    assert hangs.wait(20)
    clock.pass_by(seconds=5)
    wait_until(lambda: "the timetable has stopped ticking" in caplog.text)
    goes_on.set()
    watched.stop()
    assert {record.levelno for record in caplog.records if record.name == "scheduler"} == {logging.ERROR}
