"""A cooperative's own sheet: mapped once, then read by itself into sales outside the marketplaces, once however often, undone exactly."""

from pathlib import Path

import pytest

from connectors.files.errors import FileError
from jobs.app import App
from jobs.imports import import_file
from jobs.imports_undo import undo_import
from jobs.mapping_drafts import Wishes, drafted, look_at
from jobs.mappings import delete_mapping, save_mapping
from sandbox.exports.book import Sheet, Value, write_book
from tests.files.mapped import COLUMNS, HEADINGS, packs, producer_of, sales_mapping, sheet, sold
from tests.files.offices import dump


def test_a_sheet_is_read_by_its_saved_mapping(paper: App, tmp_path: Path) -> None:
    """Sums by product and month of Vietnam; a marketplace's own sales are left out and told, goods nobody has are told too."""
    (tea, tea_code), (honey, honey_code) = packs(paper)
    save_mapping(paper, sales_mapping())
    path = sheet(
        tmp_path / "so.csv",
        ("03/11/2026", "Chợ", tea, "Người Nhận 1", "1.250.000", "Tại quầy"),
        ("03/11/2026 23:59", "Chợ", tea, "Người Nhận 2", "50.000 ₫", "Tại quầy"),
        ("01/12/2026 00:00", "Chợ", honey, "", "200.000", ""),
        ("02/12/2026", "Chợ", tea, "", "70.000", "Shopee HTX"),
        ("02/12/2026", "Chợ", "LA", "", "9.000", "Zalo"),
    )
    said = import_file(paper, path)
    assert (said.kind, said.marketplace, said.rows, said.counts["new"]) == ("mapped.so-quay", "offline", 5, 3)
    assert sold(paper) == [
        *sorted([(tea_code, 202611, "mapped.so-quay", 1_300_000), (honey_code, 202612, "mapped.so-quay", 200_000)])
    ]
    assert said.notes == [
        "1 dòng (70.000 ₫) của kênh «Shopee HTX» là đơn của sàn: không tính vào doanh thu ngoài sàn.",
        "9.000 ₫ bán mã hàng không có trong sổ đăng ký: chưa tính cho sản phẩm nào.",
    ]
    assert "Người Nhận" not in str(dump(paper))


def test_the_order_and_the_case_of_headings_do_not_matter(paper: App, tmp_path: Path) -> None:
    """People move columns and change a letter's case; decomposed letters look the same and are the same."""
    (tea, tea_code), _ = packs(paper)
    save_mapping(paper, sales_mapping())
    moved = ("THÀNH TIỀN", "Mã SKU", "Kênh bán", "Khách", "Ngày bán", "Điểm bán")
    import_file(paper, sheet(tmp_path / "a.csv", ("10.000", tea, "", "", "03/11/2026", "Chợ"), headings=moved))
    assert sold(paper) == [(tea_code, 202611, "mapped.so-quay", 10_000)]


def test_another_heading_is_another_sheet(paper: App, tmp_path: Path) -> None:
    """A new column may be money: the file is refused with what was seen and the command that maps it."""
    save_mapping(paper, sales_mapping())
    path = sheet(tmp_path / "so moi.csv", headings=(*HEADINGS, "Phí giao"))
    with pytest.raises(FileError, match="Phí giao") as caught:
        import_file(paper, path)
    told = f"nhưng có thêm cột Phí giao. Nếu vẫn là sổ đó: `ocop import map '{path}' --name so-quay --replace`"
    assert str(caught.value).endswith(told)
    far = sheet(tmp_path / "khac.csv", headings=("Ngày bán", "A", "B", "C"))
    with pytest.raises(FileError) as caught:
        import_file(paper, far)
    assert str(caught.value).endswith(f"hãy chỉ một lần cột nào là gì: `ocop import map {far}`")


