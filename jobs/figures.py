"""Our own listings' public figures and reviews, where the shop's API gives them (Shopee); pages give the rest."""

import hashlib
import json
from collections import Counter

from sqlalchemy import func, select

from catalog.reading import Review as ReviewFact
from connectors.capability import Can
from connectors.facts.listing import ListingRef
from jobs.observe import observation_row
from jobs.run import Counts, Run
from models import Listing, Observation, Review, Shop, Variant, WatchedPage
from models.observations_store import ReviewRow, mark_deleted, store_observations, store_reviews


def pull_metrics(run: Run) -> Counts:
    """One observation a listing a run: storing the same run again adds nothing. Raises UnsupportedError where no API has them."""
    shop = run.app.shop(run.lane)
    connector = run.app.connector(shop)
    if Can.PULL_METRICS not in connector.capabilities:
        raise connector.unsupported("pull metrics")
    pages = _own_pages(run, shop)
    items = list(connector.pull_metrics([ref for ref, _ in pages.values()]))
    now = run.app.now()
    rows = [
        observation_row(pages[item.external_id or ""][1], item, now, "api")
        for item in items
        if item.external_id in pages
    ]
    run.check()
    with run.app.database.write() as session:
        return {"new": store_observations(session, run.id, rows), "read": len(items)}


def pull_reviews(run: Run) -> Counts:
    """Reviews, newest first, each listing until the first page without anything new.

    A listing whose own figure says that there are no more reviews than we have costs no request, except once a week, when
    all are read again to the end, so that edited and deleted ones are noticed, as far back as the marketplace shows any.
    """
    shop = run.app.shop(run.lane)
    connector = run.app.connector(shop)
    if Can.PULL_REVIEWS not in connector.capabilities:
        raise connector.unsupported("pull reviews")
    counts: Counter[str] = Counter(new=0, updated=0, unchanged=0, deleted=0)
    is_sweep = _is_sweep(run)
    complete = frozenset() if is_sweep else _complete(run, shop)
    for listing_id, ref in _live(run, shop):
        if listing_id in complete:
            continue
        run.check()
        met: set[str] = set()
        for page in connector.pull_reviews(ref):
            rows = [review_row(shop.marketplace, listing_id, review) for review in page.reviews]
            met.update(row.external_id for row in rows)
            with run.app.database.write() as session:
                stored = store_reviews(session, rows, run.app.now())
            counts.update(stored._asdict())
            if not stored.new and not stored.updated and not is_sweep:
                break
        if is_sweep:
            now, reach = run.app.now(), connector.reviews_reach
            since = None if reach is None else now - reach
            with run.app.database.write() as session:
                counts["deleted"] += mark_deleted(session, met, now, listing_id=listing_id, since=since)
    return dict(counts)


def review_row(
    marketplace: str, listing_id: int | None, review: ReviewFact, *, page_id: int | None = None
) -> ReviewRow:
    """A review as stored. The content hash notices an edit; no field of it names a person."""
    content = {name: said for name, said in review.as_json().items() if name != "external_id"}
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return ReviewRow(
        marketplace=marketplace,
        external_id=review.external_id,
        listing_id=listing_id,
        stars=review.stars,
        text=review.text,
        created_at=review.created_at,
        images=review.images,
        variant=review.variant,
        reply=review.reply,
        author_hash=None,
        content_hash=digest,
        page_id=page_id,
    )


def _is_sweep(run: Run) -> bool:
    """Monday's run, Vietnam time."""
    return run.slot.astimezone(run.app.zone).weekday() == 0


def _complete(run: Run, shop: Shop) -> frozenset[int]:
    """Listings of which we hold as many reviews as the newest observation counts, be it the shop's own figure or its public page's.

    Observations of this very moment do not count: a crawl may be under way beside this run.
    """
    newest = (
        select(func.max(Observation.id))
        .join(WatchedPage, Observation.page_id == WatchedPage.id)
        .where(WatchedPage.site == shop.marketplace, Observation.seen_at < run.slot)
        .group_by(Observation.page_id)
    )
    counted = (
        select(WatchedPage.listing_id, func.max(Observation.rating_count))
        .join(WatchedPage, Observation.page_id == WatchedPage.id)
        .where(Observation.id.in_(newest), Observation.rating_count.is_not(None))
        .group_by(WatchedPage.listing_id)
    )
    held = (
        select(Review.listing_id, func.count(Review.id))
        .where(Review.marketplace == shop.marketplace, Review.deleted_at.is_(None))
        .group_by(Review.listing_id)
    )
    with run.app.database.session() as session:
        have = dict(session.execute(held).all())
        rows = session.execute(counted).all()
    return frozenset(
        listing_id for listing_id, count in rows if listing_id is not None and have.get(listing_id, 0) >= (count or 0)
    )


def _live(run: Run, shop: Shop) -> list[tuple[int, ListingRef]]:
    query = (
        select(Listing.id, Variant.sku, Listing.external_id, Listing.external_variant_id)
        .join(Variant, Listing.variant_id == Variant.id)
        .where(Listing.shop_id == shop.id, Listing.external_id.is_not(None))
        .order_by(Listing.id)
    )
    with run.app.database.session() as session:
        rows = session.execute(query).all()
    return [(row_id, ListingRef(sku=sku, external_id=ext, variant_id=var)) for row_id, sku, ext, var in rows if ext]


def _own_pages(run: Run, shop: Shop) -> dict[str, tuple[ListingRef, int]]:
    """Watched faces of this shop's listings by the marketplace's id."""
    with run.app.database.session() as session:
        rows = session.execute(
            select(WatchedPage.listing_id, WatchedPage.id).where(
                WatchedPage.site == shop.marketplace, WatchedPage.listing_id.is_not(None), WatchedPage.is_enabled
            ),
        )
        page_of = dict(rows.all())
    return {
        ref.external_id: (ref, page_of[listing_id]) for listing_id, ref in _live(run, shop) if listing_id in page_of
    }
