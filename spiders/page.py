"""One fetched body and what a reader may say about it. No requests are made here."""

import re
import zlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from msgspec import DecodeError
from msgspec import json as msgspec_json
from selectolax.lexbor import LexborHTMLParser

from catalog.reading import Item, RatingsPage
from spiders.charset import decoded, in_utf8, is_utf8

MAX_BODY_BYTES = 8 * 1024 * 1024
_GZIP, _GZIP_WINDOW = b"\x1f\x8b", 31
_HEAD_BYTES = 4096
_HTML = re.compile(rb"<(?:!doctype html|html)\b", re.IGNORECASE)
_MANY_TAGS, _MOST_TAGS = 20_000, 200_000  # the largest pages seen have some 10,000; a tag costs up to 300 bytes
_SHORTEST_TAG = len("<a>")
_MOST_VALUES = 500_000
_DEEPEST = 10_000  # browsers stop at 512; the rest is for the end tags that HTML lets a page leave out
_TAG = re.compile(
    rb"<(/?)(?:(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b|([a-z]))", re.IGNORECASE
)


class PageState(StrEnum):
    """What a visit came to (listing-page notes, section 10). Only GONE may change a listing's availability."""

    OK = "ok"
    SLOW_DOWN = "slow_down"
    REFUSED = "refused"
    GONE = "gone"
    NOT_OFFERED = "not_offered"
    LAYOUT_CHANGED = "layout_changed"
    BAD_DATA = "bad_data"
    DISALLOWED = "disallowed"
    NETWORK = "network"
    SKIPPED = "skipped"  # never asked for: its host had already refused in this run


class PageError(Exception):
    """A page that gives no items, with the state it is in and the mark that says so. Never holds a value from the page."""

    def __init__(self, state: PageState, evidence: str) -> None:
        super().__init__(f"{state}: {evidence}")
        self.state = state
        self.evidence = evidence


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page gave. Items with `flags` are evidence, never facts to store."""

    state: PageState
    evidence: str = ""
    items: tuple[Item, ...] = ()
    ratings: RatingsPage | None = None


class Page:
    """A body with its address, parsed at most once as HTML and once as JSON."""

    def __init__(self, url: str, body: bytes, content_type: str | None = None) -> None:
        self.url = url
        self.body = in_utf8(_unpacked(body))
        self.content_type = content_type or ""

    @cached_property
    def address(self) -> SplitResult:
        try:
            return urlsplit(self.url)
        except ValueError as err:
            raise PageError(PageState.BAD_DATA, "an address that cannot be read") from err

    @cached_property
    def host(self) -> str:
        """Lower case, without the port; empty where the address has none."""
        try:
            return self.address.hostname or ""
        except ValueError as err:
            raise PageError(PageState.BAD_DATA, "an address that cannot be read") from err

    @property
    def path(self) -> str:
        return self.address.path

    def query(self, name: str) -> str | None:
        values = parse_qs(self.address.query).get(name)
        return values[0] if values else None

    @cached_property
    def is_html(self) -> bool:
        """Told by its first character; where a server's own words stand before it, by an <html> near the start."""
        head = self.body[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
        return head[:1] == b"<" or (head[:1] not in {b"{", b"["} and _HTML.search(head[:512]) is not None)

    @cached_property
    def text(self) -> str:
        return decoded(self.body, self.content_type)

    @cached_property
    def html(self) -> LexborHTMLParser:
        """The body as a tree. The parser's time grows with the square of the nesting, so a page without bottom is not parsed."""
        if len(self.body) > _MANY_TAGS * _SHORTEST_TAG:
            self._refuse_endless()
        return LexborHTMLParser(self.body if is_utf8(self.body) else self.text)

    def _refuse_endless(self) -> None:
        tags = self.body.count(b"<")
        if tags > _MOST_TAGS:
            raise PageError(PageState.BAD_DATA, f"more than {_MOST_TAGS} tags")
        if tags > _MANY_TAGS and _deepest(self.body) > _DEEPEST:
            raise PageError(PageState.BAD_DATA, "tags nested without end")

    @cached_property
    def json(self) -> Any:
        """The body as JSON. An HTML body where JSON was asked for is a refusal, a torn one is bad data."""
        if self.is_html:
            raise PageError(PageState.REFUSED, "HTML came where JSON was asked for")
        return parse_json(self.body.removeprefix(b"\xef\xbb\xbf"))


def _unpacked(body: bytes) -> bytes:
    """A body that is still packed (packed twice, or without saying so), unpacked as far as one byte over the limit."""
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(body, MAX_BODY_BYTES + 1)
    except zlib.error:
        return body


def _deepest(body: bytes) -> int:
    """How deep the tags nest, roughly: void elements left out, stray end tags forgiven."""
    depth = deepest = 0
    for tag in _TAG.finditer(body):
        if tag[1]:
            depth = max(0, depth - 1)
        elif tag[2]:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def bounded(body: bytes | str) -> bytes | str:
    """The JSON as it is; one of more values than any page has is bad data, before it takes a machine's memory."""
    if len(body) > _MOST_VALUES:
        raw = body if isinstance(body, bytes) else body.encode(errors="replace")
        if raw.count(b"{") + raw.count(b"[") + raw.count(b",") > _MOST_VALUES:
            raise PageError(PageState.BAD_DATA, f"more than {_MOST_VALUES} values")
    return body


def parse_json(body: bytes | str) -> Any:
    """JSON without NaN or infinity, with a bounded depth and a bounded number of values."""
    try:
        return msgspec_json.decode(bounded(body))
    except (DecodeError, UnicodeError, RecursionError) as err:
        raise broken(err) from None


def broken(error: Exception) -> PageError:
    """Torn JSON, and what no reader of it could hold: bad data."""
    return PageError(PageState.BAD_DATA, f"broken JSON: {error}"[:200])
