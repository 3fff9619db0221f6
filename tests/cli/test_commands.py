"""The front door: answers, exit codes, and one sentence for everything that can go wrong."""

from pathlib import Path

import openpyxl
import pytest

from catalog.sample import sample_register
from tests.cli.conftest import Ocop

JSON_LD = """<html><head><script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "Product",
"name": "Chè Tân Cương 200g", "sku": "TN-1", "offers": {"@type": "Offer", "price": "165000", "priceCurrency": "VND",
"availability": "https://schema.org/InStock"}}]}</script></head><body><h1>Chè Tân Cương 200g</h1></body></html>"""


def test_init_is_safe_to_repeat(ocop: Ocop) -> None:
    """The database is created once; asking again changes nothing and says the same."""
    first, second = ocop("init", "--json"), ocop("init", "--json")
    assert first.code == second.code == 0
    assert first.answer == second.answer
    assert first.answer["database"] == "sqlite"


def test_a_command_before_init_says_what_to_do(ocop: Ocop) -> None:
    """No traceback: the sentence names the command that mends it."""
    said = ocop("shop", "list")
    assert (said.code, said.out) == (1, "")
    assert said.err.strip() == "Cơ sở dữ liệu chưa sẵn sàng. Hãy chạy `ocop init`."


def test_the_sample_register_goes_in_whole_and_a_second_time_changes_nothing(ready: Ocop) -> None:
    """86 real products, no bad cell; importing the same facts again touches no product."""
    with sample_register() as path:
        first = ready("catalog", "import", str(path), "--json")
        second = ready("catalog", "import", str(path), "--json")
    assert first.answer | {"ignored_columns": []} == {
        "rows": 87,
        "rejected": [],
        "ignored_columns": [],
        "created": 86,
        "updated": 0,
        "unchanged": 0,
        "stored": True,
    }
    assert (second.answer["created"], second.answer["updated"], second.answer["unchanged"]) == (0, 0, 86)


def test_a_dry_run_stores_nothing(ready: Ocop) -> None:
    """A rehearsal counts what would happen; afterwards the register is as empty as before."""
    with sample_register() as path:
        said = ready("catalog", "import", str(path), "--dry-run", "--json")
    assert (said.answer["created"], said.answer["stored"]) == (86, False)
    assert ready("catalog", "check", "--json").answer == {"products": []}


def test_the_template_reads_back_without_a_fault(ready: Ocop, tmp_path: Path) -> None:
    """What the office is given to fill in is what the importer understands."""
    assert ready("catalog", "template", "mau.xlsx").code == 0
    assert ready("catalog", "import", "mau.xlsx", "--json").answer["rejected"] == []
    assert openpyxl.load_workbook(tmp_path / "mau.xlsx").sheetnames != []


def test_junk_is_one_sentence(ready: Ocop, tmp_path: Path) -> None:
    """A file that is no register ends in exit code 1 and a sentence, and stores nothing."""
    (tmp_path / "junk.xlsx").write_bytes(b"\x00\xff" * 500_000)
    said = ready("catalog", "import", "junk.xlsx")
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"OCOP_TIMEZONE": "Mars/Olympus"}, "OCOP_TIMEZONE=Asia/Ho_Chi_Minh"),
        ({"OCOP_LOG_FORMAT": "xml"}, "OCOP_LOG_FORMAT=text"),
        ({"OCOP_MASTER_KEYS": "c2hvcnQ="}, "OCOP_MASTER_KEYS=$(python3"),
        ({"OCOP_DATABASE_URL": "mysql://u:hunter2@h/x"}, "sqlite:///var/ocop.db"),
    ],
)
def test_a_wrong_setting_is_named_with_the_line_to_write(
    ready: Ocop, settings: dict[str, str | None], named: str
) -> None:
    """The sentence holds a line that works, and never the value that was wrong."""
    said = ready("shop", "list", **settings)
    assert said.code == 1
    assert named in said.err
    assert "hunter2" not in said.err
    assert "Traceback" not in said.err


def test_every_wrong_setting_is_named_at_once(ocop: Ocop) -> None:
    """Nobody mends settings one failed start at a time."""
    said = ocop("init", OCOP_TIMEZONE="Mars/Olympus", OCOP_LOG_FORMAT="xml")
    assert "OCOP_TIMEZONE" in said.err
    assert "OCOP_LOG_FORMAT" in said.err


def test_missing_app_keys_are_all_named(ready: Ocop) -> None:
    """Connecting a shop without its app's keys names each of them."""
    assert ready("shop", "add", "tra", "--marketplace", "shopee", "--shop-id", "1").code == 0
    said = ready("shop", "check", "tra")
    assert said.code == 1
    assert "OCOP_SHOPEE__PARTNER_ID" in said.err
    assert "OCOP_SHOPEE__PARTNER_KEY" in said.err


def test_an_unknown_shop_names_those_there_are(ready: Ocop) -> None:
    """A typing error costs one look, not a search."""
    ready("shop", "add", "tra", "--marketplace", "tiki", "--shop-id", "1")
    said = ready("push", "--shop", "cha")
    assert said.code == 1
    assert "«cha»" in said.err
    assert "tra" in said.err


