"""New listings to a marketplace, against a script that only sends the very same calls, prepared and signed.

The marketplace's own time is in both: it runs in a process of its own, and is empty at the start of every lap.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import requests
from pydantic import BaseModel

from benchmarks.market import Market, Opened, market
from benchmarks.places import NOW, application, claimed, fresh_sqlite
from benchmarks.race import Floor, Lap, Left, Race, Result, Target
from benchmarks.register import FIRST_PRICE_VND, register_teas
from benchmarks.sizes import Size
from connectors import marketplaces
from connectors.facts.shop import Tokens
from connectors.transport import RawReply, Transport
from jobs.app import App
from jobs.push import push_listings
from jobs.run import Counts, Job, perform
from jobs.shops import add_shop, keep_tokens
from sandbox.pictures import picture as drawn

SHOP = "benchmark"
RACED = ("shopee", "tiki")
FILE, ADDRESS = "tra.png", "https://ocop.example/tra.png"
MOST_CALLS = Target(1.5, "time")


def races(size: Size) -> Iterator[Race | Result]:
    for code in RACED:
        with market(code) as played:
            calls = _recorded(played, code, size.new_listings)
            yield _frugal(code, size.new_listings, len(calls))
            yield Race(
                what=f"push new listings to {code}",
                unit="listings/s",
                amount=size.new_listings,
                leaves=_everything(size.new_listings),
                ours=partial(_push, played, code, size.new_listings),
                floors=(Floor("bare requests", partial(_send, played, calls), Target(0.70)),),
            )


def picture(code: str) -> str:
    """Tiki takes addresses, the others files."""
    return ADDRESS if code == "tiki" else FILE


def _everything(amount: int) -> Left:
    return {"offers": amount, "price_vnd": sum(FIRST_PRICE_VND + number for number in range(amount))}


def _frugal(code: str, amount: int, calls: int) -> Result:
    """One call a listing is the least; the rest is what has to be known once a shop and day."""
    ratio = calls / amount
    is_met = MOST_CALLS.is_met(ratio)
    return Result(f"calls a new listing on {code}", "calls", ratio, "one each", 1, ratio, str(MOST_CALLS), is_met)


def _push(played: Market, code: str, amount: int) -> Lap:
    with connected_shop(played.reopen(), code, amount) as app:
        run = claimed(app, "push_listings", SHOP)
        started = time.perf_counter()
        push_listings(run)
        return Lap(time.perf_counter() - started, played.left())


@contextmanager
def connected_shop(opened: Opened, code: str, amount: int, **pace: float | None) -> Iterator[App]:
    """The product with a connected shop, a full register and nothing pushed yet. `pace`: the app's own settings of it."""
    kind = marketplaces()[code]
    given = {**opened.credentials, "base_url": opened.base_url, "rate_per_s": None, **pace}
    keys: BaseModel = kind.settings_model(**{n: v for n, v in given.items() if n in kind.settings_model.model_fields})
    with tempfile.TemporaryDirectory(prefix="ocop-bench-") as folder, fresh_sqlite() as url:
        (Path(folder) / FILE).write_bytes(drawn("tra"))
        with application(url, {code: keys}) as app:
            app.pictures_dir = Path(folder)
            register_teas(app, amount, picture=picture(code))
            shop = add_shop(app, SHOP, code, str(opened.credentials["shop_id"]))
            names = ("access_token", "refresh_token", "expires_at")
            keep_tokens(app, shop, Tokens.model_validate({name: opened.credentials[name] for name in names}))
            yield app


def done(app: App, name: str, job: Job) -> Counts:
    """A job done in the shop as a worker does it, its heart beating. `name` tells the runs of one database apart."""
    finished = perform(app, name, job, SHOP, NOW)
    assert finished is not None
    assert finished.state == "done", finished.error
    return finished.counts


def _recorded(played: Market, code: str, amount: int) -> list[requests.PreparedRequest]:
    """Every request of one push, its address without the host."""
    send, calls = Transport.send, list[requests.PreparedRequest]()

    def remember(transport: Transport, request: requests.PreparedRequest) -> RawReply:
        calls.append(request.copy())
        return send(transport, request)

    opened = played.reopen()
    with connected_shop(opened, code, amount) as app:
        Transport.send = remember  # type: ignore[method-assign, assignment] # for this one push
        try:
            push_listings(claimed(app, "push_listings", SHOP))
        finally:
            Transport.send = send  # type: ignore[method-assign] # as it was
    for call in calls:
        call.url = str(call.url).removeprefix(opened.base_url)
    return calls


def _send(played: Market, calls: list[requests.PreparedRequest]) -> Lap:
    """The marketplace is as empty as it was, so it accepts the same calls again."""
    base_url = played.reopen().base_url
    addressed = [call.copy() for call in calls]
    for call in addressed:
        call.url = base_url + str(call.url)
    with requests.Session() as session:
        started = time.perf_counter()
        for call in addressed:
            session.send(call, timeout=10).raise_for_status()
        return Lap(time.perf_counter() - started, played.left())
