"""Orders of a marketplace that has no file of ours, from a mapped sheet: stored as any file's, and giving way to the API's own."""

from pathlib import Path

import pytest
from sqlalchemy import select

from connectors.files.errors import FileError
from connectors.mapped.faults import faults
from connectors.mapped.mapping import Mapping
from jobs.app import App, JobError
from jobs.imports import import_file
from jobs.imports_undo import undo_import
from jobs.mappings import save_mapping
from jobs.shops import add_shop
from models import MoneyLine, OrderLine, SalesOrder
from tests.files.mapped import packs, sales_mapping, sheet
from tests.files.offices import dump

HEADINGS = ("Mã đơn hàng", "Ngày đặt", "Trạng thái", "Mã SKU", "SL", "Đơn giá", "Phí hoa hồng", "Người nhận")
COLUMNS = {
    "order": "Mã đơn hàng", "at": "Ngày đặt", "status": "Trạng thái", "sku": "Mã SKU", "quantity": "SL", "unit_price": "Đơn giá",
    "cost:base_fee": "Phí hoa hồng",
}  # fmt: skip
STATUSES = {"Thành công": "completed", "Đang giao": "shipped", "Đã hủy": "cancelled"}


def mapping(**more: object) -> Mapping:
    given = {"marketplace": "tiki", "columns": COLUMNS, "numbers": "dot", "statuses": STATUSES} | more
    return sales_mapping("tiki-don", HEADINGS, **given)


@pytest.fixture
def tiki(paper: App) -> App:
    add_shop(paper, "tra-tiki", "tiki", "77")
    save_mapping(paper, mapping())
    return paper


def _file(path: Path, *rows: tuple[str, ...]) -> Path:
    return sheet(path, *rows, headings=HEADINGS)


def _orders(app: App) -> list[tuple[object, ...]]:
    columns = SalesOrder.external_id, SalesOrder.state, OrderLine.sku, OrderLine.quantity, OrderLine.unit_price_vnd
    with app.database.session() as session:
        rows = session.execute(
            select(*columns).join(OrderLine, OrderLine.order_id == SalesOrder.id).order_by(OrderLine.id)
        )
        return [tuple(row) for row in rows]


def test_lines_are_orders_of_the_shop(tiki: App, tmp_path: Path) -> None:
    """An order's own facts may stand on its first row only; its fee stands on one row or on all of them and counts once."""
    (tea, _), (honey, _) = packs(tiki)
    path = _file(
        tmp_path / "tiki.csv",
        ("T1", "24/11/2026 09:30", "Thành công", tea, "2", "165.000", "23.100", "Người Nhận 1"),
        ("T1", "", "", honey, "1", "90.000", "23.100", ""),
        ("T2", "24/11/2026 10:00", "Đã hủy", tea, "1", "165.000", "", "Người Nhận 2"),
    )
    said = import_file(tiki, path)
    assert (said.kind, said.shop, said.rows, said.counts["new"]) == ("mapped.tiki-don", "tra-tiki", 3, 2)
    assert _orders(tiki) == [
        ("T1", "completed", tea, 2, 165_000),
        ("T1", "completed", honey, 1, 90_000),
        ("T2", "cancelled", tea, 1, 165_000),
    ]
    with tiki.database.session() as session:
        money = session.execute(select(MoneyLine.code, MoneyLine.stage, MoneyLine.amount_vnd)).all()
    assert [tuple(row) for row in money] == [("base_fee", "processing", -23_100)]
    assert "Người Nhận" not in str(dump(tiki))


def test_a_later_file_carries_an_order_on_and_is_taken_back(tiki: App, tmp_path: Path) -> None:
    """A state only moves forward, the same file again is no news, and undone in turn the tables are as they were."""
    (tea, _), _ = packs(tiki)
    empty = dump(tiki)
    first = import_file(tiki, _file(tmp_path / "a.csv", ("T1", "24/11/2026", "Đang giao", tea, "1", "165.000", "", "")))
    after_first = dump(tiki)
    later = _file(tmp_path / "b.csv", ("T1", "24/11/2026", "Thành công", tea, "1", "165.000", "", ""))
    second = import_file(tiki, later)
    assert second.counts["updated"] == 1
    assert import_file(tiki, later).import_id is None
    assert first.import_id is not None
    assert second.import_id is not None
    with pytest.raises(JobError, match=f"Hãy hoàn tác lần nhập {second.import_id} trước"):
        undo_import(tiki, first.import_id)
    undo_import(tiki, second.import_id)
    assert dump(tiki) == after_first
    undo_import(tiki, first.import_id)
    assert dump(tiki) == empty


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("T1", "24/11/2026", "Mơ hồ", "X", "1", "5", "", ""), "Dòng 2, cột «Trạng thái»: trạng thái «Mơ hồ» chưa có trong cách đọc"),
        (("T1", "24/11/2026", "Đã hủy", "X", "0", "5", "", ""), "Dòng 2, cột «SL»: trống hoặc bằng 0"),
        (("T1", "24/11/2026", "Đã hủy", "X", "1,5", "5", "", ""), "Dòng 2, cột «SL»: có phần lẻ của sản phẩm"),
        (("5,8E+17", "24/11/2026", "Đã hủy", "X", "1", "5", "", ""), "Dòng 2, cột «Mã đơn hàng»: mã đã bị Excel đổi thành số, có thể mất chữ số cuối"),
        (("T1", "", "Đã hủy", "X", "1", "5", "", ""), "Dòng 2, cột «Ngày đặt»: trống"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_stops_the_file(tiki: App, tmp_path: Path, row: tuple[str, ...], sentence: str) -> None:
    """Nothing of it is stored."""
    before = dump(tiki)
    with pytest.raises(FileError) as caught:
        import_file(tiki, _file(tmp_path / "tiki.csv", row))
    assert str(caught.value) == f"{sentence}. Chưa nhập gì từ tệp này."
    assert dump(tiki) == before


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"columns": {**COLUMNS, "cost:la": "Người nhận"}}, "Không có trường «cost:la»"),
        ({"columns": {key: value for key, value in COLUMNS.items() if key != "status"}}, "Chưa chỉ cột «status»"),
        (
            {"columns": {key: value for key, value in COLUMNS.items() if key != "cost:base_fee"}},
            "Cột tiền «Phí hoa hồng»",
        ),
        ({"columns": {**COLUMNS, "signed:base_fee": "Ngày đặt"}}, "Khoản «base_fee» được chỉ hai lần"),
        ({"columns": {**COLUMNS, "name": "Người nhận"}}, "Cột «Người nhận» là dữ liệu cá nhân"),
        ({"statuses": {"Thành công": "xong"}}, "Trạng thái «Thành công=xong» chưa được"),
        ({"statuses": {}}, "Chưa nói mỗi trạng thái là gì"),
        ({"headings": (*HEADINGS, "Đơn giá")}, "Cột «Đơn giá» có 2 lần"),
        ({"headings": (*HEADINGS, "0912345678")}, "Dòng tiêu đề có số điện thoại"),
        ({"ignored": ("Thuế",)}, "Cột bỏ qua «Thuế» không có trong tệp"),
        ({"numbers": None}, "Chưa rõ số viết thế nào"),
    ],
)
def test_every_fault_of_a_mapping_is_a_sentence(more: dict[str, object], sentence: str) -> None:
    """Nothing half is saved."""
    assert [one for one in faults(mapping().model_copy(update=more)) if one.startswith(sentence)] != []


def test_a_mapping_without_fault_says_nothing() -> None:
    """Then it can be saved."""
    assert faults(mapping()) == []
