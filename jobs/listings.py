"""What the marketplace says of our listings: reviews that ended, figures somebody else changed, addresses to watch."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from connectors.base import Connector
from connectors.errors import NotFoundError
from connectors.facts.listing import ListingState, ReportedListing
from jobs.plan import HELD, Action
from jobs.push.context import Push
from jobs.push.held import hold, release
from jobs.push.outcome import record, refuse_content
from jobs.run import Counts, Run
from jobs.watching import watch_listing
from models import Listing, Shop, Variant

QUIET = timedelta(hours=1)  # a figure we sent less than this ago may not show yet (tiki.md 11.6, read 2026-11-23)


def pull_listings(run: Run) -> Counts:
    """Read back every listing and every create under review. Safe to repeat."""
    app = run.app
    shop = app.shop(run.lane)
    connector = app.connector(shop)
    push = Push(run, shop, connector)
    counts: Counter[str] = Counter(new=0, updated=0, unchanged=0, unknown=0)
    for tracked in _tracked(run, shop):
        run.check()
        _keep_track(push, tracked, connector, counts)
    reported = list(connector.pull_listings())
    with app.database.write() as session:
        rows = {sku: listing for listing, sku in session.execute(_ours(shop))}
        for report in reported:
            counts[_keep_report(push, session, rows.get(report.sku or ""), report)] += 1
    return dict(counts)


def _ours(shop: Shop) -> Select[Listing, str]:
    return (
        select(Listing, Variant.sku)
        .join(Variant, Listing.variant_id == Variant.id)
        .where(Listing.shop_id == shop.id)
        .options(selectinload(Listing.waits))
    )


def _tracked(run: Run, shop: Shop) -> list[tuple[int, str]]:
    with run.app.database.session() as session:
        query = select(Listing.id, Listing.tracking_id).where(
            Listing.shop_id == shop.id, Listing.tracking_id.is_not(None)
        )
        return [(row_id, tracking) for row_id, tracking in session.execute(query) if tracking]


def _keep_track(push: Push, tracked: tuple[int, str], connector: Connector, counts: Counter[str]) -> None:
    listing_id, tracking_id = tracked
    try:
        report = connector.track(tracking_id)
    except NotFoundError:
        report = None  # forgotten there (after 30 days): the list below decides
    with push.run.app.database.write() as session:
        listing = session.get_one(Listing, listing_id)
        if report is None:
            listing.tracking_id = None
        elif report.state is ListingState.REJECTED and _is_of_words(listing):
            _keep_rejection(push, session, listing, report)
            counts["rejected"] += 1
        elif report.state is not ListingState.PENDING:
            listing.tracking_id = None
            counts[_keep_report(push, session, listing, report)] += 1


def _is_of_words(listing: Listing) -> bool:
    """Words alone were refused: of a create that never became a listing, or of an edit while the old words stay on sale."""
    return listing.external_id is None or listing.reported_state == ListingState.LIVE


def _keep_rejection(push: Push, session: Session, listing: Listing, report: ReportedListing) -> None:
    """It is of what was sent then; a create is judged with its price, so at another price the same words may go out again."""
    is_new, is_same_price = listing.external_id is None, listing.sent_price_vnd == listing.intended_price_vnd
    refused = listing.sent_hash if is_same_price or not is_new else None
    listing.tracking_id, listing.sent_wanted, listing.sent_hash = None, not is_new, None
    if is_new:
        listing.reported_state, listing.reported_raw_state = report.state, report.raw_state
    code, reason = report.code or report.raw_state, report.reason or report.raw_state
    action = Action.CREATE if is_new else Action.UPDATE
    refuse_content(push, session, listing, action, code, reason, content=refused)


def _keep_report(push: Push, session: Session, listing: Listing | None, report: ReportedListing) -> str:
    """Store what is reported; a figure that somebody changed there becomes a difference for the next push to mend."""
    if listing is None:
        return "unknown"  # on the marketplace but not in the register: counted, never touched
    if report.state is ListingState.DELETED and report.external_id not in {None, listing.external_id}:
        return "unchanged"  # a deleted twin, not the one that is ours now
    now = push.run.app.now()
    before, stock_before = _face(listing), listing.reported_stock
    listing.external_id = report.external_id or listing.external_id
    listing.external_variant_id = report.variant_id or listing.external_variant_id
    listing.reported_state, listing.reported_raw_state = report.state.value, report.raw_state
    listing.reported_price_vnd, listing.reported_stock = report.price_vnd, report.stock
    _correct_sent(listing, report, now)
    is_back = report.state is ListingState.LIVE and before[1] != ListingState.LIVE
    if is_back:
        release(listing)
    if report.state in HELD and before[1] not in HELD:
        hold(push, session, listing, report)
    if report.url and (is_back or report.url != listing.url):
        listing.url = report.url
        watch_listing(session, push.shop, listing, report.url)
    is_same = before == _face(listing)
    if not is_same or stock_before != report.stock:
        listing.reported_at = now
    if is_same:  # stock moves with every sale: kept on the row, no event of its own
        return "unchanged" if stock_before == report.stock else "updated"
    record(session, listing, now, "reported", state=report.raw_state, price_vnd=report.price_vnd, stock=report.stock)
    if report.state in HELD:
        return "rejected"
    return "new" if before[1] is None else "updated"


def _correct_sent(listing: Listing, report: ReportedListing, now: datetime) -> None:
    """What we believed to be there, put right by what is there."""
    if report.state is ListingState.DELETED:  # gone there for good: the next push creates it anew
        listing.external_id = listing.external_variant_id = listing.sent_hash = None
        listing.sent_wanted = False
    elif listing.sent_at is None or listing.sent_at <= now - QUIET:
        listing.sent_price_vnd = report.price_vnd if report.price_vnd is not None else listing.sent_price_vnd
        listing.sent_wanted = report.state in {ListingState.LIVE, ListingState.PENDING}


def _face(listing: Listing) -> tuple[str | None, str | None, int | None]:
    return listing.external_id, listing.reported_state, listing.reported_price_vnd
