"""A writer killed at any moment: what it had been told is stored is there, whole, and nothing half done is."""

import random
import subprocess
import sys
import time

from sqlalchemy import func, select

from models import Lease, Shop
from models.database import Database, open_database

_WRITE = """
import sys
from datetime import UTC, datetime
from itertools import count
from sqlalchemy import func, select
from models import Lease, Shop
from models.bulk import insert_ignore
from models.database import open_database

database, now = open_database(sys.argv[1]), datetime.now(UTC)
for _ in count():
    with database.write() as session:
        number = session.scalar(select(func.count()).select_from(Shop)) + 1
        session.add(Shop(name=str(number), marketplace="tiki", external_id=str(number), state="connected"))
        leases = [(f"{number}-{part}", "me", now, now) for part in range(50)]
        insert_ignore(session, Lease, leases, ("name", "owner", "until", "heartbeat_at"))
    print(number, flush=True)
"""


def _stored(database: Database) -> tuple[int, int]:
    """Both counts of one moment: a server may still be finishing the commit of a client that died."""
    counts = [select(func.count()).select_from(table).scalar_subquery() for table in (Shop, Lease)]
    with database.session() as session:
        shops, leases = session.execute(select(*counts)).one()
    return shops, leases


def test_acknowledged_writes_survive_kills(database_url: str) -> None:
    """Six writers in turn, each killed at a random moment: every write that was acknowledged is stored with all its rows."""
    database, moments = open_database(database_url), random.Random(7)
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", _WRITE, database_url], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(moments.uniform(0.0, 0.2))
            writer.kill()
            acknowledged = [int(line) for line in writer.stdout.read().split()]
        shops, leases = _stored(database)
        assert leases == shops * 50
        assert acknowledged == [] or acknowledged[-1] <= shops <= acknowledged[-1] + 1
    database.close()
