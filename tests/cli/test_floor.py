"""`ocop floor`, and what `ocop plan` says of a price below a floor."""

from pathlib import Path

from tests.cli.conftest import Ocop
from tests.cli.test_category_map import REGISTER


def test_a_floor_is_set_listed_and_cleared(ready: Ocop, tmp_path: Path) -> None:
    """As people write amounts; for one marketplace or for all of them."""
    (tmp_path / "so.csv").write_text(REGISTER, encoding="utf-8")
    assert ready("catalog", "import", "so.csv", "--json").answer["rejected"] == []
    assert ready("floor", "set", "TRA-200G", "150k", "--json").answer == {"sku": "TRA-200G", "floors": {"": 150_000}}
    said = ready("floor", "set", "TRA-200G", "200.000", "--marketplace", "shopee")
    assert said.out.strip() == "Giá sàn của TRA-200G: shopee 200.000 ₫. Xem `ocop plan`."
    floors = ready("floor", "list", "--json").answer["floors"]
    assert [(one["sku"], one["marketplace"], one["floor_vnd"], one["cost_vnd"]) for one in floors] == [
        ("TRA-200G", None, 150_000, None),
        ("TRA-200G", "shopee", 200_000, None),
    ]
    assert ready("floor", "clear", "TRA-200G", "--json").answer == {"sku": "TRA-200G", "floors": {}}
    assert len(ready("floor", "list", "--json").answer["floors"]) == 1


def test_many_floors_come_from_a_file(ready: Ocop, tmp_path: Path) -> None:
    """All together, or none when a row is wrong; the row is named, and the same file again changes nothing."""
    (tmp_path / "so.csv").write_text(REGISTER, encoding="utf-8")
    ready("catalog", "import", "so.csv", "--json")
    head = "sku,marketplace,floor_vnd,cost_vnd,packaging_vnd,seller\n"
    (tmp_path / "san.csv").write_text(f"{head}TRA-200G,,150.000,,,\nTRA-200G,tiki,160k,,,\n", encoding="utf-8-sig")
    for _ in range(2):
        assert ready("floor", "import", "san.csv", "--json").answer == {"floors": 2}
    for row, sentence in (
        ("TRA-200G,,1,2,,", "dòng 3: cần đúng một trong hai cột floor_vnd (giá sàn) và cost_vnd (giá vốn)."),
        ("TRA-200G,,,90000,,công ty", "dòng 3: loại hình «công ty» không có."),
        ("LẠ,,1,,,", "dòng 3: Sổ đăng ký không có gói nào mang SKU «LẠ»"),
        ("TRA-200G,shopee,,90000,,household", "dòng 3: Không gian hàng nào bán gói «TRA-200G»"),
    ):
        (tmp_path / "sai.csv").write_text(f"{head}TRA-200G,,1,,,\n{row}\n", encoding="utf-8")
        said = ready("floor", "import", "sai.csv")
        assert (said.code, sentence in said.err.replace("\n", " ")) == (1, True)
    floors = ready("floor", "list", "--json").answer["floors"]
    assert [(one["marketplace"], one["floor_vnd"]) for one in floors] == [(None, 150_000), ("tiki", 160_000)]


def test_what_is_not_there_ends_in_a_sentence(ready: Ocop) -> None:
    """Exit code 1 and what to do, no traceback."""
    for words, sentence in (
        (("set", "KHÔNG-CÓ", "1"), "Sổ đăng ký không có gói nào mang SKU «KHÔNG-CÓ»"),
        (("set", "TRA-200G", "rẻ"), "Không đọc được «rẻ» thành một số tiền."),
    ):
        said = ready("floor", *words)
        assert (said.code, sentence in said.err) == (1, True)
