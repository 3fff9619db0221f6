"""Reading stored pages again, against parsing the same bytes and doing nothing with them."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from pydantic_core import from_json
from selectolax.lexbor import LexborHTMLParser

from benchmarks.other_pages import other_samples
from benchmarks.pages import Sample, samples
from benchmarks.race import Floor, Lap, Race, Target
from benchmarks.sizes import Size
from spiders.reading import read

TARGET = Target(0.50)


def races(size: Size) -> Iterator[Race]:
    """One a kind of page."""
    for kind, sample in (samples() | other_samples()).items():
        parse_name, parse = parser_of(sample)
        yield Race(
            what=f"read a {kind} ({len(sample.body) / 1000:.0f} kB)",
            unit="pages/s",
            amount=size.readings,
            leaves={"held": sample.holds * size.readings},
            ours=partial(_reading, sample, size.readings),
            floors=(Floor(parse_name, partial(_parsing, sample, size.readings, parse), TARGET),),
        )


def _reading(sample: Sample, times: int) -> Lap:
    held = 0
    started = time.perf_counter()
    for _ in range(times):
        reading = read(sample.site, sample.url, sample.body)
        held += len(reading.ratings.reviews) if not reading.items and reading.ratings else len(reading.items)
    return Lap(time.perf_counter() - started, {"held": held})


def _parsing(sample: Sample, times: int, parse: Callable[[bytes], Any]) -> Lap:
    """Counts a page's holdings as parsed, since nothing is read from it."""
    held = 0
    started = time.perf_counter()
    for _ in range(times):
        held += sample.holds if parse(sample.body) else 0
    return Lap(time.perf_counter() - started, {"held": held})


def _parse_html(body: bytes) -> Any:
    return LexborHTMLParser(body).root


def parser_of(sample: Sample) -> tuple[str, Callable[[bytes], Any]]:
    """The name and the work of parsing its bytes once."""
    return ("lexbor parse", _parse_html) if sample.body.startswith(b"<") else ("JSON parse", from_json)