def test_parse_gives_items_and_states(ocop: Ocop, tmp_path: Path) -> None:
    """One saved page through the spiders' own reader: an array of items, or a state with its evidence."""
    (tmp_path / "page.html").write_text(JSON_LD, encoding="utf-8")
    (tmp_path / "empty.html").write_text("<html><body><h1>Giới thiệu</h1></body></html>", encoding="utf-8")
    (item,) = ocop("parse", "--site", "generic", "--url", "https://shop.example/p", "page.html", "--json").answer
    assert (item["title"], item["price"], item["currency"], item["available"]) == (
        "Chè Tân Cương 200g",
        "165000",
        "VND",
        True,
    )
    nothing = ocop("parse", "--site", "generic", "--url", "https://shop.example/p", "empty.html").answer
    assert nothing["state"] == "layout_changed"


def test_english_on_request(ready: Ocop) -> None:
    """`--lang en` turns what a person reads into English."""
    assert "The database is ready" in ready("--lang", "en", "init").out
    assert "Cơ sở dữ liệu sẵn sàng" in ready("--lang", "vi", "init").out


def test_wrong_usage_is_exit_code_two(ocop: Ocop) -> None:
    """1 means the work failed, 2 means the command was not understood."""
    assert ocop("push", "--no-such-option").code == 2
    assert ocop("no-such-command").code == 2


def test_a_share_without_its_offline_side_is_not_printed(ready: Ocop) -> None:
    """Unknown is null and says so; it is never 100 %."""
    answer = ready("report", "online-share", "--json").answer
    assert [row["online_share"] for row in answer["rows"]] == [None]
    assert "không tính tỷ trọng" in answer["notes"][0]


def test_reports_are_listed(ocop: Ocop) -> None:
    """`ocop report` alone names them all, without a database."""
    listed = ocop("report", "--json").answer["reports"]
    assert [row["report"] for row in listed] == [
        "revenue",
        "income",
        "producers",
        "products",
        "channels",
        "producer-statement",
        "reconcile",
        "fees",
        "tax",
        "what-if",
        "online-share",
        "market",
        "star-effect",
        "programme",
    ]


def test_doctor_says_that_nothing_schedules(ready: Ocop) -> None:
    """A silent scheduler is a failed check with the command that mends it."""
    said = ready("doctor", "--json")
    assert said.code == 1
    scheduler = next(check for check in said.answer["checks"] if check["check"] == "scheduler")
    assert scheduler == {"check": "scheduler", "ok": False, "detail": "chưa chạy lần nào: hãy chạy `ocop scheduler`"}


def test_declared_offline_sales_are_told_from_their_headings(ready: Ocop, tmp_path: Path) -> None:
    """The kind is recognised, the same file twice changes nothing, and a changed amount is one update."""
    with sample_register() as path:
        ready("catalog", "import", str(path))
    file = tmp_path / "khai.csv"
    head = "producer_code,product_code,month,amount_vnd,source\n"
    file.write_text(f"{head}CT-001,,202611,1.500.000,khai tay\n", encoding="utf-8")
    first = ready("import", "khai.csv", "--json")
    assert first.code == 0, first.err
    assert {name: first.answer[name] for name in ("kind", "new", "updated", "unchanged")} == {
        "kind": "offline_sales",
        "new": 1,
        "updated": 0,
        "unchanged": 0,
    }
    assert ready("import", "khai.csv", "--json").answer["unchanged"] == 1
    file.write_text(f"{head}CT-001,,202611,2.500.000,khai tay\n", encoding="utf-8")
    assert ready("import", "khai.csv", "--json").answer["updated"] == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("KHONG-CO,,202611,1000,x", "không có mã KHONG-CO"),
        ("P,,202613,1000,x", "tháng phải ghi như 202611"),
        ("P,,11/2026,1000,x", "cột month"),
        ("P,,202611,một triệu,x", "cột amount_vnd"),
        ("P", "cột month"),
    ],
)
def test_a_declaration_that_cannot_be_read_names_its_line(ready: Ocop, tmp_path: Path, line: str, said: str) -> None:
    """The first bad line is named with its column, and nothing is stored."""
    (tmp_path / "khai.csv").write_text(
        f"producer_code,product_code,month,amount_vnd,source\n{line}\n", encoding="utf-8"
    )
    done = ready("import", "khai.csv")
    assert done.code == 1
    assert "Dòng 2" in done.err
    assert said in done.err


def test_a_file_of_no_known_kind_is_refused(ready: Ocop, tmp_path: Path) -> None:
    """No guessing: the sentence says which kinds there are."""
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    done = ready("import", "x.csv")
    assert (done.code, "Không nhận ra loại tệp" in done.err) == (1, True)


def test_a_report_into_a_missing_folder_is_a_sentence(ready: Ocop) -> None:
    """The reason stands beside the name of the file; no traceback."""
    done = ready("report", "programme", "--format", "csv", "-o", "khong/co/x.csv")
    assert done.code == 1
    assert "Không ghi được" in done.err
    assert "Traceback" not in done.err
