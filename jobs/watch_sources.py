"""Where addresses for the watch list come from besides a person's paste: a list page of a site, and a file."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from jobs.app import App, JobError
from jobs.stop_rule import allow, heed
from spiders.crawl import CrawlOptions, PageRequest, Visit, crawl
from spiders.page import PageState
from spiders.places import place_of, places, site_of


def on_page(app: App, url: str, *, site: str | None = None) -> list[str]:
    """The products of a search, category or shop page, in its order, asked for as politely as any page.

    Raises JobError where the site may not be asked now, or the page is no list. Nothing is stored but a refusal.
    """
    if app.settings.contact is None:
        raise JobError("Thiếu OCOP_CONTACT: trình đọc trang phải nêu địa chỉ liên hệ. Hãy đặt nó rồi chạy lại.")
    try:
        site = site or site_of(url)
    except ValueError:
        raise JobError("Địa chỉ trang danh sách viết sai; chỉ nhận địa chỉ http hoặc https.") from None
    with app.database.session() as session:
        allow(session, place_of(site, url), app.now())
    delay_s = app.settings.crawl_delay_s if app.crawl_delay_s is None else app.crawl_delay_s
    options = CrawlOptions(app.settings.contact, delay_s=delay_s, allow_private=app.allow_private_hosts)
    visits = list(crawl(site, [PageRequest(0, url)], options))
    with app.database.write() as session:
        heed(session, place_of(site, url), visits, app.now(), app.today())
    return [address for visit in visits for address in _products(site, visit)]


def _products(site: str, visit: Visit) -> Iterator[str]:
    if visit.state is not PageState.OK:
        raise JobError(f"Không đọc được trang danh sách ({visit.state.value}): {visit.evidence}.")
    if not any(item.page == "cards" for item in visit.items):
        raise JobError(
            "Trang này không phải danh sách sản phẩm. Hãy dán địa chỉ trang tìm kiếm, danh mục hoặc gian hàng."
        )
    for item in visit.items:
        if item.url:
            yield _beside(site, item.url, visit.final_url)


def _beside(site: str, url: str, page_url: str) -> str:
    """Readers write a site's own host; on a pretend shop its products are on the pretend shop."""
    hosts, page = places(site).hosts, urlsplit(page_url)
    if page.netloc in hosts or urlsplit(url).netloc not in hosts:
        return url
    return urlsplit(url)._replace(scheme=page.scheme, netloc=page.netloc).geturl()


def in_file(path: Path) -> list[str]:
    """One address a line; empty lines and lines that begin with # are left out. Raises JobError for what is no UTF-8 text."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise JobError(
            f"Tệp {path.name} không phải văn bản UTF-8. Hãy lưu lại thành văn bản, mỗi dòng một địa chỉ."
        ) from None
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
