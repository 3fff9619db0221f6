"""Opening a database, reading from it and writing to it: what holds on both, and what SQLite is set to."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from models import Cursor, Lease, Shop
from models.database import Database, DatabaseUrlError, open_database
from models.sqlite import journal_mode, wal_is_safe

NOW = datetime(2026, 11, 24, 3, 4, 5, 678901, tzinfo=UTC)


def _shop(name: str) -> Shop:
    return Shop(name=name, marketplace="shopee", external_id=name, state="connected")


def _shops(database: Database) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(Shop)) or 0


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ("3.40.1", False),
        ("3.44.5", False),
        ("3.44.6", True),
        ("3.45.9", False),
        ("3.49.2", False),
        ("3.50.6", False),
        ("3.50.7", True),
        ("3.51.2", False),
        ("3.51.3", True),
        ("3.52.0", True),
        ("4.0.0", True),
    ],
)
def test_wal_only_where_the_library_has_the_fix(version: str, safe: bool) -> None:
    """WAL from 3.44.6, 3.50.7 and 3.51.3 on their lines and on every later line; elsewhere the rollback journal."""
    assert wal_is_safe(version) is safe
    assert journal_mode(version) == ("wal" if safe else "truncate")


def test_sqlite_is_durable_and_strict(sqlite_database: Database) -> None:
    """Every connection: synchronous FULL (2), foreign keys on, half a minute's patience, and the journal of its library."""
    for connection in (sqlite_database.engine.connect(), sqlite_database.session()):
        with connection as session:
            pragmas = [
                session.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("synchronous", "foreign_keys", "busy_timeout", "journal_mode")
            ]
        assert pragmas == [2, 1, 30_000, journal_mode(sqlite3.sqlite_version)]


def test_a_database_not_for_keeps_waits_for_no_disk(tmp_path: Path) -> None:
    """Figures that can be played again are written without a sync: a power cut may take them, a killed process may not."""
    database = open_database(f"sqlite:///{tmp_path / 'played.db'}", is_for_keeps=False)
    with database.write() as session:
        assert session.execute(text("PRAGMA synchronous")).scalar() == 0
    database.close()


def test_wal_database_comes_back_to_the_journal_we_can_trust(tmp_path: Path) -> None:
    """A file another program left in WAL is opened with the journal this library is safe with."""
    path = tmp_path / "ocop.db"
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode=WAL")
    other.close()
    database = open_database(f"sqlite:///{path}")
    with database.session() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == journal_mode()
    database.close()


def test_write_commits_at_the_end_of_its_block(database: Database) -> None:
    """What a write block did is there for everybody after it, and its objects stay readable."""
    with database.write() as session:
        shop = _shop("Trà")
        session.add(shop)
    assert shop.name == "Trà"
    assert _shops(database) == 1


def test_error_rolls_everything_back(database: Database) -> None:
    """An error in a write block leaves nothing of it."""

    def failing() -> None:
        with database.write() as session:
            session.add(_shop("Trà"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert _shops(database) == 0


def test_reading_session_refuses_to_write(database: Database) -> None:
    """A write outside write() would pass the gate by: the database itself says no."""
    with database.session() as session:
        session.add(_shop("Trà"))
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            session.flush()
    assert _shops(database) == 0


def test_foreign_keys_are_checked(database: Database) -> None:
    """A row that points nowhere is refused on both databases."""
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(Cursor(shop_id=404, stream="orders", position=NOW))


def test_write_may_wait_for_a_reader_that_is_done(database: Database) -> None:
    """A reading session whose results were read to the end holds no lock: a write inside it goes through."""
    with database.session() as reader:
        assert reader.scalars(select(Shop)).all() == []
        with database.write() as session:
            session.add(_shop("Trà"))
        assert [shop.name for shop in reader.scalars(select(Shop))] == ["Trà"]


@pytest.mark.parametrize("door", ["session", "write"])
def test_second_session_inside_a_write_is_a_bug_said_aloud(database: Database, door: str) -> None:
    """It would wait for itself: refused at once, and the write it interrupted rolls back; the next write works."""

    def nested() -> None:
        with database.write() as session:
            session.add(_shop("Trà"))
            with getattr(database, door)():
                pass

    with pytest.raises(RuntimeError, match="inside write"):
        nested()
    assert _shops(database) == 0
    with database.write() as session:
        session.add(_shop("Mật ong"))
    assert _shops(database) == 1


def test_another_thread_reads_while_one_writes(database: Database) -> None:
    """Readers see the last commit while a write is open."""
    seen: list[int] = []
    with database.write() as session:
        session.add(_shop("Trà"))
        session.flush()
        reader = threading.Thread(target=lambda: seen.append(_shops(database)))
        reader.start()
        reader.join()
    assert (seen, _shops(database)) == ([0], 1)


def test_time_is_aware_utc_in_and_out(database: Database) -> None:
    """A moment in Vietnam's time comes back as the same moment in UTC, to the microsecond; a naive one is refused."""
    in_vietnam = NOW.astimezone(timezone(timedelta(hours=7)))
    with database.write() as session:
        session.add(Lease(name="clock", owner="me", until=in_vietnam, heartbeat_at=in_vietnam))
    with database.session() as session:
        stored = session.get_one(Lease, "clock").until
        assert (stored, stored.tzinfo) == (NOW, UTC)
    with pytest.raises(StatementError, match="without a time zone"), database.write() as session:
        session.add(Lease(name="naive", owner="me", until=NOW.replace(tzinfo=None), heartbeat_at=NOW))


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("not a url", "the database URL cannot be read"),
        ("mysql://root:hunter2@host/db", "a database of the kind 'mysql' is not supported"),
        ("sqlite://", "a SQLite database must be a file"),
        ("sqlite:///:memory:", "a SQLite database must be a file"),
    ],
)
def test_wrong_url_is_one_sentence_without_its_password(url: str, sentence: str) -> None:
    """It says what is wrong and what to write, and never repeats the URL."""
    with pytest.raises(DatabaseUrlError) as caught:
        open_database(url)
    assert (
        str(caught.value)
        == f"{sentence}{', so that processes can share it' if 'file' in sentence else ''}: write sqlite:///var/ocop.db or postgresql://user:password@host/database"
    )
