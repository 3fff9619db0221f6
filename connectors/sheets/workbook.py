"""A seller's xlsx, read whole: what its sheets are called, what stands in them, and the same file with one sheet written anew."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree as ET

from catalog.workbook.errors import WorkbookError
from catalog.workbook.package import inspect
from connectors.sheets.errors import BROKEN, DOWNLOAD_AGAIN, SheetError
from connectors.sheets.worksheet import Worksheet
from connectors.sheets.zip_parts import with_member

_STRANGE = re.compile(r"vbaproject\.bin$|(?:^|/)externallinks/", re.IGNORECASE)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRINGS = "xl/sharedstrings.xml"  # writers differ in the case
_DAMAGE = (zipfile.BadZipFile, KeyError, ET.ParseError, UnicodeDecodeError)


class Workbook:
    """Raises SheetError for a file that is damaged or not safe to open."""

    def __init__(self, path: Path) -> None:
        _refuse_dangers(path)
        self.package = path.read_bytes()
        self._archive = zipfile.ZipFile(io.BytesIO(self.package))
        if any(_STRANGE.search(name) for name in self._archive.namelist()):
            raise SheetError(f"Tệp có macro hoặc liên kết sang tệp khác nên không mở. {DOWNLOAD_AGAIN}")
        if any(name.endswith(".xlsx") for name in self._archive.namelist()):
            raise SheetError("Tệp này là gói nén chứa nhiều tệp Excel. Hãy giải nén rồi điền từng tệp một.")
        try:
            self.parts: Mapping[str, str] = self._index()
        except _DAMAGE:
            raise SheetError(BROKEN) from None
        self._read: dict[str, Worksheet] = {}

    def worksheet(self, name: str) -> Worksheet:
        """Read when first asked for."""
        if name not in self._read:
            self._read[name] = Worksheet(self._archive.read(self.parts[name]), self.strings)
        return self._read[name]

    def with_sheet(self, name: str, xml: bytes) -> bytes:
        """The file's bytes with that sheet's XML, and all else as it was."""
        return with_member(self.package, self.parts[name], xml)

    @cached_property
    def strings(self) -> Sequence[str]:
        """Shared by all sheets; none where the writer put every text into its cell."""
        part = next((name for name in self._archive.namelist() if name.casefold() == _STRINGS), None)
        if part is None:
            return ()
        try:
            return [_text(one) for one in ET.fromstring(self._archive.read(part))]  # noqa: S314 - no DOCTYPE was let in
        except _DAMAGE:
            raise SheetError(BROKEN) from None

    def _index(self) -> dict[str, str]:
        book, relations = (
            ET.fromstring(self._archive.read(part))  # noqa: S314 - no DOCTYPE was let in
            for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
        )
        targets = {one.get("Id"): one.get("Target", "") for one in relations}
        sheets = [one for one in book.iter() if one.tag.rpartition("}")[2] == "sheet"]
        found = {one.get("name", ""): _resolved(targets.get(one.get(_RELATION), "")) for one in sheets}
        members = set(self._archive.namelist())
        return {name: part for name, part in found.items() if part in members}


def _refuse_dangers(path: Path) -> None:
    try:
        with path.open("rb") as file:
            if not file.read(4).startswith(b"PK\x03\x04"):
                raise SheetError(f"Tệp {path.name} không phải tệp Excel (.xlsx), hoặc có mật khẩu. {DOWNLOAD_AGAIN}")
        inspect(path)
    except OSError as err:
        raise SheetError(f"Không đọc được tệp {path.name}: {err.strerror}.") from None
    except WorkbookError:  # its own advice, to save with Excel, would break the marketplace's hidden marks
        raise SheetError(f"Tệp bị hỏng, quá lớn hoặc không an toàn nên không mở. {DOWNLOAD_AGAIN}") from None


def _text(item: ET.Element) -> str:
    """All runs of a shared string, without the reading aids of East Asian scripts."""
    own = [one for one in item if one.tag.rpartition("}")[2] != "rPh"]
    return "".join(one.text or "" for top in own for one in top.iter() if one.tag.rpartition("}")[2] == "t")


def _resolved(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
