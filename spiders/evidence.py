"""What was read, made fit to be kept: personal fields out, compressed, named by its digest. Bytes in, bytes out; no network.

The fields are those the listing-page notes name as personal in each section (read 2026-11-23). A site's own stand in its `places`;
what is found everywhere stands here. The body's other bytes stay as they came, so that a reader reads the same from it.
"""

import hashlib
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from spiders.places import places

_LEVEL = 1  # a third larger than the best, at a third of the time
_EVERYWHERE = frozenset(
    [
        "author",
        "created_by",
        "customer_id",
        "customer_name",
        "customer_email",
        "author_name",
        "author_email",
        "user_name",
        "username",
        "full_name",
        "fullname",
        "avatar",
        "avatar_url",
        "reviewer",
        "reviewer_name",
        "reviewer_email",
        "nickname",
        "contribute_info",
    ]
)
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)
_ESCAPED_TOKEN = re.compile(rb'\\"(?:[^\\]|\\(?!"))*\\"|[{}\[\]]', re.DOTALL)
_SCALAR = re.compile(rb"[^,}\]\s]*")
_AVATAR = (b"avatar",)
_IMAGE = re.compile(rb"<img\b[^>]*>", re.IGNORECASE)
_AUTHOR = (
    b'itemprop="author',
    b"itemprop='author",
    b"itemprop=author",
    b"review__author",
    b"review-author",
    b"reviewer-name",
    b"comment-author",
)
_NAMED = re.compile(rb"<(?P<tag>[a-z]+)\b[^>]*>(?P<inside>.{0,2000}?)(?=</(?P=tag)>)", re.IGNORECASE | re.DOTALL)
_META = re.compile(rb"<meta\b[^>]*>", re.IGNORECASE)
_TEXT = re.compile(rb">[^<]+|^[^<]+|(?<=content=)(?:\"[^\">]*\"|'[^'>]*')")


@dataclass(frozen=True, slots=True)
class Kept:
    """One body, ready to be stored. `digest` is of the stripped body, so that equal ones are kept once."""

    digest: str
    packed: bytes
    content_type: str | None


def keep(site: str, body: bytes, content_type: str | None) -> Kept:
    """Safe to repeat: the same body is the same evidence."""
    stripped = strip(site, body)
    return Kept(hashlib.sha256(stripped).hexdigest(), zlib.compress(stripped, _LEVEL), content_type)


def unpack(packed: bytes) -> bytes:
    """The body as it was stripped. Raises zlib.error for what was not packed by `keep`."""
    return zlib.decompress(packed)


def strip(site: str, body: bytes) -> bytes:
    """The body without what names or shows a person. A value becomes `null`, a name on a page nothing; stripping twice changes nothing."""
    body = _without_values(body, _keys(site))
    if body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"<":
        return body
    body = _each(body, _AVATAR, _IMAGE, lambda _: b"")
    body = _each(body, _AUTHOR, _META, lambda tag: _TEXT.sub(_emptied, tag[0]))
    return _each(body, _AUTHOR, _NAMED, _nameless)


def _each(
    body: bytes, marks: Sequence[bytes], element: re.Pattern[bytes], change: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    """Every element whose own tag holds a mark, changed. Looked for from the mark outward: most pages have none."""
    kept: list[bytes] = []
    done = 0
    for at in _positions(body, marks):
        start = body.rfind(b"<", done, at)
        whole = element.match(body, start) if start >= 0 and b">" not in body[start:at] else None
        if whole is not None:
            kept += (body[done:start], change(whole))
            done = whole.end()
    return b"".join([*kept, body[done:]]) if kept else body


def _positions(body: bytes, marks: Sequence[bytes]) -> list[int]:
    """Where a mark begins, in whatever case it is written."""
    lowered = body.lower()
    found = []
    for mark in marks:
        at = lowered.find(mark)
        while at >= 0:
            found.append(at)
            at = lowered.find(mark, at + 1)
    return sorted(found)


def _nameless(element: re.Match[bytes]) -> bytes:
    opening = element[0][: element.start("inside") - element.start()]
    return opening + _TEXT.sub(_emptied, element["inside"])


def _emptied(found: re.Match[bytes]) -> bytes:
    text = found[0]
    return b">" if text[:1] == b">" else b'""' if text[:1] in b"\"'" else b""


@cache
def _keys(site: str) -> tuple[tuple[bytes, re.Pattern[bytes]], ...]:
    """For each name the place before its value, inside a JSON string too; most pages hold few of them, and those are found without a pattern."""
    names = sorted(_EVERYWHERE | places(site).personal)
    return tuple(
        (name.encode(), re.compile(rb'"%s(\\?)"\s{0,20}:\s{0,20}(?=[\[{"\\0-9tfn-])' % name.encode())) for name in names
    )


def _without_values(body: bytes, keys: tuple[tuple[bytes, re.Pattern[bytes]], ...]) -> bytes:
    found = [key for name, pattern in keys if name in body for key in pattern.finditer(body)]
    kept: list[bytes] = []
    done = 0
    for key in sorted(found, key=re.Match.end):
        if key.start() >= done:
            kept += (body[done : key.end()], b"null")
            done = _value_end(body, key.end(), escaped=bool(key[1]))
    return b"".join([*kept, body[done:]]) if kept else body


def _value_end(body: bytes, start: int, *, escaped: bool) -> int:
    """Where the JSON value that begins at `start` ends; the body's end where it is torn."""
    opening = body[start : start + 1]
    if opening not in b"{[" and opening != (b"\\" if escaped else b'"'):
        scalar = _SCALAR.match(body, start)
        return scalar.end() if scalar else start
    depth = 0
    for token in (_ESCAPED_TOKEN if escaped else _TOKEN).finditer(body, start):
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(token[0], 0)
        if depth <= 0:
            return token.end()
    return len(body)
