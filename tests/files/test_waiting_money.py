"""An income file may come before its orders do, and they may come through the API: in either order the end is the same."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from commands.rehearsed_shops import connect_shops
from jobs.app import App, JobError
from jobs.imports import import_file
from jobs.imports_undo import undo_import
from jobs.registry import JOBS
from jobs.run import perform
from models import FileImport, SalesOrder
from tests.files.offices import Seen, dump, figures

FACTS = {
    "sales_order": "external_id, state, payout_vnd, settled_at, content_hash",
    "order_line": "external_id, sku, quantity, returned_quantity, unit_price_vnd",
    "money_line": "line_external_id, code, stage, statement, amount_vnd",
    "file_hold": "order_id, aspect, import_id",
    "file_entry": "import_id, external_id, outcome",
    "file_import": "id, kind, rows, new, updated, unchanged, waiting, notes",
}


@pytest.fixture(scope="module")
def income(shopee: Seen, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shopee.export("shopee.income", folder=tmp_path_factory.mktemp("income"))


def _connected(shopee: Seen, app: App) -> App:
    app.app_settings, app.allow_private_hosts = shopee.app.app_settings, True
    connect_shops(app, shopee.world)
    return app


def _pull(app: App) -> None:
    done = perform(app, "pull_orders", JOBS["pull_orders"].function, "shopee-demo", app.now())
    assert done is not None
    assert done.state == "done"


def _facts(app: App) -> dict[str, list[tuple[object, ...]]]:
    with app.database.session() as session:
        return {
            table: sorted(map(tuple, session.execute(text(f"SELECT {columns} FROM {table}"))), key=repr)  # noqa: S608 - its own names
            for table, columns in FACTS.items()
        }


def test_money_finds_its_order_whichever_comes_first(shopee: Seen, income: Path) -> None:
    """Rows of money, holds, what the file said of each order and its counts: all equal, and the file again is no news."""
    with shopee.paper_office("orders-first") as first, shopee.paper_office("money-first") as second:
        _pull(_connected(shopee, first))
        assert import_file(first, income).counts["waiting"] == 0
        early = import_file(second, income)
        assert early.counts["waiting"] == early.counts.total()
        assert early.notes[-1].startswith(f"{early.counts['waiting']} đơn của tệp chưa có trong sổ")
        _pull(_connected(shopee, second))
        assert _facts(second) == _facts(first)
        assert figures(second) == figures(first)
        settled = figures(second)["settled"]
        assert settled != []
        assert import_file(second, income).import_id is None


def test_a_file_that_was_waited_for_can_be_taken_back(shopee: Seen, income: Path) -> None:
    """The orders stay as the API told them, without the file's money; the file is unknown again."""
    with shopee.paper_office("orders-alone") as alone, shopee.paper_office("taken-back") as undone:
        _pull(_connected(shopee, alone))
        imported = import_file(undone, income).import_id
        _pull(_connected(shopee, undone))
        assert imported is not None
        undo_import(undone, imported)
        assert _facts(undone) == _facts(alone)


def test_an_order_the_api_has_changed_since_is_not_put_back(shopee: Seen, income: Path) -> None:
    """What it was before the file would undo the API's newer word; nothing is undone."""
    with shopee.paper_office("moved-on") as moved:
        _pull(_connected(shopee, moved))
        imported = import_file(moved, income).import_id
        assert imported is not None
        with moved.database.write() as session:
            order = session.scalars(select(SalesOrder).where(SalesOrder.settled_at.is_not(None)).limit(1)).one()
            order.content_hash = "the API said more"
        before = dump(moved)
        with pytest.raises(JobError, match="1 đơn đã được đọc lại qua API"):
            undo_import(moved, imported)
        assert dump(moved) == before
        with moved.database.session() as session:
            assert session.scalars(select(FileImport.id)).all() == [imported]
