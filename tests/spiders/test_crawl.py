"""The crawl as its caller sees it: pages in, visits back from a child process over real HTTP, and the rules of a polite guest."""

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Generator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from spiders.crawl import CrawlDied, CrawlOptions, PageRequest, Visit, crawl
from spiders.page import PageState
from tests.spiders.conftest import Answer, Shop
from tests.spiders.pages import tiki_page, tiki_product, tiki_product_page, tiki_reviews

ROOT = Path(__file__).parents[2]


def options(**changes: Any) -> CrawlOptions:
    return CrawlOptions(**{"contact": "ocop@thainguyen.gov.vn", "delay_s": 0, "allow_private": True, **changes})


def visits(site: str, pages: Sequence[PageRequest], **changes: Any) -> list[Visit]:
    return list(crawl(site, pages, options(**changes)))


def path_of(number: int) -> str:
    return f"/tra-p{number}.html"


def stock(shop: Shop, *numbers: int, **changes: Any) -> list[PageRequest]:
    """Put product pages on the shelf and give the requests for them."""
    for number in numbers:
        shop.pages[path_of(number)] = Answer(tiki_product_page(tiki_product(number, **changes)))
    return [PageRequest(number, shop.url + path_of(number)) for number in numbers]


def test_visit_tells_the_whole_story(shop: Shop) -> None:
    """State, status, size, times and the item, under the caller's own page id."""
    (visit,) = visits("tiki", stock(shop, 101))
    assert (visit.page_id, visit.url, visit.final_url) == (101, shop.url + path_of(101), shop.url + path_of(101))
    assert (visit.state, visit.evidence, visit.status, visit.retry_after_s) == (PageState.OK, "", 200, None)
    assert visit.bytes == len(tiki_product_page(tiki_product(101)).encode())
    assert visit.fetched_at.utcoffset() is not None
    assert [item.external_id for item in visit.items] == ["101"]


def test_we_say_who_we_are_and_carry_nothing(shop: Shop) -> None:
    """The contact is in the User-Agent of every request, robots.txt included; no cookie given is ever brought back."""
    pages = stock(shop, 1, 2)
    shop.pages[path_of(1)] = Answer(tiki_product_page(tiki_product(1)), headers={"Set-Cookie": "visitor=7"})
    visits("tiki", pages)
    assert len(shop.headers) == 3
    assert {headers["User-Agent"] for headers in shop.headers} == {
        "ocop/0.1 (OCOP price watch; contact: ocop@thainguyen.gov.vn)"
    }
    assert not any({"Cookie", "Authorization", "Referer"} & set(headers) for headers in shop.headers)


def test_robots_rules_are_kept(shop: Shop) -> None:
    """A forbidden address is not asked for; the others are."""
    allowed, forbidden = stock(shop, 1)[0], PageRequest(2, f"{shop.url}/cam/tra-p2.html")
    found = {visit.page_id: visit for visit in visits("tiki", [allowed, forbidden])}
    assert found[1].state == PageState.OK
    assert (found[2].state, found[2].evidence) == (PageState.DISALLOWED, "robots.txt forbids this address")
    assert shop.calls == {"/robots.txt": 1, path_of(1): 1}


@pytest.mark.parametrize(
    ("robots", "evidence"),
    [
        (Answer("", 500), "robots.txt answered 500"),
        (Answer(close=True), "robots.txt could not be fetched: DownloadFailedError"),
        (Answer("<html>hello</html>"), "robots.txt is a page, not rules"),
    ],
)
def test_unreadable_robots_forbids_for_now(shop: Shop, robots: Answer, evidence: str) -> None:
    """What cannot be read is not taken for leave."""
    pages = stock(shop, 1)
    shop.pages["/robots.txt"] = robots
    assert [(v.state, v.evidence) for v in visits("tiki", pages)] == [(PageState.DISALLOWED, evidence)]
    assert shop.calls[path_of(1)] == 0


@pytest.mark.parametrize(
    ("robots", "state", "evidence"),
    [
        (Answer("", 403), PageState.REFUSED, "robots.txt: status 403"),
        (Answer("", 429, {"Retry-After": "60"}), PageState.SLOW_DOWN, "robots.txt: status 429"),
        (Answer("<title>Security Check</title>"), PageState.REFUSED, "robots.txt: challenge page: security check"),
    ],
)
def test_refusal_of_robots_is_a_refusal(shop: Shop, robots: Answer, state: PageState, evidence: str) -> None:
    """Told once, the host's other pages skipped, none asked for."""
    pages = stock(shop, 1, 2, 3)
    shop.pages["/robots.txt"] = robots
    found = visits("tiki", pages)
    assert [visit.state for visit in found] == [state, PageState.SKIPPED, PageState.SKIPPED]
    assert (found[0].evidence, found[0].status) == (evidence, robots.status)
    assert found[0].retry_after_s == (60.0 if robots.status == 429 else None)
    assert set(shop.calls) == {"/robots.txt"}


