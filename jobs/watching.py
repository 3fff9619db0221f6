"""The watch list: own listings enter by themselves, with a record of who allowed it and when to look next."""

from sqlalchemy import select
from sqlalchemy.orm import Session

import spiders
from connectors import marketplaces
from connectors.base import Can
from jobs.app import App
from models import Listing, Shop, WatchedPage
from models.bulk import insert_ignore


def watch_page(app: App, site: str, url: str, *, allowed_by: str) -> None:
    """Watch somebody's public page; `allowed_by` records who decided that it may be read. Safe to repeat."""
    with app.database.write() as session:
        insert_ignore(
            session,
            WatchedPage,
            [(site, url, "page", allowed_by, True)],
            ("site", "url", "source_class", "allowed_by", "is_enabled"),
        )


def watch_listing(session: Session, shop: Shop, listing: Listing, url: str) -> None:
    """Watch one listing's public face: through the shop's own API where that gives figures, else through its public page."""
    by_api = Can.PULL_METRICS in marketplaces()[shop.marketplace].capabilities
    if not by_api and shop.marketplace not in spiders.sites():
        return
    known = session.scalar(select(WatchedPage).where(WatchedPage.listing_id == listing.id))
    if known is not None:
        known.url = url
        return
    session.add(
        WatchedPage(
            site=shop.marketplace,
            url=url,
            source_class="api" if by_api else "page",
            listing_id=listing.id,
            allowed_by="own listing",
        ),
    )
