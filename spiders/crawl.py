"""A crawl of one site's pages in a child process (Twisted's reactor starts once per process), streamed back as visits.

The child is forked from a server that has Scrapy loaded already where the platform has one, else spawned. It ends with its parent, by
whatever death: it watches a pipe that closes then. Safe to repeat: nothing is stored here.
"""

import multiprocessing
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

from spiders.visits import CrawlDied, CrawlOptions, PageRequest, Visit

__all__ = ["CrawlDied", "CrawlOptions", "PageRequest", "Visit", "crawl"]

_GRACE_S = 5.0


def crawl(site: str, pages: Sequence[PageRequest], options: CrawlOptions) -> Iterator[Visit]:
    """One visit or more for every page, in the order the answers come.

    Raises CrawlDied where the child ended early. Dropping the iterator stops the crawl. A consumer that stands still for longer than
    `timeout_s` makes requests in flight time out: store in small transactions.
    """
    if not pages:
        return
    answers, child = _start(site, pages, options)
    try:
        yield from _received(answers, child)
    finally:
        answers.close()
        _end(child)


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


def _received(answers: Connection, child: BaseProcess) -> Iterator[Visit]:
    """Batches until the empty one that ends the crawl."""
    while True:
        try:
            batch: list[Visit] = answers.recv()
        except (EOFError, ConnectionResetError):
            child.join(_GRACE_S)
            raise CrawlDied(f"the crawling process ended early (exit code {child.exitcode})") from None
        if not batch:
            return
        yield from batch


def _end(child: BaseProcess) -> None:
    """The child ends by itself once the pipe is closed; one that hangs is killed."""
    child.join(_GRACE_S)
    if child.is_alive():
        child.kill()
        child.join()