def test_no_robots_file_allows(shop: Shop) -> None:
    """404 means that there are no rules."""
    pages = stock(shop, 1)
    del shop.pages["/robots.txt"]
    assert [visit.state for visit in visits("tiki", pages)] == [PageState.OK]


@pytest.mark.parametrize(
    ("answer", "state", "retry_after_s"),
    [
        (Answer("", 403), PageState.REFUSED, None),
        (Answer("", 429, {"Retry-After": "90"}), PageState.SLOW_DOWN, 90.0),
        (Answer("", 503, {"Retry-After": "90"}), PageState.SLOW_DOWN, 90.0),
        (Answer("<title>Security Check</title>"), PageState.REFUSED, None),
        (Answer("", 302, {"Location": "/login?next=/"}), PageState.REFUSED, None),
    ],
)
def test_first_refusal_stops_the_host(
    shop: Shop, answer: Answer, state: PageState, retry_after_s: float | None
) -> None:
    """Not one request more: the remaining pages come back as skipped, the refused one is not tried again."""
    pages = stock(shop, *range(1, 9))
    shop.pages[path_of(3)] = answer
    found = visits("tiki", pages)
    assert [visit.state for visit in found] == [PageState.OK, PageState.OK, state, *[PageState.SKIPPED] * 5]
    assert found[2].retry_after_s == retry_after_s
    assert sum(shop.calls.values()) == 4
    assert found[3].evidence == f"its host was stopped after: {found[2].evidence}"


def test_one_hosts_refusal_leaves_the_others_alone(shop: Shop) -> None:
    """Stops are per host."""
    other = Shop()
    try:
        refused = stock(shop, 1, 2)
        shop.pages[path_of(1)] = Answer("", 403)
        (fine,) = stock(other, 3)
        states = {visit.page_id: visit.state for visit in visits("tiki", [*refused, fine])}
    finally:
        other.server.shutdown()
        other.server.server_close()
    assert states == {1: PageState.REFUSED, 2: PageState.SKIPPED, 3: PageState.OK}


def test_one_request_in_flight_per_host(shop: Shop) -> None:
    """The second request waits for the first one's answer."""
    running, most = [0], [0]

    def slow() -> Answer:
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.05)
        running[0] -= 1
        return Answer("", 404)

    pages = [PageRequest(number, shop.url + path_of(number)) for number in range(6)]
    for number in range(6):
        shop.pages[path_of(number)] = slow
    assert {visit.state for visit in visits("tiki", pages)} == {PageState.GONE}
    assert most == [1]


def test_delay_is_never_shorter_than_asked(shop: Shop) -> None:
    """Jitter lengthens the pause between two requests, it never eats into it."""
    moments: list[float] = []

    def noted() -> Answer:
        moments.append(time.monotonic())
        return Answer("", 404)

    pages = [PageRequest(number, shop.url + path_of(number)) for number in range(4)]
    for number in range(4):
        shop.pages[path_of(number)] = noted
    visits("tiki", pages, delay_s=0.2)
    assert min(later - sooner for sooner, later in pairwise(moments)) >= 0.19


def test_longer_crawl_delay_of_the_site_is_kept_to(shop: Shop) -> None:
    """A Crawl-delay above ours wins."""
    pages = stock(shop, 1, 2)
    shop.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 1\n")
    started = time.monotonic()
    assert len(visits("tiki", pages, delay_s=0.1)) == 2
    assert time.monotonic() - started >= 1


def test_redirects_stay_on_the_site_and_end(shop: Shop) -> None:
    """Followed within the site; not to another host, not to another scheme, not for ever."""
    pages = stock(shop, 1)
    shop.pages["/cu-p1.html"] = Answer("", 301, {"Location": path_of(1)})
    shop.pages["/ra-p2.html"] = Answer("", 302, {"Location": "http://example.com/"})
    shop.pages["/tap-p3.html"] = Answer("", 302, {"Location": "file:///etc/passwd"})
    shop.pages["/vong-p4.html"] = Answer("", 302, {"Location": "/vong-p4.html"})
    pages = [
        PageRequest(n, shop.url + p)
        for n, p in enumerate(("/cu-p1.html", "/ra-p2.html", "/tap-p3.html", "/vong-p4.html"))
    ]
    found = {visit.page_id: visit for visit in visits("tiki", pages)}
    assert (found[0].state, found[0].url, found[0].final_url) == (PageState.OK, pages[0].url, shop.url + path_of(1))
    assert (found[1].state, found[1].evidence) == (PageState.DISALLOWED, "redirected to a host outside this site")
    assert (found[2].state, found[2].evidence) == (PageState.LAYOUT_CHANGED, "status 302")
    assert (found[3].state, found[3].evidence) == (PageState.NETWORK, "more than five redirects")
    assert shop.calls["/vong-p4.html"] == 6


