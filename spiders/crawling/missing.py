"""A field that nearly every page had yesterday and three pages running lack today is a changed layout (notes, section 0.7)."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from spiders.page import PageState, Reading

_RUNNING = 3


class MissingFields:
    """Counts, per expected field, the pages running that had items and none with that field."""

    def __init__(self, expected: AbstractSet[str]) -> None:
        self._missing = dict.fromkeys(sorted(expected), 0)
        self.stopped = False

    def checked(self, reading: Reading) -> Reading:
        """The reading itself, or from the third page running on a changed layout in its place."""
        if reading.state != PageState.OK or not reading.items:
            return reading
        for name in self._missing:
            filled = any(getattr(item, name) is not None for item in reading.items)
            self._missing[name] = 0 if filled else self._missing[name] + 1
        gone = [name for name, count in self._missing.items() if count >= _RUNNING]
        if not gone:
            return reading
        self.stopped = True
        return replace(
            reading,
            state=PageState.LAYOUT_CHANGED,
            evidence=f"{', '.join(gone)} missing in {_RUNNING} pages running",
            items=(),
        )
