"""Looking for something to push where nothing has changed, against the plain SELECT of the same listings."""

import time
from collections.abc import Iterator
from functools import partial

from sqlalchemy import select, update

from benchmarks.places import application, fresh_sqlite
from benchmarks.race import Floor, Lap, Race, Target
from benchmarks.register import register_teas
from benchmarks.sizes import Size
from jobs.app import App
from jobs.intend import keep_intentions_fresh, refresh_intentions
from jobs.plan import plan_shop
from jobs.shops import add_shop
from models import Listing, Shop


def races(size: Size) -> Iterator[Race]:
    amount = size.planned_listings
    with fresh_sqlite() as url, application(url) as app:
        shop = add_shop(app, "benchmark", "shopee", "1")
        register_teas(app, amount, picture="https://ocop.example/tra.png")
        _all_sent(app, shop)
        yield Race(
            what=f"plan {amount:,} unchanged listings",
            unit="listings/s",
            amount=amount,
            leaves={"differences": 0},
            ours=partial(_plan, app, shop),
            floors=(Floor("SELECT of the same rows", partial(_select, app, shop, amount), Target(2.0, "time")),),
        )


def _all_sent(app: App, shop: Shop) -> None:
    """As after a push that every listing came through."""
    sent = {"external_id": Listing.id, "sent_wanted": True, "sent_hash": Listing.intended_hash}
    figures = {"sent_price_vnd": Listing.intended_price_vnd, "sent_stock": Listing.intended_stock}
    with app.database.write() as session:
        refresh_intentions(session, shop, app.today())
        session.flush()
        session.execute(update(Listing).values(**sent, **figures).execution_options(synchronize_session=False))


def _plan(app: App, shop: Shop) -> Lap:
    """What a push does before it sends anything."""
    started = time.perf_counter()
    keep_intentions_fresh(app, shop)
    with app.database.session() as session:
        changes = plan_shop(session, shop, app.now())
    return Lap(time.perf_counter() - started, {"differences": len(changes)})


def _select(app: App, shop: Shop, amount: int) -> Lap:
    """Wanted and sent beside each other, one tuple a listing."""
    wanted = (Listing.wanted, Listing.intended_hash, Listing.intended_price_vnd, Listing.intended_stock)
    sent = (Listing.sent_wanted, Listing.sent_hash, Listing.sent_price_vnd, Listing.sent_stock)
    started = time.perf_counter()
    with app.database.session() as session:
        rows = session.execute(select(Listing.id, *wanted, *sent).where(Listing.shop_id == shop.id)).all()
    seconds = time.perf_counter() - started
    assert len(rows) == amount
    return Lap(seconds, {"differences": sum(tuple(row[1:5]) != tuple(row[5:]) for row in rows)})
