"""Pieces of a sheet's XML, read under the root of the document they come from."""

import re
from xml.etree import ElementTree as ET

from connectors.files.errors import FileError
from connectors.files.package import BROKEN

_ROOT = re.compile(rb"<(\w+:)?(worksheet|sst)\b[^>]*>", re.DOTALL)


def parsed(root: bytes, piece: bytes, unclosed: bytes = b"") -> ET.Element:
    """A piece under its document's own root, whose namespaces it uses. Entities cannot be declared: no DOCTYPE came before."""
    match = _ROOT.match(root)
    if match is None:
        raise FileError(BROKEN)
    prefix, name = match[1] or b"", match[2]
    end = b"</" + prefix + unclosed + b">" if unclosed else b""
    start = max(piece.find(b"<" + prefix + unclosed), 0)
    try:
        return ET.fromstring(root + piece[start:] + end + b"</" + prefix + name + b">")  # noqa: S314 - no DOCTYPE, no entities
    except ET.ParseError:
        raise FileError(BROKEN) from None


def root_of(start: bytes) -> bytes:
    found = _ROOT.search(start)
    return found[0] if found else b""


def name_of(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def rich_text(element: ET.Element) -> str:
    """All runs of a text, without the reading aids of East Asian scripts."""
    return "".join(one.text or "" for one in element.iter() if name_of(one) == "t")
