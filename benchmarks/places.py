"""Where laps happen: a fresh database for each, and the application on it, with nobody asleep and nobody polite."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from jobs.app import App
from jobs.run import Run
from models.database import open_database
from models.runs_store import claim_slot
from models.secrets import Vault, parse_master_keys
from settings import Settings
from tests.databases import migrated, sqlite_copy

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
_MASTER_KEY = "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI="


class HeldClock:
    """Stands still."""

    def now(self) -> datetime:
        return NOW


@cache
def _template() -> Path:
    """One migrated SQLite file, made once a process and copied for every lap."""
    path = Path(tempfile.mkdtemp(prefix="ocop-bench-")) / "template.db"
    migrated(f"sqlite:///{path}")
    return path


@contextmanager
def fresh_sqlite() -> Iterator[str]:
    """The URL of a migrated, empty database."""
    with tempfile.TemporaryDirectory(prefix="ocop-bench-") as folder:
        yield sqlite_copy(_template(), Path(folder))


@contextmanager
def application(url: str, marketplace_settings: dict[str, BaseModel] | None = None) -> Iterator[App]:
    """The product on that database; `marketplace_settings` by code."""
    given = marketplace_settings or {}
    app = App(
        Settings(database_url=url, contact="ocop@example.vn"),
        open_database(url),
        HeldClock(),
        Vault(parse_master_keys(_MASTER_KEY)),
        app_settings=lambda code, _: given[code],
        allow_private_hosts=True,
        crawl_delay_s=0.0,
        settle_after=timedelta(0),
    )
    try:
        yield app
    finally:
        app.close()


def claimed(app: App, job: str, lane: str) -> Run:
    """A run of its own, as a worker claims it; a heartbeat would tell nothing here."""
    with app.database.write() as session:
        run = claim_slot(session, job, lane, NOW, app.owner, NOW, stale_after_s=60)
        assert run is not None
        return Run(app, job, lane, NOW, run.id, run.fence)
