"""The office's price floors, by pack and marketplace: set, taken away, listed. `jobs/floors.py` is what keeps to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis.whatif.offers import Costs
from connectors import marketplaces
from jobs.app import App, JobError
from models import PriceFloor, Variant
from models.price_floor import EVERYWHERE


def set_floor(app: App, sku: str, marketplace: str | None, floor_vnd: int) -> None:
    """On that marketplace, or everywhere. Replaces what was set there before; safe to repeat. Raises JobError."""
    channel = channel_of(marketplace)
    with app.database.write() as session:
        put_floor(session, variant_of(session, sku), channel, floor_vnd, app.now())


def clear_floor(app: App, sku: str, marketplace: str | None) -> bool:
    """Whether there was one to take away. Raises JobError."""
    channel = channel_of(marketplace)
    with app.database.write() as session:
        of_pack = PriceFloor.variant_id == variant_of(session, sku), PriceFloor.marketplace == channel
        return bool(session.execute(delete(PriceFloor).where(*of_pack).returning(PriceFloor.variant_id)).all())


def known_floors(app: App) -> list[dict[str, Any]]:
    """`marketplace` None holds everywhere; `cost_vnd` None was set by hand."""
    query = select(Variant.sku, PriceFloor).join(Variant, PriceFloor.variant_id == Variant.id)
    with app.database.session() as session:
        return [
            {
                "sku": sku,
                "marketplace": floor.marketplace or None,
                "floor_vnd": floor.floor_vnd,
                "cost_vnd": floor.cost_vnd,
                "packaging_vnd": floor.packaging_vnd,
                "set_at": floor.set_at.isoformat(),
            }
            for sku, floor in session.execute(query.order_by(Variant.sku, PriceFloor.marketplace))
        ]


def put_floor(
    session: Session, variant_id: int, channel: str, floor_vnd: int, now: datetime, costs: Costs | None = None
) -> None:
    """One floor in the place of what was there; with `costs` a computed one."""
    made = PriceFloor(variant_id=variant_id, marketplace=channel, floor_vnd=floor_vnd, set_at=now)
    made.cost_vnd, made.packaging_vnd, made.seller = (
        (costs.cost_vnd, costs.packaging_vnd, costs.seller) if costs else (None, None, None)
    )
    session.merge(made)


def variant_of(session: Session, sku: str) -> int:
    """Raises JobError for a SKU the register does not have."""
    found = session.scalar(select(Variant.id).where(Variant.sku == sku))
    if found is None:
        raise JobError(f"Sổ đăng ký không có gói nào mang SKU «{sku}»: xem SKU bằng `ocop report products --by sku`.")
    return found


def channel_of(marketplace: str | None) -> str:
    """Raises JobError for a marketplace there is not."""
    if marketplace is None:
        return EVERYWHERE
    if marketplace not in marketplaces():
        raise JobError(f"Không có sàn «{marketplace}». Các sàn: {', '.join(sorted(marketplaces()))}.")
    return marketplace
