"""What Lazada itself says when it is in trouble, announced by a test (Lazada Open Platform reference, error pages, read 2026-11-24).

The faults of the sandbox break a connection; these are answers. They are no part of the world and are not replayed.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.lazada.refusal import Refusal

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
    "506": ("ISP", "E506: Get product failed"),
    "1000": ("SYSTEM", "E1000: Internal application error"),
    "AppWhiteIpLimit": ("ISV", "The source IP is not in the white list of the app"),
    "InsufficientPermission": ("ISV", "The app has no permission to this API"),
    "SellerNotVerified": ("ISV", "The seller is not verified"),
    "SellerNotActive": ("ISV", "The seller is not active"),
}
EMPTY_BRANDS, SECOND_LAYER = "empty_brands", "second_layer"


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

    def page(self, envelope: dict[str, Any]) -> dict[str, Any] | None:
        """What is said with code 0 all the same: brands asked for too fast, or a failure in the second layer."""
        if self.code == EMPTY_BRANDS:
            data = dict.fromkeys(("start_row", "page_index", "page_size", "total_page", "total_record"), 0)
            return envelope | {"data": {**data, "module": []}}
        if self.code == SECOND_LAYER:
            return envelope | {
                "success": False,
                "error_code": "SYSTEM_ERROR",
                "error_msg": "System error",
                "data": None,
            }
        return None


@dataclass
class Trouble:
    _blows: list[Blow] = field(default_factory=list)

    def announce(self, code: str, path: str, *, times: int = 1, applied: bool = False) -> None:
        """`path` is a regular expression. KeyError for a code that is not played."""
        if code not in {EMPTY_BRANDS, SECOND_LAYER}:
            SAID[code]
        self._blows.append(Blow(code, path, times, applied))

    def take(self, path: str) -> Blow | None:
        for blow in self._blows:
            if blow.times and re.search(blow.path, path):
                blow.times -= 1
                return blow
        return None
