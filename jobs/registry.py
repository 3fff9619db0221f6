"""Every job by name, and the lanes it is done in: one shop, one site, or the whole register."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from connectors import marketplaces
from connectors.capability import Can
from connectors.facts.listing import ListingState
from jobs.computed_floors import refresh_floors
from jobs.crawl import crawl_site
from jobs.evidence import prune_evidence
from jobs.figures import pull_metrics, pull_reviews
from jobs.income import pull_settlements
from jobs.listings import pull_listings
from jobs.messages import handle_messages, pull_messages
from jobs.orders import pull_orders
from jobs.originals import erase_originals
from jobs.push import push_listings
from jobs.reminders import remind_login
from jobs.rollups import refresh_rollups
from jobs.run import Job
from jobs.statements import pull_statements
from models import Listing, Shop, SiteState, WatchedPage

Lanes = Callable[[Session, datetime], list[str]]


@dataclass(frozen=True)
class Kind:
    """A job and where it is done. `lanes` names the lanes that may run now.

    `is_apart`: its work is in a process of its own, so several lanes at once use several cores.
    """

    name: str
    function: Job
    lanes: Lanes
    is_apart: bool = False


def shops_that(can: Can) -> Lanes:
    """Connected shops, not resting, whose marketplace has this verb."""
    codes = [code for code, kind in marketplaces().items() if can in kind.capabilities]

    def lanes(session: Session, now: datetime) -> list[str]:
        awake = or_(Shop.paused_until.is_(None), Shop.paused_until <= now)
        query = select(Shop.name).where(Shop.marketplace.in_(codes), Shop.state == "connected", awake)
        return list(session.scalars(query.order_by(Shop.name)))

    return lanes


def shops_that_wait(session: Session, now: datetime) -> list[str]:
    """Of the shops that can be read back, those with a listing sent and not yet on sale, or under review."""
    awaited = or_(
        Listing.tracking_id.is_not(None),
        and_(Listing.sent_wanted, Listing.reported_state.is_distinct_from(ListingState.LIVE)),
    )
    query = select(Shop.name).where(exists().where(Listing.shop_id == Shop.id, awaited))
    waiting = set(session.scalars(query))
    return [name for name in shops_that(Can.READ_BACK)(session, now) if name in waiting]


def crawled_sites(session: Session, now: datetime) -> list[str]:  # noqa: ARG001 - a site's pause is the job's own answer
    """Sites with at least one page to read, and not switched off as a whole."""
    off = select(SiteState.site).where(SiteState.is_disabled)
    read = WatchedPage.source_class == "page", WatchedPage.is_enabled, WatchedPage.site.not_in(off)
    query = select(WatchedPage.site).where(*read).distinct()
    return list(session.scalars(query.order_by(WatchedPage.site)))


JOBS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("push_listings", push_listings, shops_that(Can.PUSH)),
        Kind("pull_orders", pull_orders, shops_that(Can.PULL_ORDERS)),
        Kind("pull_listings", pull_listings, shops_that(Can.READ_BACK)),
        Kind("await_reviews", pull_listings, shops_that_wait),
        Kind("pull_settlements", pull_settlements, shops_that(Can.PULL_INCOME)),
        Kind("pull_statements", pull_statements, shops_that(Can.PULL_STATEMENTS)),
        Kind("pull_metrics", pull_metrics, shops_that(Can.PULL_METRICS)),
        Kind("pull_reviews", pull_reviews, shops_that(Can.PULL_REVIEWS)),
        Kind("pull_messages", pull_messages, shops_that(Can.PULL_ORDERS)),
        Kind("handle_messages", handle_messages, shops_that(Can.PULL_ORDERS)),
        Kind("remind_login", remind_login, shops_that(Can.LOGIN)),
        Kind("crawl_site", crawl_site, crawled_sites, is_apart=True),
        Kind("refresh_rollups", refresh_rollups, lambda *_: [""]),
        Kind("refresh_floors", refresh_floors, lambda *_: [""]),
        Kind("prune_evidence", prune_evidence, lambda *_: [""]),
        Kind("erase_originals", erase_originals, lambda *_: [""]),
    )
}
