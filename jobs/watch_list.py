"""The office's watch list: pages pasted, found on a list or read from a file, each with who allowed it; and taken off again."""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.app import App, JobError
from jobs.checked_web import InsideAddressError, addresses_of
from jobs.short_links import long_address
from models import WatchedPage
from spiders import sites
from spiders.places import place_of, places, site_of
from spiders.politeness import is_private

FAULTS = {  # the readers' marks for an address that may not be asked for
    "an address that cannot be read": "địa chỉ viết sai",
    "an address without a host": "địa chỉ thiếu tên máy chủ",
    "an address with credentials in it": "địa chỉ chứa tên đăng nhập hoặc mật khẩu",
}


@dataclass(frozen=True)
class Permission:
    """Who decided that a page may be read, and how often. `terms_checked_on` None: nobody says to have read the site's terms."""

    allowed_by: str
    terms_checked_on: date | None = None
    every_days: int = 1


@dataclass(frozen=True)
class Entry:
    """What became of one address: added, known, put_back or refused; `why` is the sentence of a refusal."""

    given: str
    state: str
    site: str | None = None
    url: str | None = None
    why: str | None = None


def add_pages(app: App, addresses: Iterable[str], permission: Permission, *, site: str | None = None) -> list[Entry]:
    """Each address in its own transaction: a bad one is told and stops nothing. Safe to repeat; a page taken off comes back.

    `site` says whose pages they are where the host does not: a pretend shop on this machine.
    """
    if site is not None and site not in sites():
        raise JobError(f"Không có trang «{site}». Các trang: {', '.join(sites())}.")
    return [_add(app, address.strip(), permission, site) for address in addresses]


def remove_pages(app: App, addresses: Iterable[str]) -> list[Entry]:
    """Never read again until the office adds them again; what was read stays. Safe to repeat."""
    return [_remove(app, address.strip()) for address in addresses]


def _add(app: App, given: str, permission: Permission, named: str | None) -> Entry:
    try:
        site, url = _where(app, given, named)
    except JobError as err:
        return Entry(given, "refused", why=str(err))
    with app.database.write() as session:
        page = _same(session, site, url)
        if page is not None and page.is_enabled and page.removed_at is None:
            return Entry(given, "known", site, page.url)
        state = "added" if page is None else "put_back"
        if page is None:
            page = WatchedPage(site=site, url=url, source_class="page")
            session.add(page)
        _allow(page, permission, app.now())
        return Entry(given, state, site, page.url)


def _allow(page: WatchedPage, permission: Permission, now: datetime) -> None:
    page.allowed_by, page.allowed_at = permission.allowed_by, now
    page.terms_checked_on, page.every_days = permission.terms_checked_on, permission.every_days
    page.is_enabled, page.removed_at, page.gone_since = True, None, None


def _where(app: App, given: str, named: str | None) -> tuple[str, str]:
    """Site and canonical address. Raises JobError with what is wrong."""
    try:
        site = named or site_of(given)
        known = places(site)
        _refuse_inside(app, known.canonical(given))
        if known.is_short(given):
            contact = app.settings.contact
            if contact is None:
                raise JobError("Đường dẫn rút gọn cần OCOP_CONTACT để mở. Hãy đặt nó, hoặc dán địa chỉ đầy đủ.")
            given = long_address(given, known, contact, allow_private=app.allow_private_hosts)
        return site, known.canonical(given)
    except ValueError as err:
        raise JobError(f"Không theo dõi được: {FAULTS.get(str(err), 'chỉ nhận địa chỉ http hoặc https')}.") from None


def _refuse_inside(app: App, url: str) -> None:
    """A name nobody knows is let in: its visits will say that it does not answer."""
    if app.allow_private_hosts:
        return
    parts = urlsplit(url)
    host = parts.hostname or ""
    inside = JobError(f"Không theo dõi được: «{host}» nằm trong mạng nội bộ.")
    if is_private(host):
        raise inside
    try:
        addresses_of(host, parts.port or socket.getservbyname(parts.scheme))
    except InsideAddressError:
        raise inside from None
    except OSError:
        return


def _same(session: Session, site: str, url: str) -> WatchedPage | None:
    """The page already watched, however its address was written then."""
    if page := session.scalar(select(WatchedPage).where(WatchedPage.site == site, WatchedPage.url == url)):
        return page
    known = places(site)
    wanted = known.identity(url)
    pages = session.scalars(select(WatchedPage).where(WatchedPage.site == site, WatchedPage.source_class == "page"))
    return next((page for page in pages if known.identity(page.url) == wanted), None)


def _remove(app: App, given: str) -> Entry:
    with app.database.write() as session:
        for site in sites():
            try:
                page = _same(session, site, places(site).canonical(given))
            except ValueError:
                break
            if page is not None:
                page.is_enabled, page.removed_at = False, app.now()
                return Entry(given, "removed", site, page.url)
    return Entry(given, "refused", why="Không có trang này trong danh sách. Xem `ocop watch list`.")


def listed(session: Session, site: str | None = None) -> list[dict[str, object]]:
    """Every page of the list as plain values, its permission beside it."""
    query = select(WatchedPage).order_by(WatchedPage.site, WatchedPage.url)
    pages = session.scalars(query.where(WatchedPage.site == site) if site else query)
    return [_described(page) for page in pages]


def _described(page: WatchedPage) -> dict[str, object]:
    names = (
        "site", "url", "source_class", "state", "evidence", "is_enabled", "allowed_by", "allowed_at", "terms_checked_on",
        "every_days", "last_visit_at", "next_visit_at", "gone_since", "removed_at",
    )  # fmt: skip
    own = {"place": place_of(page.site, page.url), "is_own": page.listing_id is not None}
    return {name: getattr(page, name) for name in names} | own


def known_places(session: Session) -> set[str]:
    """Every site, and the host of every plain shop on the list: what can be stopped."""
    pages = session.execute(select(WatchedPage.site, WatchedPage.url))
    return {*sites(), *(place_of(site, url) for site, url in pages)}
