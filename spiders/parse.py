"""`ocop parse`: one saved page or JSON body, read by the same reader the spiders use. No network."""

from pathlib import Path
from typing import Any

from spiders.page import Reading
from spiders.reading import read


def parse_file(site: str, url: str, path: Path | str) -> list[dict[str, Any]] | dict[str, str]:
    """Items or ratings as JSON-able dicts, else the state and its evidence. KeyError for an unknown site, OSError for the file."""
    return as_json(read(site, url, Path(path).read_bytes()))


def as_json(reading: Reading) -> list[dict[str, Any]] | dict[str, str]:
    """Flagged items are shown with their flags; whether to store them is the storing side's business."""
    if reading.items:
        return [item.as_json() for item in reading.items]
    if reading.ratings is not None:
        return [reading.ratings.as_json()]
    if reading.state == "ok":
        return []
    return {"state": reading.state, "evidence": reading.evidence}
