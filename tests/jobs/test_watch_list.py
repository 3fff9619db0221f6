"""The office's list: pasted addresses become pages of their site, once, with who allowed them; what leads inside is refused."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from jobs.app import App, JobError
from jobs.watch_list import Entry, Permission, add_pages, listed, remove_pages
from jobs.watch_sources import in_file, on_page
from models import SiteState, WatchedPage
from tests.jobs.office import Office, opened
from tests.jobs.played_jobs import START
from tests.spiders.conftest import Answer, Shop

OFFICE = Permission("Sở NN&MT", date(2026, 11, 20), every_days=2)
LIST = '<ul class="products">{}</ul>'
CARD = '<li class="product post-{0} instock"><a href="/san-pham/tra-{0}"><h2>Trà {0}</h2></a><span class="price">85.000₫</span></li>'


@pytest.fixture
def sandboxed(app: App) -> App:
    app.allow_private_hosts, app.crawl_delay_s = True, 0.0
    return app


@pytest.fixture
def shop() -> Iterator[Shop]:
    """A shop whose front page lists two teas."""
    found = Shop()
    found.pages["/cua-hang"] = Answer(LIST.format("".join(CARD.format(number) for number in (1, 2))))
    yield found
    found.server.shutdown()
    found.server.server_close()


def _urls(app: App) -> list[str]:
    with app.database.session() as session:
        return list(session.scalars(select(WatchedPage.url).where(WatchedPage.is_enabled).order_by(WatchedPage.id)))


@pytest.mark.parametrize(
    ("pasted", "site", "kept"),
    [
        (
            "https://tiki.vn/tra-tan-cuong-p279.html?spid=281&itm_campaign=x&utm_source=fb#danh-gia",
            "tiki",
            "https://tiki.vn/tra-tan-cuong-p279.html?spid=281",
        ),
        ("https://shopee.vn/Trà-Tân-Cương-i.12.34?sp_atk=a&xptdk=b", "shopee", "https://shopee.vn/product/12/34"),
        ("https://www.lazada.vn/products/tra-i12-s34.html?spm=a.b", "lazada", "https://www.lazada.vn/products/tra-i12-s34.html"),
        ("https://tiki.vn/search?q=trà&src=header", "tiki", "https://tiki.vn/search?q=tr%C3%A0"),
        ("HTTPS://CheTanCuong.VN:443/san-pham/tra?fbclid=1&variant=7", "generic", "https://chetancuong.vn/san-pham/tra?variant=7"),
    ],
)  # fmt: skip
def test_what_only_follows_people_around_is_dropped(app: App, pasted: str, site: str, kept: str) -> None:
    """The site is told by the host; the address keeps what names the page and nothing else."""
    assert add_pages(app, [f" {pasted}\n"], OFFICE) == [Entry(pasted, "added", site, kept)]


def test_one_page_under_two_addresses_is_watched_once(app: App) -> None:
    """Slug, www and tracking do not make another page; another offer of the product does."""
    given = [
        "https://tiki.vn/tra-ngon-p5.html?spid=7",
        "https://www.tiki.vn/ten-khac-p5.html?spid=7&utm_source=x",
        "https://tiki.vn/tra-ngon-p5.html?spid=8",
    ]
    assert [entry.state for entry in add_pages(app, given, OFFICE)] == ["added", "known", "added"]
    assert _urls(app) == [given[0], given[2]]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://127.0.0.1:8000/x", "«127.0.0.1» nằm trong mạng nội bộ"),
        ("http://localhost/x", "«localhost» nằm trong mạng nội bộ"),
        ("http://[::ffff:10.0.0.1]/x", "nằm trong mạng nội bộ"),
        ("http://[64:ff9b::7f00:1]/x", "nằm trong mạng nội bộ"),
        ("http://169.254.169.254/latest", "nằm trong mạng nội bộ"),
        ("ftp://che.vn/x", "chỉ nhận địa chỉ http hoặc https"),
        ("https://an:mat@che.vn/x", "địa chỉ chứa tên đăng nhập hoặc mật khẩu"),
        ("https:///x", "địa chỉ thiếu tên máy chủ"),
        ("http://[/x", "địa chỉ viết sai"),
    ],
)
def test_what_may_not_be_asked_is_not_watched(app: App, address: str, why: str) -> None:
    """Told with its reason; the good address beside it is taken."""
    bad, good = add_pages(app, [address, "https://tiki.vn/tra-p1.html"], OFFICE)
    assert (bad.state, good.state) == ("refused", "added")
    assert why in str(bad.why)


def test_a_page_says_who_allowed_it(app: App) -> None:
    """Who, when, whether the terms were read, how often."""
    add_pages(app, ["https://tiki.vn/tra-p1.html"], OFFICE)
    with app.database.session() as session:
        (page,) = listed(session, "tiki")
    assert (page["allowed_by"], page["allowed_at"], page["terms_checked_on"], page["every_days"]) == (
        "Sở NN&MT",
        START,
        date(2026, 11, 20),
        2,
    )


def test_a_page_taken_off_stays_off_until_it_is_added_again(app: App) -> None:
    """By any of its addresses; a page nobody watches is told."""
    add_pages(app, ["https://tiki.vn/tra-p1.html?spid=3"], OFFICE)
    removed, unknown = remove_pages(app, ["https://tiki.vn/khac-p1.html?spid=3&src=x", "https://tiki.vn/tra-p2.html"])
    assert (removed.state, unknown.state, _urls(app)) == ("removed", "refused", [])
    assert add_pages(app, ["https://tiki.vn/tra-p1.html?spid=3"], OFFICE)[0].state == "put_back"
    assert len(_urls(app)) == 1


def test_own_listings_taken_off_do_not_come_back_by_themselves(tmp_path: Path) -> None:
    """What a person decided is not undone by the next reading back."""
    with opened(tmp_path, products=1) as office:
        office.push("tiki")
        office.wait(hours=6)
        office.do("pull_listings", "tiki")
        own = _of_tiki(office)
        assert own
        remove_pages(office.app, [page.url for page in own])
        office.do("pull_listings", "tiki")
        assert [page.is_enabled for page in _of_tiki(office)] == [False] * len(own)


def _of_tiki(office: Office) -> list[WatchedPage]:
    with office.app.database.session() as session:
        return list(session.scalars(select(WatchedPage).where(WatchedPage.site == "tiki")))


def test_every_product_of_a_list_page_is_found(sandboxed: App, shop: Shop) -> None:
    """Asked for as politely as any page, robots.txt first; each product is then a page of its own."""
    found = on_page(sandboxed, f"{shop.url}/cua-hang")
    assert found == [f"{shop.url}/san-pham/tra-1", f"{shop.url}/san-pham/tra-2"]
    assert shop.calls == {"/robots.txt": 1, "/cua-hang": 1}
    assert [entry.state for entry in add_pages(sandboxed, found, OFFICE)] == ["added", "added"]


def test_a_refused_list_page_is_a_refusal_of_its_shop(sandboxed: App, shop: Shop) -> None:
    """Told in a sentence, remembered by the stop rule: asked again at once, nothing is sent."""
    shop.pages["/cua-hang"] = Answer("", 403)
    host = shop.url.removeprefix("http://")
    with pytest.raises(JobError, match="refused"):
        on_page(sandboxed, f"{shop.url}/cua-hang")
    with sandboxed.database.session() as session:
        assert session.get_one(SiteState, host).refusals_in_row == 1
    with pytest.raises(JobError, match="đang nghỉ"):
        on_page(sandboxed, f"{shop.url}/cua-hang")
    assert shop.calls["/cua-hang"] == 1


def test_a_file_gives_its_lines(tmp_path: Path) -> None:
    """Empty lines and remarks are left out; what is no text is told."""
    path = tmp_path / "trang.txt"
    path.write_text(
        "\ufeff# trang cần xem\nhttps://tiki.vn/a-p1.html\n\n https://tiki.vn/b-p2.html \n", encoding="utf-8"
    )
    assert in_file(path) == ["https://tiki.vn/a-p1.html", "https://tiki.vn/b-p2.html"]
    path.write_bytes(b"\xff\xfe\x00h")
    with pytest.raises(JobError, match="UTF-8"):
        in_file(path)
