"""A short link is looked up inside its own site and nowhere else, and a name is judged by the address that is connected to."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
import urllib3.connection

from jobs.app import JobError
from jobs.checked_web import InsideAddressError, addresses_of, checked_session
from jobs.short_links import long_address
from spiders.places import Places
from tests.spiders.conftest import Answer, Shop

CONTACT = "ocop@example.vn"


@pytest.fixture
def shop() -> Iterator[Shop]:
    found = Shop()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def site() -> Iterator[Shop]:
    found = Shop()
    yield found
    found.server.shutdown()
    found.server.server_close()


def _host(shop: Shop) -> str:
    return shop.url.removeprefix("http://")


def _leads(shop: Shop, path: str, target: str) -> None:
    shop.pages[path] = Answer("", 301, {"Location": target})


def _places(shop: Shop, site: Shop) -> Places:
    """`shop` holds the short links of `site`."""
    return Places(hosts=frozenset({_host(site)}), short_hosts=frozenset({_host(shop)}))


def test_a_short_link_leads_to_its_page(shop: Shop, site: Shop) -> None:
    """Through hops of its own, and the page itself is not asked for."""
    _leads(shop, "/a", "/b")
    _leads(shop, "/b", f"{site.url}/tra-p1.html?utm_source=x")
    found = long_address(f"{shop.url}/a", _places(shop, site), CONTACT, allow_private=True)
    assert found == f"{site.url}/tra-p1.html?utm_source=x"
    assert (dict(shop.calls), dict(site.calls)) == ({"/a": 1, "/b": 1}, {})
    assert {headers["User-Agent"] for headers in shop.headers} == {f"ocop/0.1 (OCOP price watch; contact: {CONTACT})"}


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://example.com/x", "dẫn ra ngoài"),
        ("file:///etc/passwd", "dẫn ra ngoài"),
        ("/buyer/login?next=x", "đòi đăng nhập"),
        ("/a", "dẫn vòng quá 5 lần"),
    ],
)
def test_it_never_leads_off_the_site(shop: Shop, site: Shop, target: str, why: str) -> None:
    """An open redirect, a login wall and an endless round are refused with a sentence each."""
    _leads(shop, "/a", target)
    with pytest.raises(JobError, match=why):
        long_address(f"{shop.url}/a", _places(shop, site), CONTACT, allow_private=True)
    assert shop.calls["/a"] == (5 if target == "/a" else 1)


def test_a_dead_short_link_is_told(shop: Shop, site: Shop) -> None:
    """It leads nowhere: the full address is asked for."""
    with pytest.raises(JobError, match="mã 404"):
        long_address(f"{shop.url}/x", _places(shop, site), CONTACT, allow_private=True)


def test_outside_the_sandbox_nothing_inside_is_connected_to(shop: Shop, site: Shop) -> None:
    """The shop on this machine is refused before a byte is sent to it."""
    with pytest.raises(JobError, match="mạng nội bộ"):
        long_address(f"{shop.url}/a", _places(shop, site), CONTACT)
    assert not shop.calls


def test_a_name_that_answers_differently_the_second_time_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """One look-up, and the connection goes to the very address that was judged: a rebinding name never gets its second answer."""
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    connected: list[Any] = []

    def resolver(host: str, port: int, **_: Any) -> list[Any]:
        assert host == "doi-dia-chi.example"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(answers)]

    def connection(address: Any, *_: Any, **__: Any) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    monkeypatch.setattr(urllib3.connection.connection, "create_connection", connection)
    with checked_session() as session, pytest.raises(OSError, match="doi-dia-chi"):
        session.get("http://doi-dia-chi.example/x", timeout=1)
    assert connected == [("8.8.8.8", 80)]
    assert list(answers) == [["127.0.0.1"]]


def test_one_inside_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of them would be connected to is the network's whim."""
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(InsideAddressError):
        addresses_of("hai-mat.example", 80)
