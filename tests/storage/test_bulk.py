"""Many rows at once say the same as one object at a time, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from models import Certificate, Lease, Observation, Product, ReferenceAnswer, Shop, Variant
from models.among import among
from models.bulk import insert_ignore, upsert
from models.database import Database
from models.transport import COPY_FROM_ROWS

LEASE = ("name", "owner", "until", "heartbeat_at")
NOW = datetime(2026, 11, 24, 3, 4, 5, 6, tzinfo=UTC)


def _leases(first: int, last: int, owner: str = "a") -> list[tuple[Any, ...]]:
    return [(f"lease {n}", owner, NOW, NOW) for n in range(first, last)]


def _count(database: Database) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(Lease)) or 0


@pytest.mark.parametrize("rows", [3, COPY_FROM_ROWS + 1])
def test_only_new_rows_are_inserted_and_counted(database: Database, rows: int) -> None:
    """Rows a unique key knows are left as they are; the answer is how many were new. Few rows or many, same result."""
    with database.write() as session:
        assert insert_ignore(session, Lease, _leases(0, rows), LEASE) == rows
        assert insert_ignore(session, Lease, _leases(1, rows + 2, owner="b"), LEASE) == 2
        assert insert_ignore(session, Lease, [], LEASE) == 0
    with database.session() as session:
        owners = session.execute(select(Lease.owner, func.count()).group_by(Lease.owner).order_by(Lease.owner)).all()
    assert owners == [("a", rows), ("b", 2)]


@pytest.mark.parametrize("rows", [3, COPY_FROM_ROWS + 1])
def test_upsert_sets_only_the_named_columns(database: Database, rows: int) -> None:
    """A known key has its `update` columns set and keeps the others; an unknown one is inserted whole."""
    later = NOW + timedelta(hours=1)
    with database.write() as session:
        insert_ignore(session, Lease, _leases(0, 1), LEASE)
        fresh = [(name, "b", later, later) for name, *_ in _leases(0, rows)]
        upsert(session, Lease, LEASE, fresh, key=("name",), update=("owner",))
    with database.session() as session:
        first, second = session.get_one(Lease, "lease 0"), session.get_one(Lease, "lease 1")
    assert (first.owner, first.until) == ("b", NOW)
    assert (second.owner, second.until) == ("b", later)
    assert _count(database) == rows


@pytest.mark.parametrize("rows", [2, COPY_FROM_ROWS])
def test_two_rows_under_one_key_are_refused(database: Database, rows: int) -> None:
    """On both databases, few rows or many: one of the two would be lost."""
    twice = [*_leases(0, rows), *_leases(1, 2, owner="b")]
    with (
        pytest.raises(ValueError, match=r"two rows for lease have the same name: 'lease 1'"),
        database.write() as session,
    ):
        upsert(session, Lease, LEASE, twice, key=("name",), update=("owner",))
    assert _count(database) == 0


def test_a_stream_is_never_held_whole(database: Database) -> None:
    """`upsert` takes any iterable, more rows than it holds at a time."""

    def stream() -> Iterator[tuple[Any, ...]]:
        yield from _leases(0, 5_001)

    with database.write() as session:
        upsert(session, Lease, LEASE, stream(), key=("name",), update=("owner",))
    assert _count(database) == 5_001


@pytest.mark.parametrize("rows", [1, COPY_FROM_ROWS])
def test_every_type_is_stored_as_an_object_would_store_it(database: Database, variant_id: int, rows: int) -> None:
    """Moments, dates, decimals, floats, booleans, bytes-like text and None: reading back through the models gives the same."""
    with database.write() as session:
        product = session.get_one(Variant, variant_id).product_id
        certificates = [(product, 4, date(2026, 5, 1), 78.5, True, None)] * rows
        columns = ("product_id", "stars", "decision_date", "score", "potential_five", "decision_no")
        insert_ignore(session, Certificate, certificates, columns)
        key = ("code",)
        texts = "Trà\tTân Cương\n\\N «đậm» 🍵"
        row = ("P1", 1, texts, "k", "1.3.1", "h", 1, Decimal("12.50"), NOW.astimezone(timezone(timedelta(hours=7))))
        names = (
            "code",
            "producer_id",
            "name",
            "search_key",
            "sub_group",
            "content_hash",
            "revision",
            "alcohol_percent",
            "updated_at",
        )
        rest = [(f"P{n + 2}", *row[1:]) for n in range(rows - 1)]
        upsert(session, Product, names, [row, *rest], key=key, update=names[2:])
    with database.session() as session:
        certificate = session.scalars(select(Certificate)).first()
        stored = session.scalars(select(Product).where(Product.code == "P1")).one()
    assert certificate is not None
    assert (certificate.decision_date, certificate.score, certificate.potential_five, certificate.decision_no) == (
        date(2026, 5, 1),
        78.5,
        True,
        None,
    )
    assert (stored.name, stored.alcohol_percent, stored.updated_at) == (texts, Decimal("12.50"), NOW)


def test_moment_is_written_letter_for_letter_as_the_models_do(sqlite_database: Database) -> None:
    """SQLite compares moments as text: both ways of writing one must give the same letters."""
    whole_second = NOW.replace(microsecond=0)
    with sqlite_database.write() as session:
        session.add(Lease(name="object", owner="a", until=NOW, heartbeat_at=whole_second))
        insert_ignore(session, Lease, [("bulk", "a", NOW, whole_second)], LEASE)
    with sqlite_database.session() as session:
        written = session.execute(text("SELECT until, heartbeat_at FROM lease")).all()
    assert written == [("2026-11-24 03:04:05.000006", "2026-11-24 03:04:05.000000")] * 2


@pytest.mark.parametrize("rows", [1, COPY_FROM_ROWS])
def test_naive_moment_is_refused(database: Database, rows: int) -> None:
    """A moment without a zone is an error before anything is written."""
    naive = [(f"lease {n}", "a", NOW, NOW.replace(tzinfo=None)) for n in range(rows)]
    with pytest.raises(ValueError, match="without a time zone"), database.write() as session:
        insert_ignore(session, Lease, naive, LEASE)
    assert _count(database) == 0


def test_missing_value_is_the_databases_error(database: Database, run_id: int, page_ids: list[int]) -> None:
    """Defaults of the models are not applied: a column that must have a value and is not named is an IntegrityError."""
    with pytest.raises(IntegrityError), database.write() as session:
        insert_ignore(session, Observation, [(page_ids[0], run_id)], ("page_id", "run_id"))


def test_rows_may_point_at_objects_of_the_session(database: Database) -> None:
    """Objects that were only added yet are written first."""
    with database.write() as session:
        session.add(Shop(id=7, name="Trà", marketplace="tiki", external_id="7", state="connected"))
        assert (
            insert_ignore(session, ReferenceAnswer, [(7, "k", "v", NOW)], ("shop_id", "key", "value", "fetched_at"))
            == 1
        )


@pytest.mark.parametrize("asked", [0, 1, 70_000])
def test_among_takes_any_number_of_values(database: Database, asked: int) -> None:
    """No value finds nothing; more values than either database takes parameters still find the rows."""
    with database.write() as session:
        insert_ignore(session, Lease, [*_leases(0, 2), ('«"\\', "a", NOW, NOW)], LEASE)
    names = [f"lease {n}" for n in range(asked)] + ['«"\\'] * bool(asked)
    with database.session() as session:
        found = session.scalars(
            select(Lease.name).where(among(Lease.name, "names")).order_by(Lease.name), {"names": names}
        ).all()
    assert sorted(found) == sorted(({"lease 0", "lease 1", '«"\\'}) & set(names))
