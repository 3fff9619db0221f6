"""A seller's sheet opened for one shop: of a kind we know, of its marketplace, and its own."""

from pathlib import Path
from typing import NamedTuple

from connectors.sheets.layout import SheetRow
from connectors.sheets.recognise import Recognised, hidden_marks, recognise
from connectors.sheets.workbook import Workbook
from jobs.app import App, JobError
from jobs.export.owner import refuse_foreign
from jobs.export.rows import Ours, listings_of
from models import Shop


class ReadSheet(NamedTuple):
    """A sheet that is the shop's own, its rows, and the shop's listings."""

    book: Workbook
    found: Recognised
    rows: list[SheetRow]
    ours: list[Ours]


def read_sheet(app: App, shop: Shop, path: Path) -> ReadSheet:
    """Raises SheetError or JobError when it is no sheet that we know, or another shop's."""
    book = Workbook(path)
    found = recognise(book)
    layout = found.layout
    if layout.marketplace != shop.marketplace:
        raise JobError(f"Tệp này của sàn {layout.marketplace}, còn gian hàng «{shop.name}» ở {shop.marketplace}.")
    rows = layout.rows(found.sheet)
    with app.database.session() as session:
        ours = listings_of(session, shop)
        refuse_foreign(session, shop, layout, rows, layout.marks | _marks(book, found), ours)
    return ReadSheet(book, found, rows, ours)


def _marks(book: Workbook, found: Recognised) -> frozenset[str]:
    """A sheet that names its shop does so itself: what other sheets hold is no proof."""
    return frozenset() if found.layout.names_shop else hidden_marks(book, found)
