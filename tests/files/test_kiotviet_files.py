"""A till's invoices become declared sales: each once, marketplaces' own left out, discounts spread to the đồng, undone exactly."""

from pathlib import Path

import pytest
from sqlalchemy import select

from connectors.files.book import open_book
from connectors.files.errors import FileError
from connectors.files.kinds import recognise
from connectors.files.kiotviet import spread
from jobs.app import App
from jobs.imports import import_file
from jobs.imports_undo import undo_import
from models import OfflineSale, Variant
from sandbox.exports import EXPORTS
from sandbox.exports.book import Sheet, Value, write_book
from sandbox.exports.kiotviet import GOODS
from tests.files.offices import FIRST, Seen, dump

TILL_KINDS = ("kiotviet.products", "kiotviet.invoices")
HEADINGS = (
    "Chi nhánh", "Mã hóa đơn", "Thời gian", "Tên khách hàng", "Điện thoại", "Kênh bán", "Tổng tiền hàng", "Giảm giá hóa đơn",
    "Khách cần trả", "Trạng thái", "Mã hàng", "Tên hàng", "Số lượng", "Thành tiền",
)  # fmt: skip


def _row(invoice: str, sku: str, amount: int, **more: Value) -> dict[str, Value]:
    given: dict[str, Value] = {
        "Mã hóa đơn": invoice, "Thời gian": "03/11/2026 09:15:00", "Tên khách hàng": "Người Nhận 1", "Kênh bán": "Bán trực tiếp",
        "Giảm giá hóa đơn": 0, "Khách cần trả": amount, "Trạng thái": "Hoàn thành", "Mã hàng": sku, "Thành tiền": amount,
    }  # fmt: skip
    return given | more


def _file(path: Path, *rows: dict[str, Value]) -> Path:
    write_book(path, [Sheet("Sheet1", [list(HEADINGS), *([row.get(name) for name in HEADINGS] for row in rows)])])
    return path


def _sold(app: App) -> list[tuple[str, int, int]]:
    columns = OfflineSale.product_key, OfflineSale.month, OfflineSale.amount_vnd
    with app.database.session() as session:
        rows = session.execute(select(*columns).where(OfflineSale.source == "kiotviet").order_by(*columns))
        return [tuple(row) for row in rows]


@pytest.fixture
def packs(paper: App) -> list[tuple[str, str]]:
    """A SKU and its product's code, of two products."""
    with paper.database.session() as session:
        found = session.scalars(select(Variant).order_by(Variant.id)).all()
        by_product = {variant.product.code: variant.sku for variant in found}
    return [(sku, code) for code, sku in sorted(by_product.items())][:2]


def test_invoices_are_summed_by_product_and_month(paper: App, packs: list[tuple[str, str]], tmp_path: Path) -> None:
    """Discounts are spread by worth, goods taken back are negative, cancelled and mirrored sales are left out, strangers named."""
    (tea, tea_code), (honey, honey_code) = packs
    two = {"Giảm giá hóa đơn": 10_001, "Khách cần trả": 289_999}
    path = _file(
        tmp_path / "a.xlsx",
        _row("HD001", tea, 100_000, **two),
        _row("HD001", honey, 200_000, **two),
        _row("HD002", tea, 50_000, **{"Trạng thái": "Đã hủy"}),
        _row("HD003", tea, 70_000, **{"Kênh bán": "Shopee HTX"}),
        _row("TH001", honey, 40_000),
        _row("HD004", "LA", 9_000),
    )
    said = import_file(paper, path)
    assert (said.kind, said.rows, said.counts["new"]) == ("kiotviet.invoices", 6, 3)
    assert _sold(paper) == sorted(
        [
            (tea_code, 202611, 100_000 - 3_333),
            (honey_code, 202611, 200_000 - 6_668 - 40_000),
        ]
    )
    assert said.notes == [
        "1 hóa đơn (70.000 ₫) là đơn của sàn: không tính vào doanh thu ngoài mạng.",
        "9.000 ₫ bán mã hàng không có trong sổ đăng ký: chưa tính cho sản phẩm nào.",
    ]


def test_overlapping_files_count_an_invoice_once_and_can_be_taken_back(
    paper: App, packs: list[tuple[str, str]], tmp_path: Path
) -> None:
    """The newer file's word on an invoice stands; undoing it brings back the older one's, byte for byte."""
    (tea, tea_code), _ = packs
    empty = dump(paper)
    first = import_file(paper, _file(tmp_path / "a.xlsx", _row("HD001", tea, 100_000), _row("HD002", tea, 30_000)))
    after_first = dump(paper)
    second = import_file(paper, _file(tmp_path / "b.xlsx", _row("HD002", tea, 35_000), _row("HD003", tea, 5_000)))
    assert _sold(paper) == [(tea_code, 202611, 140_000)]
    assert (second.counts["new"], second.counts["updated"]) == (1, 1)
    assert second.import_id is not None and first.import_id is not None  # noqa: PT018 - both were stored
    undo_import(paper, second.import_id)
    assert dump(paper) == after_first
    undo_import(paper, first.import_id)
    assert dump(paper) == empty


