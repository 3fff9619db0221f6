"""The founding year through the product's own doors: its register stored, two years of orders pulled, declarations read, reports made.

The world lives both years first. Then the office connects its shops: each owner consents, and one pull reads back to the beginning.
The same directory again draws the same world and finds everything stored.
"""

import csv
import json
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from analysis.report import Period
from analysis.revenue import revenue
from commands.founding_figures import figures
from commands.rehearsed_app import told_by
from commands.rehearsed_shops import agree
from jobs.app import App, JobError
from jobs.offline import COLUMNS, record_offline_sales
from jobs.orders import pull_orders
from jobs.register import store_register
from jobs.run import perform
from jobs.shops import add_shop
from models.migrate import upgrade
from sandbox.clock import VirtualClock
from sandbox.sandbox import Sandbox, site_classes
from sandbox.scenario import Declared, declarations, put_on_sale
from sandbox.scenario_goods import FIRST, LAST, FoundingYear, founding_year
from sandbox.things import VIETNAM

MARKETS = ("lazada", "shopee", "tiktok_shop")  # those whose orders need nothing that only a push leaves behind
BEGIN = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=VIETNAM)
END = datetime(LAST.year + 1, 3, 20, tzinfo=VIETNAM)  # by then what may come back has, and late declarations are in
STEP = timedelta(days=30)
VOLUME = 0.4  # of the usual number of buyers: some twenty thousand orders


def play(seed: int, directory: Path, tell: Callable[[float], None], volume: float = VOLUME) -> dict[str, Any]:
    """Live, read and report; `tell` hears which part of it is done. Raises JobError where it cannot."""
    started = time.monotonic()
    _same_terms(directory / "scenario.json", {"scenario": "founding-year", "seed": seed, "volume": volume})
    sites = [site for site in site_classes() if site.market in MARKETS and site.role == "api"]
    with Sandbox(seed, clock=VirtualClock(BEGIN), sites=sites) as world:
        story = founding_year(seed, {market: str(world.credentials(market)["shop_id"]) for market in MARKETS})
        put_on_sale(world.world, story, volume)
        while (now := world.world.clock.now()) < END:
            tell((now - BEGIN) / (END - BEGIN) / 2)
            world.advance(min(now + STEP, END))
        app = told_by(world, directory)(world.world.clock)
        try:
            _store(app, story, _told(directory / "offline.csv", declarations(world.world, story)))
            for number, market in enumerate(MARKETS, 1):
                _pull(app, world, market)
                tell(0.5 + number / len(MARKETS) / 2)
            with app.database.session() as session:
                return _answer(session, app, world) | {"seed": seed, "elapsed_s": round(time.monotonic() - started, 1)}
        finally:
            app.close()


def _same_terms(path: Path, terms: dict[str, object]) -> None:
    """Raises JobError when something else was played there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    if kept is None and not (path.parent / "ocop.db").exists():
        path.write_text(json.dumps(terms), encoding="utf-8")
    elif kept != terms:
        raise JobError(f"Thư mục {path.parent} đang giữ một lần chạy thử khác. Hãy chọn --dir khác.")


def _told(path: Path, declared: Iterable[Declared]) -> Path:
    """The office's sheet on the last day: what has been declared by then."""
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(COLUMNS)
        for one in declared:
            if one.on is not None and one.on <= END.date():
                sheet.writerow((one.producer_code, "", one.month, one.amount_vnd, "declaration"))
    return path


def _store(app: App, story: FoundingYear, declared: Path) -> None:
    upgrade(app.database)
    store_register(app, story.producers, story.products)
    record_offline_sales(app, declared, demonstration=True)


def _pull(app: App, world: Sandbox, market: str) -> None:
    shop = add_shop(app, f"{market}-demo", market, str(world.credentials(market)["shop_id"]))
    agree(app, shop)
    done = perform(app, "pull_orders", partial(pull_orders, since=BEGIN), shop.name, app.now())
    if done is not None and done.error is not None:
        raise JobError(done.error)


def _answer(session: Session, app: App, world: Sandbox) -> dict[str, Any]:
    whole, markets = Period(FIRST, END.date(), app.zone), world.truth()["markets"]
    rows = revenue(session, whole, ("marketplace",)).rows
    return {
        "scenario": "founding-year",
        "orders": sum(markets[market]["orders"] for market in MARKETS),
        "revenue_vnd": {str(row["marketplace"]): row["revenue_vnd"] for row in rows},
        "truth_revenue_vnd": {market: markets[market]["revenue_vnd"] for market in MARKETS},
        "figures": figures(session, app.zone),
    }
