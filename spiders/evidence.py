"""What was read, made fit to be kept: personal fields out, compressed, named by its digest. Bytes in, bytes out; no network.

The fields are those the listing-page notes name as personal in each section (read 2026-11-23). A site's own stand in its `places`;
what is found everywhere stands here. The body's other bytes stay as they came, so that a reader reads the same from it.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import zstandard

from spiders.places import places

_LEVEL = 1  # smaller than zlib's best, and four times as fast to unpack
_ZLIB = b"\x78"  # how bodies begin that were packed before 25 November 2026; they are forgotten within the days that bodies are kept
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
_STEM_BYTES = 6  # names are looked for by how they begin: one look for author, author_name and author_email
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)
_ESCAPED_TOKEN = re.compile(rb'\\"(?:[^\\]|\\(?!"))*\\"|[{}\[\]]', re.DOTALL)
_FLAT = rb'(?:[^{}\[\]"]++|"(?:[^"\\]++|\\.)*+")'  # what stands between the brackets of JSON
_SHALLOW = rb"[{\[](?:%s)*+[}\]]" % _FLAT
for _ in range(3):  # four deep is deep enough for nearly every person
    _SHALLOW = rb"[{\[](?:%s|%s)*+[}\]]" % (_FLAT, _SHALLOW)
_NESTED = re.compile(_SHALLOW, re.DOTALL)
_SCALAR = re.compile(rb"[^,}\]\s]*")
_LONGEST_TAG = 2_000
_MARKS = (b"avatar", b"author", b"reviewer-name")
_AVATAR = re.compile(rb"<img\b[^>]*avatar[^>]*>", re.IGNORECASE)
_AUTHOR = re.compile(
    rb"""<(?P<tag>[a-z]+)\b[^>]*(?:itemprop=["']?author|review__author|review-author|reviewer-name|comment-author)[^>]*>""",
    re.IGNORECASE,
)
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
    return Kept(hashlib.sha256(stripped).hexdigest(), zstandard.compress(stripped, _LEVEL), content_type)


def unpack(packed: bytes) -> bytes:
    """The body as it was stripped. Raises ZstdError for what was not packed by `keep`."""
    return zlib.decompress(packed) if packed.startswith(_ZLIB) else zstandard.decompress(packed)


def strip(site: str, body: bytes) -> bytes:
    """The body without what names or shows a person. A value becomes `null`, a name on a page nothing; stripping twice changes nothing."""
    body = _without_values(body, _keys(site))
    is_page = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    return _without_names(body) if is_page else body


def _without_names(body: bytes) -> bytes:
    """Pictures of people gone, names emptied. Looked for from the mark outward: most pages have few."""
    kept: list[bytes] = []
    done = 0
    for at in sorted(at for mark in _MARKS for at in _positions(body, mark)):
        start = body.rfind(b"<", max(done, at - _LONGEST_TAG), at)
        if start < 0 or b">" in body[start:at]:
            continue
        if (avatar := _AVATAR.match(body, start)) is not None:
            kept.append(body[done:start])
            done = avatar.end()
        elif (author := _AUTHOR.match(body, start)) is not None:
            end = _element_end(body, author)
            kept += (body[done:start], _nameless(body[start : author.end()]), _nameless(body[author.end() : end]))
            done = end
    return b"".join([*kept, body[done:]]) if kept else body


def _positions(body: bytes, mark: bytes) -> Iterator[int]:
    at = body.find(mark)
    while at >= 0:
        yield at
        at = body.find(mark, at + 1)


def _element_end(body: bytes, opening: re.Match[bytes]) -> int:
    """Where what the tag opens ends; right behind the tag where it opens nothing."""
    if opening["tag"].lower() == b"meta":
        return opening.end()
    end = body.find(b"</" + opening["tag"], opening.end(), opening.end() + _LONGEST_TAG)
    return end if end >= 0 else opening.end()


def _nameless(part: bytes) -> bytes:
    return _TEXT.sub(_emptied, part)


def _emptied(found: re.Match[bytes]) -> bytes:
    text = found[0]
    return b">" if text[:1] == b">" else b'""' if text[:1] in b"\"'" else b""


@cache
def _keys(site: str) -> dict[bytes, re.Pattern[bytes]]:
    """By how names begin, the place before their value, inside a JSON string too."""
    stems: dict[str, list[str]] = {}
    for name in sorted(_EVERYWHERE | places(site).personal, key=len, reverse=True):
        stems.setdefault(name[:_STEM_BYTES], []).append(name)
    before = rb'"(?:%s)(\\?)"\s{0,20}:\s{0,20}(?=[\[{"\\0-9tfn-])'
    return {stem.encode(): re.compile(before % "|".join(names).encode()) for stem, names in stems.items()}


def _without_values(body: bytes, keys: dict[bytes, re.Pattern[bytes]]) -> bytes:
    found = [
        key
        for stem, pattern in keys.items()
        for at in _positions(body, b'"' + stem)
        if (key := pattern.match(body, at)) is not None
    ]
    kept: list[bytes] = []
    done = 0
    for key in sorted(found, key=re.Match.start):
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
    if not escaped and (nested := _NESTED.match(body, start)) is not None:
        return nested.end()
    depth = 0
    for token in (_ESCAPED_TOKEN if escaped else _TOKEN).finditer(body, start):
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(token[0], 0)
        if depth <= 0:
            return token.end()
    return len(body)
