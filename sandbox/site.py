"""What one server of the world answers: a marketplace's API, its public pages, a plain shop."""

import math
from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sandbox.http import Request, Response
from sandbox.world import World

CHALLENGE = "<!doctype html><html><head><title>Xác minh</title></head><body><div id='captcha'>Kéo mảnh ghép để tiếp tục</div></body></html>"


@dataclass(frozen=True)
class SiteSettings:
    """`rate_per_s` None: no limit. `options` are the emulator's own switches."""

    rate_per_s: float | None = None
    options: dict[str, Any] = field(default_factory=dict)


class Site(ABC):
    """What one server answers. A subclass reads time from the world's clock and ids from the world, or it is not replayable."""

    market: ClassVar[str]
    role: ClassVar[str]  # "api" or "storefront"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        self.world = world
        self.settings = settings
        self.base_url = ""  # known after start
        self.clock_skew_s = 0.0
        self.calls: Counter[str] = Counter()

    @property
    def key(self) -> str:
        return f"{self.market}.{self.role}"

    @abstractmethod
    def handle(self, request: Request) -> Response:
        """Answer one request, under the world's lock."""

    def credentials(self) -> dict[str, Any]:
        """App keys, shop and tokens, named as the product's settings name them."""
        return {}

    def changes(self, request: Request, response: Response) -> bool:
        """Did it change the world? Then it is journalled and replayed."""
        return request.method not in {"GET", "HEAD"} and response.status < 400

    def call_name(self, request: Request) -> str:
        """How `calls` counts it; a subclass may put a template in the path's place."""
        return f"{request.method} {request.path}"

    def too_many(self, retry_after_s: float | None) -> Response:
        """How this marketplace says 429."""
        headers = {} if retry_after_s is None else {"Retry_After": str(math.ceil(retry_after_s))}
        return Response.json({"error": "too many requests"}, 429, **headers)

    def challenge(self) -> Response:
        """The page it shows to whom it takes for a robot."""
        return Response.html(CHALLENGE)

    def skewed_now(self) -> datetime:
        """The time by this marketplace's own clock: what signatures are checked against."""
        return self.world.clock.now() + timedelta(seconds=self.clock_skew_s)

    def expire_tokens(self) -> None:
        """Every access token handed out so far is expired from now on."""
        raise LookupError(f"{self.key} has no tokens")

    def revoke_tokens(self) -> None:
        """Access and refresh tokens handed out so far are refused from now on."""
        raise LookupError(f"{self.key} has no tokens")
