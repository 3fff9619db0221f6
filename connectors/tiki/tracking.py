"""Which SKU a track id was given for. Tiki itself tells that only once the request is drafted."""

from datetime import timedelta

from connectors.base import Cache

TRACKS_KEPT = timedelta(days=30)  # then Tiki forgets a track id (notes of the Open API, read 2026-11-23)


class Tracking:
    """A help, not a record: what the cache has lost is asked of Tiki."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def remember(self, track_id: str, sku: str) -> None:
        self._cache.put(f"tiki/track/{track_id}", sku)

    def sku(self, track_id: str) -> str | None:
        return self._cache.get(f"tiki/track/{track_id}", TRACKS_KEPT.total_seconds())
