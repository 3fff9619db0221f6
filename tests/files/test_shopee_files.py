"""Files alone give what the API gives, to the đồng; once, in any order, and undone without a trace."""

from pathlib import Path

import pytest

from commands.rehearsed_shops import connect_shops
from jobs.app import App, JobError
from jobs.imports import import_file
from jobs.imports_undo import undo_import
from jobs.registry import JOBS
from jobs.run import perform
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
