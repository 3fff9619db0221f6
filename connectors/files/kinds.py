"""Every kind of file we can read, found by looking into the marketplaces' folders, and which of them a file is."""

import importlib
import importlib.util
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from connectors import marketplaces
from connectors.files import kiotviet, kiotviet_goods
from connectors.files.book import Book
from connectors.files.errors import UnknownKindError
from connectors.files.kind import FileKind
from connectors.files.table import Place, places

MOST_SHOWN = 12
LIKE_HEADINGS = 3  # texts in one row
_PERSONAL = re.compile(r"[0-9]{4}|@")  # a heading has neither; a phone or an address does


@cache
def kinds() -> tuple[FileKind, ...]:
    """In the order in which a file is asked whether it is one of them."""
    names = [f"connectors.{code}.files" for code in marketplaces()]
    modules: list[Any] = [importlib.import_module(name) for name in names if importlib.util.find_spec(name)]
    return tuple(kind for module in [*modules, kiotviet, kiotviet_goods] for kind in module.FILE_KINDS)


def recognise(book: Book, mapped: Sequence[FileKind] = ()) -> tuple[FileKind, Place]:
    """By its headings, never by its name; `mapped` are kinds an office taught us. Raises UnknownKindError saying what was seen."""
    seen: list[Place] = []
    for place in places(book):
        for kind in (*kinds(), *mapped):
            if kind.is_mine(place):
                return kind, place
        seen.append(place)
    raise UnknownKindError(_unknown(seen), likely_headings(seen).headings if seen else ())


def likely_headings(seen: Sequence[Place]) -> Place:
    """The first row that has several texts, as headings do; `seen` holds at least one."""
    return next((place for place in seen if sum(map(bool, place.headings)) >= LIKE_HEADINGS), seen[0])


def _unknown(seen: list[Place]) -> str:
    titles = ", ".join(kind.title for kind in kinds())
    if not seen:
        return f"Không thấy bảng nào trong tệp. Đọc được: {titles}."
    top = likely_headings(seen)
    names = [name for name in top.headings if name and not _PERSONAL.search(name)][:MOST_SHOWN]
    return (
        f"Không nhận ra loại tệp: trang «{top.sheet.name}», dòng {top.heading_row} có các ô {', '.join(names)}. "
        f"Đọc được: {titles}."
    )
