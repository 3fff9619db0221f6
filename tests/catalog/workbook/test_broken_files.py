"""Files that are no register: one clear sentence, in bounded time and memory, and nothing read."""

import random
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from catalog.workbook import WorkbookError, read_register

HEADINGS = ("Mã chủ thể", "Tên chủ thể", "Mã sản phẩm", "Tên sản phẩm", "Phân nhóm", "SKU", "Giá bán (đồng)", "Tồn kho")
TEA = ("CT-1", "HTX chè", "SP-1", "Chè tôm nõn", "Chè tươi, chè chế biến", "SP-1-200G", 185_000, 25)
SHEET = "xl/worksheets/sheet1.xml"
TOO_BIG = "Tệp quá lớn hoặc bị nén bất thường nên không mở; hãy chép riêng bảng sản phẩm sang một tệp mới."
NO_TEXT = "Không đọc được chữ trong tệp này; hãy lưu lại dạng .xlsx hoặc CSV UTF-8."
DAMAGED = "Tệp Excel bị hỏng hoặc chưa tải xong; hãy mở bằng Excel và lưu lại dạng .xlsx."
NO_WORKBOOK = "Không đọc được tệp này như một bảng Excel; hãy mở bằng Excel và lưu lại dạng .xlsx."


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(HEADINGS)
    sheet.append(TEA)
    path = tmp_path / "register.xlsx"
    book.save(path)
    return path


@pytest.fixture
def with_part(workbook: Path) -> Callable[[str, bytes], Path]:
    """The workbook with one part of its package replaced or added."""

    def replace(name: str, content: bytes) -> Path:
        with zipfile.ZipFile(workbook) as package:
            parts = {member: package.read(member) for member in package.namelist()} | {name: content}
        with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as package:
            for member, data in parts.items():
                package.writestr(member, data)
        return workbook

    return replace


def sentence(path: Path) -> str:
    with pytest.raises(WorkbookError) as refused:
        read_register(path)
    return str(refused.value)


def sheet_xml(rows: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def test_thirty_megabytes_of_junk(tmp_path: Path) -> None:
    """Random bytes under any name are no text, and no workbook behind a zip's first bytes."""
    junk = random.Random(1).randbytes(30 * 2**20)
    path = tmp_path / "register.xlsx"
    path.write_bytes(junk)
    assert sentence(path) == NO_TEXT
    path.write_bytes(b"PK\x03\x04" + junk)
    assert sentence(path) == DAMAGED


def test_thirty_megabytes_of_words(tmp_path: Path) -> None:
    """Text without headings is refused after its first rows; one line of 30 MB too."""
    path = tmp_path / "register.csv"
    path.write_text("chè ngon, rất ngon\n" * 1_500_000, encoding="utf-8")
    assert sentence(path).startswith("Không tìm thấy hàng tiêu đề (cần có: Mã chủ thể, Tên chủ thể, Mã sản phẩm")
    path.write_text("x" * 30 * 2**20, encoding="utf-8")
    assert sentence(path) == NO_TEXT


def test_too_long_a_file(tmp_path: Path) -> None:
    """More bytes than any register has are not even looked at."""
    path = tmp_path / "register.csv"
    with path.open("wb") as file:
        file.truncate(64 * 2**20 + 1)
    assert sentence(path) == TOO_BIG


def test_zip_bomb(with_part: Callable[[str, bytes], Path]) -> None:
    """A small member that unpacks to a hundred megabytes is refused by its ratio, before it is parsed."""
    assert sentence(with_part(SHEET, sheet_xml("<row/>" * 16_000_000))) == TOO_BIG


def test_many_small_bombs(workbook: Path) -> None:
    """So is a package of thousands of members."""
    with zipfile.ZipFile(workbook, "a") as package:
        for number in range(2_000):
            package.writestr(f"xl/media/{number}.png", b"")
    assert sentence(workbook) == TOO_BIG


def test_a_lying_size(workbook: Path) -> None:
    """A member that holds more than it declares is damage, whatever it would unpack to."""
    data = workbook.read_bytes()
    with zipfile.ZipFile(workbook) as package:
        size = package.getinfo(SHEET).file_size
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    lying = data[: entry + 24] + (size - 200).to_bytes(4, "little") + data[entry + 28 :]
    workbook.write_bytes(lying)
    assert sentence(workbook) == DAMAGED


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            '<row r="1048576"><c r="A1048576"/></row>',
            "Bảng có quá 100000 dòng; hãy xóa các dòng trống ở cuối hoặc chia thành nhiều tệp.",
        ),
        ('<row r="99999999999"/>', "Tệp Excel có số dòng không hợp lệ; hãy mở bằng Excel và lưu lại dạng .xlsx."),
        (
            '<row r="1"><c r="AAAAA1"/></row>',
            "Tệp Excel có địa chỉ ô không hợp lệ; hãy mở bằng Excel và lưu lại dạng .xlsx.",
        ),
        ('<row r="1"><c r="A1"><v>mười</v></c></row>', NO_WORKBOOK),
        ('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>', NO_WORKBOOK),
        ('<row r="1">' + '<c r="A1"/>' * 16_385 + "</row>", TOO_BIG),
        ("<row>", DAMAGED),
    ],
)
def test_wrong_sheet_parts(with_part: Callable[[str, bytes], Path], rows: str, expected: str) -> None:
    """Impossible rows, addresses and values are refused in words, not in a parser's trace."""
    assert sentence(with_part(SHEET, sheet_xml(rows))) == expected