def test_overlapping_periods_count_a_day_once_and_are_taken_back(paper: App, tmp_path: Path) -> None:
    """The newer file's word on a day, outlet and product stands; undone in turn, the tables are as they were, byte for byte."""
    (tea, tea_code), _ = packs(paper)
    save_mapping(paper, sales_mapping())
    empty = dump(paper)
    october = sheet(
        tmp_path / "a.csv", ("30/10/2026", "", tea, "", "100.000", ""), ("31/10/2026", "", tea, "", "30.000", "")
    )
    both = sheet(
        tmp_path / "b.csv",
        ("31/10/2026", "", tea, "", "20.000", ""),
        ("31/10/2026", "", tea, "", "15.000", ""),
        ("01/11/2026", "", tea, "", "5.000", ""),
    )
    first = import_file(paper, october)
    after_first = dump(paper)
    second = import_file(paper, both)
    assert (second.counts["new"], second.counts["updated"]) == (1, 1)
    assert sold(paper) == [(tea_code, 202610, "mapped.so-quay", 135_000), (tea_code, 202611, "mapped.so-quay", 5_000)]
    after_second = dump(paper)
    assert import_file(paper, both).import_id is None
    assert dump(paper) == after_second
    delete_mapping(paper, "so-quay")
    save_mapping(paper, sales_mapping())
    assert second.import_id is not None
    undo_import(paper, second.import_id)
    assert dump(paper) == after_first
    assert first.import_id is not None
    undo_import(paper, first.import_id)
    assert dump(paper) == empty


def test_receipts_are_known_by_their_number(paper: App, tmp_path: Path) -> None:
    """A receipt's own facts may stand on its first row only; its discount is spread by worth; a status says whether it counts."""
    (tea, tea_code), (honey, honey_code) = packs(paper)
    headings = ("Số hóa đơn", "Ngày", "Trạng thái", "Mã hàng", "SL", "Đơn giá", "Giảm giá hóa đơn")
    columns = {
        "document": "Số hóa đơn", "at": "Ngày", "status": "Trạng thái", "sku": "Mã hàng", "quantity": "SL", "unit_price": "Đơn giá",
        "document_discount": "Giảm giá hóa đơn",
    }  # fmt: skip
    save_mapping(
        paper,
        sales_mapping(
            "sapo", headings, columns=columns, numbers="comma", days="yyyy-mm-dd",
            statuses={"Hoàn thành": "counted", "Đã hủy": "left_out"},
        ),
    )  # fmt: skip
    path = sheet(
        tmp_path / "sapo.csv",
        ("HD1", "2026-11-03", "Hoàn thành", tea, "2", "50,000", "10,001"),
        ("HD1", "", "", honey, "0.5", "400,000", ""),
        ("HD2", "2026-11-04", "Đã hủy", tea, "1", "50,000", ""),
        headings=headings,
    )
    said = import_file(paper, path)
    assert (said.rows, said.counts["new"]) == (3, 1)
    spread = [(tea_code, 100_000 - 3_333), (honey_code, 200_000 - 6_668)]
    assert sold(paper) == [(code, 202611, "mapped.sapo", amount) for code, amount in sorted(spread)]
    assert said.notes == ["1 dòng có trạng thái «Đã hủy» không tính, như cách đọc đã lưu."]


