"""A rehearsal in which orders and money of some marketplaces come from downloaded files, as for a producer whom no marketplace lets
near its API: alone, or beside what the API says, which is the more exact.

What a marketplace has no file for (Tiki) is still read through its API.
"""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from sqlalchemy import select

from connectors import marketplaces
from jobs.app import App
from jobs.imports import import_file
from jobs.slots import Slot
from models import Shop
from sandbox.exports import EXPORTS
from sandbox.sandbox import START, Sandbox

READ_BY_API = frozenset({"pull_orders", "pull_settlements", "pull_statements", "pull_messages", "handle_messages"})
MARKETS = tuple(sorted({export.market for export in EXPORTS.values()} & marketplaces().keys()))
WEEK_DAYS = 7


def without_reading(app: App, slots: Iterable[Slot], by_file: Collection[str]) -> Sequence[Slot]:
    """The slots that ask none of these marketplaces for orders or money."""
    with app.database.session() as session:
        silent = set(session.scalars(select(Shop.name).where(Shop.marketplace.in_(by_file))))
    return [slot for slot in slots if slot.job not in READ_BY_API or slot.lane not in silent]


class Downloads:
    """The sellers of these marketplaces download every kind of file, each time all days since the first, and bring them in."""

    def __init__(self, app: App, world: Sandbox, markets: Collection[str], folder: Path) -> None:
        self._app, self._world, self._folder = app, world, folder
        self._kinds = [kind for kind in _orders_first() if EXPORTS[kind].market in markets]
        self._weeks = 0

    def weekly(self) -> None:
        """Files that overlap, of orders still on their way."""
        if self._weeks != (week := (self._app.now() - START).days // WEEK_DAYS):
            self._weeks = week
            self.bring()

    def bring(self) -> None:
        """Safe to repeat: of what was brought before nothing changes."""
        if self._kinds:
            self._folder.mkdir(exist_ok=True)
        with self._app.database.session() as session:
            shops = {shop.marketplace: shop for shop in session.scalars(select(Shop))}
        for kind in self._kinds:
            shop, days = shops[EXPORTS[kind].market], (START.date(), self._app.today())
            import_file(self._app, EXPORTS[kind].write(self._world, shop.external_id, days, self._folder), shop.name)


def _orders_first() -> list[str]:
    return sorted(EXPORTS, key=lambda kind: not kind.endswith(".orders"))
