"""Vietnamese text: one stored form (NFC), harmless characters only, a search key, and dictionary order.

Pure functions, each safe to repeat: applying one twice gives what applying it once gave.
"""

import re
import unicodedata
from itertools import filterfalse

_PLAIN_D = str.maketrans({"đ": "d", "ð": "d"})  # eth (ð) is what old keyboards and code pages left in place of đ
_SPACES = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")

# Cc: control; Cf: bidi marks and overrides, zero-width, soft hyphen, BOM, tags; Cs: lone surrogates; and noncharacters.
# None of them can be seen, and each has been used to make a name look like another or to break a file.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_NONCHARACTERS = range(0xFDD0, 0xFDF0)
_PLANE_END = 0xFFFE  # the last two code points of every plane are noncharacters too

_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền, hỏi, ngã, sắc, nặng; ngang is 0
_FIRST_LETTER, _AFTER_LETTERS = 0x1000, 0x2000


def nfc(text: str) -> str:
    """The composed form: the only one that is stored or sent."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """One line of visible text in NFC: nothing unseen, white space collapsed. Markup stays literal text."""
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()  # what almost every text is already
    seen = "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_seen(c))
    return nfc(_SPACES.sub(" ", seen).strip())


def clean_lines(text: str) -> str:
    """`clean` for text of several lines: every line end becomes a line feed, at most one blank line in a row."""
    lines = (clean(line) for line in _LINE_ENDS.sub("\n", text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def search_key(text: str) -> str:
    """What two spellings of one name share: no diacritics, no tone placement (hòa/hoà), no đ, no case."""
    bare = unicodedata.normalize("NFKD", clean(text).casefold())
    marks_off = "".join(filterfalse(unicodedata.combining, bare))
    return _SPACES.sub(" ", marks_off.casefold().translate(_PLAIN_D)).strip()


def code_points(text: str) -> int:
    """Length as marketplaces count it: code points of the NFC form."""
    return len(nfc(text))


def collation_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Sort key of Vietnamese dictionaries: đ after d, ă and â after a; then tones; then small letters before capitals."""
    composed = clean(text)
    letters, tones = zip(*map(_letter_and_tone, composed.casefold()), strict=True) if composed else ((), ())
    return letters, tones, composed.swapcase()


def _is_seen(char: str) -> bool:
    point = ord(char)
    return (
        unicodedata.category(char) not in _UNSEEN and point & _PLANE_END != _PLANE_END and point not in _NONCHARACTERS
    )


def _letter_and_tone(char: str) -> tuple[int, int]:
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
    letter = nfc("".join(mark for mark in parts if mark not in _TONES)) or char  # a tone on its own
    if letter in _ALPHABET:
        return _FIRST_LETTER + _ALPHABET[letter], tone
    return (ord(letter[0]) if letter.isascii() else _AFTER_LETTERS + ord(letter[0])), tone
