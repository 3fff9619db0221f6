"""Slots, fences, leases and problems, under races too."""

import subprocess
import sys
import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models import JobRun, Problem
from models.database import Database, open_database
from models.runs_store import acquire_lease, claim_slot, finish_run, heartbeat, report_problem, resolve_problem

_CLAIM = """
import sys
from datetime import datetime
from models.database import open_database
from models.runs_store import claim_slot

database, now = open_database(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
won = 0
for minute in range(30):
    with database.write() as session:
        won += claim_slot(session, "pull_orders", "shop", now.replace(minute=minute), sys.argv[3], now) is not None
database.close()
print(won)
"""


def _claim(database: Database, owner: str, now: datetime, slot: datetime) -> tuple[int, int] | None:
    with database.write() as session:
        run = claim_slot(session, "pull_orders", "Trà", slot, owner, now, stale_after_s=45)
        return (run.id, run.fence) if run else None


def test_a_slot_is_claimed_once(database: Database, now: datetime) -> None:
    """The first to ask gets it with fence 1, whoever asks next gets None; another slot or lane is another matter."""
    first = _claim(database, "a", now, now)
    assert first is not None
    assert first[1] == 1
    assert _claim(database, "b", now, now) is None
    assert _claim(database, "b", now, now + timedelta(minutes=1)) is not None
    with database.session() as session:
        run = session.get_one(JobRun, first[0])
        assert (run.state, run.owner, run.started_at, run.heartbeat_at, run.slot) == ("running", "a", now, now, now)


def test_dead_run_is_taken_over_and_its_zombie_refused(database: Database, now: datetime) -> None:
    """Without a heartbeat for longer than the limit the slot is claimed again under a higher fence; the old one may do nothing."""
    first = _claim(database, "a", now, now)
    assert first is not None
    beat, late = now + timedelta(seconds=40), now + timedelta(seconds=86)
    with database.write() as session:
        assert heartbeat(session, *first, beat) is True
    assert _claim(database, "b", beat + timedelta(seconds=45), now) is None
    second = _claim(database, "b", late, now)
    assert second == (first[0], 2)
    with database.write() as session:
        assert heartbeat(session, *first, late) is False
        assert finish_run(session, *first, "done", "{}", None, late) is False
        assert finish_run(session, *second, "failed", '{"new": 1}', "lỗi", late, error_code="E1") is True
    with database.session() as session:
        run = session.get_one(JobRun, first[0])
        assert (run.state, run.counts, run.error, run.error_code, run.finished_at) == (
            "failed",
            '{"new": 1}',
            "lỗi",
            "E1",
            late,
        )


def test_finished_run_is_not_done_again(database: Database, now: datetime) -> None:
    """A slot that ended, well or badly, is not claimed again, and ends once."""
    claimed = _claim(database, "a", now, now)
    assert claimed is not None
    with database.write() as session:
        assert finish_run(session, *claimed, "done", "{}", None, now) is True
        assert finish_run(session, *claimed, "failed", "{}", None, now) is False
    assert _claim(database, "b", now + timedelta(days=1), now) is None


def test_unknown_end_is_loud(database: Database, now: datetime) -> None:
    """A state nobody knows is an error, not a new kind of end."""
    with pytest.raises(ValueError, match="cannot end as 'finished'"), database.write() as session:
        finish_run(session, 1, 1, "finished", "{}", None, now)


def test_processes_racing_for_slots_share_them_out(database_url: str, now: datetime) -> None:
    """Three processes ask for the same thirty slots: each slot goes to exactly one of them."""
    command = [sys.executable, "-W", "error", "-c", _CLAIM, database_url, now.isoformat()]
    racers = [subprocess.Popen([*command, owner], stdout=subprocess.PIPE, text=True) for owner in "abc"]
    assert sum(int(racer.communicate(timeout=60)[0]) for racer in racers) == 30
    database = open_database(database_url)
    with database.session() as session:
        assert set(session.execute(select(JobRun.fence, JobRun.state)).all()) == {(1, "running")}
    database.close()


def test_threads_racing_for_one_slot(database: Database, now: datetime) -> None:
    """Eight threads at one barrier: one wins."""
    barrier, won = threading.Barrier(8), []

    def race(owner: str) -> None:
        barrier.wait()
        if _claim(database, owner, now, now):
            won.append(owner)

    threads = [threading.Thread(target=race, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1


def test_lease_is_one_owners_until_it_runs_out(database: Database, now: datetime) -> None:
    """Its owner renews it; another gets it only once it has run out."""

    def ask(owner: str, after_s: int) -> bool:
        with database.write() as session:
            return acquire_lease(session, "scheduler", owner, now + timedelta(seconds=after_s), 30)

    assert [ask("a", 0), ask("b", 29), ask("a", 20), ask("b", 49), ask("b", 50), ask("a", 51)] == [
        True,
        False,
        True,
        False,
        True,
        False,
    ]


def test_problem_is_one_row_with_a_count(database: Database, now: datetime) -> None:
    """The same key raises the count and keeps the first moment; resolved and back again, it starts at one."""

    def report(sentence: str, after_s: int) -> None:
        with database.write() as session:
            report_problem(
                session,
                "push:Trà:TN-1:E1",
                sentence,
                now + timedelta(seconds=after_s),
                shop="Trà",
                sku="TN-1",
                code="E1",
                request_id=f"r{after_s}",
            )

    def seen() -> tuple[object, ...]:
        with database.session() as session:
            row = session.scalars(select(Problem)).one()
            return (
                row.count,
                row.sentence,
                row.request_id,
                (row.first_at - now).seconds,
                (row.last_at - now).seconds,
                row.resolved_at,
            )

    report("một", 0)
    report("hai", 5)
    assert seen() == (2, "hai", "r5", 0, 5, None)
    with database.write() as session:
        assert resolve_problem(session, "push:Trà:TN-1:E1", now) is True
        assert resolve_problem(session, "push:Trà:TN-1:E1", now) is False
    assert seen()[-1] == now
    report("ba", 9)
    assert seen() == (1, "ba", "r9", 9, 9, None)
