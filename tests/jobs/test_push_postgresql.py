"""A push keeps the same books on PostgreSQL: what is written many rows at once is what the other database has."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from connectors.facts.shop import Tokens
from jobs.register import store_register
from jobs.shops import add_shop, keep_tokens
from models import Listing, ListingEvent, ListingWait, PushAttempt
from models.database import open_database
from tests.jobs.office import SHOPS, Office, opened

SKU = "OCOP-TN-0003-500G"


@pytest.fixture
def office(tmp_path: Path, postgresql_url: str) -> Iterator[Office]:
    """The same shops, connected with the same tokens, and the same register on the other database."""
    with opened(tmp_path) as found:
        app = replace(found.app, database=open_database(postgresql_url), _connectors={})
        store_register(app, found.producers, found.products)
        for market in ("shopee", "tiki"):
            given = found.world.credentials(market)
            shop = add_shop(app, SHOPS[market], market, str(given["shop_id"]))
            keep_tokens(
                app, shop, Tokens.model_validate({name: given[name] for name in Tokens.model_fields if name in given})
            )
        found.app = app
        yield found
        app.close()


@pytest.mark.parametrize("market", ["shopee", "tiki"])
def test_new_listings_go_up_once(office: Office, market: str) -> None:
    """Created, kept as created, and nothing left to do; a create whose answer was lost is found again."""
    packs = len(office.variants())
    office.fault(market, "reset_after", path="add_item" if market == "shopee" else "/requests$", skip=1)
    assert office.push(market).counts["done"] == {"create": packs - 1}
    office.wait(minutes=5)
    assert office.push(market).counts["done"] == {"found_again": 1}
    again = office.push(market)
    assert (again.counts["done"], again.counts["api_calls"]) == ({}, 0)
    with office.app.database.session() as session:
        assert session.execute(select(PushAttempt.state, func.count()).group_by(PushAttempt.state)).all() == [
            ("done", packs)
        ]
        events = session.execute(select(ListingEvent.kind, func.count()).group_by(ListingEvent.kind)).all()
    assert dict(events) == {"created": packs - 1, "unknown": 1, "lookup": 1}


def test_a_refused_price_holds_back_no_stock(office: Office) -> None:
    """The wait is the price's own here too, and its intention is that of the register."""
    office.push("shopee")
    office.change(SKU, price_vnd=10, stock=0)
    assert office.push("shopee").counts["done"] == {"stock": 1}
    with office.app.database.session() as session:
        wait = session.scalars(select(ListingWait)).one()
        row = session.get_one(Listing, wait.listing_id)
    assert (wait.kind, wait.refused_figure) == ("price", 10)
    assert (row.intended_price_vnd, row.intended_stock, row.sent_stock) == (10, 0, 0)
