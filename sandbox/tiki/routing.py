"""From a method and a path to the code that answers. A variable ending in `_id` takes digits only, any other one path segment."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sandbox.server import Request
from sandbox.tiki.answers import Refusal

PREFIX = "/integration/"
VERSIONS = (
    "v1",
    "v2",
    "v2.1",
)  # which call lives under which is a muddle in the documents, so each is served under all


@dataclass(frozen=True)
class Call:
    """One authorised call: the request and the variables of its path."""

    request: Request
    path: dict[str, str]


Handler = Callable[[Call], Any]  # JSON to send with 200


@dataclass(frozen=True)
class Route:
    """`scope` must have been granted; None asks for a token only. `needs_seller` False: the app's own token will do."""

    method: str
    template: str
    handler: Handler
    scope: str | None = None
    needs_seller: bool = True

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{(\w+)\}", _variable, self.template))


def _variable(found: re.Match[str]) -> str:
    name = found.group(1)
    return rf"(?P<{name}>{'[0-9]+' if name.endswith('_id') else '[^/]+'})"


class Routes:
    """Asked in the order given, so fixed paths stand before those with variables."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = tuple(routes)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """Refusal 404 for an unknown path, 405 for a known one asked the wrong way."""
        version, _, rest = path.removeprefix(PREFIX).partition("/")
        if not path.startswith(PREFIX) or version not in VERSIONS:
            raise Refusal(404, "Not found")
        known = False
        for route in self._routes:
            if found := route.pattern.fullmatch("/" + rest):
                if route.method == method:
                    return route, found.groupdict()
                known = True
        raise Refusal(405, "Method not allowed") if known else Refusal(404, "Not found")