@pytest.mark.parametrize(
    ("url", "evidence"),
    [
        ("file:///etc/passwd", "scheme file is not http or https"),
        ("data:text/html,hello", "scheme data is not http or https"),
        ("http://user:secret@htx.example/p", "an address with credentials in it"),
        ("http://127.0.0.1:9/p", "a private address"),
        ("http://localhost:9/p", "a private address"),
        ("http://[::1]:9/p", "a private address"),
        ("http://0x7f000001:9/p", "a private address"),
        ("http://169.254.169.254/latest/meta-data", "a private address"),
    ],
)
def test_addresses_that_are_never_asked(url: str, evidence: str) -> None:
    """Without the word for a pretend shop no private network is touched; no local file, no credentials, ever."""
    found = visits("generic", [PageRequest(1, url)], allow_private=False, delay_s=0.1)
    assert [(visit.state, visit.evidence) for visit in found] == [(PageState.DISALLOWED, evidence)]
    assert "secret" not in found[0].evidence


def test_public_name_of_a_private_address_is_refused(shop: Shop) -> None:
    """The machine's own name is spelled like any other; what it leads to decides."""
    name = socket.gethostname()
    if socket.gethostbyname(name) != "127.0.0.1" and not socket.gethostbyname(name).startswith(
        ("10.", "172.", "192.168.")
    ):
        pytest.skip("this machine's name leads to a public address")
    (visit,) = visits(
        "generic", [PageRequest(1, f"http://{name}:{shop.server.server_port}/x")], allow_private=False, delay_s=0.1
    )
    assert (visit.state, visit.evidence) == (PageState.DISALLOWED, "a name that leads to a private address")
    assert not shop.calls


def test_answers_that_cannot_be_taken(shop: Shop) -> None:
    """Too large, cut off, or no answer at all: a state each, and a lost answer is asked for once more."""
    shop.pages["/to-p1.html"] = Answer(b"<" * (8 * 1024 * 1024 + 1))
    shop.pages["/mat-p2.html"] = Answer(close=True)
    shop.pages["/cut-p3.html"] = Answer("<html>", headers={"Content-Length": "500"}, cut=True)
    shop.pages["/hong-p4.html"] = Answer("", 500)
    paths = ("/to-p1.html", "/mat-p2.html", "/cut-p3.html", "/hong-p4.html")
    found = {
        visit.page_id: visit
        for visit in visits("tiki", [PageRequest(n, shop.url + p) for n, p in enumerate(paths)], timeout_s=2)
    }
    assert (found[0].state, found[0].evidence) == (PageState.BAD_DATA, "larger than the most we read")
    assert [found[n].state for n in (1, 2, 3)] == [PageState.NETWORK] * 3
    assert [shop.calls[path] for path in paths[2:]] == [2, 2]
    assert shop.calls["/mat-p2.html"] in {2, 3}  # Twisted itself sends again on a kept connection that turns out closed
    assert not any("127.0.0.1" in visit.evidence for visit in found.values())


def review_path(number: int, page: int) -> str:
    offer = f"&spid={number + 2}&seller_id=145001"
    return f"/api/v2/reviews?product_id={number}{offer}&limit=20&page={page}&sort=id%7Cdesc&include=comments"


def test_product_that_leads_to_a_list_is_gone(shop: Shop) -> None:
    """Shops retire a product by sending its visitors to the category: the goods there are not its figures."""
    row = {
        "id": 1,
        "seller_product_id": 2,
        "name": "Chè",
        "price": 1,
        "original_price": 1,
        "rating_average": 0,
        "review_count": 0,
    }
    shop.pages["/che/c1954"] = Answer(tiki_page({"catalog": {"data": [row]}}))
    shop.pages["/cu-p1.html"] = Answer("", 302, {"Location": "/che/c1954"})
    gone, listed = visits("tiki", [PageRequest(1, f"{shop.url}/cu-p1.html"), PageRequest(2, f"{shop.url}/che/c1954")])
    assert (gone.state, gone.evidence, gone.items) == (PageState.GONE, "redirected to a list", ())
    assert (listed.state, len(listed.items)) == (PageState.OK, 1)


def test_reviews_are_read_up_to_the_first_known_one(shop: Shop) -> None:
    """Newest first, page by page; the page with a known id is the last, and only what is newer is given."""
    (page,) = stock(shop, 5)
    for number, ids in enumerate(((9, 8), (7, 6), (5, 4)), 1):
        shop.pages[review_path(5, number)] = Answer(json.dumps(tiki_reviews(*ids, page=number, last=3, product=5)))
    request = PageRequest(5, page.url, frozenset({"6"}))
    product, *reviews = visits("tiki", [request], reviews=True)
    assert product.items[0].external_id == "5"
    assert [(visit.page_id, visit.state) for visit in reviews] == [(5, PageState.OK)] * 2
    assert [[review.external_id for review in visit.ratings.reviews] for visit in reviews if visit.ratings] == [
        ["9", "8"],
        ["7"],
    ]
    assert shop.calls[review_path(5, 3)] == 0


