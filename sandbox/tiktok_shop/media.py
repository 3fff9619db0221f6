"""Pictures and papers uploaded for later use: multipart, never signed, no cipher (Partner Center reference, read 2026-11-23).

JPG, PNG, WEBP and BMP of at most 10 MB are read for their size; HEIC is not played. Papers are PDF of at most 20 MB; films are not played.
"""

import re
import struct
from dataclasses import dataclass, field
from typing import Any

from sandbox.server import Request
from sandbox.tiktok_shop import scopes
from sandbox.tiktok_shop.call import Call, Route
from sandbox.tiktok_shop.refusal import Refusal, bad_field
from sandbox.world import World

MOST_IMAGE_BYTES, MOST_PDF_BYTES = 10 * 1024 * 1024, 20 * 1024 * 1024
SIDES_PX, MAIN_SIDES_PX = (100, 20_000), (300, 4_000)
USE_CASES = frozenset(
    f"{kind}_IMAGE" for kind in ("MAIN", "ATTRIBUTE", "DESCRIPTION", "CERTIFICATION", "SIZE_CHART", "CUSTOMIZATION")
)
HOST, SUFFIX = "https://p16-oec-sg.ibyteimg.com/", "~tplv-origin-jpeg.jpeg"
FILE_NAME = re.compile(r"[\w][^\s.]*\.[A-Za-z0-9]+")


@dataclass(frozen=True)
class Picture:
    uri: str
    width: int
    height: int
    use_case: str

    @property
    def url(self) -> str:
        return f"{HOST}{self.uri}{SUFFIX}"


@dataclass
class Media:
    """What the marketplace holds; the bytes themselves are asked back by nobody."""

    world: World
    pictures: dict[str, Picture] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)  # id -> name

    def is_hosted(self, url: str) -> bool:
        uri = url.removeprefix(HOST).removesuffix(SUFFIX)
        return uri in self.pictures and self.pictures[uri].url == url


def upload_image(call: Call) -> dict[str, Any]:
    """A new uri for every upload, also of equal bytes."""
    parts, media = form_parts(call.request), call.stage.media
    use_case = parts.get("use_case", b"MAIN_IMAGE").decode(errors="replace")
    content = parts.get("data")
    if not content:
        raise Refusal(12038002, "The data is not a file")
    if use_case not in USE_CASES:
        raise bad_field("use_case", f"it must be one of {', '.join(sorted(USE_CASES))}")
    if len(content) > MOST_IMAGE_BYTES:
        raise Refusal(12038005, "The image exceeds 10 MB")
    width, height = sides(content)
    smallest, largest = MAIN_SIDES_PX if use_case == "MAIN_IMAGE" else SIDES_PX
    if not smallest <= min(width, height) <= max(width, height) <= largest:
        raise Refusal(12038014, "The dimensions of the image are out of range")
    uri = f"tos-alisg-i-aphluv4xwc-sg/{call.world.token('tiktok_shop.image')}"
    picture = media.pictures[uri] = Picture(uri, width, height, use_case)
    return {"uri": uri, "url": picture.url, "width": width, "height": height, "use_case": use_case}


def upload_file(call: Call) -> dict[str, Any]:
    parts = form_parts(call.request)
    content, name = parts.get("data"), parts.get("name", b"").decode(errors="replace")
    if not content or not content.startswith(b"%PDF"):
        raise Refusal(12038004, "The file cannot be processed")
    if len(content) > MOST_PDF_BYTES:
        raise Refusal(12038005, "The file exceeds 20 MB")
    if not FILE_NAME.fullmatch(name):
        raise bad_field("name", "it needs an extension, one dot, no spaces and no leading symbol")
    file_id = f"v09{call.world.token('tiktok_shop.file')}"
    call.stage.media.papers[file_id] = name
    return {"id": file_id, "url": f"{HOST}{file_id}", "name": name, "format": "PDF"}


def form_parts(request: Request) -> dict[str, bytes]:
    """The parts of a multipart/form-data body by name, bytes untouched."""
    boundary = re.search(r'multipart/form-data;.*boundary="?([^";]+)"?', request.headers.get("content-type", ""))
    if boundary is None:
        raise Refusal(36009023, "the content type must be multipart/form-data", status=400)
    pieces = (b"\r\n" + request.body).split(b"\r\n--" + boundary[1].encode())
    return dict(_part(piece) for piece in pieces[1:-1])


def _part(piece: bytes) -> tuple[str, bytes]:
    head, found, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    name = re.search(rb'[; ]name="([^"]*)"', head)
    if not found or name is None:
        raise Refusal(36009022, "a part of the body has no name", status=400)
    return name[1].decode(errors="replace"), content


def sides(content: bytes) -> tuple[int, int]:
    """Width and height in pixels. Refusal 12038004 for what is no picture this marketplace takes."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
    elif content.startswith(b"\xff\xd8\xff"):
        width, height = _jpeg_sides(content)
    elif content.startswith(b"BM") and len(content) >= 26:
        width, height = struct.unpack("<II", content[18:26])
    elif content[8:12] == b"WEBP" and content[12:16] == b"VP8X" and len(content) >= 30:
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
    else:
        raise Refusal(12038004, "The image cannot be processed")
    return width, height


def _jpeg_sides(content: bytes) -> tuple[int, int]:
    """From the first frame header among the segments."""
    at = 2
    while at + 9 <= len(content):
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise Refusal(12038015, "The image cannot be processed")


ROUTES = (
    Route("POST", "product", "/images/upload", ("202309",), upload_image, scopes.PRODUCT_WRITE, by_shop=False),
    Route("POST", "product", "/files/upload", ("202309",), upload_file, scopes.PRODUCT_WRITE, by_shop=False),
)
