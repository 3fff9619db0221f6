"""Pictures are uploaded once per content: TikTok Shop never takes an outside address (Partner reference 3.4, read 2026-11-24)."""

import hashlib

from connectors.errors import RejectedError
from connectors.kept import Turns
from connectors.tiktok_shop.endpoints import UPLOAD_IMAGE
from connectors.tiktok_shop.payloads.reference import UploadImage
from connectors.tiktok_shop.shop import TiktokShop

KEPT_S = 30 * 86_400.0
KINDS = ((b"\x89PNG\r\n\x1a\n", "png", "image/png"), (b"\xff\xd8\xff", "jpg", "image/jpeg"))


class Pictures:
    """Gives the marketplace's own names of pictures named by the register."""

    def __init__(self, shop: TiktokShop) -> None:
        self._shop = shop
        self._turns = Turns()

    def uri(self, picture: str) -> str:
        """Raises RejectedError before any request when the file is neither PNG nor JPEG."""
        content = self._shop.read_picture(picture)
        digest = hashlib.sha256(content).hexdigest()
        key = f"{self._shop.code}/{self._shop.shop_id}/picture/{digest}"
        if (kept := self._shop.cache.get(key, KEPT_S)) is not None:
            return kept
        with self._turns.of(key):
            kept = self._shop.cache.get(key, KEPT_S)
            return self._uploaded(key, _upload(picture, content, digest)) if kept is None else kept

    def _uploaded(self, key: str, payload: UploadImage) -> str:
        uri = self._shop.call_as_seller(UPLOAD_IMAGE, payload).answer.uri
        self._shop.cache.put(key, uri)
        return uri


def _upload(picture: str, content: bytes, digest: str) -> UploadImage:
    for start, ending, media_type in KINDS:
        if content.startswith(start):
            return UploadImage(name=f"{digest[:16]}.{ending}", content=content, media_type=media_type)
    raise RejectedError(
        f"ảnh {picture} không phải PNG hay JPEG", marketplace="tiktok_shop", endpoint=UPLOAD_IMAGE.path, code="image"
    )
