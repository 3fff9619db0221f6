"""What Lazada itself says when it is in trouble, announced by a test (Lazada Open Platform reference, error pages, read 2026-11-24).

The faults of the sandbox break a connection; these are answers. They are no part of the world and are not replayed.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.lazada.refusal import Refusal
from sandbox.server import Response

SAID = {
    "ApiCallLimit": ("ISV", "Api access frequency exceeds the limit. this ban will last 1 seconds"),
    "SellerCallLimit": ("ISV", "Seller access frequency exceeds the limit. this ban will last 1 seconds"),
    "AppCallLimit": ("ISV", "The app has reached its quota of calls for today"),
    "901": ("ISP", "E901: The request is limited, please retry later"),
    "998": ("ISP", "E998: The API is switched off during the campaign"),
    "1002": ("ISP", "E1002: sentinel"),
    "ServiceTimeout": ("SYSTEM", "The backend service times out"),
    "SYSTEM_ERROR": ("SYSTEM", "System error"),
    "15": ("SYSTEM", "E015: Remote service error"),
    "4170": ("ISP", "E4170: During the campaign the stock may only go up"),
    "TRAFFIC_CONTROL": ("ISV", "Traffic control"),
    "SellerNotActive": ("ISV", "The seller is not active"),
}
EMPTY_BRANDS = "empty_brands"


@dataclass
class Blow:
    """One kind of trouble, `times` more to come. `applied`: the write behind the refusal was done."""

    code: str
    path: str
    times: int
    applied: bool

    def refusal(self) -> Refusal:
        kind, message = SAID[self.code]
        refusal = Refusal(self.code, message, kind)
        refusal.applied = self.applied
        return refusal

    def empty_page(self, envelope: dict[str, Any]) -> Response | None:
        """Brands asked for too fast: a success without rows."""
        if self.code != EMPTY_BRANDS:
            return None
        page = {"start_row": 0, "page_index": 0, "page_size": 0, "total_page": 0, "total_record": 0, "module": []}
        return Response.json(envelope | {"data": page})


@dataclass
class Trouble:
    _blows: list[Blow] = field(default_factory=list)

    def announce(self, code: str, path: str, *, times: int = 1, applied: bool = False) -> None:
        """`path` is a regular expression. KeyError for a code that is not played."""
        if code != EMPTY_BRANDS:
            SAID[code]
        self._blows.append(Blow(code, path, times, applied))

    def take(self, path: str) -> Blow | None:
        for blow in self._blows:
            if blow.times and re.search(blow.path, path):
                blow.times -= 1
                return blow
        return None
