"""Creates on their way: several at once where that pays, none any more once the shop as a whole cannot be served.

What several senders save is waiting. So one sends until an answer has let it wait, and then another joins, up to what the
connector allows: a marketplace a tenth of a second away soon has them all, one next door is served quicker by few.
"""

import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from connectors.base import Connector
from connectors.errors import MarketplaceError, OutcomeUnknownError, RejectedError, TransientError
from jobs.push.answered import Answer, Create

BATCHES = (
    2  # on their way together: while one is sent, the answers to the one before are kept and the next is written down
)
WAITED_S = 0.02  # for one answer: a sender that waits so long leaves room for another


class Batch:
    """Creates that were written down together, and what has been heard of them."""

    def __init__(self, creates: Sequence[Create]) -> None:
        self.creates = creates
        self.left = iter(creates)  # shared by the senders
        self.answers: dict[int, Answer] = {}  # by attempt
        self.senders: list[Future[None]] = []

    def landed(self) -> list[tuple[Create, Answer | None]]:
        """Waited for. None: it was not sent."""
        for sender in self.senders:  # one that joins does so before the one that called it is done
            sender.result()
        return [(create, self.answers.get(create.attempt_id)) for create in self.creates]


class Sending:
    """Sends in the order given. `error`: why nothing more is sent; what waits then lands without an answer."""

    def __init__(self, connector: Connector) -> None:
        self.error: MarketplaceError | None = None
        self._connector = connector
        self._pool = ThreadPoolExecutor(connector.at_once, thread_name_prefix="create")
        self._senders = 1
        self._is_over = False
        self._lock = threading.Lock()  # of these two
        self._batches: deque[Batch] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Whoever leaves early keeps no answers any more, so nothing more is sent."""
        with self._lock:
            self._is_over = True
        self._pool.shutdown(cancel_futures=True)

    @property
    def is_full(self) -> bool:
        return len(self._batches) >= BATCHES

    def start(self, creates: Sequence[Create]) -> None:
        batch = Batch(creates)
        batch.senders += [self._pool.submit(self._send, batch) for _ in range(self._senders)]
        self._batches.append(batch)

    def landed(self) -> list[tuple[Create, Answer | None]]:
        """The oldest batch, waited for; empty when nothing is on its way."""
        return self._batches.popleft().landed() if self._batches else []

    def _send(self, batch: Batch) -> None:
        """One of the senders of a batch: takes the next that nobody has taken."""
        for create in batch.left:
            if self.error or self._is_over:
                return
            sent_at = time.monotonic()
            batch.answers[create.attempt_id] = self._answer(create)
            if time.monotonic() - sent_at > WAITED_S:
                self._join(batch)

    def _join(self, batch: Batch) -> None:
        with self._lock:
            if self._senders < self._connector.at_once and not self._is_over:
                self._senders += 1
                batch.senders.append(self._pool.submit(self._send, batch))

    def _answer(self, create: Create) -> Answer:
        try:
            return self._connector.push_new(create.wanted.listing)
        except MarketplaceError as err:
            if _concerns_the_shop(err):
                self.error = err
            return err


def _concerns_the_shop(err: MarketplaceError) -> bool:
    """Refused, unknown and passing faults concern one listing; a login or an answer we cannot read concerns all."""
    return not isinstance(err, RejectedError | OutcomeUnknownError | TransientError)
