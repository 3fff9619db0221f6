"""Tiki's queue: made at the first look, read in batches, acknowledged after it was stored, its orders read by their codes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import Message, SalesOrder
from tests.jobs.office import Office, opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, products=30) as ready:
        yield ready


def stored(office: Office) -> int:
    with office.app.database.session() as session:
        return session.scalar(select(func.count(Message.id))) or 0


def busy(office: Office) -> None:
    """Listings approved, the queue made, and a day of buyers after it."""
    office.push("tiki")
    office.wait(days=2)
    assert office.do("pull_messages", "tiki").counts == {"read": 0}
    office.wait(days=3)


def test_the_queue_is_read_to_its_end(office: Office) -> None:
    """More than a batch, each event once, and the orders they name are read without a pull of orders."""
    busy(office)
    read = office.do("pull_messages", "tiki").counts["read"]
    assert read == stored(office)
    assert read > 20  # more than one batch of the played queue
    assert office.do("pull_messages", "tiki").counts == {"read": 0}
    handled = office.do("handle_messages", "tiki")
    with office.app.database.session() as session:
        orders = session.scalar(select(func.count(SalesOrder.id)))
        named = session.scalar(select(func.count(Message.order_external_id.distinct())))
    assert (handled.counts["messages"], handled.counts["orders"], orders) == (read, named, named)


def test_what_was_not_acknowledged_comes_again_and_is_stored_once(office: Office) -> None:
    """The answer to the second batch is lost for good: the run fails, and the next one repeats the first batch."""
    busy(office)
    office.fault("tiki", "status", status=503, path=".*/events/pull", skip=1, times=5)
    assert office.do("pull_messages", "tiki").state == "failed"
    assert stored(office) == 20
    office.world.faults.clear()
    read = office.do("pull_messages", "tiki").counts["read"]
    assert stored(office) == read


def test_what_was_handled_is_forgotten_after_a_month(office: Office) -> None:
    """What still waits is kept, however old it is."""
    busy(office)
    office.do("pull_messages", "tiki")
    with office.app.database.write() as session:
        for message in session.scalars(select(Message).limit(5)):
            message.handled_at = office.app.now()
    before = stored(office)
    office.wait(days=31)
    read = office.do("pull_messages", "tiki").counts["read"]
    assert stored(office) == before - 5 + read
