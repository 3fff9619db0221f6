"""Five thousand pages on eight hosts: each host sees one request at a time, never sooner than agreed, and memory does not grow."""

import multiprocessing
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobs.app import App
from jobs.crawl import crawl_site
from jobs.run import perform
from models import Observation, WatchedPage
from models.bulk import insert_ignore
from models.database import open_database
from models.secrets import Vault, parse_master_keys
from settings import Settings
from tests.jobs.conftest import HeldClock
from tests.jobs.measuring_shops import Measured, Street, street
from tests.jobs.played_jobs import MASTER_KEYS, START
from tests.jobs.sandbox_street import sandbox_street

HOSTS, PAGES, DELAY_S = 8, 5_000, 0.05
MOST_GROWTH_MB = 25
COLUMNS = ("site", "url", "source_class", "allowed_by", "is_enabled")


@contextmanager
def _office(url: str, delay_s: float) -> Iterator[App]:
    settings = Settings(database_url=url, contact="ocop@example.vn")
    vault = Vault(parse_master_keys(MASTER_KEYS))
    app = App(settings, open_database(url), HeldClock(START), vault, allow_private_hosts=True, crawl_delay_s=delay_s)
    try:
        yield app
    finally:
        app.close()


def _addresses(shops: Street, pages: int) -> list[str]:
    return [f"{shops.urls[n % HOSTS]}/tra-p{n}.html" for n in range(pages)]


def _watch(app: App, site: str, urls: Sequence[str]) -> None:
    rows = [(site, url, "page", "test", True) for url in urls]
    with app.database.write() as session:
        insert_ignore(session, WatchedPage, rows, COLUMNS)


def _crawl(app: App, site: str) -> dict[str, object]:
    done = perform(app, "crawl_site", crawl_site, site, app.now())
    assert done is not None
    assert (done.state, done.error) == ("done", None)
    return dict(done.counts)


class _Memory(threading.Thread):
    """Looks twice a second how much this process and the crawling one hold, in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: list[tuple[float, float]] = []
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.5):
            if children := [
                child
                for child in multiprocessing.active_children()
                if child.pid and child.name.startswith("ForkServer")
            ]:
                self.seen.append((_held_mb("self"), _held_mb(str(children[-1].pid))))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _held_mb(process: str) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return 0.0
    found = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(found[0].split()[1]) / 1024 if found else 0.0


def _check(measured: list[Measured], pages: int, delay_s: float) -> None:
    assert {shop.most_in_flight for shop in measured} == {1}
    assert [shop.pages for shop in measured] == [pages // HOSTS] * HOSTS
    assert [shop.requests for shop in measured] == [pages // HOSTS + 1] * HOSTS  # and robots.txt
    assert min(shop.shortest_pause_s for shop in measured) >= delay_s


def _crawl_flat(app: App, site: str) -> dict[str, object]:
    """The crawl of all the pages, in its time, with memory after a fifth of it that is memory at the end."""
    memory = _Memory()
    memory.start()
    started = time.monotonic()
    counts = _crawl(app, site)
    elapsed_s = time.monotonic() - started
    memory.stop()
    fifth = memory.seen[len(memory.seen) // 5]
    grown = [end - start for start, end in zip(fifth, memory.seen[-2], strict=True)]
    assert elapsed_s < PAGES / HOSTS * DELAY_S * 4, f"{elapsed_s:.0f} s, memory {memory.seen[-2]} MB, grown {grown} MB"
    assert max(grown) <= MOST_GROWTH_MB
    return counts


@pytest.mark.slow
def test_five_thousand_pages_on_eight_hosts(sqlite_url: str) -> None:
    """Measured by the shops themselves."""
    with street(HOSTS) as shops, _office(sqlite_url, DELAY_S) as app:
        _watch(app, "tiki", _addresses(shops, PAGES))
        assert _crawl_flat(app, "tiki")["observations"] == PAGES
        _check(shops.measured(), PAGES, DELAY_S)
        with app.database.session() as session:
            assert session.scalar(select(func.count(Observation.id))) == PAGES


@pytest.mark.slow
def test_five_thousand_pages_of_eight_worlds(sqlite_url: str) -> None:
    """The sandbox's own shops see the same guest: one request at a time, never sooner than agreed, every page once."""
    with sandbox_street(HOSTS, PAGES // HOSTS) as shops, _office(sqlite_url, DELAY_S) as app:
        _watch(app, "generic", [url for row in zip(*shops.pages, strict=True) for url in row])
        assert _crawl_flat(app, "generic")["observations"] == PAGES
        _check(shops.measured(), PAGES, DELAY_S)


def test_hosts_keep_their_pace_side_by_side(sqlite_url: str) -> None:
    """The same, small: eight hosts are not one queue, and none of them is hurried by the others."""
    with street(HOSTS) as shops, _office(sqlite_url, 0.1) as app:
        _watch(app, "tiki", _addresses(shops, 5 * HOSTS))
        started = time.monotonic()
        assert _crawl(app, "tiki")["ok"] == 5 * HOSTS
        assert time.monotonic() - started < 5 * HOSTS * 0.1  # in one queue it would take at least that
        _check(shops.measured(), 5 * HOSTS, 0.1)
