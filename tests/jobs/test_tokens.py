"""One refresh in flight a shop, started before it is sent, stored before it is used, and never lost in silence."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from connectors.errors import LoginRequiredError
from models import Problem, Shop, TokenLease
from tests.jobs.office import SHOPS, Office, another, opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, products=2) as found:
        yield found


@pytest.mark.parametrize("market", sorted(SHOPS))
def test_two_applications_refresh_once(office: Office, market: str) -> None:
    """Both find the token expired at the same moment; one asks, the other takes what it got."""
    apps = [another(office.app) for _ in range(2)]
    connectors = [app.connector(app.shop(SHOPS[market])) for app in apps]
    for connector in connectors:
        connector.check()
    site = office.world.sites[f"{market}.api"]
    refreshes = {name: count for name, count in site.calls.items() if "token" in name}
    office.world.advance(to=connectors[0].tokens.load().expires_at + timedelta(minutes=1))
    threads = [threading.Thread(target=connector.check) for connector in connectors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    grown = {name: count - refreshes.get(name, 0) for name, count in site.calls.items() if "token" in name}
    assert sum(grown.values()) == 1


def test_a_refresh_whose_answer_was_lost_asks_for_a_login_loudly(office: Office) -> None:
    """Shopee's refresh token is spent: one more try tells the truth, then the shop waits for a person, and says so."""
    office.wait(hours=5)
    office.fault("shopee", "reset_after", path="access_token/get")
    first = office.push("shopee")
    assert first.state == "failed"
    office.wait(minutes=10)
    second = office.push("shopee")
    assert (second.state, "ocop shop login" in str(second.error)) == ("failed", True)
    with office.app.database.session() as session:
        shop = session.scalar(select(Shop).where(Shop.name == "shopee-demo"))
        problems = session.scalars(select(Problem).where(Problem.shop == "shopee-demo")).all()
    assert shop is not None
    assert shop.state == "login_required"
    assert [(problem.code, problem.count) for problem in problems] == [("error_shop_refresh_token", 2)]


def test_a_lease_of_a_dead_process_is_taken_over(office: Office) -> None:
    """A process killed in mid-refresh does not keep the shop from the next one."""
    shop = office.app.shop("shopee-demo")
    with office.app.database.write() as session:
        lease = session.get_one(TokenLease, shop.id)
        lease.owner = "elsewhere:1:x"
        lease.leased_until = office.app.now() + timedelta(seconds=30)
        import socket  # noqa: PLC0415 - only here

        lease.owner = f"{socket.gethostname()}:999999999:x"
    office.wait(hours=5)
    assert office.push("shopee").state == "done"


def test_tokens_never_show(office: Office) -> None:
    """Not in a repr, not in an error."""
    tokens = office.app.connector(office.app.shop("tiki-demo")).tokens
    secret = tokens.load().access_token.get_secret_value()
    assert secret not in repr(tokens)
    office.fault("tiki", "revoked_token")
    with pytest.raises(LoginRequiredError) as caught:
        office.app.connector(office.app.shop("tiki-demo")).check()
    assert secret not in repr(caught.value)
    assert secret not in str(caught.value)
