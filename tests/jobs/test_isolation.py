"""One marketplace in trouble is that marketplace's trouble alone: the others' stock goes to zero as if nothing had happened."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from connectors import marketplaces
from jobs.dispatch import Pool
from jobs.slots import Slot
from models import JobRun, Variant
from tests.jobs.office import Office, opened
from tests.jobs.played_jobs import wait_until

HANG_S = 6.0  # longer than the patience below: what is seen on the other marketplace is seen during the hang
PATIENCE_S = 5.0
TROUBLES: dict[str, dict[str, Any]] = {
    "hang_before": {"seconds": HANG_S},
    "status": {"status": 500},
    "revoked_token": {},
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as found:
        yield found


def _sold_out(office: Office) -> str:
    """One pack is gone, and the register says so."""
    office.push("shopee")
    sku = next(offer.sku for offer in office.offers("shopee") if offer.stock)
    office.change(sku, stock=0)
    return sku


def _state(office: Office, lane: str, slot: Slot) -> str | None:
    with office.app.database.session() as session:
        return session.scalar(select(JobRun.state).where(JobRun.lane == lane, JobRun.slot == slot.at))


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("stopped", sorted(set(marketplaces()) - {"shopee"}))
def test_a_stopped_marketplace_delays_no_other(office: Office, stopped: str, trouble: str) -> None:
    """With every call of one marketplace hanging, failing or without a login, a sold-out pack is at zero on Shopee at once."""
    sku = _sold_out(office)
    office.wait(seconds=1)  # a slot of its own
    office.fault(stopped, trouble, times=10_000, **TROUBLES[trouble])
    slots = [Slot("push_listings", f"{code}-demo", office.app.now()) for code in (stopped, "shopee")]
    pool = Pool(office.app, threads=2)
    try:
        pool.send(slots)
        wait_until(lambda: _stock(office, sku) == 0, PATIENCE_S)
        if trouble == "hang_before":
            assert _state(office, slots[0].lane, slots[0]) == "running"
    finally:
        office.world.faults.clear()
        pool.close()
    assert _state(office, "shopee-demo", slots[1]) == "done"
    with office.app.database.session() as session:
        assert session.scalar(select(Variant.available).where(Variant.sku == sku)) == 0


def _stock(office: Office, sku: str) -> int:
    return next(offer.stock for offer in office.offers("shopee") if offer.sku == sku)
