"""The queue's own tables: made, brought forward, and left alone."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from procrastinate.schema import SchemaManager

from jobs.app import JobError
from jobs.queue_schema import libpq_url, prepare
from tests.databases import PostgresServer

STEPS = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
_SHAPE = """
SELECT 'column', table_name, column_name, data_type, is_nullable, column_default
FROM information_schema.columns WHERE table_name LIKE 'procrastinate%'
UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE tablename LIKE 'procrastinate%'
UNION ALL SELECT 'trigger', event_object_table, trigger_name, action_statement, event_manipulation, action_condition
FROM information_schema.triggers WHERE trigger_name LIKE 'procrastinate%'
UNION ALL SELECT 'function', proname, pg_get_function_arguments(oid), '', '', ''
FROM pg_proc WHERE proname LIKE 'procrastinate%' ORDER BY 1, 2, 3, 4, 5
"""


def shape(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(_SHAPE).fetchall()


def test_preparing_twice_changes_nothing(postgresql_url: str) -> None:
    """The second time finds everything there."""
    assert prepare(postgresql_url) == STEPS[-1].name
    made = shape(postgresql_url)
    assert prepare(postgresql_url) == STEPS[-1].name
    assert shape(postgresql_url) == made


def test_an_older_queue_is_brought_forward(postgresql_url: str, postgres: PostgresServer) -> None:
    """Tables of an earlier Procrastinate become the ones a new database gets; what waited in them still waits."""
    old = next(number for number, step in enumerate(STEPS) if step.name.startswith("03.01.00_50"))
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        for step in STEPS[: old + 1]:
            connection.execute(step.read_bytes())
        connection.execute(f"COMMENT ON TABLE procrastinate_jobs IS '{STEPS[old].name}'".encode())
        connection.execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('slots', 'do_slot')")
    assert prepare(postgresql_url) == STEPS[-1].name
    with postgres.database() as new_url:
        prepare(new_url)
        assert shape(postgresql_url) == shape(new_url)
    with psycopg.connect(postgresql_url) as connection:
        assert connection.execute("SELECT status FROM procrastinate_jobs").fetchall() == [("todo",)]


def test_processes_may_prepare_at_once(postgresql_url: str) -> None:
    """Three processes start on an empty database: one makes the tables, the others find them."""
    command = [
        sys.executable,
        "-W",
        "error",
        "-c",
        "import sys; from jobs.queue_schema import prepare; prepare(sys.argv[1])",
    ]
    racers = [subprocess.Popen([*command, postgresql_url], stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [(racer.communicate(timeout=60)[1], racer.returncode) for racer in racers] == [("", 0)] * 3


def test_tables_of_another_program_are_not_touched(postgresql_url: str) -> None:
    """A procrastinate_jobs table that we did not make ends with a sentence that says what to do."""
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("CREATE TABLE procrastinate_jobs (id int)")
    with pytest.raises(JobError, match="Hãy dùng một cơ sở dữ liệu riêng cho ocop"):
        prepare(postgresql_url)
    assert [row[:3] for row in shape(postgresql_url)] == [("column", "procrastinate_jobs", "id")]


def test_both_spellings_of_the_url_are_one_database() -> None:
    """SQLAlchemy's driver name is left out for PostgreSQL's own library, the password kept."""
    for scheme in ("postgresql", "postgresql+psycopg"):
        assert libpq_url(f"{scheme}://u:p%40ss@host:5433/ocop") == "postgresql://u:p%40ss@host:5433/ocop"
