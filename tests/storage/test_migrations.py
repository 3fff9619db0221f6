"""Migrations and models say the same, on both databases, forwards and back."""

import subprocess
import sys

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from models import Base, migrate
from models.database import open_database

_UPGRADE = """
import sys
from models import migrate
from models.database import open_database

database = open_database(sys.argv[1])
print(migrate.upgrade(database))
database.close()
"""


def test_upgraded_database_equals_the_models(unmigrated_url: str) -> None:
    """After every step the database holds exactly the tables, columns, keys and indexes that the models name."""
    database = open_database(unmigrated_url)
    assert migrate.current(database) is None
    assert migrate.upgrade(database) == migrate.head() == migrate.current(database)
    with database.session() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
    database.close()


def test_upgrading_twice_changes_nothing(unmigrated_url: str) -> None:
    """An upgrade is safe to repeat."""
    database = open_database(unmigrated_url)
    assert migrate.upgrade(database) == migrate.upgrade(database) == migrate.head()
    database.close()


def test_downgrading_leaves_nothing(unmigrated_url: str) -> None:
    """At base only Alembic's own, empty table remains; upgrading again works."""
    database = open_database(unmigrated_url)
    migrate.upgrade(database)
    migrate.downgrade(database)
    with database.session() as session:
        assert inspect(session.connection()).get_table_names() == ["alembic_version"]
    assert migrate.current(database) is None
    assert migrate.upgrade(database) == migrate.head()
    database.close()


def test_two_processes_may_upgrade_at_once(unmigrated_url: str) -> None:
    """Two processes that start on one empty database both end at the head, without an error."""
    command = [sys.executable, "-W", "error", "-c", _UPGRADE, unmigrated_url]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [process.communicate(timeout=60) for process in both]
    assert answers == [(f"{migrate.head()}\n", "")] * 2
