"""The watch list: own listings enter by themselves, with a record of who allowed it and when to look next."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

import spiders
from connectors import marketplaces
from connectors.capability import Can
from jobs.app import App
from models import Listing, Shop, WatchedPage
from models.bulk import insert_ignore

ALL_OF_A_PAGE = frozenset({Can.PULL_METRICS, Can.PULL_REVIEWS})


def watch_page(app: App, site: str, url: str, *, allowed_by: str) -> None:
    """Watch somebody's public page; `allowed_by` records who decided that it may be read. Safe to repeat."""
    with app.database.write() as session:
        insert_ignore(
            session,
            WatchedPage,
            [(site, url, "page", allowed_by, app.now(), True, 1)],
            ("site", "url", "source_class", "allowed_by", "allowed_at", "is_enabled", "every_days"),
        )


def watch_listing(session: Session, shop: Shop, listing: Listing, url: str) -> None:
    """Watch one listing's public face: its page is crawled, unless the shop's own API gives all that the page would.

    Its page is looked at anew from now on, however long it was gone. A page that was watched before is taken over; one that the
    office took off its list stays off. Safe to repeat.
    """
    by_api = marketplaces()[shop.marketplace].capabilities >= ALL_OF_A_PAGE
    if not by_api and shop.marketplace not in spiders.sites():
        return
    page = _at(session, shop.marketplace, url) or _of(session, listing)
    if page is None:
        page = WatchedPage(site=shop.marketplace, url=url, allowed_by="own listing", allowed_at=listing.sent_at)
        session.add(page)
    page.url, page.listing_id, page.source_class = url, listing.id, "api" if by_api else "page"
    page.is_enabled, page.gone_since, page.next_visit_at = page.removed_at is None, None, None
    session.flush()
    elsewhere = WatchedPage.listing_id == listing.id, WatchedPage.id != page.id
    session.execute(update(WatchedPage).where(*elsewhere).values(is_enabled=False))


def _at(session: Session, site: str, url: str) -> WatchedPage | None:
    return session.scalar(select(WatchedPage).where(WatchedPage.site == site, WatchedPage.url == url))


def _of(session: Session, listing: Listing) -> WatchedPage | None:
    pages = select(WatchedPage).where(WatchedPage.listing_id == listing.id)
    return session.scalar(pages.order_by(WatchedPage.is_enabled.desc(), WatchedPage.id))
