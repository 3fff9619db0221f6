"""Price floors computed from what a piece costs: the price at which nothing is lost after fees, tax, packaging and cost.

They follow the table of fees, the tax rates and what other fees came to lately. Read first and written after, so that nobody
waits for a look at ninety days of orders.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from analysis.report import Period
from analysis.whatif.lowest import lowest_prices
from analysis.whatif.offers import Conditions, Costs, Offer, offers
from catalog.fees import fee_rules
from jobs.app import App, JobError
from jobs.price_floors import channel_of, put_floor, variant_of
from jobs.run import Counts, Run
from models import PriceFloor


def compute_floors(app: App, sku: str, costs: Costs, marketplace: str | None = None) -> dict[str, int]:
    """Set, by marketplace, what the floor is today; on that one alone where one is named. Raises JobError where it is not known."""
    channel_of(marketplace)
    with app.database.session() as session:
        variant_id = variant_of(session, sku)
        floors = lowest_of(session, sku, marketplace, costs, conditions(app, session))
    with app.database.write() as session:
        for market, floor_vnd in floors.items():
            put_floor(session, variant_id, market, floor_vnd, app.now(), costs)
    return floors


def refresh_floors(run: Run) -> Counts:
    """Compute every such floor anew. One that cannot be told today stays as it is. Safe to repeat."""
    app = run.app
    with app.database.session() as session:
        known = session.scalars(select(PriceFloor).where(PriceFloor.cost_vnd.is_not(None))).all()
        today = _today(app, session, known) if known else {}
    moved = [floor for floor in known if today.get(_key(floor), floor.floor_vnd) != floor.floor_vnd]
    if moved:
        with app.database.write() as session:
            for floor in moved:
                session.execute(_moved(floor, today[_key(floor)], app.now()))
    return {"floors": len(known), "changed": len(moved)}


def _moved(floor: PriceFloor, floor_vnd: int, now: datetime) -> Update:
    """Not where the office has set another meanwhile."""
    same = PriceFloor.variant_id == floor.variant_id, PriceFloor.marketplace == floor.marketplace
    return (
        update(PriceFloor).where(*same, PriceFloor.cost_vnd == floor.cost_vnd).values(floor_vnd=floor_vnd, set_at=now)
    )


def _key(floor: PriceFloor) -> tuple[int, str]:
    return floor.variant_id, floor.marketplace


def conditions(app: App, session: Session) -> Conditions:
    """Today's, by the table that ships."""
    today = app.today()
    return Conditions.of(session, Period(today, today, app.zone), fee_rules())


def lowest_of(session: Session, sku: str, marketplace: str | None, costs: Costs, today: Conditions) -> dict[str, int]:
    """By marketplace, or of the one that is named. Raises JobError where one of them cannot be told."""
    found = [one for one in offers(session, sku) if marketplace in {None, one.marketplace}]
    if not found:
        raise JobError(
            f"Không gian hàng nào bán gói «{sku}» với một mức giá: kiểm tra giá trong sổ đăng ký và `ocop shop list`."
        )
    lowest = lowest_prices(today, found, costs)
    known = {market: floor_vnd for market, floor_vnd in lowest.items() if floor_vnd is not None}
    if unknown := sorted(lowest.keys() - known.keys()):
        raise JobError(
            f"Chưa tính được giá sàn của «{sku}» ở {', '.join(unknown)}: chưa có đơn nào trong 90 ngày để biết các khoản phí chưa có "
            "mức, chưa biết loại hình của chủ gian hàng (thêm --seller), hoặc giá vốn quá cao. Đặt tay bằng `ocop floor set`."
        )
    return known


def _today(app: App, session: Session, known: Sequence[PriceFloor]) -> Mapping[tuple[int, str], int]:
    """What can be told, by pack and marketplace."""
    today, by_pack = conditions(app, session), _by_pack(session)
    found = {}
    for floor in known:
        of_market = by_pack.get(_key(floor), [])
        if (floor_vnd := lowest_prices(today, of_market, _costs(floor)).get(floor.marketplace)) is not None:
            found[_key(floor)] = floor_vnd
    return found


def _by_pack(session: Session) -> Mapping[tuple[int, str], list[Offer]]:
    found: dict[tuple[int, str], list[Offer]] = defaultdict(list)
    for offer in offers(session):
        found[offer.variant_id, offer.marketplace].append(offer)
    return found


def _costs(floor: PriceFloor) -> Costs:
    return Costs(floor.packaging_vnd or 0, floor.cost_vnd or 0, floor.seller)