def test_a_month_and_an_outlet_of_one_producer(paper: App, tmp_path: Path) -> None:
    """Without goods it is the producer's as a whole; a line that only adds up is held against the rows, with or without a name."""
    _, (_, code) = packs(paper)
    producer = producer_of(paper, code)
    headings = ("STT", "Tháng", "Cửa hàng", "Doanh thu")
    columns = {"at": "Tháng", "outlet": "Cửa hàng", "amount": "Doanh thu"}
    save_mapping(
        paper, sales_mapping("thang", headings, columns=columns, days="mm/yyyy", numbers="comma", producer=producer)
    )
    path = sheet(
        tmp_path / "thang.csv",
        ("1", "10/2026", "A", "3,000,000"),
        ("2", "Tháng 10/2026", "B", "2,000,000"),
        ("", "", "", "5,000,000"),
        ("3", "11/2026", "A", "1,000,000"),
        ("", "Tổng cộng", "", "6,500,000"),
        headings=headings,
    )
    said = import_file(paper, path)
    assert sold(paper) == [("", 202610, "mapped.thang", 5_000_000), ("", 202611, "mapped.thang", 1_000_000)]
    assert said.notes == ["Dòng 6 ghi tổng 6.500.000 ₫, các dòng cộng lại 6.000.000 ₫."]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("24.11.2026", "", "X", "", "1", ""), "Dòng 2, cột «Ngày bán»: không phải ngày dạng dd/mm/yyyy"),
        (("31/02/2026", "", "X", "", "1", ""), "Dòng 2, cột «Ngày bán»: không có ngày này (dạng dd/mm/yyyy)"),
        (
            ("24/11/2026", "", "X", "", "1,250,000", ""),
            "Dòng 2, cột «Thành tiền»: không phải số viết như đã chọn (dot)",
        ),
        (("24/11/2026", "", "X", "", "0,5", ""), "Dòng 2, cột «Thành tiền»: có phần lẻ của đồng"),
        (("24/11/2026", "", "X", "", "", ""), "Dòng 2, cột «Thành tiền»: trống"),
        (("", "", "X", "", "5", ""), "Dòng 2, cột «Ngày bán»: trống"),
        (("", "", "", "0912345678", "5", ""), "Dòng 2, cột «Ngày bán»: trống"),
    ],
)
def test_a_cell_that_cannot_be_read_stops_the_file(
    paper: App, tmp_path: Path, row: tuple[str, ...], sentence: str
) -> None:
    """Its place and why, never what it says; nothing of the file is stored."""
    save_mapping(paper, sales_mapping())
    before = dump(paper)
    with pytest.raises(FileError) as caught:
        import_file(paper, sheet(tmp_path / "so.csv", row))
    assert str(caught.value) == f"{sentence}. Chưa nhập gì từ tệp này."
    assert dump(paper) == before


def test_goods_of_another_producer_are_not_counted(paper: App, tmp_path: Path) -> None:
    """A row that names a producer and somebody else's goods is nobody's until a person mends it."""
    (tea, code), _ = packs(paper)
    stranger = "CT-LA"
    save_mapping(paper, sales_mapping(columns=COLUMNS | {"producer": "Điểm bán"} | {"outlet": "Khách"}))
    said = import_file(
        paper,
        sheet(
            tmp_path / "so.csv",
            ("03/11/2026", stranger, tea, "", "10.000", ""),
            ("03/11/2026", producer_of(paper, code), tea, "", "5.000", ""),
        ),
    )
    assert sold(paper) == [(code, 202611, "mapped.so-quay", 5_000)]
    assert said.notes == ["10.000 ₫ bán mã hàng không có trong sổ đăng ký: chưa tính cho sản phẩm nào."]


def test_a_workbook_with_a_title_and_serial_days(paper: App, tmp_path: Path) -> None:
    """The headings may stand lower down and on another sheet; a number cell is its number whatever the mapping says of texts."""
    (tea, tea_code), _ = packs(paper)
    save_mapping(paper, sales_mapping())
    path = tmp_path / "so.xlsx"
    title: list[Value] = ["SỔ BÁN HÀNG", None, "Tháng 11"]
    write_book(
        path,
        [
            Sheet("Ghi chú", [["Xin chào", "mọi người"]]),
            Sheet(
                "Sổ",
                [title, list(HEADINGS), [46_350, "Chợ", tea, None, 165_000, None], [None, None, None, None, 165_000]],
            ),
        ],
    )
    said = import_file(paper, path)
    assert sold(paper) == [(tea_code, 202611, "mapped.so-quay", 165_000)]
    assert said.notes == []


def test_a_new_word_of_a_status_is_loud_and_is_added_to_the_mapping(paper: App, tmp_path: Path) -> None:
    """Nothing counts by default; the saved mapping is mended, and the file goes in."""
    (tea, tea_code), _ = packs(paper)
    columns = {**COLUMNS, "status": "Khách"}
    save_mapping(paper, sales_mapping(columns=columns, statuses={"Xong": "counted"}))
    path = sheet(tmp_path / "so.csv", ("03/11/2026", "", tea, "Đã giao", "5.000", ""))
    with pytest.raises(FileError, match="Dòng 2, cột «Khách»: trạng thái «Đã giao» chưa có trong cách đọc"):
        import_file(paper, path)
    wishes = Wishes(statuses={"Đã giao": "counted"}, again="so-quay")
    save_mapping(paper, drafted(paper, look_at(path, wishes), "so-quay", wishes), replace=True)
    import_file(paper, path)
    assert sold(paper) == [(tea_code, 202611, "mapped.so-quay", 5_000)]
