"""The office's price floors: set by hand, or computed from what a piece costs and kept up with fees and taxes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis.report import Period
from analysis.whatif.lowest import lowest_prices
from analysis.whatif.offers import Conditions, Costs, Offer, offers
from catalog.fees import fee_rules
from connectors import marketplaces
from jobs.app import App, JobError
from jobs.run import Counts, Run
from models import PriceFloor, Variant
from models.price_floor import EVERYWHERE


def set_floor(app: App, sku: str, marketplace: str | None, floor_vnd: int) -> None:
    """On that marketplace, or everywhere. Replaces what was set there before; safe to repeat. Raises JobError."""
    with app.database.write() as session:
        _put(session, app, _variant_id(session, sku), _channel(marketplace), floor_vnd)


def clear_floor(app: App, sku: str, marketplace: str | None) -> bool:
    """Whether there was one to take away. Raises JobError."""
    channel = _channel(marketplace)
    with app.database.write() as session:
        of_pack = PriceFloor.variant_id == _variant_id(session, sku), PriceFloor.marketplace == channel
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


def compute_floors(app: App, sku: str, costs: Costs, marketplace: str | None = None) -> dict[str, int]:
    """Set, by marketplace, the price at which a piece loses nothing today. Raises JobError where that is not known."""
    _channel(marketplace)
    with app.database.write() as session:
        found = [one for one in offers(session, sku) if marketplace in {None, one.marketplace}]
        if not found:
            raise JobError(
                f"Không gian hàng nào bán gói «{sku}» với một mức giá: kiểm tra SKU và giá trong sổ đăng ký."
            )
        lowest = lowest_prices(_conditions(app, session), found, costs)
        known = {market: floor_vnd for market, floor_vnd in lowest.items() if floor_vnd is not None}
        if unknown := sorted(lowest.keys() - known.keys()):
            raise JobError(
                f"Chưa tính được giá sàn của «{sku}» ở {', '.join(unknown)}: chưa có đơn nào trong 90 ngày để biết các khoản phí chưa có "
                "mức, chưa biết loại hình của chủ gian hàng (thêm --seller), hoặc giá vốn quá cao. Đặt tay bằng `ocop floor set`."
            )
        for market, floor_vnd in known.items():
            _put(session, app, found[0].variant_id, market, floor_vnd, costs)
    return known


def refresh_floors(run: Run) -> Counts:
    """Compute anew every floor that rests on a cost. One that cannot be told today stays as it is. Safe to repeat."""
    with run.app.database.write() as session:
        floors = session.scalars(select(PriceFloor).where(PriceFloor.cost_vnd.is_not(None))).all()
        changed = _refresh(run.app, session, floors) if floors else 0
    return {"floors": len(floors), "changed": changed}


def _refresh(app: App, session: Session, floors: Sequence[PriceFloor]) -> int:
    conditions, by_pack = _conditions(app, session), _by_pack(session)
    changed = 0
    for floor in floors:
        of_market = [one for one in by_pack.get(floor.variant_id, ()) if one.marketplace == floor.marketplace]
        costs = Costs(floor.packaging_vnd or 0, floor.cost_vnd or 0, floor.seller)
        floor_vnd = lowest_prices(conditions, of_market, costs).get(floor.marketplace)
        if floor_vnd is not None and floor_vnd != floor.floor_vnd:
            floor.floor_vnd, floor.set_at = floor_vnd, app.now()
            changed += 1
    return changed


def _by_pack(session: Session) -> Mapping[int, Sequence[Offer]]:
    found: dict[int, list[Offer]] = defaultdict(list)
    for offer in offers(session):
        found[offer.variant_id].append(offer)
    return found


def _conditions(app: App, session: Session) -> Conditions:
    today = app.today()
    return Conditions.of(session, Period(today, today, app.zone), fee_rules())


def _put(session: Session, app: App, variant_id: int, channel: str, floor_vnd: int, costs: Costs | None = None) -> None:
    cost_vnd, packaging_vnd, seller = (costs.cost_vnd, costs.packaging_vnd, costs.seller) if costs else (None,) * 3
    made = PriceFloor(variant_id=variant_id, marketplace=channel, floor_vnd=floor_vnd, set_at=app.now())
    made.cost_vnd, made.packaging_vnd, made.seller = cost_vnd, packaging_vnd, seller
    session.merge(made)


def _variant_id(session: Session, sku: str) -> int:
    found = session.scalar(select(Variant.id).where(Variant.sku == sku))
    if found is None:
        raise JobError(f"Sổ đăng ký không có gói nào mang SKU «{sku}»: xem SKU bằng `ocop report products --by sku`.")
    return found


def _channel(marketplace: str | None) -> str:
    if marketplace is None:
        return EVERYWHERE
    if marketplace not in marketplaces():
        raise JobError(f"Không có sàn «{marketplace}». Các sàn: {', '.join(sorted(marketplaces()))}.")
    return marketplace
