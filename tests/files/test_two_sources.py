"""A file and the API of one shop, for every marketplace that has files: one order, one statement, the more exact source wins."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from commands.paid import Paid, paid
from commands.rehearsed_shops import connect_shops
from jobs.app import App, JobError
from jobs.imports import Verdict, import_file
from jobs.imports_undo import undo_import
from jobs.registry import JOBS
from jobs.run import perform
from models import FileEntry, MoneyLine, OrderLine, SalesOrder, Statement
from sandbox.exports import EXPORTS
from tests.files.offices import MONEY_JOBS, Seen, dump, figures, reconciled

BOOKKEEPING = ("file_import", "file_entry", "sqlite_sequence")


@pytest.fixture(scope="session", params=["shopee", "tiktok", "lazada"])
def office(request: pytest.FixtureRequest) -> Seen:
    """That pulled everything."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Seen)
    return found


def _files(office: Seen) -> list[Path]:
    """Orders, then their money."""
    kinds = [kind for kind, export in EXPORTS.items() if export.market == office.market]
    money = [kind for kind in kinds if kind.endswith((".income", ".settled", ".finance"))]
    return [office.export(kind) for kind in kinds if kind.endswith(".orders")] + [office.export(one) for one in money]


def _import(app: App, office: Seen) -> list[Verdict]:
    return [import_file(app, path) for path in _files(office)]


def _undo(app: App, verdicts: list[Verdict]) -> None:
    for one in reversed(verdicts):
        assert one.import_id is not None
        undo_import(app, one.import_id)


def test_reconciliation_says_the_same(office: Seen) -> None:
    """Statements, differences and findings to the last day that is over; fees, taxes and net. Lazada's first week may be in parts."""
    over = office.app.today() - timedelta(days=1)
    with office.paper_office("reconciled") as paper:
        _import(paper, office)
        ours, theirs = reconciled(paper, over), reconciled(office.app, over)
        assert len(ours) >= 2
        assert ours == (theirs[1:] if office.market == "lazada" else theirs)
        assert {row["difference_vnd"] for row in ours} == {0}
        assert (by_file := _paid(paper, office)) == _paid(office.app, office)
        assert by_file is not None
        assert max(by_file["fee_vnd"], by_file["tax_vnd"]) < 0 < by_file["net_vnd"]


def test_twice_is_once_and_undone_is_undone(office: Seen) -> None:
    """The same files in the other order write nothing; taken back, the database is as it was, statements too."""
    with office.paper_office("twice") as paper:
        empty = dump(paper)
        verdicts = _import(paper, office)
        full = dump(paper)
        for path in reversed(_files(office)):
            assert import_file(paper, path).import_id is None
        assert dump(paper) == full
        _undo(paper, verdicts)
        assert dump(paper) == empty


def test_the_api_takes_the_place_of_a_file(office: Seen) -> None:
    """An office that began with files and then connected its shop has every order and statement once, with the API's own words."""
    with office.paper_office("mixed") as mixed:
        mixed.app_settings, mixed.allow_private_hosts = office.app.app_settings, True
        _, paid = _import(mixed, office)
        connect_shops(mixed, office.world)
        for job in MONEY_JOBS:
            assert perform(mixed, job, JOBS[job].function, f"{office.market}-demo", mixed.now()) is not None
        assert figures(mixed) == figures(office.app)
        assert reconciled(mixed, office.app.today()) == reconciled(office.app, office.app.today())
        with mixed.database.session() as session:
            assert session.scalar(select(func.count()).where(OrderLine.external_id.like("~%"))) == 0
            assert session.scalar(select(func.count()).where(MoneyLine.line_external_id.like("~%"))) == 0
            assert session.scalar(select(func.count()).where(Statement.raw_state == "file")) == 0
        with pytest.raises(JobError, match="đã được đọc lại qua API"):
            undo_import(mixed, paid.import_id or 0)


def test_a_file_does_not_touch_what_the_api_said(office: Seen) -> None:
    """Nothing of it changes, the file is remembered beside it, and equal figures are no difference. Taken back, nothing is left.

    Only where the API was never asked for an order's estimate, as of one that came back, the file's is kept.
    """
    before, told = dump(office.app, without=BOOKKEEPING), _told(office.app)
    verdicts = _import(office.app, office)
    assert _told(office.app) == told
    assert [note for one in verdicts for note in one.notes if "API" in note] == []
    with office.app.database.session() as session:
        orders = session.scalar(select(func.count(SalesOrder.id)))
        outcomes = dict(session.execute(select(FileEntry.outcome, func.count()).group_by(FileEntry.outcome)).all())
    assert verdicts[0].counts["exact"] == orders
    assert set(outcomes) <= ({"exact", "new", "unchanged"} if office.market == "lazada" else {"exact"})
    _undo(office.app, verdicts)
    assert dump(office.app, without=BOOKKEEPING) == before


def _paid(app: App, office: Seen) -> Paid | None:
    with app.database.session() as session:
        return paid(session, [office.market])[office.market]


def _told(app: App) -> dict[str, list[tuple[object, ...]]]:
    """Every row but estimates."""
    rows = dump(app, without=(*BOOKKEEPING, "file_hold"))
    return rows | {"money_line": [row for row in rows["money_line"] if "processing" not in row]}
