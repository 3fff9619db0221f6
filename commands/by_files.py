"""A rehearsal in which orders and money come from files alone, as for a producer whom no marketplace lets near its API.

What a marketplace has no file for (Tiki) is still read through its API: half by files, half not.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sqlalchemy import select

from jobs.app import App
from jobs.imports import import_file
from jobs.slots import Slot
from models import Shop
from sandbox.exports import EXPORTS
from sandbox.sandbox import Sandbox

READ_BY_API = frozenset({"pull_orders", "pull_settlements", "pull_statements", "pull_messages", "handle_messages"})
MARKETS = frozenset(export.market for export in EXPORTS.values())


def without_reading(app: App, slots: Iterable[Slot]) -> list[Slot]:
    """The slots that ask no marketplace with files for orders or money."""
    with app.database.session() as session:
        silent = set(session.scalars(select(Shop.name).where(Shop.marketplace.in_(MARKETS))))
    return [slot for slot in slots if slot.job not in READ_BY_API or slot.lane not in silent]


def import_downloads(app: App, world: Sandbox, days: tuple[date, date], folder: Path) -> None:
    """Download every kind of file of these days and import it, orders before their money."""
    folder.mkdir(exist_ok=True)
    with app.database.session() as session:
        shops = {shop.marketplace: shop for shop in session.scalars(select(Shop).where(Shop.marketplace.in_(MARKETS)))}
    for kind in sorted(EXPORTS, key=lambda kind: not kind.endswith(".orders")):
        export = EXPORTS[kind]
        if shop := shops.get(export.market):
            import_file(app, export.write(world, shop.external_id, days, folder), shop.name)
