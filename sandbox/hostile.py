"""Pages as hostile, broken or merely odd sites answer them, one function a kind: `faults.add(kind="hostile_page", page=...)` names it.

They are made from the site's own good answer, so that what a reader meets is a layout it knows with something wrong in it.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from html import escape
from random import Random
from typing import TYPE_CHECKING, Any

from sandbox.http import Request, Response

if TYPE_CHECKING:
    from sandbox.gate import Gate

Make = Callable[["Gate", Request], Response]

SHELL = "<!doctype html><html><head><title>Shop</title><script src='/static/app.js'></script></head><body><div id='main'></div></body></html>"
TONES = "\u0300\u0301\u0303\u0309\u0323"
HUGE_BYTES = 30 * 1024 * 1024
SCRIPT_TITLE = "<script>alert(document.cookie)</script>\u202e<b> Chè"
NAMED_ROBOTS = "User-agent: ocop\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
SLOW_ROBOTS = "User-agent: *\nCrawl-delay: 60\nDisallow: /*?sort=\n"
_SHOWN = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?=\s*(?:₫|đ|&nbsp;))")
_STATED = re.compile(
    r'("(?:price|special_price|final_price|lowPrice|original_price|list_price)"\s*:\s*"?|itemprop=[\'"]price[\'"] content=[\'"]|price:amount" content=")\d+'
)
_LIST_ITEM = re.compile(r"<li class='product[^>]*>.*?</li>", re.DOTALL)
_NAMES = {"name", "title"}


def _login_wall(_: "Gate", request: Request) -> Response:
    return Response(302, b"", {"Location": f"/buyer/login?next={request.path}"})


def _redirect_loop(_: "Gate", request: Request) -> Response:
    return Response(
        302, b"", {"Location": f"{request.path}?vong={len(request.raw_query) + 1}{'0' * len(request.raw_query)}"}
    )


def _empty_shell(*_: object) -> Response:
    return Response.html(SHELL)


def _wrong_charset(gate: "Gate", request: Request) -> Response:
    """Windows-1258 under the name of UTF-8."""
    good = gate.respond(request)
    return replace(good, body="".join(map(_in_old_letters, good.body.decode())).encode("cp1258", errors="replace"))


def _in_old_letters(letter: str) -> str:
    """The old charset has the vowels, and each tone as a mark behind them."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parts if mark in TONES), "")
    return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone if tone else letter


def _huge(gate: "Gate", request: Request) -> Response:
    good = gate.respond(request)
    return replace(good, body=good.body + b" " * (HUGE_BYTES - len(good.body)))


def _infinite_paging(gate: "Gate", request: Request) -> Response:
    """Page one over and over, each time with a next one."""
    first = replace(request, query=[(name, value) for name, value in request.query if name != "page"], raw_query="")
    good = gate.respond(first)
    try:
        content = json.loads(good.body)
    except ValueError:
        more = f"<a rel='next' href='{escape(request.path)}?page={int(request.one('page') or 1) + 1}'>Sau</a>"
        return replace(good, body=good.body.replace(b"</body>", more.encode() + b"</body>"))
    if isinstance(content, dict) and isinstance(content.get("paging"), dict):
        content["paging"] |= {"current_page": int(request.one("page") or 1), "last_page": 1_000_000}
    return Response.json(content, good.status)


def _zero_prices(gate: "Gate", request: Request) -> Response:
    return _figures(gate.respond(request), lambda _: "0")


def _scrambled(gate: "Gate", request: Request) -> Response:
    """Figures that nobody asked for: fractions of a đồng in what programs read, other amounts in what people see."""
    random = Random(f"{gate.site.world.seed} {request.path}")
    return _figures(
        gate.respond(request),
        lambda stated: (
            f"{random.uniform(1e5, 3e6):.5f}" if stated else f"{random.randint(100, 999)}.{random.randint(0, 999):03}"
        ),
    )


def _duplicated_cards(gate: "Gate", request: Request) -> Response:
    """Sponsored cards: the first of a list once more at its end."""
    good = gate.respond(request)
    try:
        content = json.loads(good.body)
    except ValueError:
        cards = _LIST_ITEM.findall(good.body.decode())
        return replace(good, body=good.body.replace(b"</ul>", "".join(cards[:2]).encode() + b"</ul>", 1))
    if isinstance(content, dict) and isinstance(content.get("data"), list):
        content["data"] += content["data"][:2]
    return Response.json(content, good.status)


def _script_titles(gate: "Gate", request: Request) -> Response:
    """Every name of a JSON answer, every heading of a page."""
    good = gate.respond(request)
    try:
        content = json.loads(good.body)
    except ValueError:
        page = re.sub(r"(<h1[^>]*>)[^<]*", lambda h: h[1] + escape(SCRIPT_TITLE), good.body.decode())
        page = re.sub(
            r'("name": ")[^"]*', lambda name: name[1] + json.dumps(SCRIPT_TITLE)[1:-1].replace("<", "\\u003c"), page
        )
        return replace(good, body=page.encode())
    return Response.json(_renamed(content), good.status)


def _robots(status: int, text: str) -> Make:
    return lambda *_: Response(status, text.encode(), {"Content-Type": "text/plain; charset=utf-8"})


def _figures(good: Response, figure: Callable[[bool], str]) -> Response:
    text = _STATED.sub(lambda found: f"{found[1]}{figure(True)}", good.body.decode())
    return replace(good, body=_SHOWN.sub(lambda _: figure(False), text).encode())


def _renamed(content: Any) -> Any:
    if isinstance(content, list):
        return [_renamed(value) for value in content]
    if not isinstance(content, dict):
        return content
    return {
        key: SCRIPT_TITLE if key in _NAMES and isinstance(value, str) else _renamed(value)
        for key, value in content.items()
    }


PAGES: dict[str, Make] = {
    "login_wall": _login_wall,
    "redirect_loop": _redirect_loop,
    "empty_shell": _empty_shell,
    "wrong_charset": _wrong_charset,
    "huge": _huge,
    "infinite_paging": _infinite_paging,
    "zero_prices": _zero_prices,
    "scrambled": _scrambled,
    "duplicated_cards": _duplicated_cards,
    "script_titles": _script_titles,
    "robots_missing": _robots(404, "Not found"),
    "robots_failing": _robots(503, "Service Unavailable"),
    "robots_html": _robots(200, SHELL),
    "robots_slow": _robots(200, SLOW_ROBOTS),
    "robots_named": _robots(200, NAMED_ROBOTS),
}
