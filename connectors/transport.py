"""One request over the wire and the bytes that came back, with requests' habits turned safe."""

from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy

import requests
import urllib3.exceptions as wire
from requests.structures import CaseInsensitiveDict

from connectors.redaction import guard_http_logs

TIMEOUTS_S = (10.0, 30.0)  # connect, read
MAX_ANSWER_BYTES = 20_000_000
_BEFORE_SENDING = (wire.NewConnectionError, wire.ConnectTimeoutError, wire.NameResolutionError, wire.SSLError)


class NotSentError(Exception):
    """No connection was made: the marketplace never saw the request."""


class NoAnswerError(Exception):
    """The request may have arrived; its answer did not, or not whole."""


class TooLargeError(Exception):
    """The answer is bigger than any documented answer can be."""


@dataclass(frozen=True)
class RawReply:
    status: int
    body: bytes = field(repr=False)
    headers: CaseInsensitiveDict[str] = field(repr=False)


class Transport:
    """One `requests.Session`: no proxies or netrc from the environment, no redirects, no cookies, bounded time and size.

    No exception leaves with the library's own exception attached: those print addresses with tokens in them.
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
        self._timeouts_s = timeouts_s
        self._max_answer_bytes = max_answer_bytes
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers["Accept"] = "application/json"
        self._session.headers["User-Agent"] = "ocop"

    def send(self, request: requests.Request) -> RawReply:
        """Raises NotSentError, NoAnswerError or TooLargeError, and nothing of the library's."""
        sent = self._try(request)
        if isinstance(sent, Exception):
            raise sent
        return sent

    def close(self) -> None:
        self._session.close()

    def _try(self, request: requests.Request) -> RawReply | Exception:
        """The failure is given back, not raised, so that it carries no context."""
        request.headers = {**self._session.headers, **request.headers}
        prepared = (
            request.prepare()
        )  # not the session's way: merging its empty cookies and hooks costs a tenth of a call
        try:
            response = self._session.send(prepared, timeout=self._timeouts_s, allow_redirects=False, stream=True)
            with response:
                return self._read(response)
        except requests.ConnectTimeout:
            return NotSentError("connecting took too long")
        except requests.ConnectionError as err:
            return NotSentError("no connection") if _never_sent(err) else NoAnswerError("the connection broke")
        except requests.Timeout:
            return NoAnswerError("the answer took too long")
        except (wire.HTTPError, requests.RequestException):
            return NoAnswerError("the answer broke off")

    def _read(self, response: requests.Response) -> RawReply | Exception:
        body: bytes = response.raw.read(self._max_answer_bytes + 1, decode_content=True)
        if len(body) > self._max_answer_bytes:
            return TooLargeError(f"the answer is over {self._max_answer_bytes} bytes")
        return RawReply(response.status_code, body, response.headers)


def _never_sent(err: requests.ConnectionError) -> bool:
    cause = err.args[0] if err.args else None
    return isinstance(getattr(cause, "reason", cause), _BEFORE_SENDING)
