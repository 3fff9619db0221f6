"""Every fault over real HTTP, against a toy marketplace that shows whether a write was applied."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.faults import FaultKind
from sandbox.http import Request, Response
from sandbox.plays import PLAYS
from sandbox.sandbox import START, Sandbox
from sandbox.site import Site, SiteSettings
from sandbox.world import World


class ToyApi(Site):
    """POST /items adds an offer, GET /items lists them, POST /refresh gives a token; all but that one want it."""

    market = "toy"
    role = "api"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        super().__init__(world, settings)
        self.token = world.token("toy access")
        self.refreshable = True

    def handle(self, request: Request) -> Response:
        if request.path == "/refresh":
            return self._refresh()
        if request.headers.get("authorization") != self.token:
            return Response.json({"error": "expired"}, 403)
        if request.method == "POST":
            offer = self.world.add_offer("toy", "shop", request.json()["sku"], "Trà", "", 50_000, 10)
            return Response.json({"id": offer.offer_id, "at": self.skewed_now().isoformat()})
        if request.path == "/offers":
            return Response.json({"page": 1, "offers": [{"sku": offer.sku} for offer in self.world.offers("toy")]})
        return Response.json({"skus": [offer.sku for offer in self.world.offers("toy")]})

    def _refresh(self) -> Response:
        if not self.refreshable:
            return Response.json({"error": "revoked"}, 403)
        self.token = self.world.token("toy access")
        return Response.json({"token": self.token})

    def credentials(self) -> dict[str, Any]:
        return {"access_token": self.token}

    def expire_tokens(self) -> None:
        self.token = ""

    def revoke_tokens(self) -> None:
        self.token, self.refreshable = "", False


class ToyShop(ToyApi):
    role = "storefront"

    def handle(self, request: Request) -> Response:
        return Response.html(f"<p>{request.path}</p>")


class Client:
    """A seller's program: one session, always the token it was given last."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.base_url = sandbox.base_url("toy")
        self.session = requests.Session()
        self.session.headers["Authorization"] = sandbox.credentials("toy")["access_token"]

    def add(self, sku: str, timeout_s: float = 5) -> requests.Response:
        return self.session.post(f"{self.base_url}/items", json={"sku": sku}, timeout=timeout_s)

    def list(self) -> requests.Response:
        return self.session.get(f"{self.base_url}/items", timeout=5)

    def refresh(self) -> requests.Response:
        answer = self.session.post(f"{self.base_url}/refresh", timeout=5)
        if answer.ok:
            self.session.headers["Authorization"] = answer.json()["token"]
        return answer


def toy(**wishes: Any) -> Sandbox:
    return Sandbox(5, sites=(ToyApi, ToyShop), **wishes)


def skus(sandbox: Sandbox) -> list[str]:
    return [offer.sku for offer in sandbox.world.offers("toy")]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with toy() as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Client]:
    client = Client(sandbox)
    with client.session:
        yield client


@pytest.mark.parametrize(("retry_after", "header"), [(None, None), (7, "7")])
@pytest.mark.parametrize("status", [429, 500, 503])
def test_status(sandbox: Sandbox, client: Client, status: int, retry_after: int | None, header: str | None) -> None:
    """A status comes with or without Retry-After, applies nothing, and strikes once."""
    sandbox.faults.add("toy.api", "status", status=status, retry_after=retry_after)
    answer = client.add("A")
    assert (answer.status_code, answer.headers.get("Retry-After"), skus(sandbox)) == (status, header, [])
    assert client.add("A").status_code == 200


@pytest.mark.parametrize(("kind", "applied"), [("reset_before", []), ("reset_after", ["A"])])
def test_reset(sandbox: Sandbox, client: Client, kind: str, applied: list[str]) -> None:
    """The connection breaks; whether the write happened depends on when."""
    sandbox.faults.add("toy.api", kind)
    with pytest.raises(requests.ConnectionError):
        client.add("A")
    assert skus(sandbox) == applied


@pytest.mark.parametrize(("kind", "applied"), [("hang_before", []), ("hang_after", ["A"])])
def test_hang(sandbox: Sandbox, client: Client, kind: str, applied: list[str]) -> None:
    """Silence longer than the client waits; the sandbox goes on answering others meanwhile, and stops at once."""
    sandbox.faults.add("toy.api", kind, seconds=30)
    with pytest.raises(requests.ReadTimeout):
        client.add("A", timeout_s=0.2)
    assert skus(sandbox) == applied
    assert client.list().json() == {"skus": applied}


