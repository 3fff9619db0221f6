"""Results as a table for a terminal and as JSON for whoever compares runs."""

import json
import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from benchmarks.race import NO_TARGET, Result

HEAD = ("what", "ours", "floor", "the floor is", "unit", "ratio", "target", "met")
SMALL = 100  # below it two decimals are told
MET = {True: "yes", False: "NO"}
MEASURED_WITH = ("pydantic", "requests", "scrapy", "selectolax", "sqlalchemy")


def row(result: Result) -> tuple[str, ...]:
    return (
        result.what,
        _figure(result.ours),
        _figure(result.floor),
        result.floor_name,
        result.unit,
        f"{result.ratio:.2f}",
        result.target,
        MET[result.is_met] if result.target != NO_TARGET else "",
    )


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= SMALL else f"{value:.2f}"


def text(results: Iterable[Result]) -> str:
    rows = [HEAD, *map(row, results)]
    widths = [max(len(line[column]) for line in rows) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip() for line in rows
    )


def write_json(path: Path, results: Iterable[Result], rounds: int) -> None:
    """The results with what they were measured with: a ratio moves when a library does."""
    setting = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version, "rounds": rounds}
    setting |= {name: version(name) for name in MEASURED_WITH}
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {"measured_with": setting, "results": [asdict(result) for result in results]}
    path.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
