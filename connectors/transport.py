"""One request over the wire and the bytes that came back, within bounds of time and size.

Sent through urllib3 itself: what requests' Session puts on top (cookies, redirects, proxies and netrc of the environment) is
what a marketplace's API must not have, and costs as much again as the sending.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import certifi
import requests
import urllib3
import urllib3.exceptions as wire
from urllib3.connection import HTTPConnection, HTTPSConnection

from connectors.redaction import guard_http_logs

TIMEOUTS_S = (10.0, 30.0)  # connect, read
MAX_ANSWER_BYTES = 20_000_000
IDLE_CONNECTIONS = 8  # kept open: as many calls of one shop may be in flight
_BEFORE_SENDING = (wire.NewConnectionError, wire.NameResolutionError, wire.SSLError)


class NotSentError(Exception):
    """No connection was made: the marketplace never saw the request."""


class NoAnswerError(Exception):
    """The request may have arrived; its answer did not, or not whole."""


class TooLargeError(Exception):
    """The answer is bigger than any documented answer can be."""


@dataclass(frozen=True)
class RawReply:
    """`headers` are found in either case."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


class _InOnePiece:
    """Sends a request's headers and body together: the standard library sends two pieces, and wakes the other side twice."""

    _pieces: list[bytes] | None = None

    def request(self, *args: Any, **options: Any) -> None:
        pieces: list[bytes] = []
        self._pieces = pieces
        try:
            super().request(*args, **options)  # type: ignore[misc] # the connection it is mixed into
        finally:
            self._pieces = None
        self.send(b"".join(pieces))

    def send(self, data: Any) -> None:
        if self._pieces is None:
            super().send(data)  # type: ignore[misc] # likewise
        else:
            self._pieces.append(data)


class _Connection(_InOnePiece, HTTPConnection):
    """Without TLS: to a pretend marketplace on loopback."""


class _SecureConnection(_InOnePiece, HTTPSConnection):
    """To a real one."""


class Transport:
    """Connections to one host, kept open between calls and checked against the usual authorities. Thread-safe.

    No redirects, no cookies, nothing from the environment. No exception leaves with the library's own exception attached:
    those print addresses with tokens in them.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeouts_s: tuple[float, float] = TIMEOUTS_S,
        max_answer_bytes: int = MAX_ANSWER_BYTES,
    ) -> None:
        guard_http_logs()
        self.base_url = base_url.rstrip("/")
        self._max_answer_bytes = max_answer_bytes
        connect_s, read_s = timeouts_s
        self._connections = urllib3.PoolManager(
            maxsize=IDLE_CONNECTIONS,
            timeout=urllib3.Timeout(connect=connect_s, read=read_s),
            cert_reqs="CERT_REQUIRED",
            ca_certs=certifi.where(),
        ).connection_from_url(self.base_url)
        is_secure = isinstance(self._connections, urllib3.HTTPSConnectionPool)
        self._connections.ConnectionCls = _SecureConnection if is_secure else _Connection

    def send(self, request: requests.PreparedRequest) -> RawReply:
        """Raises NotSentError, NoAnswerError or TooLargeError, and nothing of the library's."""
        sent = self._try(request)
        if isinstance(sent, Exception):
            raise sent
        return sent

    def close(self) -> None:
        self._connections.close()

    def _try(self, request: requests.PreparedRequest) -> RawReply | Exception:
        """The failure is given back, not raised, so that it carries no context."""
        try:
            response = self._connections.urlopen(
                str(request.method),
                request.path_url,
                body=request.body,
                headers=request.headers,
                retries=False,
                redirect=False,
                assert_same_host=False,
                preload_content=False,
            )
            with closing(response):
                return self._read(response)
        except _BEFORE_SENDING:
            return NotSentError("no connection")
        except wire.ConnectTimeoutError:
            return NotSentError("connecting took too long")
        except ValueError:  # it would repeat the header, which may be a token
            return NotSentError("a header is not one line of text")
        except wire.TimeoutError:
            return NoAnswerError("the answer took too long")
        except wire.HTTPError:
            return NoAnswerError("the connection broke")

    def _read(self, response: urllib3.BaseHTTPResponse) -> RawReply | Exception:
        body = response.read(self._max_answer_bytes + 1, decode_content=True)
        if len(body) > self._max_answer_bytes:
            return TooLargeError(f"the answer is over {self._max_answer_bytes} bytes")
        return RawReply(response.status, body, response.headers)
