"""`ocop import map`: what an unknown sheet shows, what is still to be said, and mappings that travel as files."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import KEY, Ocop

SHEET = """Ngày bán;Tên khách hàng;Điện thoại;Mã chủ thể;Doanh thu;Phí giao
24/11/2026;Nguyễn Thị Sáng;0912345678;CT-001;1.250.000;15.000
25/11/2026;Trần Văn Chiều;0987654321;CT-001;625.000;0
"""
SAID = ("--column", "at=Ngày bán", "--column", "producer=Mã chủ thể", "--column", "amount=Doanh thu")


@pytest.fixture
def office(ready: Ocop, tmp_path: Path) -> Ocop:
    (tmp_path / "so.csv").write_text(SHEET, encoding="utf-8")
    return ready


def test_an_unknown_sheet_names_the_command_that_maps_it(office: Ocop) -> None:
    """What was seen, and what to do; no cell of it."""
    said = office("import", "so.csv")
    assert said.code == 1
    assert "`ocop import map so.csv`" in said.err
    assert "Doanh thu" in said.err
    assert "Sáng" not in said.err


def test_a_sheet_is_shown_without_what_it_says(office: Ocop) -> None:
    """Of figures their form, of words how many; a suggestion, the money that nobody named, and a command that can be run."""
    said = office("import", "map", "so.csv", "--json")
    assert said.code == 0
    assert {one["heading"]: (one["words"], one["form"], one["suggested"]) for one in said.answer["columns"]} == {
        "Ngày bán": (0, "99/99/9999", "at"),
        "Tên khách hàng": (2, "", ""),
        "Điện thoại": (0, "9999999999", ""),
        "Mã chủ thể": (2, "", "producer"),
        "Doanh thu": (0, "9.999.999 · 999.999", "amount"),
        "Phí giao": (0, "99.999 · 9", ""),
    }
    assert [one for one in said.answer["missing"] if "Phí giao" in one] == said.answer["missing"]
    assert said.answer["command"].endswith("--numbers dot --days dd/mm/yyyy")
    assert office("import", "mapping", "list", "--json").answer == []
    for secret in ("Sáng", "Chiều", "0912345678", "CT-001"):
        assert secret not in said.out + said.err


def test_money_nobody_named_stops_it_until_it_is_left_out_on_purpose(office: Ocop) -> None:
    """By its name."""
    stopped = office("import", "map", "so.csv", "--name", "so-quay", *SAID)
    assert stopped.code == 1
    assert "Cột tiền «Phí giao» chưa được chỉ là gì" in stopped.err
    saved = office("import", "map", "so.csv", "--name", "so-quay", *SAID, "--ignore", "Phí giao", "--json")
    assert (saved.code, saved.answer["numbers"], saved.answer["days"]) == (0, "dot", "dd/mm/yyyy")


def test_a_figure_that_can_be_read_two_ways_is_asked_about(office: Ocop, tmp_path: Path) -> None:
    """«1.234» is not guessed at, and neither is the fifth of June or the sixth of May."""
    sheet = "Ngày bán;Mã chủ thể;Doanh thu\n05/06/2026;CT-001;1.234\n"
    (tmp_path / "so.csv").write_text(sheet, encoding="utf-8")
    said = office("import", "map", "so.csv", "--name", "so-quay", *SAID)
    assert said.code == 1
    assert "Chưa rõ số viết thế nào" in said.err
    assert "Chưa rõ ngày viết thế nào" in said.err
    answer = ("--numbers", "dot", "--days", "dd/mm/yyyy")
    assert office("import", "map", "so.csv", "--name", "so-quay", *SAID, *answer).code == 0


def test_mappings_travel_as_files_and_two_of_one_sheet_are_refused(office: Ocop, tmp_path: Path) -> None:
    """Exported, deleted and imported it is the same; another name for the same headings is not taken."""
    done = office("import", "map", "so.csv", "--name", "so-quay", *SAID, "--ignore", "Phí giao", "--json").answer
    shown = office("import", "mapping", "show", "so-quay", "--json")
    assert (shown.err, shown.answer) == ("", done)
    assert office("import", "mapping", "export", "so-quay", "m.json").code == 0
    assert json.loads((tmp_path / "m.json").read_text(encoding="utf-8")) == done
    twin = office("import", "map", "so.csv", "--name", "so-khac", *SAID, "--ignore", "Phí giao")
    assert twin.code == 1
    assert "«so-quay»" in twin.err
    assert office("import", "mapping", "delete", "so-quay").code == 0
    assert office("import", "mapping", "import", "m.json", "--json").answer == done
    (tmp_path / "m.json").write_text('{"name": "x"}', encoding="utf-8")
    broken = office("import", "mapping", "import", "m.json")
    assert (broken.code, broken.err.count("\n")) == (1, 1)


def test_personal_columns_and_unknown_targets_are_refused(office: Ocop) -> None:
    """All faults at once."""
    said = office(
        "import", "map", "so.csv", "--name", "Sổ", *SAID, "--column", "sku=Điện thoại", "--column", "gia=Phí giao"
    )
    assert said.code == 1
    for told in ("Tên «Sổ» chưa được", "Cột «Điện thoại» là dữ liệu cá nhân", "Không có trường «gia»"):
        assert told in said.err


def test_a_file_that_is_known_needs_no_mapping(office: Ocop, tmp_path: Path) -> None:
    """A marketplace's own file is read as it is."""
    (tmp_path / "lz.csv").write_text("orderItemId,orderNumber,paidPrice\n", encoding="utf-8")
    said = office("import", "map", "lz.csv")
    assert said.code == 1
    assert "«Lazada: đơn hàng», đọc được ngay" in said.err


def test_on_a_terminal_it_asks(office: Ocop, tmp_path: Path) -> None:
    """Enter takes what the headings suggest; what is in doubt or left over is asked; then it is saved."""
    master, slave = pty.openpty()
    targets = "\n" * 13  # each as suggested
    answers = f"{targets}y\nso-quay\n"
    environment = os.environ | {"OCOP_MASTER_KEYS": KEY, "LANG": "vi_VN.UTF-8", "COLUMNS": "200"}
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "import", "map", "so.csv"],
        cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=slave, stderr=slave, text=True,
    )  # fmt: skip
    process.communicate(answers, timeout=60)
    os.close(slave)
    os.close(master)
    assert process.returncode == 0
    (saved,) = office("import", "mapping", "list", "--json").answer
    assert (saved["name"], saved["ignored"], saved["columns"]) == (
        "so-quay",
        ["Phí giao"],
        {"at": "Ngày bán", "amount": "Doanh thu", "producer": "Mã chủ thể"},
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04 broken", "Tệp Excel bị hỏng"),
        (b"%PDF-1.7", "không phải bảng tính"),
        (b"", "Tệp rỗng"),
        (b"chi mot o\n", "Không thấy dòng tiêu đề"),
    ],
)
def test_what_is_no_sheet_is_one_sentence(office: Ocop, tmp_path: Path, content: bytes, told: str) -> None:
    """Whatever its name says."""
    (tmp_path / "la.xlsx").write_bytes(content)
    said = office("import", "map", "la.xlsx")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert told in said.err
