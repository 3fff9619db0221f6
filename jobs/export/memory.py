"""What sheets tell and what must not be done twice: ids read off a shop's own list, goods already put into an upload sheet.

A shop without API has no other memory of a create. Each is one line of the listing's history, and safe to repeat.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.sheets.layout import SheetRow
from jobs.export.rows import Ours
from jobs.push.outcome import record
from models import Listing, ListingEvent, Shop

EXPORTED, REFUSED = "exported", "refused"


class Exported(NamedTuple):
    """When (local time) goods were put into an upload sheet that nobody has heard of since, and into which download."""

    at: datetime
    download: str


def fingerprint(package: bytes) -> str:
    """Of a download: the same one may be filled again, with the same result."""
    return hashlib.sha256(package).hexdigest()


def exported(session: Session, shop: Shop, zone: ZoneInfo) -> dict[int, Exported]:
    """By listing: those whose last word is that they went into a sheet."""
    query = (
        select(ListingEvent.listing_id, ListingEvent.kind, ListingEvent.at, ListingEvent.detail)
        .join(Listing, ListingEvent.listing_id == Listing.id)
        .where(Listing.shop_id == shop.id, Listing.external_id.is_(None), ListingEvent.kind.in_((EXPORTED, REFUSED)))
        .order_by(ListingEvent.id)
    )
    last = {listing_id: (kind, at, detail) for listing_id, kind, at, detail in session.execute(query)}
    return {
        listing_id: Exported(at.astimezone(zone), json.loads(detail)["download"])
        for listing_id, (kind, at, detail) in last.items()
        if kind == EXPORTED
    }


def keep_exported(session: Session, listing_ids: Sequence[int], now: datetime, kind: str, download: str) -> None:
    """Said once a download, however often it is filled."""
    for listing in session.scalars(select(Listing).where(Listing.id.in_(listing_ids)).order_by(Listing.id)):
        last = _last(session, listing.id)
        if last is None or last.kind != EXPORTED or json.loads(last.detail)["download"] != download:
            record(session, listing, now, EXPORTED, sheet=kind, download=download)


def keep_ids(session: Session, found: Iterable[tuple[SheetRow, Ours]], now: datetime, kind: str) -> int:
    """The marketplace's ids of goods it was not known to have. The number that were new."""
    new = {one.id: row for row, one in found if one.external_id is None and row.product_id}
    for listing in session.scalars(select(Listing).where(Listing.id.in_(new))):
        row = new[listing.id]
        listing.external_id, listing.external_variant_id = row.product_id, row.variant_id or None
        record(session, listing, now, "reported", sheet=kind, external_id=row.product_id)
    return len(new)


def keep_refusal(session: Session, listing_id: int, now: datetime, reason: str) -> None:
    """Said once, however often the same returned sheet is read."""
    listing = session.get_one(Listing, listing_id)
    last = _last(session, listing_id)
    if last is None or last.kind != REFUSED or json.loads(last.detail)["reason"] != reason:
        listing.last_code, listing.last_error = "sheet", reason
        record(session, listing, now, REFUSED, action="create", code="sheet", reason=reason)


def _last(session: Session, listing_id: int) -> ListingEvent | None:
    query = select(ListingEvent).where(ListingEvent.listing_id == listing_id)
    return session.scalar(query.order_by(ListingEvent.id.desc()).limit(1))