def test_entities_are_refused(with_part: Callable[[str, bytes], Path]) -> None:
    """No DOCTYPE, so nothing that expands and nothing that reads other files."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    assert sentence(with_part("xl/sharedStrings.xml", bomb)) == (
        "Tệp Excel chứa khai báo lạ (DOCTYPE) nên không mở; hãy lưu lại dạng .xlsx."
    )


def test_a_truncated_download(workbook: Path) -> None:
    """Half a file is damage."""
    workbook.write_bytes(workbook.read_bytes()[:3000])
    assert sentence(workbook) == DAMAGED


def test_another_kind_of_zip(tmp_path: Path) -> None:
    """A zip of anything else is no workbook."""
    path = tmp_path / "register.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "x")
    assert sentence(path) == NO_WORKBOOK


def test_old_excel(tmp_path: Path) -> None:
    """The old binary format, which is also how a password-protected workbook looks, is named."""
    path = tmp_path / "register.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512)
    assert sentence(path) == "Tệp Excel đời cũ (.xls) hoặc có mật khẩu; hãy lưu lại dạng .xlsx không mật khẩu."


def test_missing_columns_are_listed(tmp_path: Path) -> None:
    """All of them at once, by sheet."""
    path = tmp_path / "register.csv"
    path.write_text("Mã sản phẩm;Tên sản phẩm;Giá bán\nSP-1;Chè;1000\n", encoding="utf-8")
    assert sentence(path) == "Trang «register.csv» thiếu cột: Mã chủ thể, Tên chủ thể, Phân nhóm."


def test_two_columns_of_one_meaning(tmp_path: Path) -> None:
    """Which of two prices to take is not ours to guess."""
    path = tmp_path / "register.csv"
    path.write_text(",".join([*HEADINGS, "Đơn giá"]), encoding="utf-8")
    assert (
        sentence(path) == "Trang «register.csv»: hai cột «Giá bán (đồng)» và «Đơn giá» cùng một nghĩa; hãy bỏ một cột."
    )


def test_a_wrong_encoding(tmp_path: Path) -> None:
    """UTF-8 with one broken byte is not guessed at: its headings are unreadable in any other encoding."""
    path = tmp_path / "register.csv"
    text = "\n".join([",".join(HEADINGS), ",".join(str(value).replace(",", "") for value in TEA)])
    path.write_bytes(text.encode() + b",\xe1\xba\n")
    assert sentence(path).startswith("Không tìm thấy hàng tiêu đề")


def test_a_formula_with_its_result(workbook: Path, with_part: Callable[[str, bytes], Path]) -> None:
    """A stored result counts; an empty text as a result is an empty cell."""
    with zipfile.ZipFile(workbook) as package:
        xml = package.read(SHEET).decode()
    price = re.sub(r'(<c r="G2"[^>]*>)<v>185000</v>', r"\1<f>100000+85000</f><v>185000</v>", xml)
    stock = re.sub(r'<c r="H2"[^>]*><v>25</v>', '<c r="H2" t="str"><f>""</f><v></v>', price)
    reading = read_register(with_part(SHEET, stock.encode()))
    (variant,) = reading.products[0].variants
    assert (variant.price_vnd, variant.stock, reading.bad_cells) == (185_000, None, ())


def test_a_lying_dimension_hides_nothing(workbook: Path, with_part: Callable[[str, bytes], Path]) -> None:
    """A sheet that claims to be one cell is still read to its end."""
    with zipfile.ZipFile(workbook) as package:
        xml = package.read(SHEET).decode()
    lying = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml)
    assert 'ref="A1"' in lying
    assert len(read_register(with_part(SHEET, lying.encode())).products) == 1


def test_hidden_and_other_sheets_are_left_alone(workbook: Path) -> None:
    """A hidden copy or a page of notes is no part of the register."""
    book = Workbook()
    notes: Any = book.active
    notes.append(["Ghi chú chung"])
    for title, state in (("Nháp", "hidden"), ("Đang dùng", "visible")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        sheet.append(HEADINGS)
        sheet.append([*TEA[:3], f"Chè {title}", *TEA[4:]])
    book.save(workbook)
    assert [product.name for product in read_register(workbook).products] == ["Chè Đang dùng"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**6), length=st.integers(1, 40), junk=st.binary(min_size=1, max_size=40))
def test_damage_anywhere_is_a_sentence(workbook: Path, place: int, length: int, junk: bytes) -> None:
    """Bytes overwritten anywhere in a workbook give a sentence or a reading, never another error."""
    sound = workbook.read_bytes()
    start = place % len(sound)
    broken = workbook.with_name("broken.xlsx")
    broken.write_bytes(sound[:start] + junk + sound[start + length :])
    with suppress(WorkbookError):
        read_register(broken)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=st.binary(max_size=300))
def test_any_csv_is_a_sentence_or_a_reading(tmp_path: Path, junk: bytes) -> None:
    """Whatever follows sound headings is read, listed cell by cell, or refused in a sentence."""
    path = tmp_path / "register.csv"
    path.write_bytes(",".join(HEADINGS).encode() + b"\n" + junk)
    with suppress(WorkbookError):
        read_register(path)
