"""The channel against a small scripted server on loopback: what is repeated, what is not, and what is never printed."""

import logging
import socket
import ssl
import struct
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr
from requests import PreparedRequest
from requests.auth import AuthBase

from connectors.dialect import Dialect, ExpiredTokenError
from connectors.endpoint import Answer, Endpoint, Payload
from connectors.errors import (
    LoginRequiredError,
    OutcomeUnknownError,
    RejectedError,
    TransientError,
    UnexpectedAnswerError,
)
from connectors.facts.shop import Tokens
from connectors.http import HttpChannel, Retry
from connectors.limiter import Limiter
from connectors.memory import MemoryTokenStore, SystemClock
from connectors.signing import ShopSigning
from connectors.transport import Transport

Step = Callable[[BaseHTTPRequestHandler], None]


class Ask(Payload):
    repeated = frozenset({"both"})

    name: str
    ids: list[int] | None = None
    both: list[str] | None = None


class Told(Answer):
    ignores = frozenset({"known"})

    value: int


READ = Endpoint("GET", "/read", Ask, Told)
WRITE = Endpoint("POST", "/write", Ask, Told)
SET = Endpoint("POST", "/set", Ask, Told, safe_to_repeat=True)


class PlainDialect(Dialect):
    """{"value": n} or {"error": code}."""

    marketplace = "plain"
    codes: ClassVar[dict[str, type[Exception]]] = {"expired": ExpiredTokenError, "no": RejectedError}

    def result(self, status: int, data: Any) -> Any:
        if status == 200:
            return data
        if not isinstance(data, dict) or data.get("error") not in self.codes:
            raise UnexpectedAnswerError(f"HTTP {status}")
        raise self.codes[data["error"]](f"refused {data.get('echo')}")

    def request_id(self, headers: Mapping[str, str], data: Any) -> str:  # noqa: ARG002 - the port's signature
        return headers.get("X-Request-Id", "")


class TokenInQuery(AuthBase):
    def __init__(self, tokens: Tokens) -> None:
        self.token = tokens.access_token.get_secret_value()

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.prepare_url(str(request.url), {"access_token": self.token})
        return request


def answer(body: str, status: int = 200, **headers: str) -> Step:
    def step(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body.encode())))
        handler.end_headers()
        handler.wfile.write(body.encode())

    return step


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Promise more bytes than are sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b'{"value": ')
    handler.close_connection = True


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Close with a TCP reset after reading the request."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


OK = answer('{"value": 1}')


