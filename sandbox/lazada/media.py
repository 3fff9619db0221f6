"""Pictures the marketplace holds: JPG or PNG, at most 1 MB (Lazada Open Platform reference, image pages, read 2026-11-24).

Only the address is kept: nobody asks for the picture back. Addresses to migrate from are judged, never fetched.
"""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sandbox.lazada.refusal import business
from sandbox.lazada.rules import Rules
from sandbox.world import World

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
OWN_HOSTS = (".slatic.net", ".lazcdn.com", ".alicdn.com")
MOST_SIDE_PX = 5000


@dataclass(frozen=True)
class Picture:
    hash_code: str
    url: str

    def as_json(self) -> dict[str, str]:
        return {"hash_code": self.hash_code, "url": self.url}


@dataclass
class Batch:
    """What became of one asynchronous migration: pictures by their source, and sources that failed with why."""

    done: list[Picture] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Pictures:
    world: World
    rules: Rules
    batches: dict[str, Batch] = field(default_factory=dict)

    def keep(self, content: bytes) -> Picture:
        """A new address for every upload, also of equal bytes."""
        if not content.startswith((PNG, JPEG)):
            raise business(302, "Unsupported image: send JPG or PNG as a stream", field="image")
        if len(content) > self.rules.picture_bytes:
            raise business(303, "The image is too large", field="image")
        self._check_sides(content)
        return self._picture("png" if content.startswith(PNG) else "jpg")

    def migrate(self, url: str) -> Picture:
        if reason := why_not_fetched(url):
            raise business(301, f"Migrate image failed: {reason}", field="Url")
        return self._picture("jpg")

    def migrate_all(self, urls: list[str]) -> str:
        """The batch's id; what became of each address is told by it later."""
        batch = Batch()
        for url in urls:
            if reason := why_not_fetched(url):
                batch.failed.append((url, reason))
            else:
                batch.done.append(self._picture("jpg"))
        batch_id = self.world.token("lazada.batch")
        self.batches[batch_id] = batch
        return batch_id

    def _picture(self, suffix: str) -> Picture:
        name = self.world.token("lazada.image")
        return Picture(name, f"https://vn-live-02.slatic.net/p/{name}.{suffix}")

    def _check_sides(self, content: bytes) -> None:
        """PNG only: its sides stand at a known place."""
        least = self.rules.least_side_px
        if not content.startswith(PNG):
            return
        sides = (int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))
        if not all(least <= side <= MOST_SIDE_PX for side in sides):
            raise business(300, f"Each side must have {least} to {MOST_SIDE_PX} pixels", field="image")


def is_own(url: str) -> bool:
    """Is it hosted by Lazada? Products and descriptions may show nothing else."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return False
    return host.endswith(OWN_HOSTS)


def why_not_fetched(url: str) -> str | None:
    """A source must be a public host name on the usual ports; None when it is."""
    try:
        parts = urlsplit(url)
        host, is_usual = parts.hostname or "", parts.port in {None, 80, 443}
    except ValueError:
        return "the address cannot be read"
    if parts.scheme not in {"http", "https"} or not is_usual:
        return "the address must be http or https on port 80 or 443"
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return None if "." in host and not host.endswith((".local", ".internal")) else "the host must be public"
    return "the host must be a name, not an IP address"
