"""One pretend month seen twice: by an office that asks APIs, and by one that is only given files."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from analysis.income import income
from analysis.reconcile import reconcile
from analysis.report import Period
from analysis.revenue import revenue
from commands.rehearsal import Rehearsal, Terms
from jobs.app import App
from jobs.register import store_register
from jobs.registry import JOBS
from jobs.run import perform
from jobs.shops import add_shop
from models.database import open_database
from models.migrate import upgrade
from sandbox.exports import EXPORTS
from sandbox.sandbox import START
from settings import Settings

FIRST = START.date()
LAST = FIRST + timedelta(days=40)
MONEY_JOBS = ("pull_orders", "pull_settlements", "pull_statements")


class Seen:
    """A world some weeks old with one marketplace's shop selling in it, and the office that pulled it all."""

    def __init__(self, rehearsal: Rehearsal, market: str, folder: Path) -> None:
        self.rehearsal, self.market, self.folder = rehearsal, market, folder
        self.app = rehearsal.app
        self.world = rehearsal.world
        self.shop = str(self.world.credentials(market)["shop_id"])

    def do(self, job: str) -> Any:
        self.wait(seconds=1)
        return perform(self.app, job, JOBS[job].function, f"{self.market}-demo", self.app.now())

    def wait(self, **time: float) -> None:
        self.world.advance(to=self.app.now() + timedelta(**time))

    def export(self, kind: str, first: date = FIRST, last: date = LAST, folder: Path | None = None) -> Path:
        where = folder or self.folder
        where.mkdir(exist_ok=True)
        return EXPORTS[kind].write(self.world, self.shop, (first, last), where)

    @contextmanager
    def paper_office(self, name: str = "paper") -> Iterator[App]:
        """The same register in a database of its own; its shop was never logged in."""
        settings = Settings(database_url=f"sqlite:///{self.folder / name}.db", contact="test@ocop.example")
        app = App(settings, open_database(settings.database_url), self.app.clock, self.app.vault)
        upgrade(app.database)
        store_register(app, self.rehearsal.producers, self.rehearsal.products)
        add_shop(app, f"{self.market}-demo", self.market, self.shop)
        yield app
        app.close()


@contextmanager
def seen(market: str, folder: Path, *, days: int = 22, products: int = 10) -> Iterator[Seen]:
    with Rehearsal(Terms(seed=1, products=products), folder / "world") as rehearsal:
        rehearsal._prepare(days)
        one = Seen(rehearsal, market, folder)
        with _household(one):
            one.do("push_listings")
            one.wait(hours=10)
            one.do("push_listings")
            one.wait(days=days)
            yield one


@contextmanager
def _household(one: Seen) -> Iterator[None]:
    """Of whom marketplaces withhold taxes (Tiki's books have none)."""
    site: Any = one.world.sites[f"{one.market}.api"]
    accounts: Mapping[Any, Any] = {
        "shopee": lambda: site.accounts.shops,
        "lazada": lambda: site.accounts.sellers,
        "tiktok_shop": lambda: site.stage.ledger.shops,
    }.get(one.market, dict)()
    mine = [account for key, account in accounts.items() if str(key) == one.shop]
    for account in mine:
        account.vat_bp, account.pit_bp = 100, 50
    try:
        yield
    finally:
        for account in mine:
            account.vat_bp = account.pit_bp = 0


def figures(app: App) -> dict[str, list[dict[str, object]]]:
    """What reports say: revenue by SKU and month, and the settled money by code."""
    period = Period(FIRST, LAST, app.zone)
    with app.database.session() as session:
        sold = revenue(session, period, ("marketplace", "sku", "month")).rows
        money = income(session, period, ()).rows
    return {
        "revenue": sorted(map(dict, sold), key=str),
        "settled": sorted((dict(row) for row in money if row["stage"] == "settled"), key=str),
    }


def reconciled(app: App, last: date) -> list[dict[str, object]]:
    """The reconciliation of statements cut by the end of a day, without their names: files know them by others."""
    with app.database.session() as session:
        rows = reconcile(session, Period(FIRST, last, app.zone), ()).rows
    return [{name: value for name, value in row.items() if name != "statement"} for row in rows]


def dump(app: App, *, without: tuple[str, ...] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the list of sums to be made again, which is work and no fact."""
    with app.database.session() as session:
        names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).all()
        return {
            name: sorted(map(tuple, session.execute(text(f'SELECT * FROM "{name}"'))), key=repr)  # noqa: S608 - its own names
            for name in names
            if name not in (*without, "rollup_due")
        }
