"""Storing rows, on both databases, against the same rows given to the bare driver: executemany on SQLite, COPY on PostgreSQL.

The floor does what the product promises and no more: the same tables and indexes, the same journal and sync, one commit.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from typing import Any

import psycopg
from sqlalchemy import func, make_url, select

from benchmarks.places import NOW, application, claimed, fresh_sqlite
from benchmarks.race import Floor, Lap, Left, Race, Target
from benchmarks.sizes import Size
from jobs.app import App
from models import Observation, WatchedPage, sqlite
from models.bulk import insert_ignore
from models.database import open_database
from models.observations_store import ObservationRow, store_observations
from tests.databases import postgres_server

TARGET = Target(0.50)
PAGES = 100  # watched; the observations go round them
COLUMNS = ("run_id", *ObservationRow._fields)
FIRST_PRICE_VND = 100_000
Row = tuple[Any, ...]
Place = Callable[[], AbstractContextManager[str]]  # gives the URL of a fresh database
Bare = Callable[[str, list[Row]], float]  # stores rows there, gives the seconds


def races(size: Size) -> Iterator[Race]:
    yield _race("SQLite", "executemany", fresh_sqlite, _executemany, size.observations)
    with postgres_server() as server:
        yield _race("PostgreSQL", "COPY", server.database, _copy, size.observations)


def _race(kind: str, floor: str, place: Place, bare: Bare, amount: int) -> Race:
    priced = sum(row.price_vnd or 0 for row in _rows(amount))
    return Race(
        what=f"store observations on {kind}",
        unit="rows/s",
        amount=amount,
        leaves={"rows": amount, "price_vnd": priced},
        ours=partial(_ours, place, amount),
        floors=(Floor(f"raw {floor}", partial(_floor, place, bare, amount), TARGET),),
    )


def _rows(amount: int) -> list[ObservationRow]:
    return [_row(number) for number in range(amount)]


def _row(number: int) -> ObservationRow:
    return ObservationRow(
        page_id=1 + number % PAGES,
        external_key=str(number),
        seen_at=NOW + timedelta(seconds=number),
        source_class="page",
        title=f"Trà đinh Tân Cương hộp {number} g",
        currency="VND",
        price_vnd=FIRST_PRICE_VND + number,
        list_price_vnd=None,
        sold_raw="Đã bán 1,2k",
        sold_lo=1_150,
        sold_hi=1_249,
        rating_average=4.8,
        rating_count=number,
        stars="[0, 0, 1, 4, 26]",
        available=True,
        stock=None,
        flags="[]",
    )


def _ours(place: Place, amount: int) -> Lap:
    rows = _rows(amount)
    with place() as url, application(url) as app:
        run_id = _watch(app)
        started = time.perf_counter()
        with app.database.write() as session:
            store_observations(session, run_id, rows)
        return Lap(time.perf_counter() - started, _left(url))


def _watch(app: App) -> int:
    pages = [("tiki", f"https://tiki.vn/p{page}.html", "page", "benchmark", True) for page in range(PAGES)]
    with app.database.write() as session:
        insert_ignore(session, WatchedPage, pages, ("site", "url", "source_class", "allowed_by", "is_enabled"))
    return claimed(app, "crawl_site", "tiki").id


def _floor(place: Place, bare: Bare, amount: int) -> Lap:
    with place() as url:
        with application(url) as app:
            run_id = _watch(app)
        seconds = bare(url, [(run_id, *row) for row in _rows(amount)])
        return Lap(seconds, _left(url))


def _executemany(url: str, rows: list[Row]) -> float:
    """Moments are already in the text that the driver stores."""
    when = COLUMNS.index("seen_at")
    rows = [
        (*row[:when], row[when].replace(tzinfo=None).isoformat(" ", "microseconds"), *row[when + 1 :]) for row in rows
    ]
    connection = sqlite3.connect(str(make_url(url).database))
    sqlite.set_up(connection, None)
    places = ", ".join("?" * len(COLUMNS))
    started = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT INTO observation ({', '.join(COLUMNS)}) VALUES ({places})", rows)  # noqa: S608 - words of this file
    connection.execute("COMMIT")
    seconds = time.perf_counter() - started
    connection.close()
    return seconds


def _copy(url: str, rows: list[Row]) -> float:
    with psycopg.connect(url) as connection:
        started = time.perf_counter()
        with connection.cursor().copy(f"COPY observation ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        connection.commit()
        return time.perf_counter() - started


def _left(url: str) -> Left:
    database = open_database(url)
    with database.session() as session:
        rows, price_vnd = session.execute(select(func.count(), func.sum(Observation.price_vnd))).one()
    database.close()
    return {"rows": rows, "price_vnd": price_vnd or 0}
