"""What a request passes on its way to a site: the count, the fault announced for it, the rate limit, and the journal after it."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from sandbox.faults import Fault, FaultKind, Faults
from sandbox.http import Request, Response
from sandbox.journal import Entry
from sandbox.pace import Bucket
from sandbox.server import Delivery, Site

REMEMBERED_PATHS = 64
ROBOTS_DENY = Response(200, b"User-agent: *\nDisallow: /\n", {"Content-Type": "text/plain"})
INTERLOPER = (
    "<!doctype html><html><head><title>Cổng kết nối</title></head><body>Xin vui lòng thử lại sau.</body></html>"
)


class Gate:
    """Answers for one site. `record` keeps what changed the world; `catch_up` brings the world to the wall's time."""

    def __init__(
        self, site: Site, faults: Faults, record: Callable[[Entry], None], catch_up: Callable[[], None]
    ) -> None:
        self.site = site
        self.closing = threading.Event()  # set: nobody waits any longer
        self._faults = faults
        self._record = record
        self._catch_up = catch_up
        self._bucket = Bucket(site.settings.rate_per_s)
        self._last_good: OrderedDict[tuple[str, str], Response] = OrderedDict()

    def answer(self, request: Request) -> Delivery:
        with self.site.world.lock:
            self.site.calls[self.site.call_name(request)] += 1
        fault = self._faults.take(self.site.key, request.path)
        return self._struck(request, fault) if fault else Delivery(self._respond(request))

    def replay(self, entry: Entry) -> None:
        """Do once more what an entry says, without faults, limits and journal."""
        if entry.tokens:
            self._spoil_tokens(entry.tokens)
        elif request := entry.request():
            self.site.clock_skew_s = entry.clock_skew_s
            self.site.handle(request)

    def _respond(self, request: Request) -> Response:
        with self.site.world.lock:
            self._catch_up()
            if wait_s := self._bucket.wait_s():
                return self.site.too_many(wait_s)
            self.site.clock_skew_s = self._faults.skew_s(self.site.key)
            response = self.site.handle(request)
            if self.site.changes(request, response):
                now = self.site.world.clock.now()
                self._record(Entry.of_request(now, self.site.key, request, self.site.clock_skew_s))
            self._remember(request, response)
            return response

    def _remember(self, request: Request, response: Response) -> None:
        if response.status == 200:
            self._last_good[request.method, request.path] = response
            self._last_good.move_to_end((request.method, request.path))
            if len(self._last_good) > REMEMBERED_PATHS:
                self._last_good.popitem(last=False)

    def _struck(self, request: Request, fault: Fault) -> Delivery:  # noqa: C901, PLR0911, PLR0912 - one case a kind of fault
        options = fault.options
        match fault.kind:
            case FaultKind.STATUS:
                return Delivery(self._refusal(options["status"], options.get("retry_after")))
            case FaultKind.RESET_BEFORE:
                return Delivery(None)
            case FaultKind.RESET_AFTER:
                self._respond(request)
                return Delivery(None)
            case FaultKind.HANG_BEFORE:
                self.closing.wait(options["seconds"])
                return Delivery(None)
            case FaultKind.HANG_AFTER:
                response = self._respond(request)
                self.closing.wait(options["seconds"])
                return Delivery(response)
            case FaultKind.TRUNCATED:
                return _halved(self._respond(request), lie=options.get("lie", False))
            case FaultKind.HTML:
                if options.get("applied", False):
                    self._respond(request)
                return Delivery(Response.html(INTERLOPER))
            case FaultKind.DUPLICATE_PAGE:
                earlier = self._last_good.get((request.method, request.path))
                return Delivery(earlier or self._respond(request))
            case FaultKind.EXPIRED_TOKEN:
                return self._with_spoilt_tokens(request, "expired")
            case FaultKind.REVOKED_TOKEN:
                return self._with_spoilt_tokens(request, "revoked")
            case FaultKind.CAPTCHA:
                return Delivery(self.site.challenge())
            case FaultKind.ROBOTS_DENY:
                return Delivery(ROBOTS_DENY)
            case FaultKind.CLOCK_SKEW:
                raise AssertionError("a skewed clock strikes no single request")
            case _:
                assert_never(fault.kind)

    def _refusal(self, status: int, retry_after_s: float | None) -> Response:
        if status == 429:
            return self.site.too_many(retry_after_s)
        page = Response.html(f"<html><body><h1>{status}</h1></body></html>", status)
        return (
            page
            if retry_after_s is None
            else replace(page, headers={**page.headers, "Retry-After": f"{retry_after_s:g}"})
        )

    def _with_spoilt_tokens(self, request: Request, how: str) -> Delivery:
        with self.site.world.lock:
            self._catch_up()
            self._spoil_tokens(how)
            self._record(Entry(at=self.site.world.clock.now(), site=self.site.key, tokens=how))
        return Delivery(self._respond(request))

    def _spoil_tokens(self, how: str) -> None:
        spoil = {"expired": self.site.expire_tokens, "revoked": self.site.revoke_tokens}[how]
        spoil()


def _halved(response: Response, *, lie: bool) -> Delivery:
    half = replace(response, body=response.body[: len(response.body) // 2])
    return Delivery(half, length=len(response.body) if lie else None)
