"""What a rehearsal came to: our tables on one side, the world's truth on the other."""

from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from analysis.report import Period
from analysis.revenue import revenue
from analysis.share import online_share, overall_share
from connectors.base import ListingState
from jobs.app import App
from models import Listing, Observation, Review, SalesOrder, Shop, WatchedPage
from sandbox.sandbox import Sandbox

SHOWN = (ListingState.LIVE, ListingState.REJECTED, ListingState.PENDING)


def result(app: App, world: Sandbox, first: date, products: int) -> dict[str, Any]:
    """contracts.md's answer of `ocop demo`; `estimate` belongs to an analysis that is not offered yet.

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
            "observations": _count(session, Observation.id),
            "reviews": _count(session, Review.id),
            "online_share": share,
            "estimate": None,
            "api_calls": {market: sum(world.sites[f"{market}.api"].calls.values()) for market in markets},
            "pages": session.scalar(select(func.count()).where(WatchedPage.last_visit_at.is_not(None))) or 0,
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
