"""tiki.vn on loopback, and the public paths of api.tiki.vn beside it: pages, product, review and list JSON, robots.txt.

Nothing here needs or keeps a login. Option `browsers_only` (false): 403 for a User-Agent that looks like no browser, as the CDN was once
seen to answer (tiki.md section 10, read 2026-11-24).
"""

import re

from sandbox.server import Request, Response, Site, SiteSettings
from sandbox.tiki import html_pages
from sandbox.tiki.answers import Refusal
from sandbox.tiki.public_calls import PublicCalls
from sandbox.tiki.public_pages import PublicPages
from sandbox.tiki.seller import MARKET, Seller
from sandbox.tiki.showcase import Showcase
from sandbox.world import World

ROBOTS = """User-agent: *
Disallow: /api/v2/me/
Disallow: /v1/private/
Disallow: /api/v2/reviews/writable
Disallow: /order/tracking
Disallow: /customer/
"""


class TikiStorefront(Site):
    market = MARKET
    role = "storefront"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        super().__init__(world, settings)
        case = Showcase(world, Seller(), lambda: self.base_url)
        self._browsers_only = bool(settings.options.get("browsers_only", False))
        self._paths = tuple(
            (re.compile(pattern), answer)
            for pattern, answer in (*PublicCalls(case).paths(), *PublicPages(case).paths())
        )

    def handle(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return _failed(405, "Method not allowed")
        if self._browsers_only and "mozilla" not in request.headers.get("user-agent", "").lower():
            return Response.html("<!doctype html><title>403 Forbidden</title><h1>403 Forbidden</h1>", status=403)
        try:
            return self._answer(request)
        except Refusal as refusal:
            return _failed(refusal.status, refusal.errors[0])

    def too_many(self, retry_after_s: float | None) -> Response:
        headers = {} if retry_after_s is None else {"Retry_After": f"{retry_after_s:g}"}
        return Response.json({"status": 429, "message": "Too many requests"}, 429, **headers)

    def _answer(self, request: Request) -> Response:
        if request.path == "/robots.txt":
            return Response(200, ROBOTS.encode(), {"Content-Type": "text/plain; charset=utf-8"})
        for pattern, answer in self._paths:
            if found := pattern.fullmatch(request.path):
                return answer(request, found.group(1))
        return (
            _failed(404, "Not found")
            if request.path.startswith("/api/")
            else Response.html(html_pages.gone_html(), 404)
        )


def _failed(status: int, message: str) -> Response:
    return Response.json({"status": status, "message": message}, status)
