"""Bytes as text. What is valid UTF-8 is UTF-8, whatever a server or a page claims: shops' servers often name the charset they came with.

Only where it is not, the declared charset counts, and only one that web pages are written in (WHATWG Encoding Standard, read 2026-11-24).
"""

import codecs
import re

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_-]{2,20})""", re.IGNORECASE)
_HEAD_BYTES = 1024  # as far as the standard lets a page wait with its declaration
_KNOWN = {
    "windows-1258": "cp1258",
    "cp1258": "cp1258",
    "tcvn": "cp1258",
    **dict.fromkeys(("iso-8859-1", "latin-1", "windows-1252", "us-ascii", "ascii"), "cp1252"),
}


def in_utf8(body: bytes) -> bytes:
    """The body as it is, unless its mark says UTF-16: readers look for words in the bytes."""
    return body.decode("utf-16", errors="replace").encode() if body.startswith(_WIDE) else body


def is_utf8(body: bytes) -> bool:
    """Whether the bytes are text as they stand, without a mark before them."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return not body.startswith(codecs.BOM_UTF8)


def decoded(body: bytes, content_type: str) -> str:
    """Never raises: a byte that fits nowhere becomes U+FFFD, which a title with it is flagged for."""
    try:
        return body.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        return body.decode(_declared(body, content_type), errors="replace")


def _declared(body: bytes, content_type: str) -> str:
    _, _, named = content_type.lower().partition("charset=")
    meta = _DECLARED.search(body[:_HEAD_BYTES])
    names = (named.partition(";")[0].strip("\"' "), meta[1].decode().lower() if meta else "")
    return next((_KNOWN[name] for name in names if name in _KNOWN), "utf-8")
