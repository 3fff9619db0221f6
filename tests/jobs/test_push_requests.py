"""What a push costs in requests: one a new listing, full batches of figures, and what has to be known of a marketplace asked once."""

from math import ceil

import pytest

from benchmarks.market import Pace, market
from benchmarks.pushing import connected_shop, done, picture
from benchmarks.register import register_teas
from connectors import marketplaces
from jobs.listings import pull_listings
from jobs.push import push_listings

FREELY = Pace(rate_per_s=10_000.0, answer_s=0.0)
BATCHES = {"lazada": 50, "shopee": 1, "tiki": 50, "tiktok_shop": 1}  # rows of one price or stock call, as documented
LOOKUPS = {
    "lazada": 5,  # the tree, a category's attributes, two pages of brands to the one that is none, a picture
    "shopee": 6,  # the tree, attributes of twenty categories at a time, the brand that is none, channels, a picture
    "tiki": 6,  # the seller, warehouses, categories, a category's attributes, the values of two of them
    "tiktok_shop": 7,  # the shop's cipher, warehouses, the tree, a category's attributes and rules, brands, a picture
}


@pytest.mark.parametrize("amount", [60, pytest.param(2_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("code", sorted(marketplaces()))
def test_not_one_call_more_than_the_documents_force(code: str, amount: int) -> None:
    """A first push, a change of every price and stock, and a push of nothing, which asks for nothing."""
    with market(code, FREELY) as played, connected_shop(played.reopen(), code, amount) as app:
        created = done(app, "first", push_listings)
        assert (created["done"], created["api_calls"]) == ({"create": amount}, amount + LOOKUPS[code])
        done(app, "read back", pull_listings)
        register_teas(app, amount, picture=picture(code), dearer_vnd=1_000, stock=80_000)
        changed = done(app, "change", push_listings)
        assert changed["done"] == {"stock": amount, "price": amount}
        assert changed["api_calls"] == 2 * ceil(amount / BATCHES[code])
        assert done(app, "nothing", push_listings)["api_calls"] == 0
