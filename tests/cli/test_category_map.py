"""`ocop catalog map` and what `ocop plan` says of listings that are held back."""

from pathlib import Path

from tests.cli.conftest import Ocop

REGISTER = """Mã chủ thể,Tên chủ thể,Loại hình,Mã sản phẩm,Tên sản phẩm,Phân nhóm,SKU,Giá bán (đồng)
CT-001,HTX chè,Hợp tác xã,TRA,Chè tôm nõn,food/tea,TRA-200G,185.000
"""


def test_the_map_is_set_listed_exported_and_read_back(ready: Ocop, tmp_path: Path) -> None:
    """What was set is listed; the exported file read back changes nothing."""
    said = ready(
        "catalog", "map", "set", "shopee", "food/tea", "--category", "100828", "--attribute", "Hạn=12", "--json"
    )
    assert said.answer == {"changed": 2, "unchanged": 0}
    kept = {"marketplace": "shopee", "sub_group": "food/tea"}
    assert ready("catalog", "map", "list", "--json").answer == {
        "entries": [kept | {"field": "category", "value": "100828"}, kept | {"field": "Hạn", "value": "12"}]
    }
    lines = ready("catalog", "map", "export", "map.csv", "--json").answer["entries"]
    assert len((tmp_path / "map.csv").read_text(encoding="utf-8-sig").splitlines()) == lines + 1
    assert ready("catalog", "map", "import", "map.csv", "--json").answer == {"changed": 0, "unchanged": lines}


def test_a_wrong_line_ends_in_a_sentence(ready: Ocop) -> None:
    """Exit code 1 and what to do, no traceback."""
    said = ready("catalog", "map", "set", "shopee", "food/tea")
    assert (said.code, said.err.strip()) == (1, "Cần --category hoặc --attribute.")


def test_the_plan_says_what_holds_each_listing_back(ready: Ocop, tmp_path: Path) -> None:
    """A pack without papers is a create that is held back; the papers are named, and no request was needed for it."""
    (tmp_path / "so.csv").write_text(REGISTER, encoding="utf-8")
    assert ready("catalog", "import", "so.csv", "--json").answer["rejected"] == []
    ready("shop", "add", "thu", "--marketplace", "shopee", "--shop-id", "1")
    (change,) = ready("plan", "--shop", "thu", "--json").answer["changes"]
    assert (change["sku"], change["action"], change["why"]) == ("TRA-200G", "create", "chưa được bán")
    assert change["blockers"] == [
        "Thiếu giấy tờ còn hiệu lực: Bản tự công bố sản phẩm.",
        (
            "Thiếu giấy tờ còn hiệu lực: Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm"
            " hoặc Bản cam kết bảo đảm an toàn thực phẩm."
        ),
        "Chưa đăng bán được TRA-200G: chưa biết tồn kho, khối lượng gửi hàng.",
    ]
