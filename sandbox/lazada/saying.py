"""The envelope of every answer (Lazada Open Platform reference, response pages, read 2026-11-24)."""

import json
from dataclasses import dataclass
from typing import Any

from sandbox.lazada.call import Answer, Route
from sandbox.lazada.refusal import Refusal
from sandbox.lazada.rules import Rules
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
    """Some gateways add a `_trace_id_`: here one answer in sixteen has it."""

    world: World
    rules: Rules

    def answer(self, answer: Answer, route: Route) -> Said:
        said = self.envelope(route) | answer.top
        whole = said if answer.data is None else said | {"data": answer.data}
        return Said.of(Response.json(_quoted(whole) if self.rules.loose_types else whole), applied=route.writes)

    def envelope(self, route: Route) -> dict[str, Any]:
        said: dict[str, Any] = {"code": "0", "request_id": self._request_id()}
        said |= {"_trace_id_": said["request_id"]} if said["request_id"].startswith("0") else {}
        return said | ({"success": True, "error_code": None, "error_msg": None} if route.layered else {})

    def refuse(self, refusal: Refusal) -> Said:
        said: dict[str, Any] = {"type": refusal.kind, "code": refusal.code, "message": refusal.message}
        said |= {"request_id": self._request_id()} | ({"detail": list(refusal.detail)} if refusal.detail else {})
        return Said.of(Response.json(said), applied=refusal.applied)

    def _request_id(self) -> str:
        """24 characters."""
        return self.world.token("lazada.request")[:24]


def _quoted(value: Any) -> Any:
    """The same with every scalar as text."""
    if isinstance(value, dict):
        return {name: _quoted(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_quoted(inner) for inner in value]
    return value if isinstance(value, str) else json.dumps(value)
