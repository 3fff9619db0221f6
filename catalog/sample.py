"""The register that ships: real Thái Nguyên products as public sources name them, without anything a source does not say.

Cooperatives, cooperative groups and enterprises only; no private person's name. No prices, packs, stock or papers: no
source gives them for a pack (three sources name a price per kilogram or litre; it stands in their "Nguồn"). A class of
stars the source leaves open is left open here, and most recognitions have a year without a day. Product and producer
codes are ours, by the order of the rows. Facts read 2026-11-23; each row names its source.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

SAMPLE_NAME = "thai_nguyen_register.csv"


@contextmanager
def sample_register() -> Iterator[Path]:
    """The file's path, for as long as the block runs: inside a zipped package it is a temporary copy."""
    with as_file(files("catalog") / "data" / SAMPLE_NAME) as path:
        yield path
