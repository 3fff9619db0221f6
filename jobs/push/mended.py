"""Problems of a push that are over: refusals of listings taken since, or not wanted any more, and a question answered."""

from sqlalchemy import Select, and_, exists, or_, select, update

from jobs.push.context import Push
from models import Listing, ListingWait, Problem, Variant


def close_mended(push: Push) -> None:
    """Writes only where something is over. Safe to repeat."""
    with push.run.app.database.session() as session:
        over = session.scalars(_over(push)).all()
    if over:
        with push.run.app.database.write() as session:
            mended = update(Problem).where(Problem.key.in_(over)).values(resolved_at=push.run.app.now())
            session.execute(mended)


def refusal_key(shop: str, sku: str, code: str) -> str:
    return f"push:{shop}:{sku}:{code}"


def cap_key(shop: str) -> str:
    return f"withdraw_cap:{shop}"


def _over(push: Push) -> Select[str]:
    """A refusal lasts while its listing is wanted and the content, or a figure that still waits, is what was refused."""
    shop = push.shop
    waits = Listing.waits.any(and_(ListingWait.code == Problem.code, ListingWait.next_try_at > push.run.app.now()))
    refused = or_(Listing.refused_hash == Listing.intended_hash, waits)
    lasts = exists().where(
        Listing.shop_id == shop.id,
        Listing.variant_id == Variant.id,
        Variant.sku == Problem.sku,
        Listing.wanted,
        refused,
    )
    refusals = and_(Problem.key.startswith(f"push:{shop.name}:", autoescape=True), ~lasts)
    caps = Problem.key == cap_key(shop.name)
    return select(Problem.key).where(Problem.resolved_at.is_(None), refusals if push.is_capped else or_(refusals, caps))