class Script:
    """Plays its steps in order, keeps what was asked."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.asked: list[str] = []
        self.cookies: list[str | None] = []
        self.url = ""


@pytest.fixture
def script() -> Iterator[Script]:
    played = Script()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            played.asked.append(f"{self.command} {self.path}")
            played.cookies.append(self.headers.get("Cookie"))
            played.steps.pop(0)(self)

        do_POST = do_GET  # noqa: N815 - http.server's name

        def log_message(self, *args: Any) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    played.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield played
    server.shutdown()
    server.server_close()


def tokens(access: str, lasts: timedelta = timedelta(hours=4)) -> Tokens:
    return Tokens(
        access_token=SecretStr(access), refresh_token=SecretStr("refresh-secret"), expires_at=datetime.now(UTC) + lasts
    )


class Desk:
    """A channel with everything around it in view."""

    def __init__(self, url: str, first: Tokens | None = None, **transport: Any) -> None:
        self.slept: list[float] = []
        self.refreshed = 0
        self.store = MemoryTokenStore(first or tokens("old-secret"))
        signing = ShopSigning(self.store, SystemClock(), TokenInQuery, self.refresh)
        retry = Retry(sleep=self.slept.append, backoff_s=0.001)
        limiter = Limiter(None, 5, sleep=self.slept.append)
        self.channel = HttpChannel(PlainDialect(), Transport(url, **transport), signing, limiter, retry)

    def refresh(self, stale: Tokens) -> Tokens:  # noqa: ARG002 - the port's signature
        self.refreshed += 1
        return tokens("new-secret")


@pytest.fixture
def desk(script: Script) -> Iterator[Desk]:
    made = Desk(script.url)
    yield made
    made.channel.close()


ASK = Ask(name="chè")


def self_signed(folder: Path) -> Path:
    """A key and a certificate for localhost that only its owner believes."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(datetime.now(UTC) - timedelta(days=1)).not_valid_after(
        datetime.now(UTC) + timedelta(days=1)
    )
    built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "pair.pem"
    path.write_bytes(secret + built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


def test_lists_go_out_comma_joined_unless_they_repeat() -> None:
    """Marketplaces disagree about lists in a query; the payload says which of its fields repeat."""
    ask = Ask(name="a", ids=[1, 2], both=["X", "Y"])
    assert ask.to_query() == [("name", "a"), ("ids", "1,2"), ("both", "X"), ("both", "Y")]


def test_a_read_is_repeated_until_it_answers(script: Script, desk: Desk) -> None:
    """A server fault and a reset leave nothing changed, so a read is simply asked again."""
    script.steps = [answer("<html>", 502), reset, OK]
    assert desk.channel.call(READ, ASK).value == 1
    assert desk.channel.calls == 3


def test_a_read_gives_up_after_three_tries(script: Script, desk: Desk) -> None:
    """Longer patience belongs to the row that waits, not to the call."""
    script.steps = [answer("{}", 503)] * 3
    with pytest.raises(TransientError):
        desk.channel.call(READ, ASK)
    assert len(script.asked) == 3


@pytest.mark.parametrize("step", [reset, cut, answer("<html>"), answer("{}"), answer("oops", 500)])
def test_a_write_whose_answer_is_unusable_is_unknown_and_sent_once(script: Script, desk: Desk, step: Step) -> None:
    """It may have been applied: only looking can tell."""
    script.steps = [step]
    with pytest.raises(OutcomeUnknownError):
        desk.channel.call(WRITE, ASK)
    assert len(script.asked) == 1


def test_a_write_that_sets_a_value_is_repeated(script: Script, desk: Desk) -> None:
    """Setting the same price twice is the same as once."""
    script.steps = [reset, OK]
    assert desk.channel.call(SET, ASK).value == 1


@pytest.mark.parametrize("step", [answer("<html>"), answer("[1]"), answer('{"value": "1"}'), answer("x", 404)])
def test_an_unreadable_read_is_loud(script: Script, desk: Desk, step: Step) -> None:
    """HTML, another shape or another type means we misread the API: no repeat, no guess."""
    script.steps = [step]
    with pytest.raises(UnexpectedAnswerError):
        desk.channel.call(READ, ASK)
    assert len(script.asked) == 1


def test_nobody_listening_is_never_unknown() -> None:
    """A refused connection proves that a write was not applied."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        desk = Desk(f"http://127.0.0.1:{free.getsockname()[1]}")
    with pytest.raises(TransientError):
        desk.channel.call(WRITE, ASK)
    assert desk.channel.calls == 3


def test_a_certificate_nobody_vouches_for_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    """Whoever sits between us and a marketplace gets no token: the connection ends before the request."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(self_signed(tmp_path))
    heard: list[bytes] = []

    def listen() -> None:
        for _ in range(Retry().tries):
            with (
                listener.accept()[0] as raw,
                suppress(OSError),
                context.wrap_socket(raw, server_side=True) as connection,
            ):
                heard.append(connection.recv(1))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=listen)
        thread.start()
        desk = Desk(f"https://localhost:{listener.getsockname()[1]}")
        with pytest.raises(TransientError, match="no connection"):
            desk.channel.call(WRITE, ASK)
        desk.channel.close()
        thread.join()
    assert heard == []


def test_a_refusal_for_pace_is_obeyed_even_for_a_write(script: Script, desk: Desk) -> None:
    """429 changed nothing; its Retry-After is waited for, then the write goes out once more."""
    script.steps = [answer("{}", 429, Retry_After="0"), OK]
    assert desk.channel.call(WRITE, ASK).value == 1
    assert desk.slept[0] == 0


def test_a_long_wait_is_the_rows_and_pauses_every_lane(script: Script, desk: Desk) -> None:
    """Ten minutes are not slept through: the caller is told, and the next call is not even sent."""
    script.steps = [answer("slow down", 429, Retry_After="600")]
    with pytest.raises(TransientError) as refused:
        desk.channel.call(READ, ASK)
    assert refused.value.retry_after_s == 600
    with pytest.raises(TransientError) as paused:
        desk.channel.call(READ, ASK)
    assert 590 < (paused.value.retry_after_s or 0) <= 600
    assert len(script.asked) == 1


def test_retry_after_may_be_a_date(script: Script, desk: Desk) -> None:
    """Measured on the marketplace's own clock, not on ours."""
    dates = {"Date": "Mon, 23 Nov 2026 10:00:00 GMT", "Retry_After": "Mon, 23 Nov 2026 11:00:00 GMT"}

    def step(handler: BaseHTTPRequestHandler) -> None:
        handler.date_time_string = lambda *_: dates["Date"]  # type: ignore[method-assign]
        answer("{}", 429, Retry_After=dates["Retry_After"])(handler)

    script.steps = [step]
    with pytest.raises(TransientError) as refused:
        desk.channel.call(READ, ASK)
    assert refused.value.retry_after_s == 3600


