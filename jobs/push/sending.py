"""Creates on their way: several at once where that pays, none any more once the shop as a whole cannot be served.

What several senders save is waiting. So two send, one while the other reads its answer, until an answer lets one of them
wait: then another joins, up to what the connector allows. A marketplace a tenth of a second away soon has them all, one next
door is served quicker by few.
"""

import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from connectors.base import Connector
from connectors.errors import MarketplaceError, OutcomeUnknownError, RejectedError, TransientError
from jobs.push.answered import Answer, Create

BATCHES = (
    2  # on their way together: while one is sent, the answers to the one before are kept and the next is written down
)
AT_FIRST = 2  # senders
WAITED_S = 0.02  # for one answer: a sender that waits so long leaves room for another


class Batch:
    """Creates handed over together. Their answers land together: who waits is woken once, not once a create."""

    def __init__(self, creates: Sequence[Create]) -> None:
        self.creates = creates
        self._answers: list[Answer | None] = [None] * len(creates)
        self._left = len(creates)
        self._lock = threading.Lock()
        self._landed: Future[None] = Future()
        if not creates:
            self._landed.set_result(None)

    def land(self, place: int, answer: Answer | None) -> None:
        """None: it was not sent."""
        with self._lock:
            self._answers[place] = answer
            self._left -= 1
            if self._left == 0 and not self._landed.done():
                self._landed.set_result(None)

    def fail(self, bug: BaseException) -> None:
        """Whoever waits hears of the first bug."""
        with self._lock:
            if not self._landed.done():
                self._landed.set_exception(bug)

    def landed(self) -> list[tuple[Create, Answer | None]]:
        """Waits for all of them. Raises the bug that ended a sender."""
        self._landed.result()
        return list(zip(self.creates, self._answers, strict=True))


class Sending:
    """Sends in the order given. `error`: why nothing more is sent; what waits then lands without an answer."""

    def __init__(self, connector: Connector) -> None:
        self.error: MarketplaceError | None = None
        self._connector = connector
        self._pool = ThreadPoolExecutor(connector.at_once, thread_name_prefix="create")
        self._senders = 0
        self._is_over = False
        self._lock = threading.Lock()  # of these two
        self._waiting: SimpleQueue[tuple[Batch, int] | None] = SimpleQueue()
        self._batches: deque[Batch] = deque()

    def __enter__(self) -> Self:
        for _ in range(AT_FIRST):
            self._join()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Whoever leaves early keeps no answers any more, so nothing more is sent."""
        with self._lock:
            self._is_over = True
        for _ in range(self._senders):
            self._waiting.put(None)
        self._pool.shutdown()

    @property
    def is_full(self) -> bool:
        return len(self._batches) >= BATCHES

    def start(self, creates: Sequence[Create]) -> None:
        batch = Batch(creates)
        self._batches.append(batch)
        for place in range(len(creates)):
            self._waiting.put((batch, place))

    @property
    def is_under_way(self) -> bool:
        return bool(self._batches)

    def landed(self) -> list[tuple[Create, Answer | None]]:
        """The oldest batch, waited for. None: it was not sent."""
        return self._batches.popleft().landed()

    def _join(self) -> None:
        """One sender more, up to what the connector allows."""
        with self._lock:
            if self._senders < self._connector.at_once and not self._is_over:
                self._senders += 1
                self._pool.submit(self._send)

    def _send(self) -> None:
        """A sender: takes the next that nobody has taken, until there is nothing more to come."""
        while taken := self._waiting.get():
            batch, place = taken
            sent_at = time.monotonic()
            try:
                batch.land(place, self._answer(batch.creates[place]))
            except BaseException as bug:
                batch.fail(bug)
                raise
            if time.monotonic() - sent_at > WAITED_S:
                self._join()

    def _answer(self, create: Create) -> Answer | None:
        if self.error or self._is_over:
            return None
        try:
            return self._connector.push_new(create.wanted.listing)
        except MarketplaceError as err:
            if _concerns_the_shop(err):
                self.error = err
            return err


def _concerns_the_shop(err: MarketplaceError) -> bool:
    """Refused, unknown and passing faults concern one listing; a login or an answer we cannot read concerns all."""
    return not isinstance(err, RejectedError | OutcomeUnknownError | TransientError)
