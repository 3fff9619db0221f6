"""How each kind of fault is played: what reaches the site, and what reaches the client."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sandbox.faults import FaultKind
from sandbox.hostile import PAGES
from sandbox.http import Request, Response
from sandbox.server import Delivery

if TYPE_CHECKING:
    from sandbox.gate import Gate

ROBOTS_DENY = Response(200, b"User-agent: *\nDisallow: /\n", {"Content-Type": "text/plain"})
INTERLOPER = (
    "<!doctype html><html><head><title>Cổng kết nối</title></head><body>Xin vui lòng thử lại sau.</body></html>"
)

Options = dict[str, Any]
Play = Callable[["Gate", Request, Options], Delivery]


def _status(gate: "Gate", _: Request, options: Options) -> Delivery:
    status, retry_after_s = options["status"], options.get("retry_after")
    if status == 429:
        return Delivery(gate.site.too_many(retry_after_s))
    page = Response.html(f"<html><body><h1>{status}</h1></body></html>", status)
    waiting = {} if retry_after_s is None else {"Retry-After": f"{retry_after_s:g}"}
    return Delivery(replace(page, headers=page.headers | waiting))


def _reset_before(*_: object) -> Delivery:
    return Delivery(None)


def _reset_after(gate: "Gate", request: Request, _: Options) -> Delivery:
    gate.respond(request)
    return Delivery(None)


def _hang_before(gate: "Gate", _: Request, options: Options) -> Delivery:
    gate.closing.wait(options["seconds"])
    return Delivery(None)


def _hang_after(gate: "Gate", request: Request, options: Options) -> Delivery:
    response = gate.respond(request)
    gate.closing.wait(options["seconds"])
    return Delivery(response)


def _truncated(gate: "Gate", request: Request, options: Options) -> Delivery:
    whole = gate.respond(request)
    half = replace(whole, body=whole.body[: len(whole.body) // 2])
    return Delivery(half, length=len(whole.body) if options.get("lie", False) else None)


def _html(gate: "Gate", request: Request, options: Options) -> Delivery:
    if options.get("applied", False):
        gate.respond(request)
    return Delivery(Response.html(INTERLOPER))


def _duplicate_page(gate: "Gate", request: Request, _: Options) -> Delivery:
    return Delivery(gate.last_good(request) or gate.respond(request))


def _reordered_page(gate: "Gate", request: Request, _: Options) -> Delivery:
    answer = gate.respond(request)
    content = json.loads(answer.body)
    for rows in _lists(content):
        rows.reverse()
    return Delivery(replace(answer, body=json.dumps(content, ensure_ascii=False).encode()))


def _expired_token(gate: "Gate", request: Request, _: Options) -> Delivery:
    gate.spoil_tokens("expired")
    return Delivery(gate.respond(request))


def _revoked_token(gate: "Gate", request: Request, _: Options) -> Delivery:
    gate.spoil_tokens("revoked")
    return Delivery(gate.respond(request))


def _captcha(gate: "Gate", *_: object) -> Delivery:
    return Delivery(gate.site.challenge())


def _robots_deny(*_: object) -> Delivery:
    return Delivery(ROBOTS_DENY)


def _hostile_page(gate: "Gate", request: Request, options: Options) -> Delivery:
    return Delivery(PAGES[options["page"]](gate, request))


def _lists(content: Any) -> list[list[Any]]:
    """Every list of objects in a JSON value, outermost first."""
    if isinstance(content, dict):
        return [found for value in content.values() for found in _lists(value)]
    if not isinstance(content, list):
        return []
    inner = [found for value in content for found in _lists(value)]
    return [content, *inner] if content and isinstance(content[0], dict) else inner


# A skewed clock is missing: it strikes no single request, `Faults.skew_s` tells it to all of them.
PLAYS: dict[FaultKind, Play] = {
    FaultKind.STATUS: _status,
    FaultKind.RESET_BEFORE: _reset_before,
    FaultKind.RESET_AFTER: _reset_after,
    FaultKind.HANG_BEFORE: _hang_before,
    FaultKind.HANG_AFTER: _hang_after,
    FaultKind.TRUNCATED: _truncated,
    FaultKind.HTML: _html,
    FaultKind.DUPLICATE_PAGE: _duplicate_page,
    FaultKind.REORDERED_PAGE: _reordered_page,
    FaultKind.EXPIRED_TOKEN: _expired_token,
    FaultKind.REVOKED_TOKEN: _revoked_token,
    FaultKind.CAPTCHA: _captcha,
    FaultKind.ROBOTS_DENY: _robots_deny,
    FaultKind.HOSTILE_PAGE: _hostile_page,
}
