"""Pictures for marketplaces that show only what they host: each is uploaded once per content, and its name there is kept."""

import hashlib
import time
from collections.abc import Callable
from typing import NamedTuple, Self

from pydantic import TypeAdapter

from connectors.base import Connector
from connectors.endpoint import Part
from connectors.errors import RejectedError
from connectors.kept import Kept

KEPT_S = 30 * 86_400.0
READ_AGAIN_S = 60.0  # the packs of a product share pictures, and a push comes to them one after another
KINDS = ((b"\x89PNG\r\n\x1a\n", "png", "image/png"), (b"\xff\xd8\xff", "jpg", "image/jpeg"))
TEXT = TypeAdapter(str)


class PictureFile(NamedTuple):
    """What is uploaded: `part` of a multipart call, named by its content, for a register's own names may hold anything."""

    digest: str
    part: Part

    @classmethod
    def of(cls, picture: str, content: bytes, marketplace: str) -> Self:
        """Raises RejectedError, before any request, for a file that is neither PNG nor JPEG."""
        digest = hashlib.sha256(content).hexdigest()
        for start, ending, media_type in KINDS:
            if content.startswith(start):
                return cls(digest, (f"{digest[:16]}.{ending}", content, media_type))
        raise RejectedError(f"ảnh {picture} không phải PNG hay JPEG", marketplace=marketplace, code="picture_kind")


class Pictures:
    """Gives a marketplace's own names of pictures named by the register. `upload` sends one and gives its name there.

    Safe to repeat: a second copy of a picture harms nobody. Thread-safe.
    """

    def __init__(self, shop: Connector, upload: Callable[[Part], str]) -> None:
        self._shop = shop
        self._upload = upload
        self._kept = Kept(shop.cache, f"{shop.code}/{shop.shop_id}/uploaded", KEPT_S)
        self._lately: dict[
            str, tuple[float, str]
        ] = {}  # until when a name is believed without reading the picture again

    def name_of(self, picture: str) -> str:
        """Raises RejectedError for a picture that cannot be had or sent, and any MarketplaceError of its upload."""
        until, name = self._lately.get(picture, (0.0, ""))
        if time.monotonic() < until:
            return name
        file = PictureFile.of(picture, self._shop.read_picture(picture), self._shop.code)
        name = self._kept.get(file.digest, TEXT, lambda: self._upload(file.part))
        self._lately[picture] = (time.monotonic() + READ_AGAIN_S, name)
        return name
