"""Who does a slot in one process, how a run ends, and what its heartbeat is for; on both databases."""

import logging
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from connectors.errors import LoginRequiredError, QuotaExhaustedError
from jobs.app import App
from jobs.dispatch import Inline, Pool, dispatcher_for, do
from jobs.registry import Kind
from jobs.run import MOST_TRIES, Counts, Run, SupersededError
from jobs.slot_queue import Queue
from jobs.slots import Slot, open_slots, queued, release_dead
from models import JobRun, Problem, Shop
from models.runs_store import claim_slot
from tests.jobs.conftest import HeldClock
from tests.jobs.played_jobs import START, Trace, played_jobs, wait_until


@pytest.fixture
def jobs(trace: Trace) -> dict[str, Kind]:
    return played_jobs(trace)


@pytest.fixture
def pool(app: App, jobs: dict[str, Kind], trace: Trace) -> Iterator[Pool]:
    opened = Pool(app, threads=3, jobs=jobs)
    yield opened
    trace.open_door()
    opened.close()


def slot(job: str, lane: str = "a", minute: int = 0) -> Slot:
    return Slot(job, lane, START + timedelta(minutes=minute))


def only_run(app: App) -> JobRun:
    with app.database.session() as session:
        return session.scalars(select(JobRun)).one()


def raising(err: Exception) -> dict[str, Kind]:
    def job(_: Run) -> Counts:
        raise err

    return {"job": Kind("job", job, lambda *_: ["a"])}


def test_the_database_chooses_who_works(app: App) -> None:
    """Threads of this process on SQLite, the queue on PostgreSQL, by the URL alone."""
    chosen = dispatcher_for(app)
    assert type(chosen) is {"sqlite": Pool, "postgresql": Queue}[app.database.dialect]
    chosen.close()


def test_a_hung_lane_holds_no_other(pool: Pool, trace: Trace) -> None:
    """While one shop's job hangs, the other shop's jobs are all done; the hung lane's next waits for it."""
    pool.send([slot("shut", "a"), slot("brief", "a", 1), *(slot("brief", "b", minute) for minute in range(5))])
    assert [line.lane for line in trace.wait_for("end", 5)] == ["b"] * 5
    assert [(line.lane, line.minute) for line in trace.lines("begin") if line.lane == "a"] == [("a", 0)]
    trace.open_door()
    trace.wait_for("end", 7)
    assert [line.minute for line in trace.lines("end") if line.lane == "a"] == [0, 1]


def test_a_lane_does_one_thing_at_a_time_and_each_once(pool: Pool, trace: Trace) -> None:
    """Fifty slots sent three times over three lanes: each done once, in order, never two of a lane at once."""
    slots = [slot("brief", lane, minute) for minute in range(17) for lane in "abc"]
    for _ in range(3):
        pool.send(slots)
    trace.wait_for("end", 51, 60.0)
    for lane in "abc":
        said = [(line.minute, line.event) for line in trace.lines() if line.lane == lane]
        assert said == [(minute, event) for minute in range(17) for event in ("begin", "end")]


def test_a_bug_ends_its_run_and_not_its_lane(
    pool: Pool, app: App, trace: Trace, caplog: pytest.LogCaptureFixture
) -> None:
    """What no job may raise is a failed run and an error in the log; the lane's next slot is done."""
    pool.send([slot("broken"), slot("brief", minute=1)])
    trace.wait_for("end")
    wait_until(lambda: "job died" in caplog.text)
    with app.database.session() as session:
        ends = session.execute(select(JobRun.state, JobRun.error, JobRun.error_code).order_by(JobRun.slot)).all()
    assert ends[0] == ("failed", "ZeroDivisionError: a bug", "bug")
    assert [r.levelno for r in caplog.records if r.message == "job died"] == [logging.ERROR]


