"""One member of a zip replaced; every other byte of the package is copied, not packed again.

Seller centres check their own sheets for having been tampered with, so names, dates, packed bytes and their order stay.
Layout: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
"""

import struct
import zlib
from collections.abc import Iterator

from connectors.sheets.errors import BROKEN, SheetError

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK, _LARGE_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x07"
_DESCRIPTOR_FOLLOWS = 0x0008
_DEFLATED = 8
_NAME_AT, _NAME_LENGTH, _OFFSET = _CENTRAL.size, 10, 16  # a central entry's name, and the places of two of its fields


def with_member(package: bytes, name: str, content: bytes) -> bytes:
    """The same package with that member's content. Raises SheetError for a package that is not an ordinary whole zip."""
    end, entries = _directory(package)
    target = next((entry for entry in entries if entry[1] == name.encode()), None)
    if target is None:
        raise SheetError(BROKEN)
    packed = _deflated(content)
    sizes = (zlib.crc32(content), len(packed), len(content))
    out, moved = bytearray(), {}
    for start, stop in _spans(entries, end[6]):
        moved[start] = len(out)
        is_target = start == target[0][_OFFSET]
        out += _local(package, start, sizes) + packed if is_target else package[start:stop]
    directory = len(out)
    for fields, _, tail in entries:
        out += _entry(fields, moved, sizes if fields is target[0] else None) + tail
    closing = list(end)
    closing[5], closing[6] = len(out) - directory, directory
    return bytes(out) + _END.pack(*closing) + package[_end_at(package) + _END.size :]


Entry = tuple[tuple[int, ...], bytes, bytes]  # fixed fields, the name, everything after the fixed fields


def _directory(package: bytes) -> tuple[tuple[int, ...], list[Entry]]:
    place = _end_at(package)
    if not package.startswith(_LOCAL_MARK) or package[max(place - 20, 0) :].startswith(_LARGE_MARK):
        raise SheetError(BROKEN)
    try:
        end = _END.unpack_from(package, place)
        return end, list(_entries(package, end[6], end[4]))
    except struct.error:
        raise SheetError(BROKEN) from None


def _entries(package: bytes, place: int, count: int) -> Iterator[Entry]:
    for _ in range(count):
        fields = _CENTRAL.unpack_from(package, place)
        if fields[0] != _CENTRAL_MARK:
            raise SheetError(BROKEN)
        names, extra, comment = fields[_NAME_LENGTH : _NAME_LENGTH + 3]
        tail = package[place + _NAME_AT : place + _NAME_AT + names + extra + comment]
        yield fields, tail[:names], tail
        place += _CENTRAL.size + len(tail)


def _spans(entries: list[Entry], directory: int) -> Iterator[tuple[int, int]]:
    """Each member from its local header to the next one's: data descriptors and gaps travel with it."""
    starts = sorted({fields[_OFFSET] for fields, _, _ in entries})
    return zip(starts, [*starts[1:], directory], strict=True)


def _local(package: bytes, start: int, sizes: tuple[int, int, int]) -> bytes:
    mark, version, flags, _, time, date, *_, names, _ = _LOCAL.unpack_from(package, start)
    name = package[start + _LOCAL.size : start + _LOCAL.size + names]
    flags &= ~_DESCRIPTOR_FOLLOWS
    return _LOCAL.pack(mark, version, flags, _DEFLATED, time, date, *sizes, names, 0) + name


def _entry(fields: tuple[int, ...], moved: dict[int, int], sizes: tuple[int, int, int] | None) -> bytes:
    changed = list(fields)
    changed[_OFFSET] = moved[fields[_OFFSET]]
    if sizes:
        changed[3] &= ~_DESCRIPTOR_FOLLOWS
        changed[4] = _DEFLATED
        changed[7:10] = sizes
    return _CENTRAL.pack(*changed)


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _end_at(package: bytes) -> int:
    return package.rfind(_END_MARK)