def test_an_expired_token_is_refreshed_once(script: Script, desk: Desk) -> None:
    """One refresh, one more try, the new token in it."""
    script.steps = [answer('{"error": "expired"}', 403), OK]
    assert desk.channel.call(WRITE, ASK).value == 1
    assert desk.refreshed == 1
    assert script.asked[1].endswith("access_token=new-secret")


def test_a_token_refused_again_asks_for_a_login(script: Script, desk: Desk) -> None:
    """Never a loop of refreshes."""
    script.steps = [answer('{"error": "expired"}', 403)] * 2
    with pytest.raises(LoginRequiredError):
        desk.channel.call(READ, ASK)
    assert desk.refreshed == 1


def test_a_token_about_to_end_is_refreshed_before_it_is_sent(script: Script) -> None:
    """A call may take half a minute: a token with less left is not used."""
    desk = Desk(script.url, tokens("old-secret", timedelta(seconds=20)))
    script.steps = [OK]
    desk.channel.call(READ, ASK)
    assert (desk.refreshed, len(script.asked)) == (1, 1)
    desk.channel.close()


def test_an_old_answer_sent_again_is_not_believed(script: Script, desk: Desk) -> None:
    """The same request id twice: a read is asked again, a write is unknown."""
    first, second = answer('{"value": 1}', X_Request_Id="r1"), answer('{"value": 2}', X_Request_Id="r2")
    script.steps = [first, first, second, second]
    assert [desk.channel.call(READ, ASK).value for _ in range(2)] == [1, 2]
    with pytest.raises(OutcomeUnknownError):
        desk.channel.call(WRITE, ASK)


def test_silence_is_bounded_and_leaves_a_write_unknown(script: Script) -> None:
    """Every call has a time limit; a write that ran into it may have been applied."""
    desk = Desk(script.url, timeouts_s=(1.0, 0.05))
    over = threading.Event()
    script.steps = [lambda handler: (over.wait(5), OK(handler))[1]]
    with pytest.raises(OutcomeUnknownError, match="took too long"):
        desk.channel.call(WRITE, ASK)
    over.set()
    desk.channel.close()


def test_redirects_are_not_followed_and_cookies_not_kept(script: Script, desk: Desk) -> None:
    """A signed request is for one address only, and a session has no memory."""
    script.steps = [answer("", 302, Location=script.url), answer('{"value": 1}', Set_Cookie="a=b"), OK]
    with pytest.raises(UnexpectedAnswerError):
        desk.channel.call(READ, ASK)
    desk.channel.call(READ, ASK)
    desk.channel.call(READ, ASK)
    assert script.cookies == [None] * 3


def test_an_answer_without_end_is_refused(script: Script) -> None:
    """Memory is bounded whatever is sent."""
    desk = Desk(script.url, max_answer_bytes=1000)
    script.steps = [answer("x" * 1001)]
    with pytest.raises(UnexpectedAnswerError, match="over 1000 bytes"):
        desk.channel.call(READ, ASK)
    desk.channel.close()


def test_a_new_field_warns_once_a_run(script: Script, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """The API grew: somebody should look, once. Fields left out on purpose say nothing."""
    script.steps = [answer('{"value": 1, "known": 2, "novel": 3}')] * 2
    desk.channel.call(READ, ASK)
    desk.channel.call(READ, ASK)
    warned = [record for record in caplog.records if record.message == "answer has a new field"]
    assert [record.__dict__["field"] for record in warned] == ["novel"]


@pytest.mark.parametrize("step", [reset, answer("<html>"), answer('{"error": "no", "echo": "old-secret"}', 400)])
def test_tokens_are_in_no_error_and_no_log(
    script: Script, desk: Desk, step: Step, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in the message, the repr, the traceback, its contexts, nor in the HTTP library's debug lines."""
    caplog.set_level(logging.DEBUG)
    script.steps = [step]
    with pytest.raises(Exception, match=r"\[plain /write") as caught:
        desk.channel.call(WRITE, ASK)
    printed = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(caught.value.__context__)
    assert "secret" not in printed + caplog.text + "".join(str(record.__dict__) for record in caplog.records)


def test_the_pace_is_kept_and_a_lane_asks_before_it_sends() -> None:
    """One turn in 1000 seconds: the second lane is told how long to wait."""
    limiter = Limiter(0.001, 5)
    with limiter.slot():
        pass
    assert 999 < limiter._take(max_wait_s=30) <= 1000
