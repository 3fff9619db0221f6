"""Many rows changed at once say the same as one object at a time, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models import Lease, Producer
from models.bulk import insert_ignore, update_rows
from models.database import Database

NOW = datetime(2026, 11, 24, 3, 4, 5, 6, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def _three(database: Database) -> None:
    with database.write() as session:
        rows = [(f"lease {number}", "a", NOW, NOW) for number in range(3)]
        insert_ignore(session, Lease, rows, ("name", "owner", "until", "heartbeat_at"))


def test_only_the_named_rows_and_columns_are_set(database: Database) -> None:
    """The key may stand anywhere among the columns; the rest of the row stays, and a row nobody has is no error."""
    _three(database)
    with database.write() as session:
        rows = [(LATER, "lease 1", "c"), (NOW, "lease 2", "b"), (LATER, "nobody", "c")]
        assert update_rows(session, Lease, ("until", "name", "owner"), rows, key=("name",)) == 2
        assert update_rows(session, Lease, ("until", "name"), [], key=("name",)) == 0
    with database.session() as session:
        found = session.execute(select(Lease.name, Lease.owner, Lease.until, Lease.heartbeat_at).order_by(Lease.name))
        assert found.all() == [("lease 0", "a", NOW, NOW), ("lease 1", "c", LATER, NOW), ("lease 2", "b", NOW, NOW)]


def test_two_changes_of_one_row_are_refused(database: Database) -> None:
    """Which of the two would hold is not for the database to decide."""
    with database.write() as session, pytest.raises(ValueError, match="same name"):
        update_rows(session, Lease, ("name", "owner"), [("lease 0", "a"), ("lease 0", "b")], key=("name",))


def test_a_datetime_without_a_zone_is_refused(database: Database) -> None:
    """As everywhere: a moment is never guessed at."""
    with database.write() as session, pytest.raises(ValueError, match="time zone"):
        update_rows(session, Lease, ("name", "until"), [("lease 0", NOW.replace(tzinfo=None))], key=("name",))


def test_unknown_is_set_as_unknown(database: Database) -> None:
    """None takes a value away; the key may be several columns."""
    known = ("code", "name", "search_key", "kind")
    with database.write() as session:
        insert_ignore(session, Producer, [("HTX-01", "Đồi Mây", "doi may", "cooperative")], known)
        assert (
            update_rows(session, Producer, known[2:] + known[:2], [("x", None, "HTX-01", "Đồi Mây")], key=known[:2])
            == 1
        )
    with database.session() as session:
        producer = session.scalars(select(Producer)).one()
    assert (producer.search_key, producer.kind, producer.commune) == ("x", None, None)
