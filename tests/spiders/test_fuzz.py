"""Twenty thousand spoilt bodies: every one comes back as a state of ours, in time and in bounded memory."""

import json
import resource
import time
from random import Random

import pytest
from msgspec import convert

from catalog.reading import Item
from spiders.page import PageState
from spiders.reading import read
from tests.spiders.damage import as_bytes, spoilt, torn
from tests.spiders.seeds import Seed, seeds

BODIES = 20_000
LONGEST_S = 2.0
MOST_MEMORY_KB = 200 * 1024
PIECES = (
    b"<", b">", b'"', b"'", b"{", b"}", b"[", b"]", b"\\", b"\0", b"\xff", b"\xc3", b"&#", b"<!--", b"-->", b"</script>", b"<script", b"<s>", b"<h1>",
    b"null", b"NaN", b"1e999", b"-1", b"0", b"99999999999999999999", b"\\ud800", b"\xe2\x82\xab", b"1.2.3", b"12,34k", "/tháng".encode(),
    b'<div itemscope itemtype="http://schema.org/Product">', b'<meta property="product:price:amount" content="x">', b"{{x}}", b"<svg onload=x>",
)  # fmt: skip


def spliced(body: bytes, random: Random) -> bytes:
    """Pieces of it cut out, doubled, moved, or given in where they do not belong."""
    for _ in range(random.randint(1, 8)):
        at, length = random.randrange(len(body) + 1), random.choice((0, 1, 2, 8, 40, 400))
        cut = body[at : at + length]
        given = random.choice((b"", cut * 2, cut * 40, random.choice(PIECES), random.randbytes(length % 50), cut[::-1]))
        body = body[:at] + given + body[at + length :]
    return body


def damaged(seed: Seed, other: Seed, random: Random) -> bytes:
    """One of the ways in which a body goes wrong: its values, its bytes, its end, or another page's half in it."""
    way = random.random()
    if way < 0.35 and seed.body[:1] in {b"{", b"["}:
        return as_bytes(spoilt(json.loads(seed.body), random))
    if way < 0.45:
        return torn(seed.body, random)
    if way < 0.55:
        return seed.body[: random.randrange(len(seed.body) + 1)] + other.body[random.randrange(len(other.body) + 1) :]
    return spliced(seed.body, random)


def is_sound(item: Item) -> bool:
    """What a reader of typed JSON would have said of it, and the bounds of a fact."""
    if item != convert(item.as_json(), Item):
        return False
    return bool(item.flags) or (
        (item.price is None or item.price > 0)
        and (item.rating_average is None or 0 < item.rating_average <= 5)
        and (item.price_max is None or (item.price is not None and item.price_max > item.price))
        and (item.currency != "VND" or item.price is None or item.price % 1 == 0)
    )


@pytest.mark.slow
def test_nothing_but_states_comes_of_spoilt_bodies() -> None:
    """No exception, no unsound item, no body over two seconds of work, and no more than 200 MB for all of them together."""
    random, good = Random(20261124), seeds()
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    slowest_s = 0.0
    for number in range(BODIES):
        seed, other = good[number % len(good)], random.choice(good)
        body = damaged(seed, other, random)
        started_s = time.process_time()
        reading = read(seed.site, seed.url, body)
        slowest_s = max(slowest_s, time.process_time() - started_s)
        assert isinstance(reading.state, PageState)
        assert [item for item in reading.items if not is_sound(item)] == [], body
        assert reading.ratings is None or reading.ratings.as_json()
    assert slowest_s < LONGEST_S
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb < MOST_MEMORY_KB


def test_good_bodies_are_good() -> None:
    """What is spoilt above can be read before: else the run would prove nothing."""
    states = {(seed.site, seed.url): read(seed.site, seed.url, seed.body).state for seed in seeds()}
    assert {key: state for key, state in states.items() if state != PageState.OK} == {}