def test_field_that_vanishes_stops_the_crawl(shop: Shop) -> None:
    """Three pages running without a field that nearly all had: a changed layout, and nothing more is asked for."""
    pages = stock(shop, *range(1, 8), quantity_sold=None)
    found = visits("tiki", pages, expected={shop.url.removeprefix("http://"): frozenset({"sold_total"})})
    assert [visit.state for visit in found] == [PageState.OK] * 2 + [PageState.LAYOUT_CHANGED] + [PageState.SKIPPED] * 4
    assert (found[2].evidence, found[2].vanished) == ("sold_total missing in 3 pages running", ("sold_total",))
    assert found[2].items == ()


def test_no_page_is_lost_or_doubled_in_a_long_crawl(shop: Shop) -> None:
    """As many visits as pages, each once, in one process start."""
    numbers = range(1, 301)
    found = visits("tiki", stock(shop, *numbers))
    assert sorted(visit.page_id for visit in found) == list(numbers)
    assert {visit.state for visit in found} == {PageState.OK}


def test_dead_child_is_noticed(shop: Shop) -> None:
    """What came is given, then the death is told: a job never takes half a crawl for a whole one."""
    pages = stock(shop, *range(1, 400))
    crawling = crawl("tiki", pages, options())
    first = next(crawling)
    os.kill(_child(), signal.SIGKILL)
    came: list[Visit] = [first]
    with pytest.raises(CrawlDied, match="ended early"):
        came.extend(crawling)
    assert 1 <= len(came) < 399


def test_dropped_crawl_ends_its_child(shop: Shop) -> None:
    """Nobody listens: nobody crawls."""
    crawling = crawl("tiki", stock(shop, *range(1, 400)), options())
    assert isinstance(crawling, Generator)
    next(crawling)
    child = _child()
    crawling.close()
    assert _dead(child)


def test_killed_parent_takes_the_child_with_it(shop: Shop) -> None:
    """SIGKILL of the parent leaves no crawler behind."""
    stock(shop, *range(1, 2000))
    script = f"""
        import multiprocessing, sys, time
        from spiders.crawl import CrawlOptions, PageRequest, crawl
        if __name__ == "__main__":
            pages = [PageRequest(n, f"{shop.url}/tra-p{{n}}.html") for n in range(1, 2000)]
            crawling = crawl("tiki", pages, CrawlOptions("a@b.vn", delay_s=0.05, allow_private=True))
            next(crawling)
            print(multiprocessing.active_children()[0].pid, flush=True)
            time.sleep(60)
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    assert _dead(child)


@pytest.mark.parametrize(
    "wrong",
    [
        {"contact": ""},
        {"contact": "a\r\nX: y"},
        {"delay_s": -1},
        {"concurrency": 0},
        {"allow_private": False},
        {"timeout_s": 0},
    ],
)
def test_options_nobody_may_crawl_with(wrong: dict[str, Any]) -> None:
    """No contact, no delay in public: refused before a process is started."""
    with pytest.raises(ValueError, match=r"OCOP_CONTACT|delay_s|allow_private"):
        options(**wrong)


def test_scrapy_users_find_their_commands(shop: Shop, tmp_path: Path) -> None:
    """`scrapy list`, `scrapy crawl -a url= -O` and the project's settings work as they do everywhere."""
    (page,) = stock(shop, 1)
    out = tmp_path / "out.jsonl"
    env = {**os.environ, "OCOP_CONTACT": "ocop@thainguyen.gov.vn"}

    def scrapy(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=True
        ).stdout

    assert scrapy("list").split() == ["generic", "lazada", "sendo", "shopee", "tiki", "tiktok_shop"]
    scrapy(
        "crawl", "tiki", "-a", f"url={page.url}", "-s", "OCOP_ALLOW_PRIVATE=1", "-s", "DOWNLOAD_DELAY=0", "-O", str(out)
    )
    (line,) = out.read_text().splitlines()
    assert (json.loads(line)["external_id"], json.loads(line)["price"]) == ("1", "235000")


def _child() -> int:
    import multiprocessing  # noqa: PLC0415 - only to look at the children

    (child,) = multiprocessing.active_children()
    assert child.pid is not None
    return child.pid


def _dead(pid: int) -> bool:
    """Gone, or a zombie nobody has waited for yet, within three seconds."""
    for _ in range(60):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False
