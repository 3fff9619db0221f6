"""Addresses as they are watched: whose site, which page, and nothing that only follows people around.

A site's own forms stand in its folder (`spiders/NAME/places.py`); a site without them is a plain shop. No network here.
Follows the listing-page notes, sections 2 to 7 (read 2026-11-23).
"""

import importlib
import importlib.util
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from spiders import sites
from spiders.politeness import address_fault

PLAIN = "generic"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"(?:utm|itm|mc|pk|mtm|hsa|gad|af|mmp|share)_.+|_ga|_gl|_branch_match_id|fbclid|gclid|gbraid|wbraid|dclid|msclkid|ttclid|twclid|"
    r"yclid|igshid|srsltid|zarsrc|spm|scm|ref|ref_src|referrer|aff|affiliate|sp_atk|xptdk|smtt|uls_trackid|sub_id|source_page_id|"
    r"source_block_id|mp|clickid|click_id|sessionid|phpsessid|token",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Places:
    """One site's addresses. `product` is searched in the path, and its groups are the ids that make two addresses one page."""

    hosts: frozenset[str] = frozenset()
    short_hosts: frozenset[str] = frozenset()  # of its own short links, which lead to its pages
    product: re.Pattern[str] | None = None
    product_path: str | None = None  # the site's form without a slug, `{}` for each id; None: the slug stays
    product_query: AbstractSet[str] = frozenset()  # the parameters that choose among a product's offers
    list_query: AbstractSet[str] | None = None  # those that make a list another list; None: all but the tracking ones
    personal: frozenset[str] = frozenset()  # the keys of its JSON that name or show a person

    def is_short(self, url: str) -> bool:
        return _host(url) in self.short_hosts

    def is_ours(self, url: str) -> bool:
        return _host(url) in self.hosts | self.short_hosts

    def canonical(self, url: str) -> str:
        """The address to watch: lower-case host, no fragment, no tracking. Raises ValueError with the fault of an unreadable one."""
        if fault := address_fault(url):
            raise ValueError(fault)
        parts = urlsplit(url.strip())
        ids = self._ids(parts)
        query = [(name, value) for name, value in parse_qsl(parts.query) if self._keeps(name, is_product=bool(ids))]
        path = self.product_path.format(*ids) if ids and self.product_path else parts.path or "/"
        return SplitResult(parts.scheme, _netloc(parts), path, urlencode(sorted(query)), "").geturl()

    def identity(self, url: str) -> str:
        """Equal for two addresses of one page, whatever slug, scheme or www they are written with."""
        parts = urlsplit(self.canonical(url))
        ids = self._ids(parts)
        page = "/".join(ids) if ids else parts.path.rstrip("/")
        where = "" if ids and self.hosts and parts.netloc in self.hosts else parts.netloc.removeprefix("www.")
        return f"{where} {page} {parts.query}"

    def _ids(self, parts: SplitResult) -> tuple[str, ...]:
        found = self.product.search(parts.path) if self.product else None
        return tuple(group for group in found.groups() if group) if found else ()

    def _keeps(self, name: str, *, is_product: bool) -> bool:
        kept = self.product_query if is_product else self.list_query
        return name in kept if kept is not None else not _TRACKING.fullmatch(name)


@cache
def places(site: str) -> Places:
    """A site's addresses. KeyError for a site nobody reads."""
    reader = sites()[site]
    if (
        importlib.util.find_spec(f"spiders.{site}") is None
        or importlib.util.find_spec(f"spiders.{site}.places") is None
    ):
        return Places(hosts=reader.hosts)
    found: Places = importlib.import_module(f"spiders.{site}.places").PLACES
    return found


def site_of(url: str) -> str:
    """The site whose host an address is on; a plain shop where it is nobody's that we know. ValueError for an unreadable address."""
    if fault := address_fault(url):
        raise ValueError(fault)
    return next((code for code in sites() if places(code).is_ours(url)), PLAIN)


def place_of(site: str, url: str) -> str:
    """The unit of pauses and stops: a marketplace is one, and of the plain shops each is one by its host."""
    return urlsplit(url).netloc.lower() if site == PLAIN else site


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _netloc(parts: SplitResult) -> str:
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return host if parts.port in {None, _DEFAULT_PORTS[parts.scheme]} else f"{host}:{parts.port}"