def test_closing_lets_the_running_job_end_and_leaves_the_rest(
    app: App, jobs: dict[str, Kind], trace: Trace, caplog: pytest.LogCaptureFixture
) -> None:
    """What waits behind the running job is not begun, stays a queued row, and nothing is said to be wrong."""
    with app.database.write() as session:
        for job, minute in (("shut", 0), ("brief", 1)):
            open_slots(session, job, "a", [slot(job, minute=minute).at])
    pool = Pool(app, threads=1, jobs=jobs)
    pool.send([slot("shut"), slot("brief", minute=1)])
    trace.wait_for("begin")
    trace.open_door()
    pool.close()
    with app.database.session() as session:
        assert queued(session, app.now()) == [slot("brief", minute=1)]
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


def test_a_failing_job_is_recorded_with_its_sentence(app: App, jobs: dict[str, Kind]) -> None:
    """What a job may say ends as a failed run whose error a person can read; the next slot is done all the same."""
    Inline(app, jobs).send([slot("failing")])
    run = only_run(app)
    sentence = "Gian hàng «a» chưa khai địa chỉ kho."
    assert (run.state, run.error, run.error_code, run.counts) == ("failed", sentence, "JobError", "{}")
    assert (run.started_at, run.heartbeat_at, run.finished_at) == (START, START, START)


def test_what_runs_apart_is_done_side_by_side(app: App) -> None:
    """Two lanes of such a job are under way at once, even inline, and other jobs beside them; a lane's own slots are still done one after the other."""
    meeting, seen = threading.Barrier(2, timeout=20), list[tuple[str, str]]()

    def meet(run: Run) -> Counts:
        meeting.wait()
        seen.append((run.lane, run.slot.isoformat()))
        return {}

    kinds = {"apart": Kind("apart", meet, lambda *_: ["a", "b"], is_apart=True)}
    slots = [slot("apart", lane, minute) for minute in range(2) for lane in "ab"]
    Inline(app, kinds).send(slots)
    assert sorted(seen) == sorted((each.lane, each.at.isoformat()) for each in slots)
    assert [at for lane, at in seen if lane == "a"] == [
        slot("apart", "a", minute).at.isoformat() for minute in range(2)
    ]


def test_a_slot_is_done_once(app: App, jobs: dict[str, Kind], trace: Trace) -> None:
    """The second time there is nothing to do, and nothing is said."""
    first = do(app, slot("brief"), jobs)
    assert first is not None
    assert first.state == "done"
    assert do(app, slot("brief"), jobs) is None
    assert len(trace.lines("end")) == 1


def test_an_unknown_job_is_loud(app: App, jobs: dict[str, Kind]) -> None:
    """A name no version knows is an error, and leaves no run behind."""
    with pytest.raises(KeyError, match="unheard_of"):
        do(app, slot("unheard_of"), jobs)
    with app.database.session() as session:
        assert session.scalars(select(JobRun)).all() == []


def test_a_shop_that_must_log_in_rests(app: App) -> None:
    """The shop, not only the job, waits for a person, and the problem is put before one."""
    with app.database.write() as session:
        session.add(Shop(name="a", marketplace="shopee", external_id="1", state="connected"))
    err = LoginRequiredError("phiên đã hết hạn", marketplace="shopee", code="error_auth", request_id="r1")
    ended = do(app, slot("job"), raising(err))
    assert ended is not None
    assert (ended.state, ended.error_code) == ("failed", "error_auth")
    with app.database.session() as session:
        assert session.scalars(select(Shop.state)).all() == ["login_required"]
        problem = session.scalars(select(Problem)).one()
    assert (problem.key, problem.shop, problem.request_id, problem.sentence) == (
        "job:a:error_auth",
        "a",
        "r1",
        ended.error,
    )


def test_a_used_up_quota_rests_the_shop_until_it_is_given_again(app: App) -> None:
    """Until then no lane of that shop is due; the shop stays connected."""
    with app.database.write() as session:
        session.add(Shop(name="a", marketplace="shopee", external_id="1", state="connected"))
    do(app, slot("job"), raising(QuotaExhaustedError("hết hạn mức", marketplace="shopee", retry_after_s=3600)))
    with app.database.session() as session:
        assert session.execute(select(Shop.state, Shop.paused_until)).all() == [
            ("connected", START + timedelta(hours=1))
        ]


