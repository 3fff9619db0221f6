"""A crawl killed anywhere and begun again: no page is read twice within its interval, no reading is lost or stored twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobs.watching import watch_page
from models import Evidence, JobRun, Observation, WatchedPage
from models.database import open_database
from tests.kill.crawling_office import office
from tests.spiders.conftest import Answer, Shop
from tests.spiders.pages import tiki_product, tiki_product_page

ROOT = Path(__file__).parents[2]
SEED = 20261124
PAGES, KILLS, DELAY_S = 80, 6, 0.05
TIMEOUT_S = 60


@pytest.fixture
def shop() -> Iterator[Shop]:
    found = Shop()
    for number in range(PAGES):
        found.pages[f"/tra-p{number}.html"] = Answer(tiki_product_page(tiki_product(number, review_count=0)))
    yield found
    found.server.shutdown()
    found.server.server_close()


def _begin(url: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.kill.crawling_office", url, "tiki", str(DELAY_S)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)


def _asked(shop: Shop) -> dict[str, int]:
    return {path: count for path, count in shop.calls.items() if path.startswith("/tra")}


def _kill_after(shop: Shop, url: str, more: int, kill: Callable[[int, int], None]) -> None:
    """Once so many more pages were asked for, at whatever instruction it is then."""
    goal = sum(_asked(shop).values()) + more
    process = _begin(url)
    end = time.monotonic() + TIMEOUT_S
    while sum(_asked(shop).values()) < goal:
        assert (process.poll(), time.monotonic() < end) == (None, True)
        time.sleep(0.001)
    kill(process.pid, signal.SIGKILL)
    process.wait()
    _await_orphans(process.pid)


def _await_orphans(group: int) -> None:
    end = time.monotonic() + TIMEOUT_S
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise AssertionError(f"processes of group {group} live on")


@pytest.mark.slow
def test_killed_crawls_read_every_page_once(sqlite_url: str, shop: Shop) -> None:
    """What was stored is never asked for again: only what was on its way when it died is, one page a kill."""
    app = office(sqlite_url, DELAY_S)
    for number in range(PAGES):
        watch_page(app, "tiki", f"{shop.url}/tra-p{number}.html", allowed_by="test")
    app.close()
    chance = random.Random(SEED)
    for _ in range(KILLS):
        _kill_after(shop, sqlite_url, chance.randint(3, 10), chance.choice([os.kill, os.killpg]))
    assert _begin(sqlite_url).wait(TIMEOUT_S) == 0
    asked = _asked(shop)
    assert set(asked) == {f"/tra-p{number}.html" for number in range(PAGES)}
    assert sum(asked.values()) - PAGES <= KILLS
    database = open_database(sqlite_url)
    with database.session() as session:
        per_page = session.execute(select(Observation.page_id, func.count()).group_by(Observation.page_id)).all()
        assert sorted(count for _, count in per_page) == [1] * PAGES
        assert session.scalar(select(func.count(Evidence.id))) == PAGES
        assert session.scalars(select(WatchedPage.state).distinct()).all() == ["ok"]
        assert session.scalars(select(JobRun.state)).all() == ["done"]
    database.close()
    assert _begin(sqlite_url).wait(TIMEOUT_S) == 0
    assert _asked(shop) == asked