def test_a_state_nobody_knows_stops_the_file(paper: App, packs: list[tuple[str, str]], tmp_path: Path) -> None:
    """There is no default."""
    with pytest.raises(FileError, match="Dòng 2, cột «Trạng thái»"):
        import_file(paper, _file(tmp_path / "a.xlsx", _row("HD001", packs[0][0], 1, **{"Trạng thái": "Mơ hồ"})))


def test_shares_add_up() -> None:
    """Whole đồng, nothing lost."""
    assert spread(10_001, [100_000, 200_000]) == [3_333, 6_668]
    assert spread(5, [0, 0]) == [0, 5]


def _goods(path: Path, *rows: dict[str, Value]) -> Path:
    write_book(path, [Sheet("Sheet1", [list(GOODS), *([row.get(name) for name in GOODS] for row in rows)])])
    return path


def test_what_was_sold_by_the_box_is_the_products(paper: App, packs: list[tuple[str, str]], tmp_path: Path) -> None:
    """A unit's code belongs to the goods of its base, whichever file comes first; without the list it is nobody's again."""
    (tea, code), _ = packs
    empty = dump(paper)
    piece: dict[str, Value] = {"Mã hàng": tea, "Tên hàng": "Chè", "Giá bán": 7, "Tồn kho": "12.5"}
    box: dict[str, Value] = {**piece, "Mã hàng": "THUNG", "Mã ĐVT Cơ bản": tea, "Quy đổi": 10}
    sold = import_file(paper, _file(tmp_path / "a.xlsx", _row("HD001", "THUNG", 900_000), _row("HD002", tea, 90_000)))
    assert (_sold(paper), sold.notes[0].split(" ")[0]) == ([(code, 202611, 90_000)], "900.000")
    before = dump(paper)
    path = _goods(tmp_path / "b.xlsx", piece, box, {**piece, "Mã hàng": "DV", "Loại hàng": "Dịch vụ"})
    listed = import_file(paper, path)
    assert (listed.kind, listed.rows, listed.counts) == ("kiotviet.products", 3, {"new": 2})
    assert listed.notes == [
        "1 mã có trong sổ đăng ký, 1 mã là đơn vị quy đổi của mã khác, trong 2 mã.",
        f"Giá ở quầy khác sổ đăng ký: {tea}. Giá trong sổ được giữ.",
    ]
    assert _sold(paper) == [(code, 202611, 990_000)]
    assert import_file(paper, path).import_id is None
    undo_import(paper, listed.import_id or 0)
    assert dump(paper) == before
    undo_import(paper, sold.import_id or 0)
    assert dump(paper) == empty


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"Mã ĐVT Cơ bản": "KHONG-CO", "Quy đổi": 10}, "Mã hàng CHE là đơn vị của KHONG-CO, nhưng tệp không có mã đó"),
        ({"Mã ĐVT Cơ bản": "KHAC", "Quy đổi": 0}, "Dòng 2, cột «Quy đổi»: phải lớn hơn 0"),
        ({"Giá bán": "7,5"}, "Dòng 2, cột «Giá bán»"),
    ],
)
def test_a_list_that_cannot_be_right_is_refused(
    paper: App, tmp_path: Path, changes: dict[str, Value], sentence: str
) -> None:
    """A unit of nothing, a unit that holds nothing, codes and prices that are none."""
    row: dict[str, Value] = {"Mã hàng": "CHE", "Tên hàng": "Chè", "Giá bán": 7, "Tồn kho": 1}
    with pytest.raises(FileError) as said:
        import_file(paper, _goods(tmp_path / "b.xlsx", row | changes))
    assert str(said.value).startswith(sentence)


def test_the_worlds_till_is_read(shopee: Seen, paper: App, tmp_path: Path) -> None:
    """Every counter sale of a day that is over, once: mirrored and cancelled ones left out, boxes counted for their goods."""
    until = shopee.app.today()
    goods, invoices = (EXPORTS[kind].write(shopee.world, "", (FIRST, until), tmp_path) for kind in TILL_KINDS)
    taken = import_file(paper, invoices)
    listed = import_file(paper, goods)
    with open_book(invoices) as book:
        _, place = recognise(book)
        rows = [dict(zip(place.headings, cells, strict=False)) for _, cells in place.sheet.rows(None)][1:]
    standing = [row for row in rows if row["Trạng thái"] == "Hoàn thành" and row["Kênh bán"] != "Shopee"]
    sums: dict[str, int] = {}
    for row in standing:
        goods_vnd, whole_vnd = int(row["Thành tiền"]), int(row["Tổng tiền hàng"])
        part_vnd = int(row["Giảm giá hóa đơn"]) * goods_vnd // whole_vnd
        sign = -1 if str(row["Mã hóa đơn"]).startswith("TH") else 1
        sums[str(row["Mã hóa đơn"])] = sums.get(str(row["Mã hóa đơn"]), 0) + sign * (goods_vnd - part_vnd)
    assert taken.counts["new"] == len(sums)
    total_vnd = sum(amount for _, _, amount in _sold(paper))
    assert abs(total_vnd - sum(sums.values())) <= len(rows)  # shares of discounts are cut to whole đồng
    assert listed.counts["new"] >= 10
    stored = Path(str(paper.database.engine.url.database)).read_bytes().decode("utf-8", "replace")
    assert [word for word in ("Người Nhận ", "Gọi trước") if word in stored] == []
