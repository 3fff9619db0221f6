"""A workbook's shared strings: held as they are written, decoded when a cell asks for one."""

import re
from collections.abc import Iterable
from html import unescape

from connectors.files.errors import FileError
from connectors.files.package import TOO_BIG
from connectors.files.pieces import parsed, rich_text, root_of

MAX_STRINGS = 4_000_000
MAX_BYTES = 8 * 2**20  # of one
_STRING = re.compile(
    rb'<si>\s*<t(?: xml:space="preserve")?>([^<]*)</t>\s*</si>|<(?:\w+:)?si[\s>].*?</(?:\w+:)?si>|<si/>', re.DOTALL
)


class Strings:
    """By number."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._found: list[bytes | str] = []
        root, rest = b"", b""
        for chunk in chunks:
            rest += chunk
            root = root or root_of(rest)
            end = rest.rfind(b"</si>")
            end = end + 5 if end >= 0 else rest.rfind(b":si>") + 4
            if end > 4:  # noqa: PLR2004 - something was found
                self._found += (self._one(match, root) for match in _STRING.finditer(rest, 0, end))
                rest = rest[end:]
            if len(rest) > MAX_BYTES or len(self._found) > MAX_STRINGS:
                raise FileError(TOO_BIG)

    def __getitem__(self, index: int) -> str:
        found = self._found[index]
        return found if isinstance(found, str) else _text(found)

    @staticmethod
    def _one(match: re.Match[bytes], root: bytes) -> bytes | str:
        plain = match[1]
        return rich_text(parsed(root, match[0])) if plain is None else plain


def _text(raw: bytes) -> str:
    text = raw.decode()
    return unescape(text) if "&" in text else text


NO_STRINGS = Strings(())
