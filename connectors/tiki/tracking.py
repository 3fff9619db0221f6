"""Which SKU a track id was given for. Tiki itself tells that only once the request is drafted."""

from datetime import timedelta

TRACKS_KEPT = timedelta(days=30)  # then Tiki forgets a track id (notes of the Open API, read 2026-11-23)


class Tracking:
    """A help of one process, not a record: what it does not know is asked of Tiki. Nothing is written for it."""

    def __init__(self) -> None:
        self._sku_of: dict[str, str] = {}

    def remember(self, track_id: str, sku: str) -> None:
        self._sku_of[track_id] = sku

    def sku(self, track_id: str) -> str | None:
        return self._sku_of.get(track_id)
