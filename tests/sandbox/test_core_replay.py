"""Every marketplace that is played comes back as it was: the register pushed through its connector, days lived, restarted."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from catalog.describe import compose
from catalog.eligibility import online_blockers
from catalog.listing import Listing
from catalog.sample import sample_register
from catalog.workbook import read_register
from connectors import marketplaces
from connectors.base import Connector
from connectors.facts.shop import Tokens
from connectors.memory import MemoryCache, MemoryTokenStore
from sandbox.demonstration import demonstrate
from sandbox.pictures import picture
from sandbox.sandbox import START, Sandbox

PUSHED = 12


def connected(sandbox: Sandbox, code: str) -> Connector:
    """The marketplace's connector with the keys the sandbox gave out, on the world's clock."""
    keys = sandbox.credentials(code)
    connector = marketplaces()[code]
    fields = connector.settings_model.model_fields
    wishes: dict[str, Any] = {**keys, "base_url": sandbox.base_url(code), "rate_per_s": None}
    tokens = Tokens(
        access_token=keys["access_token"],
        refresh_token=keys["refresh_token"],
        expires_at=datetime.fromisoformat(keys["expires_at"]),
    )
    return connector(
        connector.settings_model(**{name: value for name, value in wishes.items() if name in fields}),
        keys["shop_id"],
        MemoryTokenStore(tokens),
        clock=sandbox.world.clock,
        cache=MemoryCache(),
        read_picture=lambda url: picture(url.rsplit("/", 1)[1].removesuffix(".png")),
    )


def listings(sandbox: Sandbox) -> list[Listing]:
    """The first packs of the shipped register, as they would be offered."""
    with sample_register() as path:
        reading = read_register(path)
    producers = {producer.code: producer for producer in reading.producers}
    shown = demonstrate(reading.products, 1, lambda sku: f"{sandbox.storefront_url('plain')}/img/{sku}.png")
    sellable = [product for product in shown if not online_blockers(product, START.date())]
    return [compose(p, v, producers[p.producer_code], START.date()) for p in sellable for v in p.variants][:PUSHED]


def everything(sandbox: Sandbox, code: str) -> str:
    world = sandbox.world
    facts = (sandbox.truth(), world.offers(code), world.orders(code), world.reviews(code), sandbox.credentials(code))
    return repr(facts)


@pytest.mark.parametrize("code", sorted(marketplaces()))
def test_a_marketplace_comes_back_as_it_was(tmp_path: Path, code: str) -> None:
    """Listings, ids, tokens, orders and reviews after a restart are those from before it, and so are the days after."""
    with Sandbox(1, directory=tmp_path) as first:
        connector = connected(first, code)
        for listing in listings(first):
            connector.push_new(listing)
        first.advance(START + timedelta(days=20))
        connector.check()  # the token is renewed: that is remembered too
        connector.close()
        before = everything(first, code)
    with Sandbox(1, directory=tmp_path) as second:
        assert everything(second, code) == before
        assert len(second.world.offers(code)) == PUSHED
        assert second.world.orders(code) != []
