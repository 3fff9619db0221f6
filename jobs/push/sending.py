"""Creates on their way: several at once where the connector can, none any more once the shop as a whole cannot be served."""

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


class Batch:
    """Creates that were written down together, and what has been heard of them."""

    def __init__(self, creates: Sequence[Create]) -> None:
        self.creates = creates
        self.left = iter(creates)  # shared by the senders
        self.answers: dict[int, Answer] = {}  # by attempt
        self.senders: list[Future[None]] = []

    def landed(self) -> list[tuple[Create, Answer | None]]:
        """Waited for. None: it was not sent."""
        for sender in self.senders:
            sender.result()
        return [(create, self.answers.get(create.attempt_id)) for create in self.creates]


class Sending:
    """Sends in the order given. `error`: why nothing more is sent; what waits then lands without an answer."""

    def __init__(self, connector: Connector) -> None:
        self.error: MarketplaceError | None = None
        self._connector = connector
        self._pool = ThreadPoolExecutor(connector.at_once, thread_name_prefix="create")
        self._batches: deque[Batch] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    @property
    def is_full(self) -> bool:
        return len(self._batches) >= BATCHES

    def start(self, creates: Sequence[Create]) -> None:
        batch = Batch(creates)
        batch.senders = [self._pool.submit(self._send, batch) for _ in range(self._connector.at_once)]
        self._batches.append(batch)

    def landed(self) -> list[tuple[Create, Answer | None]]:
        """The oldest batch, waited for; empty when nothing is on its way."""
        return self._batches.popleft().landed() if self._batches else []

    def _send(self, batch: Batch) -> None:
        """One of the senders of a batch: takes the next that nobody has taken."""
        for create in batch.left:
            if self.error:
                return
            batch.answers[create.attempt_id] = self._answer(create)

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
