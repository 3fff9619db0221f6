"""`python -m benchmarks`: every benchmark, or those named; a table on stdout and JSON beside it."""

import argparse
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import (
    crawling,
    filing,
    growing,
    pacing,
    planning,
    pulling,
    pushing,
    reading,
    reports,
    rereading,
    sizes,
    storing,
    table,
)
from benchmarks.race import Race, Result, run
from benchmarks.sizes import Size

Benchmark = Callable[[Size], Iterator[Race | Result]]

BENCHMARKS: dict[str, Benchmark] = {
    "read": reading.races,
    "reparse": rereading.races,
    "crawl": crawling.races,
    "push": pushing.races,
    "pace": pacing.races,
    "store": storing.races,
    "orders": pulling.races,
    "plan": planning.races,
    "reports": reports.races,
    "growth": growing.races,
    "files": filing.races,
}


def main(words: list[str] | None = None) -> int:
    """0 when every target was met, 1 when one was not; a quick run judges nothing."""
    asked = _parser().parse_args(words)
    size = sizes.QUICK if asked.quick else sizes.FULL
    with _quietly():
        results = [result for name in asked.only or BENCHMARKS for result in _measured(name, size)]
    print(f"\n{table.text(results)}")
    table.write_json(asked.json, results, size.rounds)
    return 0 if asked.quick or all(result.is_met for result in results) else 1


@contextmanager
def _quietly() -> Iterator[None]:
    """Thousands of laps would each tell of their jobs."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _measured(name: str, size: Size) -> Iterator[Result]:
    """Each result as soon as it is there, for whoever watches."""
    for found in BENCHMARKS[name](size):
        for result in run(found, size.rounds) if isinstance(found, Race) else [found]:
            print(" ".join(table.row(result)), flush=True)
            yield result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="this one; may be given several times")
    parser.add_argument("--quick", action="store_true", help="small amounts, three rounds: does it run, not how fast")
    parser.add_argument("--json", type=Path, default=Path("var/bench.json"), help="where the results are written")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
