"""A crew's processes: each lane whole in one of them, a fault heard by whoever gave the work."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from connectors.ports import Clock
from jobs.app import App
from jobs.crew import Crew
from jobs.slots import Slot
from models import JobRun, Shop
from models.database import open_database
from models.migrate import upgrade
from models.secrets import Vault, parse_master_keys
from settings import Settings
from tests.jobs.played_jobs import MASTER_KEYS

NOW = datetime(2026, 11, 1, 2, 30, tzinfo=UTC)
SHOPS = ("a", "b", "c")
LANE_JOBS = (
    "remind_login",
    "pull_listings",
)  # the second names a marketplace that nobody has: it fails with a sentence

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # pytest may have threads of its own


class Still:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW


@dataclass(frozen=True)
class Opening:
    """Opens the test's database in whatever process it is called in."""

    directory: Path

    def __call__(self, clock: Clock) -> App:
        database = open_database(f"sqlite:///{self.directory / 'ocop.db'}")
        return App(Settings(), database, clock, Vault(parse_master_keys(MASTER_KEYS)))


def nowhere(clock: Clock) -> App:
    """An application that cannot be opened."""
    raise LookupError(f"nothing to open at {clock.now()}")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = Opening(tmp_path)(Still())
    upgrade(app.database)
    with app.database.write() as session:
        session.add_all(Shop(name=name, marketplace="nowhere", external_id=name) for name in SHOPS)
    yield app
    app.close()


def test_every_lane_is_done_in_order_by_processes_of_the_crew(app: App, tmp_path: Path) -> None:
    """A lane's slots one after the other as they were sent, in another process than the caller's, at the caller's time."""
    crew = Crew(2)
    crew.open(Opening(tmp_path), app)
    crew.send(Slot(job, lane, NOW) for job in LANE_JOBS for lane in SHOPS)
    crew.close()
    with app.database.session() as session:
        runs = session.scalars(select(JobRun).order_by(JobRun.id)).all()
    assert {lane: [run.job for run in runs if run.lane == lane] for lane in SHOPS} == {
        lane: [*LANE_JOBS] for lane in SHOPS
    }
    assert {(run.job, run.state) for run in runs} == {("remind_login", "done"), ("pull_listings", "failed")}
    assert {run.finished_at for run in runs} == {NOW}
    assert os.getpid() not in {int(str(run.owner).split(":")[1]) for run in runs}


def test_what_goes_wrong_in_a_hand_is_raised_where_the_work_was_given(app: App) -> None:
    """Nothing fails in silence because it failed elsewhere."""
    crew = Crew(1)
    crew.open(nowhere, app)
    with pytest.raises(LookupError, match="nothing to open"):
        crew.send([Slot("remind_login", "a", NOW)])
    crew.close()
