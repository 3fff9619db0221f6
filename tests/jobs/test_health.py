"""`ocop doctor` says of each thing whether it is well, and when not, what to do."""

from datetime import UTC, datetime, timedelta

import pytest

from jobs.app import App
from jobs.health import health
from models import JobRun, Lease, Problem, Shop, SiteState
from models.migrate import head
from tests.jobs.conftest import HeldClock
from tests.jobs.played_jobs import START


def said(app: App, name: str) -> tuple[bool, str]:
    """The one check of that name."""
    ((ok, sentence),) = [(check.ok, check.sentence) for check in health(app) if check.name == name]
    return ok, sentence


def put(app: App, *rows: object) -> None:
    with app.database.write() as session:
        session.add_all(rows)


def test_a_fresh_installation_lacks_only_what_was_not_started(app: App) -> None:
    """Tables are there, nothing hangs; the scheduler, and on PostgreSQL a worker, are still to be started."""
    unwell = {check.name for check in health(app) if not check.ok}
    assert unwell == {"scheduler"} | ({"workers"} if app.database.dialect == "postgresql" else set())
    assert said(app, "migrations") == (True, f"{head()} / {head()}")


def test_the_scheduler_is_alive_while_it_is_heard(app: App, clock: HeldClock) -> None:
    """Two minutes of silence are a failure with its length."""
    put(app, Lease(name="scheduler", owner="x", until=START, heartbeat_at=START))
    clock.pass_by(seconds=119)
    assert said(app, "scheduler") == (True, "im lặng 119 giây")
    clock.pass_by(seconds=1)
    assert said(app, "scheduler") == (False, "im lặng 120 giây: hãy chạy `ocop scheduler`")


@pytest.mark.parametrize(
    ("fields", "ok", "sentence"),
    [
        ({}, True, "đã kết nối"),
        ({"state": "login_required"}, False, "login_required: chạy `ocop shop login tra`"),
        (
            {"authorised_until": START + timedelta(days=13)},
            False,
            "quyền truy cập hết ngày 07/12/2026: chạy `ocop shop login tra` trước ngày đó",
        ),
        ({"authorised_until": START + timedelta(days=15)}, True, "đã kết nối"),
        ({"clock_skew_s": -241.0}, False, "đồng hồ lệch -241 giây: chỉnh giờ máy này"),
        ({"clock_skew_s": 239.0}, True, "đã kết nối"),
    ],
)
def test_a_shop_says_what_it_needs(app: App, fields: dict[str, object], ok: bool, sentence: str) -> None:
    """A login lost or soon to end, a clock that signatures will not bear."""
    put(app, Shop(**({"name": "tra", "marketplace": "tiki", "external_id": "1", "state": "connected"} | fields)))
    assert said(app, "shop tra") == (ok, sentence)


def test_hung_and_forgotten_runs_are_counted(app: App, clock: HeldClock) -> None:
    """A run without a heart, a slot nobody takes; what ended is nobody's trouble."""
    rows = [("running", START), ("queued", None), ("done", START), ("failed", START)]
    for number, (state, heart) in enumerate(rows):
        put(app, JobRun(job="pull_orders", lane=str(number), slot=START, state=state, heartbeat_at=heart))
    assert said(app, "runs") == (True, "0 việc treo, 0 việc chờ quá 120 giây")
    clock.pass_by(seconds=121)
    assert said(app, "runs") == (False, "1 việc treo, 1 việc chờ quá 120 giây")


def test_a_resting_site_and_one_switched_off_are_told_apart(app: App) -> None:
    """With what it said when it refused."""
    put(app, SiteState(site="a", paused_until=START + timedelta(minutes=1), evidence="captcha"))
    put(app, SiteState(site="b", is_disabled=True, evidence="403"))
    put(app, SiteState(site="c", paused_until=START - timedelta(minutes=1), evidence="429"))
    assert [said(app, f"site {site}") for site in "abc"] == [
        (False, "đang nghỉ: captcha"),
        (False, "đã tắt: 403"),
        (True, "đọc được: 429"),
    ]


def test_open_problems_are_counted(app: App) -> None:
    """One that is over is not."""
    for number, over in enumerate((None, datetime(2026, 11, 24, tzinfo=UTC))):
        put(app, Problem(key=str(number), code="", sentence="x", first_at=START, last_at=START, resolved_at=over))
    assert said(app, "problems") == (False, "1 vấn đề cần người xem")
