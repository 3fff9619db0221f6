"""Money that files named before the marketplace's own answer brought its orders: kept as if the orders had been there first."""

from collections import Counter, defaultdict
from collections.abc import Collection
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from connectors.facts.order import Income
from connectors.files.kind import Notes
from jobs.imports_money import keep_file_incomes
from jobs.imports_task import Task
from models import FileImport, Shop
from models.imports_store import EXACT, NEW, UNCHANGED, UPDATED, unpaid_money


def pay_waiting(session: Session, shop: Shop, keys: Collection[str], zone: ZoneInfo) -> None:
    """Oldest file first, each under its own import, so that it can be taken back. Safe to repeat: what was paid waits no more."""
    incomes: dict[int, list[Income]] = defaultdict(list)
    for import_id, kept in unpaid_money(session, shop.id, keys):
        incomes[import_id].append(Income.from_json(kept))
    for import_id in sorted(incomes):
        task = Task(session, shop, import_id, zone, Notes())
        _count(session.get_one(FileImport, import_id), keep_file_incomes(task, incomes[import_id]))


def _count(imported: FileImport, paid: Counter[str]) -> None:
    imported.waiting -= paid.total()
    imported.new += paid[NEW]
    imported.updated += paid[UPDATED]
    imported.unchanged += paid[UNCHANGED] + paid[EXACT]
