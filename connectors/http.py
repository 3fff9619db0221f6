"""Calls a marketplace: paced, signed, retried briefly where that is safe, and answered with a model or one of our errors."""

import logging
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic

import pydantic_core
import requests
from pydantic import ValidationError

from connectors.dialect import Dialect, ExpiredTokenError
from connectors.endpoint import Endpoint, In, Out
from connectors.errors import MarketplaceError, TransientError, UnexpectedAnswerError
from connectors.limiter import Limiter, NotAppliedError
from connectors.prepare import prepare
from connectors.redaction import redact
from connectors.signing import Signing
from connectors.transport import NoAnswerError, NotSentError, RawReply, TooLargeError, Transport
from connectors.verdict import by_status, in_doubt, may_be_applied, server_time, unexpected_shape

log = logging.getLogger(__name__)


REMEMBERED = 100  # request ids of one channel


@dataclass(frozen=True)
class Retry:
    """How briefly a call is repeated; longer waits are a row's `next_try_at`.

    The back-off doubles each try, with jitter, so that lanes do not come back together.
    """

    tries: int = 3
    for_s: float = 30.0
    backoff_s: float = 0.5
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Reply(Generic[Out]):
    """An answer, the JSON it was read from, and what support asks for."""

    answer: Out
    data: Any = field(repr=False)
    request_id: str
    server_time: datetime | None


class HttpChannel:
    """One shop's way to one marketplace. Holds its only connections; `calls` counts every request sent, retries too.

    Thread-safe. A call raises any MarketplaceError. A write that may have arrived is never repeated by itself: OutcomeUnknownError.
    """

    def __init__(
        self, dialect: Dialect, transport: Transport, signing: Signing, limiter: Limiter, retry: Retry | None = None
    ) -> None:
        self.calls = 0
        self._dialect = dialect
        self._transport = transport
        self._signing = signing
        self._limiter = limiter
        self._retry = retry or Retry()
        self._answered: deque[str] = deque(maxlen=REMEMBERED)
        self._lock = threading.Lock()  # of what the threads of one shop share: the count and the ids

    def call(
        self,
        endpoint: Endpoint[In, Out],
        payload: In,
        *,
        path: Mapping[str, str] | None = None,
        signing: Signing | None = None,
    ) -> Out:
        """What `exchange` gives, without its circumstances."""
        return self.exchange(endpoint, payload, path=path, signing=signing).answer

    def exchange(
        self,
        endpoint: Endpoint[In, Out],
        payload: In,
        *,
        path: Mapping[str, str] | None = None,
        signing: Signing | None = None,
    ) -> Reply[Out]:
        """Send, and send again while that is safe, useful and soon. A refused token is refreshed once.

        `path` fills the endpoint's `{names}`; `signing` replaces the shop's own, for calls the app makes for itself.
        """
        signing = signing or self._signing
        give_up_at = time.monotonic() + self._retry.for_s
        may_renew, tries = True, 0
        while True:
            signed = signing.sign()
            request = prepare(self._transport.base_url, endpoint, payload, path, signed.auth)
            outcome = self._once(endpoint, request, signing)
            if isinstance(outcome, Reply):
                return outcome
            if isinstance(outcome, ExpiredTokenError) and may_renew and signing.renew(signed):
                may_renew = False
                continue
            tries += 1
            self._wait(endpoint, outcome, tries, give_up_at)

    def close(self) -> None:
        self._transport.close()

    def _once(
        self, endpoint: Endpoint[In, Out], request: requests.PreparedRequest, signing: Signing
    ) -> Reply[Out] | MarketplaceError:
        """One try. The error is given back, not raised: it must carry no library exception as its context."""
        raw = self._send(endpoint, request)
        outcome = self._understand(endpoint, raw) if isinstance(raw, RawReply) else raw
        if isinstance(outcome, MarketplaceError):
            outcome.marketplace = self._dialect.marketplace
            outcome.endpoint = endpoint.path
            outcome.reason = redact(outcome.reason, signing.secrets())
            outcome.args = (outcome.reason,)
        return outcome

    def _send(self, endpoint: Endpoint[In, Out], request: requests.PreparedRequest) -> RawReply | MarketplaceError:
        try:
            with self._limiter.slot(self._retry.for_s):
                with self._lock:
                    self.calls += 1
                return self._transport.send(request)
        except NotAppliedError as err:
            return err
        except NotSentError as err:
            return NotAppliedError(str(err))
        except NoAnswerError as err:
            error: MarketplaceError = TransientError(str(err))
        except TooLargeError as err:
            error = UnexpectedAnswerError(str(err))
        return error if endpoint.is_safe else in_doubt(error)

    def _understand(self, endpoint: Endpoint[In, Out], raw: RawReply) -> Reply[Out] | MarketplaceError:
        data: Any = None
        try:
            data = pydantic_core.from_json(raw.body) if raw.body else None
            result = self._dialect.result(raw.status, data)
            request_id = self._fresh(self._dialect.request_id(raw.headers, data))
            return Reply(endpoint.read(result), result, request_id, server_time(raw))
        except ValidationError as err:
            error: MarketplaceError = unexpected_shape(err)
        except ValueError:
            error = UnexpectedAnswerError(f"HTTP {raw.status} with a body that is not JSON")
        except MarketplaceError as err:
            error = err
        error = by_status(raw, error)
        error.request_id = self._dialect.request_id(raw.headers, data)
        return in_doubt(error) if may_be_applied(raw, error) and not endpoint.is_safe else error

    def _fresh(self, request_id: str) -> str:
        """A request id seen before means an old answer sent again: believing it would skip a page or name a wrong item."""
        with self._lock:
            if request_id and request_id in self._answered:
                raise TransientError("an earlier answer came again")
            self._answered.append(request_id)
        return request_id

    def _wait(self, endpoint: Endpoint[In, Out], error: MarketplaceError, tries: int, give_up_at: float) -> None:
        """Wait before the next try, or raise the error when another try is useless, unsafe or too late."""
        wait_s = error.retry_after_s
        if wait_s is None:
            jitter = random.uniform(0.5, 1.0)  # noqa: S311 - spreads lanes in time, protects nothing
            wait_s = self._retry.backoff_s * 2 ** (tries - 1) * jitter
        else:
            self._limiter.pause(wait_s)
        may_repeat = isinstance(error, NotAppliedError) or (type(error) is TransientError and endpoint.is_safe)
        if not may_repeat or tries >= self._retry.tries or time.monotonic() + wait_s > give_up_at:
            raise error
        log.info("call repeated", extra={"endpoint": endpoint.path, "try": tries, "wait_s": wait_s})
        self._retry.sleep(wait_s)