def test_a_hanging_answer_arrives_late(sandbox: Sandbox, client: Client) -> None:
    """A client that waits long enough gets the true answer."""
    sandbox.faults.add("toy.api", "hang_after", seconds=0.15)
    begun = time.monotonic()
    assert client.add("A").json()["id"] == 1_000_001
    assert time.monotonic() - begun >= 0.15


def test_truncated_but_consistent(sandbox: Sandbox, client: Client) -> None:
    """Half of the JSON with a Content-Length to match: only parsing finds out."""
    whole = client.list().content
    sandbox.faults.add("toy.api", "truncated")
    half = client.list()
    assert half.content == whole[: len(whole) // 2]
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        json.loads(half.content)


def test_truncated_with_a_lie(sandbox: Sandbox, client: Client) -> None:
    """Content-Length promises all, half comes: the client sees a broken body; the write was applied."""
    sandbox.faults.add("toy.api", "truncated", lie=True)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        client.add("A")
    assert skus(sandbox) == ["A"]


@pytest.mark.parametrize("applied", [False, True])
def test_html(sandbox: Sandbox, client: Client, applied: bool) -> None:
    """A page with status 200 in place of JSON, with or without the write behind it."""
    sandbox.faults.add("toy.api", "html", applied=applied)
    answer = client.add("A")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert skus(sandbox) == (["A"] if applied else [])


def test_duplicate_page(sandbox: Sandbox, client: Client) -> None:
    """The last good answer of that path comes once more, then the world as it is."""
    client.list()
    client.add("A")
    sandbox.faults.add("toy.api", "duplicate_page", path="^/items$")
    assert [client.list().json()["skus"] for _ in range(2)] == [[], ["A"]]


def test_reordered_page(sandbox: Sandbox, client: Client) -> None:
    """Lists of objects come back to front, everything else as it was."""
    for sku in "ABC":
        client.add(sku)
    url = f"{client.base_url}/offers"
    straight = client.session.get(url, timeout=5).json()
    sandbox.faults.add("toy.api", "reordered_page")
    assert client.session.get(url, timeout=5).json() == {"page": 1, "offers": straight["offers"][::-1]}


def test_every_kind_can_be_played() -> None:
    """No kind of fault can be announced that nobody knows how to play."""
    assert set(PLAYS) == set(FaultKind) - {FaultKind.CLOCK_SKEW}


def test_expired_token(sandbox: Sandbox, client: Client) -> None:
    """The token dies just before the request; a refresh helps."""
    sandbox.faults.add("toy.api", "expired_token", path="/items")
    assert client.add("A").status_code == 403
    client.refresh()
    assert client.add("A").status_code == 200


def test_revoked_token(sandbox: Sandbox, client: Client) -> None:
    """After a revocation refreshing does not help either."""
    sandbox.faults.add("toy.api", "revoked_token", path="/items")
    assert [client.add("A").status_code, client.refresh().status_code] == [403, 403]


def test_clock_skew_lasts_until_cleared(sandbox: Sandbox, client: Client) -> None:
    """The site's clock, in what it checks and in its Date header, is ahead until the fault is cleared."""
    sandbox.faults.add("toy.api", "clock_skew", seconds=600)
    answers = [client.add("A"), client.add("B")]
    sandbox.faults.clear()
    answers.append(client.add("C"))
    ahead = (START + timedelta(seconds=600)).timestamp()
    assert [parsedate_to_datetime(a.headers["Date"]).timestamp() for a in answers] == [ahead, ahead, START.timestamp()]


def test_captcha_and_robots(sandbox: Sandbox) -> None:
    """A storefront shows its challenge page, and a robots.txt that forbids everything, each once."""
    url = sandbox.storefront_url("toy")
    sandbox.faults.add("toy.storefront", "captcha", path="/p1")
    sandbox.faults.add("toy.storefront", "robots_deny")
    assert "captcha" in requests.get(f"{url}/p1", timeout=5).text
    assert requests.get(f"{url}/p1", timeout=5).text == "<p>/p1</p>"
    assert requests.get(f"{url}/robots.txt", timeout=5).text == "User-agent: *\nDisallow: /\n"


def test_skip_times_and_path(sandbox: Sandbox, client: Client) -> None:
    """The first `skip` matches pass, then `times` are struck; other paths and sites never."""
    sandbox.faults.add("toy.api", "status", path="^/items$", skip=1, times=2, status=503)
    assert client.refresh().status_code == 200
    assert [client.add(sku).status_code for sku in "ABCD"] == [200, 503, 503, 200]
    assert skus(sandbox) == ["A", "D"]


@pytest.mark.parametrize(
    ("site", "kind", "options"),
    [
        ("nowhere.api", "html", {}),
        ("toy.api", "earthquake", {}),
        ("toy.api", "status", {}),
        ("toy.api", "html", {"status": 1}),
    ],
)
def test_an_unknown_fault_is_refused(sandbox: Sandbox, site: str, kind: str, options: dict[str, Any]) -> None:
    """A site, kind or option that does not exist, or one that is missing, is an error, not a fault that never strikes."""
    with pytest.raises(ValueError, match=r"no site|FaultKind|needs status|knows no"):
        sandbox.faults.add(site, kind, **options)


def test_rate_limit() -> None:
    """As many requests as the rate at once, then 429 with the whole seconds to wait, and none of them applied."""
    with toy(rate_per_s={"toy.api": 3}) as sandbox:
        client = Client(sandbox)
        with client.session:
            answers = [client.add(sku) for sku in "ABCDE"]
    assert [a.status_code for a in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["Retry-After"] == "1"
    assert skus(sandbox) == ["A", "B", "C"]


def test_calls_are_counted(sandbox: Sandbox, client: Client) -> None:
    """Every request counts, struck by a fault or not."""
    sandbox.faults.add("toy.api", "status", status=500)
    client.add("A")
    client.add("A")
    client.list()
    assert dict(sandbox.sites["toy.api"].calls) == {"POST /items": 2, "GET /items": 1}


def test_many_connections_write_one_at_a_time(sandbox: Sandbox) -> None:
    """Twelve clients at once: every write is there, every id once."""
    ids: list[int] = []

    def sell(name: str) -> None:
        client = Client(sandbox)
        with client.session:
            ids.extend(client.add(f"{name}-{n}").json()["id"] for n in range(10))

    threads = [threading.Thread(target=sell, args=(str(n),)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ids) == list(range(1_000_001, 1_000_121))


def test_spoilt_tokens_and_skew_are_replayed(tmp_path: Path) -> None:
    """What was done under an expired token and a skewed clock comes back so: same tokens, same moments, same ids."""
    with toy(directory=tmp_path) as first:
        client = Client(first)
        with client.session:
            first.faults.add("toy.api", "clock_skew", seconds=60)
            first.faults.add("toy.api", "expired_token", path="/items", skip=1)
            answers = [client.add("A").status_code, client.add("B").status_code]
            client.refresh()
            answers.append(client.add("B").status_code)
        before = (skus(first), first.credentials("toy"))
    with toy(directory=tmp_path) as second:
        after = (skus(second), second.credentials("toy"))
    assert (answers, after) == ([200, 403, 200], before)


def speak(sandbox: Sandbox, raw: bytes) -> bytes:
    """Send bytes to the toy storefront and read until it hangs up."""
    url = sandbox.storefront_url("toy")
    assert url
    with socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1])), timeout=5) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"rubbish\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc", b"400"),
        (b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", b"200"),
        (b"GET /%C3%A1 HTTP/1.1\r\nConnection: close\r\n\r\n", b"200"),
    ],
)
def test_what_is_no_request_is_refused(sandbox: Sandbox, raw: bytes, status: bytes) -> None:
    """Broken HTTP gets a status and an end; chunked bodies are understood."""
    assert speak(sandbox, raw).split()[1] == status


def test_two_requests_in_one_packet(sandbox: Sandbox) -> None:
    """A kept connection answers in order; HEAD gives headers only."""
    answer = speak(sandbox, b"HEAD /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 OK") == 2
    assert answer.endswith(b"<p>/b</p>")
    assert b"<p>/a</p>" not in answer


def test_a_request_reads_its_query_and_form() -> None:
    """First value, all values with commas taken apart, blanks kept, names decoded."""
    request = Request.of("POST", "/x%20y?a=1&a=2,3&b=&c=tr%C3%A0", {}, b"k=v+w&e=")
    assert request.path == "/x y"
    assert [request.one("a"), request.one("b"), request.one("c"), request.one("d")] == ["1", "", "trà", None]
    assert request.all("a") == ["1", "2", "3"]
    assert request.form() == {"k": "v w", "e": ""}
