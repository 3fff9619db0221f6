"""`ocop watch` as the office uses it: every answer as one JSON document, every refusal with its sentence and exit code 1."""

from pathlib import Path

from tests.cli.conftest import Ocop

PAGE = "https://tiki.vn/tra-tan-cuong-p279.html?spid=281"


def test_the_list_says_who_allowed_each_page(ready: Ocop) -> None:
    """Added once however often it is pasted; who, whether the terms were read, and how often, are on the list."""
    words = ("--by", "Bà Lan", "--terms-checked", "2026-11-20", "--every-days", "3", "--json")
    first = ready("watch", "add", f"{PAGE}&utm_source=fb", *words)
    again = ready("watch", "add", PAGE, "--json")
    assert [(said.code, said.answer["pages"][0]["state"]) for said in (first, again)] == [(0, "added"), (0, "known")]
    (page,) = ready("watch", "list", "--json").answer["pages"]
    wanted = {"url": PAGE, "site": "tiki", "allowed_by": "Bà Lan", "terms_checked_on": "2026-11-20", "every_days": 3}
    assert {name: page[name] for name in wanted} == wanted
    assert (page["is_enabled"], page["state"], page["last_visit_at"]) == (True, None, None)


def test_a_bad_address_stops_none_of_the_others(ready: Ocop, tmp_path: Path) -> None:
    """From a file as from a paste: the bad one is told, the exit code says that something was refused."""
    file = tmp_path / "trang.txt"
    file.write_text(f"# của sở\nhttp://127.0.0.1:8000/x\n{PAGE}\n", encoding="utf-8")
    said = ready("watch", "add", "--file", str(file), "--json")
    bad, good = said.answer["pages"]
    assert (said.code, bad["state"], good["state"]) == (1, "refused", "added")
    assert bad["why"] == "Không theo dõi được: «127.0.0.1» nằm trong mạng nội bộ."


def test_nothing_to_add_is_told(ready: Ocop) -> None:
    """With the three ways to say it."""
    said = ready("watch", "add", "--json")
    assert (said.code, said.out) == (1, "")
    assert "--from-page" in said.err
    assert "--file" in said.err


def test_a_page_taken_off_is_listed_as_taken_off(ready: Ocop) -> None:
    """Its row stays; a page nobody watches cannot be taken off."""
    ready("watch", "add", PAGE)
    assert ready("watch", "remove", PAGE, "--json").answer["pages"][0]["state"] == "removed"
    assert ready("watch", "list", "tiki", "--json").answer["pages"][0]["is_enabled"] is False
    assert ready("watch", "remove", "https://tiki.vn/khac-p1.html").code == 1


def test_the_switch_of_a_site(ready: Ocop) -> None:
    """Off at once, told by whom and why wherever somebody asks; on again by a person alone."""
    ready("watch", "add", PAGE)
    assert ready("watch", "stop", "tiki", "--by", "Bà Lan", "--why", "chủ trang yêu cầu", "--json").answer == {
        "site": "tiki",
        "is_read": False,
    }
    refused = ready("crawl", "tiki")
    assert refused.code == 1
    assert "đã tắt theo lệnh của Bà Lan: chủ trang yêu cầu" in refused.err
    checks = {check["check"]: check["ok"] for check in ready("doctor", "--json").answer["checks"]}
    assert checks["site tiki"] is False
    assert ready("watch", "start", "tiki", "--json").answer == {"site": "tiki", "is_read": True}
    assert ready("watch", "start", "tiki").code == 1
    assert "Không có trang «tikki»" in ready("watch", "stop", "tikki").err


def test_nothing_kept_is_told(ready: Ocop) -> None:
    """Reading again needs something that was read."""
    said = ready("crawl", "--reparse", "--json")
    assert (said.code, said.out) == (1, "")
    assert "Chưa lưu trang nào" in said.err
    assert ready("doctor", "--json").answer["crawls"] == []
