"""A field that nearly every page had yesterday and three pages running lack today is a changed layout (notes, section 0.7)."""

from collections.abc import Mapping
from dataclasses import replace

from catalog.reading import Item
from spiders.page import PageState, Reading

_RUNNING = 3


class MissingFields:
    """Counts, per host and expected field, the pages running that had items and none with that field."""

    def __init__(self, expected: Mapping[str, frozenset[str]]) -> None:
        self._missing = {host: dict.fromkeys(sorted(names), 0) for host, names in expected.items()}
        self.vanished: dict[str, tuple[str, ...]] = {}  # by host that must be asked nothing more

    def checked(self, host: str, reading: Reading) -> Reading:
        """The reading itself, or from the third page running on a changed layout in its place."""
        missing = self._missing.get(host)
        if missing is None or reading.state != PageState.OK or not reading.items:
            return reading
        for name in missing:
            missing[name] = 0 if any(_has(item, name) for item in reading.items) else missing[name] + 1
        gone = [name for name, count in missing.items() if count >= _RUNNING]
        if not gone:
            return reading
        self.vanished[host] = tuple(gone)
        evidence = f"{', '.join(gone)} missing in {_RUNNING} pages running"
        return replace(reading, state=PageState.LAYOUT_CHANGED, evidence=evidence, items=())


def _has(item: Item, name: str) -> bool:
    """Shops show no price for what is sold out: that is no missing field."""
    return getattr(item, name) is not None or (name == "price" and item.available is False)
