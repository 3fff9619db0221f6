"""Files nobody should trust: each ends in one clear sentence, within seconds and a little memory, and stores nothing."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sandbox.exports.book import Sheet, write_book
from sandbox.exports.shopee_orders import HEADINGS

LONGEST_S = 5.0
MOST_MB = 300.0
SHEET = "xl/worksheets/sheet1.xml"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _sane() -> dict[str, bytes]:
    """The members of an honest, empty order file."""
    held = io.BytesIO()
    write_book(held, [Sheet("orders", [list(HEADINGS)])])
    with zipfile.ZipFile(held) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(path: Path, **changes: bytes) -> Path:
    members = _sane() | {name.replace("__", "/"): body for name, body in changes.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return path


def _with_sheet(path: Path, body: bytes) -> Path:
    return _packed(path, **{SHEET.replace("/", "__"): body})


def _zip_bomb(path: Path) -> Path:
    return _packed(path, xl__media__a=b"\0" * 300_000_000)


def _entities(path: Path) -> Path:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return _with_sheet(path, b"<?xml version='1.0'?>" + bomb + f"<worksheet {SPACE}><sheetData/></worksheet>".encode())


def _with_index(path: Path) -> Path:
    index = b'<!DOCTYPE x [<!ENTITY a "aa">]>' + _sane()["xl/workbook.xml"]
    return _packed(path, **{"xl__workbook.xml": index})


def _a_million_empty_rows(path: Path) -> Path:
    head = _sane()[SHEET].decode().partition("</sheetData>")[0]
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" s="{n * 7919 % 97}"/><c r="B{n}" s="5"/></row>' for n in range(2, 1_000_002)
    )
    return _with_sheet(path, f"{head}{rows}</sheetData></worksheet>".encode())


def _far_corner(path: Path) -> Path:
    head = _sane()[SHEET].decode().partition("</sheetData>")[0]
    return _with_sheet(
        path, f'{head}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'.encode()
    )


def _external_links(path: Path) -> Path:
    return _packed(path, **{"xl__externalLinks__externalLink1.xml": b"<externalLink/>"})


def _macros(path: Path) -> Path:
    return _packed(path, **{"xl__vbaProject.bin": OLE})


def _formula(path: Path) -> Path:
    head = _sane()[SHEET].decode().partition("</sheetData>")[0]
    cell = '<c r="A2" t="str"><f>cmd|\'/c calc\'!A1</f><v>0</v></c>'
    return _with_sheet(path, f'{head}<row r="2">{cell}</row></sheetData></worksheet>'.encode())


def _claims_five_gigabytes(path: Path) -> Path:
    _packed(path)
    raw = bytearray(path.read_bytes())
    directory = raw.index(b"PK\x01\x02")
    raw[directory + 24 : directory + 28] = (2**32 - 2).to_bytes(4, "little")
    path.write_bytes(raw)
    return path


def _cut_short(path: Path) -> Path:
    _packed(path)
    path.write_bytes(path.read_bytes()[:-200])
    return path


def _garbled_member(path: Path) -> Path:
    _packed(path)
    raw = bytearray(path.read_bytes())
    at = raw.index(SHEET.encode()) + len(SHEET) + 20
    raw[at : at + 40] = b"\xff" * 40
    path.write_bytes(raw)
    return path


def _paths_inside(path: Path) -> Path:
    return _packed(path, **{"..__..__etc__passwd": b"x"})


def _password(path: Path) -> Path:
    path.write_bytes(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 5000)
    return path


def _old_excel(path: Path) -> Path:
    path.write_bytes(OLE + b"\0" * 6000)
    return path


def _picture(path: Path) -> Path:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 600)
    return path


def _nothing(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _noise(path: Path) -> Path:
    path.write_bytes(bytes(range(256)) * 4000)
    return path


def _zip_of_something_else(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    return path


def _number_for_an_id(path: Path) -> Path:
    write_book(path, [Sheet("orders", [list(HEADINGS), [583_000_000_000_000_000, *["x"] * 30]])])
    return path


CASES: dict[Callable[[Path], Path], str] = {
    _zip_bomb: "bị nén bất thường",
    _entities: "DOCTYPE",
    _with_index: "DOCTYPE",
    _a_million_empty_rows: "hơn 200.000 dòng",
    _external_links: "liên kết sang tệp khác",
    _macros: "macro",
    _formula: "công thức",
    _claims_five_gigabytes: "quá lớn",
    _cut_short: "bị hỏng",
    _garbled_member: "bị hỏng",
    _paths_inside: "đường dẫn lạ",
    _password: "mật khẩu",
    _old_excel: "Excel đời cũ",
    _picture: "không phải bảng tính",
    _nothing: "Tệp rỗng",
    _noise: "Không đọc được chữ",
    _zip_of_something_else: "bị hỏng",
    _number_for_an_id: "đã bị Excel đổi thành số",
}


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__.strip("_"))
def test_a_hostile_file_is_one_sentence(make: Callable[[Path], Path], tmp_path: Path) -> None:
    """Vietnamese, one line, within five seconds and 300 MB."""
    said = _taken(make(tmp_path / "tep.xlsx"))
    assert CASES[make] in str(said.get("sentence")), said
    assert "\n" not in said["sentence"]
    assert said["seconds"] < LONGEST_S
    assert said["mb"] < MOST_MB


def test_a_cell_in_the_far_corner_costs_nothing(tmp_path: Path) -> None:
    """A sheet is never held as a rectangle, and a column nobody asked for is not read."""
    said = _taken(_far_corner(tmp_path / "tep.xlsx"))
    assert (said["kind"], said["rows"]) == ("shopee.orders", 0)
    assert said["mb"] < MOST_MB


def _taken(path: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.files.opening", str(path)], capture_output=True, check=True, text=True
    )
    return json.loads(done.stdout)
