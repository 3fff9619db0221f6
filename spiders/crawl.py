"""A crawl of one site's pages in a child process (Twisted's reactor starts once per process), streamed back as visits.

The child is forked from a server that has Scrapy loaded already where the platform has one, else spawned. It ends with its parent, by
whatever death: it watches a pipe that closes then. Safe to repeat: nothing is stored here.
"""

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from spiders.evidence import keep
from spiders.visits import CrawlDied, CrawlOptions, LeaveAlone, PageRequest, Stored, Visit

__all__ = ["CrawlDied", "CrawlOptions", "Crawling", "PageRequest", "Visit", "crawl"]

_GRACE_S = 5.0
_MOST = 200


def crawl(site: str, pages: Sequence[PageRequest], options: CrawlOptions) -> Iterator[Visit]:
    """One visit or more for every page, in the order the answers come.

    Raises CrawlDied where the child ended early. Dropping the iterator stops the crawl. A consumer that stands still for longer than
    `timeout_s` makes requests in flight time out: store in small transactions.
    """
    with Crawling(site, pages, options) as crawling:
        for batch in crawling.batches():
            yield from batch


class Crawling:
    """A crawl at work, for a caller that stores what came together and may tell it to leave a host alone. Leaving the block ends it."""

    def __init__(self, site: str, pages: Sequence[PageRequest], options: CrawlOptions) -> None:
        self._site = site
        self._begun = _start(site, pages, options) if pages else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._begun:
            answers, child = self._begun
            answers.close()
            _end(child)

    def batches(self, most: int = _MOST) -> Iterator[list[Visit]]:
        """What has come by now, as soon as there is anything, not much more than `most` at once. Raises CrawlDied.

        Asking for the next batch says that this one is stored: a polite crawl asks a host for nothing more before that.
        """
        if not self._begun:
            return
        answers, child = self._begun
        waiting: list[Visit] = []
        try:
            while batch := _received(answers, child):
                waiting += (self._kept(visit) for visit in batch)
                if len(waiting) >= most or not answers.poll():
                    yield waiting
                    self._tell(Stored({visit.page_id for visit in waiting}))
                    waiting = []
        except CrawlDied:
            if waiting:
                yield waiting
            raise
        if waiting:
            yield waiting

    def leave_alone(self, host: str, reason: str) -> None:
        """No further request to it; its remaining pages come back as skipped. A crawl that has just ended needs no telling."""
        self._tell(LeaveAlone(host, reason))

    def _kept(self, visit: Visit) -> Visit:
        """Here and not where it was read: that process is the busier one, and nobody is named in what is handed on."""
        if visit.body is None:
            return visit
        return replace(visit, body=None, kept=keep(self._site, visit.body, visit.content_type))

    def _tell(self, word: Stored | LeaveAlone) -> None:
        if self._begun:
            with suppress(BrokenPipeError, ConnectionResetError):
                self._begun[0].send(word)


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "spiders.crawling.child"])
    return context


def _start(site: str, pages: Sequence[PageRequest], options: CrawlOptions) -> tuple[Connection, BaseProcess]:
    """One duplex pipe: visits come up it, and its closing tells the child that nobody listens any more."""
    context = _context()
    ours, theirs = context.Pipe(duplex=True)
    child = context.Process(target=_run, args=(site, tuple(pages), options, theirs), daemon=True)  # type: ignore[attr-defined] # every context has it
    child.start()
    theirs.close()
    return ours, child


def _run(site: str, pages: Sequence[PageRequest], options: CrawlOptions, pipe: Connection) -> None:
    from spiders.crawling.child import run  # noqa: PLC0415 - Scrapy is loaded in the child alone: the parent has no use for it

    run(site, pages, options, pipe)


def _received(answers: Connection, child: BaseProcess) -> list[Visit]:
    """The next batch; the empty one ends the crawl."""
    try:
        batch: list[Visit] = answers.recv()
    except (EOFError, ConnectionResetError):
        child.join(_GRACE_S)
        raise CrawlDied(f"the crawling process ended early (exit code {child.exitcode})") from None
    return batch


def _end(child: BaseProcess) -> None:
    """The child ends by itself once the pipe is closed; one that hangs is killed."""
    child.join(_GRACE_S)
    if child.is_alive():
        child.kill()
        child.join()
