"""Tiki has no file of its own: a sheet that its shop mapped once and Tiki's API are one order too, and the API's word stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from commands.rehearsed_shops import connect_shops
from connectors.mapped.mapping import Mapping
from jobs.app import App
from jobs.imports import import_file
from jobs.imports_undo import undo_import
from jobs.mappings import save_mapping
from jobs.registry import JOBS
from jobs.run import perform
from models import OrderLine, SalesOrder
from tests.files.mapped import sales_mapping, sheet
from tests.files.offices import Seen, dump, figures, seen

HEADINGS = ("Mã đơn hàng", "Ngày đặt", "Trạng thái", "Mã SKU", "SL", "Đơn giá")
TARGETS = ("order", "at", "status", "sku", "quantity", "unit_price")
BOOKKEEPING = ("file_import", "file_entry", "sqlite_sequence")


@pytest.fixture(scope="module")
def tiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """Two weeks of Tiki, pulled through its API."""
    with seen("tiki", tmp_path_factory.mktemp("tiki"), days=14, products=6) as one:
        one.do("pull_orders")
        save_mapping(one.app, _mapping())
        yield one


def _mapping() -> Mapping:
    columns = dict(zip(TARGETS, HEADINGS, strict=True))
    return sales_mapping("tiki-don", HEADINGS, marketplace="tiki", columns=columns, statuses={"Đang giao": "shipped"})


def _sheet(office: Seen, path: Path, *, more_vnd: int = 0) -> Path:
    """What a shop might write down of the orders that stand; the first line's price may be another."""
    columns = (
        SalesOrder.external_id,
        SalesOrder.placed_at,
        OrderLine.sku,
        OrderLine.quantity,
        OrderLine.unit_price_vnd,
    )
    query = select(*columns).join(OrderLine, OrderLine.order_id == SalesOrder.id).order_by(SalesOrder.id, OrderLine.id)
    with office.app.database.session() as session:
        found = session.execute(query.where(SalesOrder.state != "cancelled")).all()
    rows = [
        (order, f"{at.astimezone(office.app.zone):%d/%m/%Y %H:%M}", "Đang giao", sku, str(pieces), str(price_vnd))
        for order, at, sku, pieces, price_vnd in found
    ]
    rows[0] = (*rows[0][:-1], str(int(rows[0][-1]) + more_vnd))
    return sheet(path, *rows, headings=HEADINGS)


def _orders(app: App) -> int:
    with app.database.session() as session:
        return session.scalar(select(func.count(SalesOrder.id)).where(SalesOrder.state != "cancelled")) or 0


def test_a_sheet_does_not_touch_what_the_api_said(tiki: Seen, tmp_path: Path) -> None:
    """Equal figures are no difference, another price is named; nothing changes, and the sheet is remembered until taken back."""
    before = dump(tiki.app, without=BOOKKEEPING)
    same = import_file(tiki.app, _sheet(tiki, tmp_path / "same.csv"))
    assert (same.counts, same.notes) == ({"exact": _orders(tiki.app)}, [])
    other = import_file(tiki.app, _sheet(tiki, tmp_path / "other.csv", more_vnd=1_000))
    (note,) = other.notes
    assert note.endswith("; giữ số của API.")
    assert dump(tiki.app, without=BOOKKEEPING) == before
    for one in (other, same):
        undo_import(tiki.app, one.import_id or 0)


def test_the_api_takes_the_place_of_a_sheet(tiki: Seen, tmp_path: Path) -> None:
    """Every order once, with the API's own lines, whatever the sheet said."""
    path = _sheet(tiki, tmp_path / "other.csv", more_vnd=1_000)
    with tiki.paper_office("sheets") as paper:
        paper.app_settings, paper.allow_private_hosts = tiki.app.app_settings, True
        save_mapping(paper, _mapping())
        assert import_file(paper, path).counts == {"new": _orders(tiki.app)}
        assert figures(paper)["revenue"] != figures(tiki.app)["revenue"]
        connect_shops(paper, tiki.world)
        assert perform(paper, "pull_orders", JOBS["pull_orders"].function, "tiki-demo", paper.now()) is not None
        assert figures(paper) == figures(tiki.app)
        with paper.database.session() as session:
            assert session.scalar(select(func.count()).where(OrderLine.external_id.like("~%"))) == 0
