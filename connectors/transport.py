"""One request over the wire and the bytes that came back, within bounds of time and size."""

import weakref
from http.client import HTTPException

import requests

from connectors.wire import Address, RawReply, TooLargeError, Wire

TIMEOUTS_S = (10.0, 30.0)  # to connect; for each wait on the answer
MAX_ANSWER_BYTES = 20_000_000


class NotSentError(Exception):
    """No connection was made: the marketplace never saw the request."""


class NoAnswerError(Exception):
    """The request may have arrived; its answer did not, or not whole."""


class Transport:
    """Connections to one host, kept open between calls. Thread-safe.

    No redirects, no cookies, nothing from the environment. No exception leaves with the library's own exception attached:
    those may print what was sent.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeouts_s: tuple[float, float] = TIMEOUTS_S,
        max_answer_bytes: int = MAX_ANSWER_BYTES,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._address = Address.of(self.base_url)
        self._timeouts_s = timeouts_s
        self._max_answer_bytes = max_answer_bytes
        self._idle: list[Wire] = []  # the last used is the next to be used; never more than calls were in flight
        weakref.finalize(self, _close, self._idle)  # of a connector that nobody closed

    def send(self, request: requests.PreparedRequest) -> RawReply:
        """Raises NotSentError, NoAnswerError or TooLargeError, and nothing of the library's."""
        sent = self._try(request)
        if isinstance(sent, Exception):
            raise sent
        return sent

    def close(self) -> None:
        _close(self._idle)

    def _try(self, request: requests.PreparedRequest) -> RawReply | Exception:
        """The failure is given back, not raised, so that it carries no context."""
        wire = self._connected()
        return wire if isinstance(wire, Exception) else self._exchange(wire, request)

    def _connected(self) -> Wire | Exception:
        while self._idle:
            if (wire := self._idle.pop()).is_usable:
                return wire
            wire.close()
        try:
            return Wire(self._address, self._timeouts_s)
        except TimeoutError:
            return NotSentError("connecting took too long")
        except OSError:
            return NotSentError("no connection")

    def _exchange(self, wire: Wire, request: requests.PreparedRequest) -> RawReply | Exception:
        failure: Exception
        try:
            reply = wire.exchange(request, self._max_answer_bytes)
        except TooLargeError as err:
            failure = err
        except TimeoutError:
            failure = NoAnswerError("the answer took too long")
        except (OSError, HTTPException):
            failure = NoAnswerError("the connection broke")
        else:
            self._idle.append(wire)
            return reply
        wire.close()
        return failure


def _close(wires: list[Wire]) -> None:
    while wires:
        wires.pop().close()
