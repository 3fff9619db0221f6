"""What a rehearsal came to: our tables on one side, the world's truth on the other."""

from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from analysis.market.estimate import estimate
from analysis.market.own import lessons, scored
from analysis.market.series import by_site, load_series
from analysis.report import Period
from analysis.revenue import revenue
from analysis.share import online_share, overall_share
from commands.paid import paid, truth_paid
from connectors.facts.listing import ListingState
from jobs.app import App
from models import Listing, Observation, Review, SalesOrder, Shop, WatchedPage
from sandbox.neighbours import neighbours
from sandbox.sandbox import Sandbox

SHOWN = (ListingState.LIVE, ListingState.REJECTED, ListingState.PENDING)


def result(app: App, world: Sandbox, first: date, products: int) -> dict[str, Any]:
    """contracts.md's answer of `ocop demo`. `estimate` is scored on the neighbours, whose orders only the world knows.

    A marketplace the truth does not know is None there, never 0: nothing sold and nothing known must not look equal.
    """
    truth = world.truth()
    period = Period(first, app.today(), app.zone)
    with app.database.session() as session:
        markets = list(session.scalars(select(Shop.marketplace).order_by(Shop.marketplace)))
        earned = {
            str(row["marketplace"]): row["revenue_vnd"] for row in revenue(session, period, ("marketplace",)).rows
        }
        share = overall_share(online_share(session, period, ()))
        return {
            "products": products,
            "listings": {market: _listings(session, market) for market in markets},
            "orders": _count(session, SalesOrder.id),
            "revenue_vnd": {market: earned.get(market, 0) for market in markets},
            "truth_revenue_vnd": {market: truth["markets"].get(market, {}).get("revenue_vnd") for market in markets},
            "paid": paid(session, markets),
            "truth_paid": truth_paid(world, markets),
            "observations": _count(session, Observation.id),
            "reviews": _count(session, Review.id),
            "online_share": share,
            "estimate": _estimate(session, period, world),
            "api_calls": {market: sum(world.sites[f"{market}.api"].calls.values()) for market in markets},
            "pages": session.scalar(select(func.count()).where(WatchedPage.last_visit_at.is_not(None))) or 0,
        }


def _estimate(session: Session, period: Period, world: Sandbox) -> dict[str, Any]:
    """How often the bands held, and how far the points were off where 30 pieces a month were sold."""
    tested = []
    everything = load_series(session, period)
    taught = lessons(session, everything, period)
    for site, series in by_site(everything).items():
        known = taught.of(site)
        sold = {one.title: one for one in neighbours(world.world, site)}
        for one in series:
            made = estimate(one.readings, period.start, period.end, known, one.seed) if one.title in sold else None
            if made is not None and one.title is not None:
                tested.append((made, sold[one.title].truth(made.first, made.last)[0]))
    check = scored(tested)
    return {
        "mape": check.mean_abs_error,
        "median_abs_error": check.median_abs_error,
        "coverage_90": check.coverage_90,
        "listings": check.listings,
        "listings_30_a_month": check.selling_well,
    }


def _listings(session: Session, market: str) -> dict[str, int]:
    """By what the marketplace says; one that was refused before it had an id there counts as rejected too."""
    refused = (Listing.external_id.is_(None)) & (Listing.refused_hash.is_not(None))
    state = case((refused, ListingState.REJECTED.value), else_=Listing.reported_state)
    query = (
        select(state, func.count())
        .join(Shop, Listing.shop_id == Shop.id)
        .where(Shop.marketplace == market)
        .group_by(state)
    )
    counted: dict[str | None, int] = dict(session.execute(query).all())
    return {state.value: counted.get(state.value, 0) for state in SHOWN}


def _count(session: Session, column: Any) -> int:
    return session.scalar(select(func.count(column))) or 0
