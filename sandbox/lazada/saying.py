"""The envelope of every answer (Lazada Open Platform reference, response pages, read 2026-11-24)."""

from dataclasses import dataclass
from typing import Any

from sandbox.lazada.call import Answer, Route
from sandbox.lazada.refusal import Refusal
from sandbox.server import Response
from sandbox.world import World


@dataclass(frozen=True)
class Said(Response):
    """An answer, and whether the world is another one after it: HTTP 200 alone does not say."""

    applied: bool = False

    @classmethod
    def of(cls, response: Response, *, applied: bool) -> "Said":
        return cls(response.status, response.body, response.headers, applied=applied)


@dataclass(frozen=True)
class Speaker:
    world: World

    def answer(self, answer: Answer, route: Route) -> Said:
        said = self.envelope(route) | answer.top
        whole = said if answer.data is None else said | {"data": answer.data}
        return Said.of(Response.json(whole), applied=route.writes)

    def envelope(self, route: Route) -> dict[str, Any]:
        said: dict[str, Any] = {"code": "0", "request_id": self._request_id()}
        return said | ({"success": True, "error_code": None, "error_msg": None} if route.layered else {})

    def refuse(self, refusal: Refusal) -> Said:
        said: dict[str, Any] = {"type": refusal.kind, "code": refusal.code, "message": refusal.message}
        said |= {"request_id": self._request_id()} | ({"detail": list(refusal.detail)} if refusal.detail else {})
        return Said.of(Response.json(said), applied=refusal.applied)

    def _request_id(self) -> str:
        """24 characters."""
        return self.world.token("lazada.request")[:24]
