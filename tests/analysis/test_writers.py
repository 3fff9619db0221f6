"""Reports as files: true to the contract, harmless in a spreadsheet, and readable with diacritics."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from analysis.page import to_html
from analysis.report import Report
from analysis.writers import to_csv, to_json
from analysis.xlsx import to_xlsx
from tests.analysis.books import OCTOBER

COVERAGE = {
    "orders_read_until": {"=Gian \x00A": "2026-11-01T00:00:00+07:00", "Mới": None},
    "complete": False,
    "orders": 4,
}
NOTES = ("=Ghi\x07 chú: chưa đủ",)
ODDITIES = ("=A: đơn 1 lệch",)
SOURCE = "Đơn hàng và các khoản tiền sàn ghi, đọc qua API hoặc từ tệp của sàn"
BESIDE = ["placed", SOURCE, "", "False"]  # what every row of a CSV rests on
HOSTILE = [
    "=1+1",
    "+84 912",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    '=HYPERLINK("http://x.example","Trà")',
]


def _report(*rows: tuple[object, ...], columns: tuple[str, ...] = ("producer", "revenue_vnd")) -> Report:
    named = [dict(zip(columns, row, strict=True)) for row in rows]
    return Report("revenue", OCTOBER, "placed", columns, named, COVERAGE, NOTES, ODDITIES)


def _saved(report: Report, folder: Path) -> Workbook:
    to_xlsx(report, folder / "bảng.xlsx")
    return load_workbook(folder / "bảng.xlsx")


def test_json_holds_what_the_contract_names() -> None:
    """report, period, stage, coverage, rows (and notes); money is a number, unknown is null, Vietnamese stays readable."""
    text = to_json(_report(("HTX chè Hảo Đạt", 310_000), (None, -5)))
    assert "HTX chè Hảo Đạt" in text
    assert json.loads(text) == {
        "report": "revenue",
        "period": {"from": "2026-10-01", "to": "2026-10-31"},
        "stage": "placed",
        "source": SOURCE,
        "coverage": COVERAGE,
        "rows": [{"producer": "HTX chè Hảo Đạt", "revenue_vnd": 310_000}, {"producer": None, "revenue_vnd": -5}],
        "notes": list(NOTES),
        "oddities": list(ODDITIES),
    }


def test_csv_is_what_a_spreadsheet_opens() -> None:
    """A byte-order mark, CRLF, quoted where needed; numbers bare however negative, unknown empty; each row says what it rests on."""
    report = _report(('HTX "Trà, Bánh"\nXóm Hồng', 310_000), (None, -5), ("Phú Lương", None))
    beside = f'placed,"{SOURCE}",,False'
    assert to_csv(report).encode() == (
        b"\xef\xbb\xbfproducer,revenue_vnd,stage,source,as_of,complete\r\n"
        + f'"HTX ""Trà, Bánh""\nXóm Hồng",310000,{beside}\r\n'.encode()
        + f",-5,{beside}\r\n".encode()
        + f"Phú Lương,,{beside}\r\n".encode()
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_runs_no_formula(text: str) -> None:
    """Text that a spreadsheet would run is led by an apostrophe, and otherwise whole."""
    rows = list(csv.reader(io.StringIO(to_csv(_report((text, 1))).removeprefix("\ufeff"), newline="")))
    assert rows[1] == [f"'{text}", "1", *BESIDE]


@pytest.mark.parametrize("text", ["Trà = ngon", "HTX A+B", "a@b", "'=1", ""])
def test_csv_leaves_other_text_alone(text: str) -> None:
    """Only the first character decides."""
    rows = list(csv.reader(io.StringIO(to_csv(_report((text, 1))).removeprefix("\ufeff"), newline="")))
    assert rows[1] == [text, "1", *BESIDE]


def test_xlsx_cells_have_types(tmp_path: Path) -> None:
    """Numbers are numbers, shares are fractions, text is text, unknown is an empty cell."""
    columns = ("producer", "month", "revenue_vnd", "online_share")
    sheet = _saved(_report(("Trà Tân Cương", 202610, -5, 0.25), (None, 202611, 9, None), columns=columns), tmp_path)[
        "Số liệu"
    ]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Chủ thể", "Tháng", "Doanh thu (₫)", "Tỷ trọng trực tuyến"],
        ["Trà Tân Cương", 202610, -5, 0.25],
        [None, 202611, 9, None],
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "n"]


@pytest.mark.parametrize("text", [text.replace("\r", "\n") for text in HOSTILE])
def test_xlsx_runs_no_formula(tmp_path: Path, text: str) -> None:
    """A cell marked as text is text, whatever it begins with; nothing is put before it."""
    cell = _saved(_report((text, 1)), tmp_path)["Số liệu"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("unseen", ["\x00", "\x07", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_xlsx_opens_whatever_the_text_holds(tmp_path: Path, unseen: str) -> None:
    """Characters that XML cannot carry are dropped; one of them would make the whole file unreadable."""
    assert _saved(_report((f"Trà{unseen} xanh", 1)), tmp_path)["Số liệu"]["A2"].value == "Trà xanh"


def test_xlsx_keeps_long_and_hostile_text(tmp_path: Path) -> None:
    """Markup, right-to-left marks and 10,000 characters arrive as they are."""
    text = "<b>Trà</b> & \u202e" + "ạ" * 10_000
    assert _saved(_report((text, 1)), tmp_path)["Số liệu"]["A2"].value == text


def test_xlsx_says_what_it_rests_on(tmp_path: Path) -> None:
    """Report, stage, period, coverage and notes travel on a sheet of their own, harmless too."""
    rows = [[cell.value for cell in row] for row in _saved(_report(), tmp_path)["Ghi chú"].iter_rows()]
    assert rows == [
        ["Báo cáo", "Doanh thu"],
        ["Giai đoạn", "đã đặt"],
        ["Nguồn", SOURCE],
        ["Từ ngày", "2026-10-01"],
        ["Đến ngày", "2026-10-31"],
        ["Đã đọc đơn đến", "=Gian A: 01/11/2026 00:00; Mới: –"],
        ["Đã đọc đủ", "không"],
        ["Số đơn", 4],
        ["Điều cần xem lại", "=A: đơn 1 lệch"],
        ["Ghi chú", "=Ghi chú: chưa đủ"],
    ]


def test_an_empty_report_is_a_file_too(tmp_path: Path) -> None:
    """Its head stands alone."""
    assert to_csv(_report()) == "\ufeffproducer,revenue_vnd,stage,source,as_of,complete\r\n"
    sheet = _saved(_report(), tmp_path)["Số liệu"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["Chủ thể", "Doanh thu (₫)"]]


def test_xlsx_has_formats_and_a_chart(tmp_path: Path) -> None:
    """Money is grouped by thousands, a share is a percentage, and the largest groups stand in a chart a series a stage."""
    columns = ("producer", "stage", "net_vnd", "online_share")
    rows = [("Trà", "placed", 9_000, 0.5), ("Trà", "settled", 7_000, None), ("Miến", "placed", 1_000, 0.1)]
    book = _saved(_report(*rows, columns=columns), tmp_path)
    sheet, drawn = book["Số liệu"], book["Biểu đồ"]
    assert (sheet["B2"].value, sheet["C2"].number_format, sheet["D2"].number_format) == ("đã đặt", "#,##0", "0.0%")
    assert (sheet["A1"].font.bold, sheet.freeze_panes) == (True, "A2")
    assert [[cell.value for cell in row] for row in drawn.iter_rows()] == [
        ["Chủ thể", "đã đặt", "đã trả"],
        ["Trà", 9_000, 7_000],
        ["Miến", 1_000, None],
    ]
    assert len(drawn._charts) == 1


def test_the_printed_page_runs_nothing() -> None:
    """Every text is escaped, and no total adds two stages together."""
    columns = ("producer", "stage", "net_vnd")
    rows = [("<script>x</script>", "placed", 9_000), ("Trà", "settled", 7_000), ("Miến", "settled", -500)]
    page = to_html(_report(*rows, columns=columns))
    assert "<script" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert [line for line in page.splitlines() if "Cộng" in line] == [
        '<tr class="total"><td>Cộng</td><td>đã đặt</td><td class="figure">9.000</td></tr>',
        '<tr class="total"><td>Cộng</td><td>đã trả</td><td class="figure">6.500</td></tr>',
    ]


def test_the_printed_page_leaves_out_what_nobody_charged() -> None:
    """A money column of zeros alone is not printed, and the page says so; moments are as a person writes them."""
    columns = ("producer", "stage", "fee_vnd", "net_vnd")
    page = to_html(_report(("Trà", "placed", 0, 9_000), ("Miến", "placed", 0, 0), columns=columns))
    assert "Phí sàn" not in page
    assert "Còn lại (₫)" in page
    assert "<p>Cột tiền không có số nào thì không in.</p>" in page
    assert "01/11/2026 00:00; Mới: –" in page
