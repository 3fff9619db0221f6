"""Pictures are uploaded once per content: products may show only what Lazada hosts (reference, section 3.4, read 2026-11-24)."""

import hashlib
from collections.abc import Callable

from pydantic import TypeAdapter

from connectors.base import Cache
from connectors.errors import RejectedError
from connectors.http import HttpChannel
from connectors.kept import Kept
from connectors.lazada.endpoints import UPLOAD_IMAGE
from connectors.lazada.payloads.reference import UploadImage

TEXT = TypeAdapter(str)
KEPT_S = 30 * 86_400.0
KINDS = ((b"\x89PNG\r\n\x1a\n", "png", "image/png"), (b"\xff\xd8\xff", "jpg", "image/jpeg"))


class Pictures:
    """Gives Lazada's addresses for pictures named by the register."""

    def __init__(self, channel: HttpChannel, cache: Cache, read: Callable[[str], bytes], shop_id: str) -> None:
        self._channel = channel
        self._kept = Kept(cache, f"lazada/{shop_id}/picture", KEPT_S)
        self._read = read

    def url(self, picture: str) -> str:
        """Raises RejectedError before any request when the file is neither PNG nor JPEG."""
        content = self._read(picture)
        digest = hashlib.sha256(content).hexdigest()
        upload = _upload(picture, content, digest)
        return self._kept.get(digest, TEXT, lambda: self._channel.call(UPLOAD_IMAGE, upload).image.url)


def _upload(picture: str, content: bytes, digest: str) -> UploadImage:
    for start, ending, media_type in KINDS:
        if content.startswith(start):
            return UploadImage(name=f"{digest[:16]}.{ending}", content=content, media_type=media_type)
    raise RejectedError(f"ảnh {picture} không phải PNG hay JPEG", marketplace="lazada", endpoint=UPLOAD_IMAGE.path)
