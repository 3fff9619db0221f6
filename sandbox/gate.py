"""What a request passes on its way to a site: the count, the fault announced for it, the rate limit, and the journal after it."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from sandbox.faults import Faults
from sandbox.http import Request, Response
from sandbox.journal import Entry
from sandbox.pace import Bucket
from sandbox.plays import PLAYS
from sandbox.server import Delivery
from sandbox.site import Site

REMEMBERED_PATHS = 64


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
        return PLAYS[fault.kind](self, request, fault.options) if fault else Delivery(self.respond(request))

    def last_good(self, request: Request) -> Response | None:
        """The latest successful answer to this method and path."""
        return self._last_good.get((request.method, request.path))

    def replay(self, entry: Entry) -> None:
        """Do once more what an entry says, without faults, limits and journal."""
        if entry.tokens:
            self._spoil_tokens(entry.tokens)
        elif request := entry.request():
            self.site.clock_skew_s = entry.clock_skew_s
            self.site.handle(request)

    def respond(self, request: Request) -> Response:
        """The site's own answer, journalled when it changed the world."""
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

    def spoil_tokens(self, how: str) -> None:
        """Expire or revoke every token of the site, and remember that it was done."""
        with self.site.world.lock:
            self._catch_up()
            self._spoil_tokens(how)
            self._record(Entry(at=self.site.world.clock.now(), site=self.site.key, tokens=how))

    def _spoil_tokens(self, how: str) -> None:
        spoil = {"expired": self.site.expire_tokens, "revoked": self.site.revoke_tokens}[how]
        spoil()

    def _remember(self, request: Request, response: Response) -> None:
        if response.status == 200:
            self._last_good[request.method, request.path] = response
            self._last_good.move_to_end((request.method, request.path))
            if len(self._last_good) > REMEMBERED_PATHS:
                self._last_good.popitem(last=False)
