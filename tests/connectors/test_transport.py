"""One connection to a marketplace, against a server of raw bytes on loopback: what is kept, what is unpacked, what is refused."""

import gzip
import socket
import threading
from collections.abc import Iterator

import pytest
import requests

from connectors.transport import NoAnswerError, NotSentError, TooLargeError, Transport

BODY = b'{"value": "ch\xc3\xa8"}'
KEPT = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b"
PACKED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b"
IN_CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n"

CLOSE = b""


class Peer:
    """Says its answers in turn, one a request. CLOSE among them: it closes the connection after the answer before."""

    def __init__(self) -> None:
        self.answers: list[bytes] = []
        self.heard: list[bytes] = []
        self.connections = 0
        self.closed = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()

    def _listen(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            with connection:
                if not self._talk(connection):
                    return
            self.closed.set()

    def _talk(self, connection: socket.socket) -> bool:
        """False: the test is over."""
        self.connections += 1
        while heard := connection.recv(65_536):
            if heard == b"over":
                return False
            self.heard.append(heard)
            connection.sendall(self.answers.pop(0))
            if self.answers[:1] == [CLOSE]:
                self.answers.pop(0)
                break
        return True

    def close(self) -> None:
        with socket.create_connection(self.listener.getsockname()) as last:
            last.sendall(b"over")
            self.thread.join()
        self.listener.close()


@pytest.fixture
def peer() -> Iterator[Peer]:
    opened = Peer()
    yield opened
    opened.close()


@pytest.fixture
def transport(peer: Peer) -> Iterator[Transport]:
    opened = Transport(peer.url, timeouts_s=(1.0, 1.0), max_answer_bytes=1_000)
    yield opened
    opened.close()


def write(transport: Transport, **headers: str) -> requests.PreparedRequest:
    request = requests.PreparedRequest()
    request.prepare("POST", f"{transport.base_url}/write?x=1", headers=headers, data=BODY)
    return request


def answer(form: bytes, body: bytes) -> bytes:
    return form % (len(body), body)


def test_calls_follow_one_another_on_one_connection(peer: Peer, transport: Transport) -> None:
    """Head and body arrive together, the answer's bytes as they were sent."""
    peer.answers = [answer(KEPT, BODY)] * 3
    assert [transport.send(write(transport)).body for _ in range(3)] == [BODY] * 3
    assert peer.connections == 1
    assert peer.heard[0].startswith(b"POST /write?x=1 HTTP/1.1\r\nHost: 127.0.0.1:")
    assert all(heard.endswith(b"\r\n\r\n" + BODY) for heard in peer.heard)


def test_a_connection_that_was_closed_meanwhile_is_replaced_before_a_write(peer: Peer, transport: Transport) -> None:
    """A write that goes into a dead connection would be of unknown outcome; it goes out once, on a new one."""
    peer.answers = [answer(KEPT, BODY), CLOSE, answer(KEPT, BODY)]
    transport.send(write(transport))
    assert peer.closed.wait(5)
    assert transport.send(write(transport)).status == 200
    assert (peer.connections, len(peer.heard)) == (2, 2)


def test_an_answer_that_ends_its_connection_is_not_kept(peer: Peer, transport: Transport) -> None:
    """A marketplace that says `Connection: close` is believed."""
    ending = KEPT.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    peer.answers = [answer(ending, BODY), answer(KEPT, BODY)]
    for _ in range(2):
        assert transport.send(write(transport)).body == BODY
    assert peer.connections == 2


def test_answers_in_pieces_and_packed_are_read(peer: Peer, transport: Transport) -> None:
    """Chunks, and the one coding that is asked for."""
    peer.answers = [IN_CHUNKS % (BODY[:5], len(BODY) - 5, BODY[5:]), answer(PACKED, gzip.compress(BODY))]
    assert [transport.send(write(transport)).body for _ in range(2)] == [BODY, BODY]


@pytest.mark.parametrize(
    "said",
    [answer(PACKED, b"not packed at all"), b"HTTP/1.1 200 OK\r\nCont", b"no"],
    ids=["not packed", "head cut", "not HTTP"],
)
def test_an_answer_that_is_not_whole_is_no_answer(peer: Peer, transport: Transport, said: bytes) -> None:
    """Half of a JSON text may be a JSON text."""
    peer.answers = [said]
    with pytest.raises(NoAnswerError):
        transport.send(write(transport))


@pytest.mark.parametrize("said", [answer(KEPT, bytes(1_001)), answer(PACKED, gzip.compress(bytes(1_000_000)))])
def test_an_answer_is_bounded_as_it_is_unpacked(peer: Peer, transport: Transport, said: bytes) -> None:
    """A thousand bytes that unpack to a million are a million."""
    peer.answers = [said]
    with pytest.raises(TooLargeError, match="over 1000 bytes"):
        transport.send(write(transport))


def test_a_header_is_one_line(peer: Peer, transport: Transport) -> None:
    """A token with a line break in it could say anything to the marketplace: not a byte is sent."""
    request = write(transport)
    request.headers["Authorization"] = "Bearer a\r\nX-Admin: yes"
    with pytest.raises(NotSentError, match="one line") as failure:
        transport.send(request)
    assert failure.value.__context__ is None
    assert peer.heard == []


def test_nobody_there_is_not_sent() -> None:
    """No connection, no write."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        transport = Transport(f"http://127.0.0.1:{free.getsockname()[1]}")
    with pytest.raises(NotSentError, match="no connection"):
        transport.send(write(transport))
