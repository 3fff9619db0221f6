"""One time a job is done: claimed under its slot, kept alive by a heartbeat, fenced against its own zombie, recorded."""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from connectors.errors import LoginRequiredError, MarketplaceError, QuotaExhaustedError
from jobs.app import App, JobError
from jobs.heartbeat import STALE_AFTER_S, beating
from jobs.lane import hold_lane, leave_lane, take_lane
from jobs.trouble import explain, is_over, note
from models import Shop
from models.runs_store import claim_slot, finish_run, heartbeat
from settings import SettingsError

log = logging.getLogger(__name__)
MOST_TRIES = 30  # a slot whose runner died so often is given up: a job that kills its worker would never stop doing so

Counts = Mapping[str, object]


class SupersededError(Exception):
    """A newer run holds this slot: whatever this one would still do is refused."""


@dataclass
class Run:
    """What a job is given about the time it is done: `fence` rises with every claim of the slot."""

    app: App
    job: str
    lane: str
    slot: datetime
    id: int
    fence: int
    _lost: threading.Event = field(default_factory=threading.Event)
    _beaten_at_s: float = field(default_factory=time.monotonic)

    def check(self) -> None:
        """Raise SupersededError once a newer run has taken over. Called before every effect outward, never inside write().

        A process that was frozen asks at once: its own heartbeat may wake later than the job does.
        """
        if time.monotonic() - self._beaten_at_s > STALE_AFTER_S / 2:
            self.beat()
        if self._lost.is_set():
            raise SupersededError(f"{self.job} {self.lane}: a newer run took over")

    def beat(self) -> None:
        with self.app.database.write() as session:
            now = self.app.now()
            if not (heartbeat(session, self.id, self.fence, now) and hold_lane(session, self.lane, self.holder, now)):
                self._lost.set()
        self._beaten_at_s = time.monotonic()

    @property
    def holder(self) -> str:
        """Who holds the lane while this run is at work."""
        return f"{self.app.owner}:{self.id}"


@dataclass(frozen=True)
class Finished:
    """How a run ended; the answer of `ocop run`. `run_id` None: the lane was busy, so none was begun."""

    run_id: int | None
    job: str
    lane: str
    state: str
    counts: Counts
    error: str | None = None
    error_code: str | None = None


Job = Callable[[Run], Counts]


def perform(app: App, name: str, function: Job, lane: str, slot: datetime) -> Finished | None:
    """Claim the slot and do it. Safe to call by anybody, any time.

    None when another process holds it, when it is already done, or while another job is at work in its lane: two at once
    would create what the other is creating. A slot of the timetable then waits in its row for the next tick.
    """
    run = _claim(app, name, lane, slot)
    if run is None:
        return None
    if run.fence > MOST_TRIES:
        return _give_up(run)
    with beating(f"{name} {lane}", run.beat):
        return _finish(run, *_attempt(run, function))


def _claim(app: App, name: str, lane: str, slot: datetime) -> Run | None:
    with app.database.write() as session:
        claimed = claim_slot(session, name, lane, slot, app.owner, app.now(), stale_after_s=STALE_AFTER_S)
        if claimed is None:
            return None
        run = Run(app, name, lane, slot, claimed.id, claimed.fence)
        if take_lane(session, lane, run.holder, app.now()):
            return run
        session.rollback()  # the claim with it
        return None


def _give_up(run: Run) -> Finished:
    sentence = (
        f"Việc «{run.job}» của «{run.lane}» đã dừng giữa chừng {MOST_TRIES} lần nên lượt này được bỏ; lượt sau làm lại."
        " Xem nhật ký của máy chủ: có thể máy thiếu bộ nhớ."
    )
    note(run.app, f"{run.job}:{run.lane}:died", sentence, code="died")
    return _finish(run, "failed", {}, sentence, "died")


def _attempt(run: Run, function: Job) -> tuple[str, Counts, str | None, str | None]:
    """(state, counts, error, code). Only what a job may legitimately raise is caught; anything else ends the run loudly."""
    try:
        return "done", function(run), None, None
    except MarketplaceError as err:
        _pause_if_told(run, err)
        sentence = explain(err, run.lane)
        note(
            run.app,
            f"{run.job}:{run.lane}:{err.code}",
            sentence,
            shop=run.lane,
            code=err.code,
            request_id=err.request_id,
        )
        return "failed", {}, sentence, err.code or type(err).__name__
    except (JobError, SettingsError) as err:
        return "failed", {}, str(err), type(err).__name__
    except SupersededError as err:
        return "superseded", {}, str(err), "superseded"
    except Exception as err:
        _finish(run, "failed", {}, f"{type(err).__name__}: {err}", "bug")
        raise


def _finish(run: Run, state: str, counts: Counts, error: str | None, code: str | None) -> Finished:
    with run.app.database.write() as session:
        kept = finish_run(session, run.id, run.fence, state, json.dumps(counts), error, run.app.now(), error_code=code)
        if kept:  # else the lane is the newer run's
            leave_lane(session, run.lane, run.holder, run.app.now())
        if kept and state == "done":
            is_over(session, f"{run.job}:{run.lane}:", run.app.now())
    if not kept:
        state, error = "superseded", "a newer run took over"
    facts = {"job": run.job, "lane": run.lane, "state": state, "counts": dict(counts)}
    log.log(logging.WARNING if error else logging.INFO, "job finished", extra=facts)
    return Finished(run.id, run.job, run.lane, state, counts, error, code)


def _pause_if_told(run: Run, err: MarketplaceError) -> None:
    """A login or a daily quota concerns the shop, not one job: its lane rests until a person or the clock mends it."""
    with run.app.database.write() as session:
        shop = session.scalar(select(Shop).where(Shop.name == run.lane))
        if shop is None:
            return
        if isinstance(err, LoginRequiredError):
            shop.state = "login_required"
        if isinstance(err, QuotaExhaustedError) and err.retry_after_s:
            shop.paused_until = run.app.now() + timedelta(seconds=err.retry_after_s)
