"""Saying that orders changed, so that the sums of their days are made anew. Safe to repeat."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from models.bulk import insert_ignore
from models.rollup import RollupDue


def mark_due(session: Session, shop_id: int, placed: Iterable[datetime]) -> None:
    """`placed`: when the changed orders were placed (aware). In the transaction of the change itself, or a kill may lose it."""
    hours = {moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0) for moment in placed}
    insert_ignore(session, RollupDue, [(shop_id, hour) for hour in sorted(hours)], ("shop_id", "hour"))
