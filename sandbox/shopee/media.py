"""Pictures: multipart upload, at most nine at a time, PNG or JPEG of at most 10 MB (Shopee v2 reference, read 2026-11-23)."""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.server import Request
from sandbox.shopee.refusal import Refusal, bad_param
from sandbox.world import World

MOST_FILES = 9
MOST_BYTES = 10 * 1024 * 1024
SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@dataclass(frozen=True)
class Part:
    name: str
    content: bytes


@dataclass
class Pictures:
    """Ids of pictures the marketplace holds, with the bytes' length only: nobody asks for the picture back."""

    world: World
    sizes: dict[str, int] = field(default_factory=dict)

    def keep(self, content: bytes) -> str:
        """A new id for every upload, also of equal bytes."""
        if not content.startswith(SIGNATURES):
            raise Refusal("error_param", "Invalid image format, only JPG, JPEG and PNG are supported.")
        if len(content) > MOST_BYTES:
            raise Refusal("error_param", "Image size exceeds 10 MB.")
        image_id = f"vn-11134207-7ras8-{self.world.token('shopee.image')[:14]}"
        self.sizes[image_id] = len(content)
        return image_id


def image_url(image_id: str) -> str:
    return f"https://cf.shopee.vn/file/{image_id}"


def upload(pictures: Pictures, request: Request) -> dict[str, Any]:
    """The answer of upload_image. One bad file alone is a refusal; among several it fails in its own row."""
    files = [part.content for part in parts(request) if part.name == "image"]
    if not 1 <= len(files) <= MOST_FILES:
        raise bad_param(f"image must hold 1 to {MOST_FILES} files")
    if len(files) == 1:
        info = _info(pictures.keep(files[0]))
        return {"image_info": info, "image_info_list": [{"id": 0, "error": "", "message": "", "image_info": info}]}
    return {"image_info_list": [_row(pictures, number, content) for number, content in enumerate(files)]}


def parts(request: Request) -> list[Part]:
    """The parts of a multipart/form-data body, bytes untouched."""
    boundary = re.search(r'multipart/form-data;.*boundary="?([^";]+)"?', request.headers.get("content-type", ""))
    if boundary is None:
        raise bad_param("the body must be multipart/form-data")
    pieces = (b"\r\n" + request.body).split(b"\r\n--" + boundary[1].encode())
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    head, found, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    name = re.search(rb'[; ]name="([^"]*)"', head)
    if not found or name is None:
        raise bad_param("a part of the body has no name")
    return Part(name[1].decode(errors="replace"), content)


def _row(pictures: Pictures, number: int, content: bytes) -> dict[str, Any]:
    try:
        return {"id": number, "error": "", "message": "", "image_info": _info(pictures.keep(content))}
    except Refusal as refusal:
        return {"id": number, "error": refusal.code, "message": refusal.message}


def _info(image_id: str) -> dict[str, Any]:
    return {"image_id": image_id, "image_url_list": [{"image_url_region": "VN", "image_url": image_url(image_id)}]}
