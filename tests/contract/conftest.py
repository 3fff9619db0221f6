"""Every marketplace that has a connector, in a fresh world each."""

from collections.abc import Iterator

import pytest

from connectors import marketplaces
from sandbox.sandbox import Sandbox
from tests.contract.shops import Shop, tea


@pytest.fixture(params=sorted(marketplaces()))
def shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    with Sandbox(seed=7) as sandbox:
        connected = Shop(request.param, sandbox)
        yield connected
        connected.api.close()


@pytest.fixture
def warm(shop: Shop) -> Shop:
    """Categories and pictures are known here: the next request of a push is the create itself."""
    shop.on_sale(tea(1))
    return shop


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Sixteen listings and more than a month of orders, so that windows and pages follow one another."""
    for number in range(1, 17):
        shop.api.push_new(tea(number))
    for _ in range(2):
        shop.days_pass(20)
        shop.api.check()
    return shop
