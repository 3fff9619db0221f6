"""Files alone give what the API gives, to the đồng; once, in any order, and undone without a trace."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from commands.rehearsed_shops import connect_shops
from jobs.app import App, JobError
from jobs.imports import import_file
from jobs.imports_undo import undo_import
from jobs.registry import JOBS
from jobs.run import perform
from models import FileEntry, MoneyLine, OrderLine, SalesOrder
from tests.files.offices import FIRST, Seen, dump, figures

HALF = FIRST.replace(day=12)


@pytest.fixture(scope="session")
def orders(shopee: Seen) -> Path:
    return shopee.export("shopee.orders")


@pytest.fixture(scope="session")
def income(shopee: Seen) -> Path:
    return shopee.export("shopee.income")


def test_files_give_the_figures_of_the_api(shopee: Seen, paper: App, orders: Path, income: Path) -> None:
    """Revenue by SKU and month, and every settled fee, tax and payout, are equal to the đồng."""
    taken = import_file(paper, orders)
    paid = import_file(paper, income)
    world = shopee.world.world
    assert (taken.kind, taken.counts["new"]) == ("shopee.orders", len(world.orders("shopee", shopee.shop)))
    assert (paid.kind, paid.counts["waiting"], paid.notes) == ("shopee.income", 0, [])
    assert figures(paper) == figures(shopee.app)
    assert len(figures(paper)["settled"]) >= 9


def test_money_that_comes_before_its_orders_waits_for_them(
    shopee: Seen, paper: App, orders: Path, income: Path
) -> None:
    """The order of the files does not matter: an income whose order is not known yet is kept and paid when it comes."""
    early = import_file(paper, income)
    assert early.counts["waiting"] == early.counts.total()
    import_file(paper, orders)
    assert figures(paper) == figures(shopee.app)


def test_the_same_files_again_change_nothing(paper: App, orders: Path, income: Path) -> None:
    """Not a row of any table, in whatever order they come again."""
    for path in (orders, income):
        import_file(paper, path)
    before = dump(paper)
    for path in (income, orders, income):
        again = import_file(paper, path)
        assert (again.import_id, again.counts["new"], again.counts["updated"]) == (None, 0, 0)
    assert dump(paper) == before


def test_overlapping_periods_are_one(shopee: Seen, paper: App, orders: Path, tmp_path: Path) -> None:
    """A month and its first half name the same orders once."""
    half = shopee.export("shopee.orders", FIRST, HALF, tmp_path)
    first = import_file(paper, half)
    whole = import_file(paper, orders)
    assert whole.counts["unchanged"] == first.counts["new"]
    assert whole.counts["updated"] == 0
    assert first.counts["new"] + whole.counts["new"] == len(shopee.world.world.orders("shopee", shopee.shop))


@pytest.mark.parametrize("undone", ["orders", "income"])
def test_undo_leaves_no_trace(paper: App, orders: Path, income: Path, undone: str) -> None:
    """Every table, stock and listings too, is as it was before the import."""
    paths = {"orders": [orders], "income": [orders, income]}[undone]
    for path in paths[:-1]:
        import_file(paper, path)
    before = dump(paper)
    imported = import_file(paper, paths[-1]).import_id
    assert imported is not None
    assert dump(paper) != before
    undo_import(paper, imported)
    assert dump(paper) == before


def test_an_older_import_is_not_taken_from_under_a_newer_one(paper: App, orders: Path, income: Path) -> None:
    """Undoing goes backwards; the sentence names what must go first, and afterwards everything is gone."""
    empty = dump(paper)
    first, second = import_file(paper, orders).import_id, import_file(paper, income).import_id
    assert first is not None and second is not None  # noqa: PT018 - both exist
    with pytest.raises(JobError, match=f"hoàn tác lần nhập {second} trước"):
        undo_import(paper, first)
    undo_import(paper, second)
    undo_import(paper, first)
    assert dump(paper) == empty


def test_nobody_is_stored(paper: App, orders: Path, income: Path) -> None:
    """The files are full of invented people; none of their names, phones, streets and notes is in the database."""
    import_file(paper, orders)
    import_file(paper, income)
    stored = Path(str(paper.database.engine.url.database)).read_bytes().decode("utf-8", "replace")
    assert [word for word in ("Người Nhận ", "đường Không Có", "Gọi trước") if word in stored] == []


def test_the_api_takes_the_place_of_a_file(shopee: Seen, orders: Path, income: Path) -> None:
    """An office that began with files and then connected its shop has every order once, with the API's own lines and money."""
    with shopee.paper_office("mixed") as mixed:
        mixed.app_settings, mixed.allow_private_hosts = shopee.app.app_settings, True
        import_file(mixed, orders)
        paid = import_file(mixed, income).import_id
        assert paid is not None
        connect_shops(mixed, shopee.world)
        for job in ("pull_orders", "pull_settlements"):
            assert perform(mixed, job, JOBS[job].function, "shopee-demo", mixed.now()) is not None
        assert figures(mixed) == figures(shopee.app)
        with mixed.database.session() as session:
            assert session.scalar(select(func.count()).where(OrderLine.external_id.like("~%"))) == 0
            orphans = select(func.count(MoneyLine.id)).where(MoneyLine.line_external_id.like("~%"))
            assert session.scalar(orphans) == 0
        with pytest.raises(JobError, match="đã được đọc lại qua API"):
            undo_import(mixed, paid)


def test_orders_the_api_has_paid_since_are_not_taken_away(shopee: Seen, orders: Path) -> None:
    """Lines of a file, money of the API: undoing the file would lose what the API said."""
    with shopee.paper_office("half") as half:
        half.app_settings, half.allow_private_hosts = shopee.app.app_settings, True
        taken = import_file(half, orders).import_id
        connect_shops(half, shopee.world)
        assert (
            perform(half, "pull_settlements", JOBS["pull_settlements"].function, "shopee-demo", half.now()) is not None
        )
        assert taken is not None
        with pytest.raises(JobError, match="đã được đọc lại qua API"):
            undo_import(half, taken)


def test_a_file_does_not_touch_what_the_api_said(shopee: Seen, orders: Path, income: Path) -> None:
    """The more exact source stays, the file is remembered beside it, and equal figures are no difference."""
    before = dump(shopee.app, without=("file_import", "file_entry", "sqlite_sequence"))
    taken, paid = import_file(shopee.app, orders), import_file(shopee.app, income)
    assert taken.notes == paid.notes == []
    assert dump(shopee.app, without=("file_import", "file_entry", "sqlite_sequence")) == before
    with shopee.app.database.session() as session:
        remembered = session.scalar(select(func.count(FileEntry.external_id)).where(FileEntry.outcome == "exact"))
        assert remembered == taken.counts["exact"] + paid.counts["exact"]
        assert taken.counts["exact"] == session.scalar(select(func.count(SalesOrder.id)))
    for one in (paid, taken):
        assert one.import_id is not None
        undo_import(shopee.app, one.import_id)
