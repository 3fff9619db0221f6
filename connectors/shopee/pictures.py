"""Pictures are uploaded once per content: Shopee takes files only, never addresses (v2 reference 3.5, read 2026-11-23)."""

import hashlib
from collections.abc import Callable

from connectors.base import Cache
from connectors.errors import RejectedError
from connectors.http import HttpChannel
from connectors.kept import Turns
from connectors.shopee.endpoints import UPLOAD_IMAGE
from connectors.shopee.payloads.reference import UploadImage
from connectors.signing import Signing

KEPT_S = 30 * 86_400.0
KINDS = ((b"\x89PNG\r\n\x1a\n", "png", "image/png"), (b"\xff\xd8\xff", "jpg", "image/jpeg"))


class Pictures:
    """Gives image ids for pictures named by the register. The app signs uploads, not the shop."""

    def __init__(
        self, channel: HttpChannel, signing: Signing, cache: Cache, read: Callable[[str], bytes], shop_id: str
    ) -> None:
        self._channel = channel
        self._signing = signing
        self._cache = cache
        self._read = read
        self._shop_id = shop_id
        self._turns = Turns()

    def image_id(self, picture: str) -> str:
        """Raises RejectedError before any request when the file is neither PNG nor JPEG."""
        content = self._read(picture)
        digest = hashlib.sha256(content).hexdigest()
        key = f"shopee/{self._shop_id}/picture/{digest}"
        if (kept := self._cache.get(key, KEPT_S)) is not None:
            return kept
        with self._turns.of(key):
            kept = self._cache.get(key, KEPT_S)
            return self._uploaded(key, _upload(picture, content, digest)) if kept is None else kept

    def _uploaded(self, key: str, payload: UploadImage) -> str:
        image_id = self._channel.call(UPLOAD_IMAGE, payload, signing=self._signing).image_info.image_id
        self._cache.put(key, image_id)
        return image_id


def _upload(picture: str, content: bytes, digest: str) -> UploadImage:
    for start, ending, media_type in KINDS:
        if content.startswith(start):
            return UploadImage(name=f"{digest[:16]}.{ending}", content=content, media_type=media_type)
    raise RejectedError(f"ảnh {picture} không phải PNG hay JPEG", marketplace="shopee", endpoint=UPLOAD_IMAGE.path)
