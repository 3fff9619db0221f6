"""`ocop import`: files and folders, one verdict a file, and the way back."""

from pathlib import Path

import pytest

from tests.cli.conftest import Ocop
from tests.files.sheets import INCOME, ORDER, income_file, order_file


@pytest.fixture
def office(ready: Ocop) -> Ocop:
    assert ready("shop", "add", "tra", "--marketplace", "shopee", "--shop-id", "1").code == 0
    return ready


def test_a_folder_is_read_orders_first(office: Ocop, tmp_path: Path) -> None:
    """One verdict a file whatever their names, a broken one beside them, and exit code 1 because of it."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    income_file(folder / "a.xlsx", INCOME)
    order_file(folder / "b.xlsx", ORDER)
    (folder / "c.xlsx").write_bytes(b"PK\x03\x04 broken")
    said = office("import", "downloads", "--json")
    assert said.code == 1
    assert [(one["file"], one["kind"], one["new"], one["waiting"]) for one in said.answer["files"]] == [
        ("b.xlsx", "shopee.orders", 1, 0),
        ("a.xlsx", "shopee.income", 1, 0),
        ("c.xlsx", None, 0, 0),
    ]
    assert said.err.count("\n") == 1
    assert "c.xlsx: Tệp Excel bị hỏng" in said.err


def test_one_file_answers_as_the_contract_says(office: Ocop, tmp_path: Path) -> None:
    """Kind, marketplace and counts; a second time nothing is new; undone, the file is unknown again."""
    order_file(tmp_path / "don.xlsx", ORDER)
    first, second = office("import", "don.xlsx", "--json").answer, office("import", "don.xlsx", "--json").answer
    counts = ("kind", "marketplace", "rows", "new", "updated", "unchanged", "rejected")
    assert [first[name] for name in counts] == ["shopee.orders", "shopee", 1, 1, 0, 0, []]
    assert [second[name] for name in counts] == ["shopee.orders", "shopee", 1, 0, 0, 1, []]
    assert office("import", "list", "--json").answer[0]["file"] == "don.xlsx"
    assert office("import", "undo", str(first["import_id"]), "--json").answer == {"removed": 1, "restored": 0}
    assert office("import", "list", "--json").answer == []


def test_a_file_of_a_shop_that_is_not_clear_is_asked_about(office: Ocop, tmp_path: Path) -> None:
    """No file says whose it is."""
    office("shop", "add", "mat-ong", "--marketplace", "shopee", "--shop-id", "2")
    order_file(tmp_path / "don.xlsx", ORDER)
    said = office("import", "don.xlsx")
    assert said.code == 1
    assert "`--shop TÊN`" in said.err
    assert office("import", "don.xlsx", "--shop", "mat-ong", "--json").answer["new"] == 1