def test_a_run_taken_over_may_do_nothing_more(app: App, clock: HeldClock) -> None:
    """Its next check stops it, and its end is not recorded: the newer run answers for the slot."""
    seen: list[int] = []

    def robbed(run: Run) -> Counts:
        clock.pass_by(seconds=21)
        with app.database.write() as session:
            newer = claim_slot(session, run.job, run.lane, run.slot, "other:1:b", app.now(), stale_after_s=20)
            assert newer is not None
            seen.append(newer.fence)
        run.beat()
        with pytest.raises(SupersededError):
            run.check()
        return {"lost": True}

    ended = do(app, slot("robbed"), {"robbed": Kind("robbed", robbed, lambda *_: [])})
    assert ended is not None
    assert (ended.state, seen) == ("superseded", [2])
    run = only_run(app)
    assert (run.state, run.owner, run.fence, run.counts) == ("running", "other:1:b", 2, "{}")


def test_a_working_job_is_alive(app: App, clock: HeldClock) -> None:
    """While a job works its heart beats on its own: for as long as it takes it is not waiting to be done again."""

    def slow(_: Run) -> Counts:
        clock.pass_by(hours=2)
        wait_until(lambda: only_run(app).heartbeat_at == app.now())
        with app.database.session() as session:
            return {"waiting": len(queued(session, app.now()))}

    ended = do(app, slot("slow"), {"slow": Kind("slow", slow, lambda *_: [])})
    assert ended is not None
    assert (ended.state, ended.counts) == ("done", {"waiting": 0})


def test_a_job_that_kills_its_runner_is_given_up(
    app: App, clock: HeldClock, jobs: dict[str, Kind], trace: Trace
) -> None:
    """After thirty deaths the slot ends as failed, with a problem for a person; the job is not begun once more."""
    for _ in range(MOST_TRIES):
        with app.database.write() as session:
            assert claim_slot(session, "brief", "a", START, "elsewhere:1:x", app.now(), stale_after_s=20) is not None
        clock.pass_by(seconds=21)
    ended = do(app, slot("brief"), jobs)
    assert ended is not None
    assert (ended.state, ended.error_code, trace.lines()) == ("failed", "died", [])
    with app.database.session() as session:
        assert session.execute(select(Problem.key, Problem.sentence)).all() == [("brief:a:died", ended.error)]
        assert queued(session, app.now()) == []


def test_what_another_machine_died_in_waits_again(app: App, clock: HeldClock) -> None:
    """Twenty seconds after its last heartbeat a run of whatever host is in the queue with the rest, oldest first."""
    with app.database.write() as session:
        open_slots(session, "brief", "b", [slot("brief", "b", 1).at])
        claim_slot(session, "brief", "a", slot("brief").at, "elsewhere:1:x", app.now())
    for passed_s, waiting in ((20, [slot("brief", "b", 1)]), (1, [slot("brief"), slot("brief", "b", 1)])):
        clock.pass_by(seconds=passed_s)
        with app.database.session() as session:
            assert queued(session, app.now()) == waiting


def test_what_this_machine_died_in_waits_at_once(app: App) -> None:
    """A process of this host that no longer exists needs no heartbeat to be known dead; a living one keeps its run."""
    host = app.owner.split(":")[0]
    with app.database.write() as session:
        claim_slot(session, "brief", "a", START, f"{host}:{2**22 + 1}:gone", app.now())
        claim_slot(session, "brief", "b", START, app.owner, app.now())
        claim_slot(session, "brief", "c", START, "elsewhere:1:x", app.now())
    assert release_dead(app) == 1
    with app.database.session() as session:
        assert queued(session, app.now()) == [slot("brief", "a")]
