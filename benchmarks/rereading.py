"""Reading kept pages again (`ocop crawl --reparse`), against parsing the same bodies and doing nothing with them.

Ours unpacks each body, reads it, compares it with what the tables say and finds no difference. Every body is another product's.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import select

from benchmarks.pages import Sample, samples
from benchmarks.places import NOW, application, claimed, fresh_sqlite
from benchmarks.race import Floor, Lap, Race, Target
from benchmarks.reading import parser_of
from benchmarks.sizes import Size
from jobs.app import App
from jobs.observe import observation_rows
from jobs.reparse import reparse_site
from models import WatchedPage
from models.bulk import insert_ignore
from models.evidence_store import EvidenceRow, store_evidence
from models.observations_store import store_observations
from spiders.evidence import keep
from spiders.reading import read

TARGET = Target(0.50)
KINDS = ("tiki product page", "plain product page")
FIRST_NUMBER = 279_500_000


class _Kept(NamedTuple):
    url: str
    body: bytes


def races(size: Size) -> Iterator[Race]:
    """One a kind of page that holds a product."""
    found = samples()
    for kind in KINDS:
        sample = found[kind]
        pages = [_page(sample, number) for number in range(size.crawled_pages)]
        name, parse = parser_of(sample)
        yield Race(
            what=f"read a kept {kind} again ({len(sample.body) / 1000:.0f} kB)",
            unit="pages/s",
            amount=len(pages),
            leaves={"read": len(pages), "changed": 0, "added": 0, "removed": 0},
            ours=partial(_rereading, sample.site, pages),
            floors=(Floor(name, partial(_parsing, pages, parse), TARGET),),
        )


def _page(sample: Sample, number: int) -> _Kept:
    """The sample as another product's page: another address, other bytes."""
    mark = f"<!-- {FIRST_NUMBER + number} -->".encode()
    return _Kept(f"{sample.url}?bench={number}", sample.body + mark)


def _rereading(site: str, pages: Sequence[_Kept]) -> Lap:
    with fresh_sqlite() as url, application(url) as app:
        _store(app, site, pages)
        run = claimed(app, "reparse_site", site)
        started = time.perf_counter()
        counts = dict(reparse_site(run))
        return Lap(
            time.perf_counter() - started,
            {name: int(str(counts[name])) for name in ("read", "changed", "added", "removed")},
        )


def _store(app: App, site: str, pages: Sequence[_Kept]) -> None:
    """As a crawl left them."""
    run = claimed(app, "crawl_site", site)
    columns = ("site", "url", "source_class", "allowed_by", "is_enabled")
    with app.database.write() as session:
        insert_ignore(session, WatchedPage, [(site, page.url, "page", "benchmark", True) for page in pages], columns)
        ids = {page.url: page.id for page in session.scalars(select(WatchedPage))}
        rows, bodies, seen = [], {}, []
        for page in pages:
            kept, reading = keep(site, page.body, None), read(site, page.url, page.body)
            bodies[kept.digest] = kept.packed
            rows.append(
                EvidenceRow(ids[page.url], run.id, page.url, 200, None, NOW, kept.digest, reading.state.value, "")
            )
            seen += observation_rows(ids[page.url], reading, NOW)
        store_evidence(session, rows, bodies)
        store_observations(session, run.id, seen)


def _parsing(pages: Sequence[_Kept], parse: Callable[[bytes], Any]) -> Lap:
    """Counts a page as read without difference, since nothing is compared."""
    parsed = 0
    started = time.perf_counter()
    for page in pages:
        parsed += 1 if parse(page.body) else 0
    return Lap(time.perf_counter() - started, {"read": parsed, "changed": 0, "added": 0, "removed": 0})
