"""Bodies spoilt in the ways that bodies are: cut, retyped, emptied, blown up, nested, re-encoded. The seed of each is drawn by the test."""

import copy
import json
from random import Random
from typing import Any

from spiders.page import PageState
from spiders.reading import read

VALUES: tuple[Any, ...] = (
    None, True, "", "x", "\ud800", -1, 0, 1.5, 1e308, 10**400, -(10**30), [], {}, [[]], {"x": None}, "9" * 400, "NaN", "1,2,3k", "₫", "٣",
)  # fmt: skip
STATES = frozenset(PageState)
DEEP = b'{"a":' * 60_000


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value, as a path of keys."""
    found = [path] if path else []
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        found += places(child, (*path, key))
    return found


def spoilt(body: Any, random: Random) -> Any:
    """The body with one to four of its places emptied, retyped or left out."""
    body = copy.deepcopy(body)
    for _ in range(random.randint(1, 4)):
        if not (where := places(body)):
            return body
        *above, last = random.choice(where)
        holder = body
        for key in above:
            holder = holder[key]
        if isinstance(holder, dict) and random.random() < 0.3:
            del holder[last]
        else:
            holder[last] = copy.deepcopy(random.choice(VALUES))
    return body


def torn(raw: bytes, random: Random) -> bytes:
    """The bytes cut short, overwritten, in another charset, nested without end, or something else altogether."""
    at = random.randrange(len(raw) + 1)
    return random.choice(
        (
            raw[:at],
            raw[:at] + random.randbytes(8) + raw[at:],
            raw[:at] + DEEP,
            raw.decode().encode("utf-16"),
            b"\xff\xfe" + raw,
            b"",
            b"null",
            b"<html></html>",
        )
    )


def survives(site: str, url: str, raw: bytes) -> None:
    """Every body comes back as a state of ours; facts without flags are within their bounds."""
    reading = read(site, url, raw)
    assert reading.state in STATES
    for item in reading.items:
        if not item.flags:
            assert item.rating_average is None or 0 < item.rating_average <= 5
            assert item.price is None or item.price > 0
        item.as_json()


def as_bytes(body: Any) -> bytes:
    return json.dumps(body).encode()
