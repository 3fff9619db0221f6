"""JSON that a page ships inside its HTML: in a script element known by its id, or as the argument of a call in plain script."""

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any, NoReturn

from spiders.page import Page, PageError, PageState, parse_json

_NOT_THERE = -1
_LONGEST_TAG = 1_000  # bytes
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")  # may be half a character, which only the stricter parser refuses


def script_body(page: Page, script_id: str) -> bytes | None:
    """What stands inside `<script id=...>`; None where the page has no such script. Two of them are a changed layout."""
    found = list(islice(_scripts(page.body, script_id.encode()), 2))
    if not found:
        return None
    start, end = found[0]
    if len(found) > 1 or end == _NOT_THERE:
        raise PageError(PageState.LAYOUT_CHANGED, f"not one whole {script_id} script")
    return page.body[start:end]


def script_json(page: Page, script_id: str) -> Any:
    """The JSON of that script; None where the page has no such script."""
    raw = script_body(page, script_id)
    return None if raw is None else parse_json(raw)


def _scripts(body: bytes, name: bytes) -> Iterator[tuple[int, int]]:
    """Where the content of each script with that id begins and ends. The name is looked for first: a page has thousands of tags."""
    tag = _tag(name)
    at = body.find(name)
    while at != _NOT_THERE:
        opening = body.rfind(b"<", max(0, at - _LONGEST_TAG), at)
        found = tag.match(body, opening) if opening != _NOT_THERE else None
        close = _closing(body, found.end()) if found else _NOT_THERE
        if found:
            yield found.end(), close
        at = body.find(name, max(at + 1, close))


@cache
def _tag(name: bytes) -> re.Pattern[bytes]:
    given = rb"""\bid=(?:["']%b["']|%b(?=[\s>]))""" % (re.escape(name), re.escape(name))
    return re.compile(rb"<script\b[^<>]{0,1000}" + given + rb"[^<>]{0,1000}>")


def _closing(body: bytes, start: int) -> int:
    """Where the script ends. State is written without "<", so a single byte is enough to look for, which is much the fastest."""
    at = body.find(b"<", start)
    return at if body.startswith(b"</script", at) else body.find(b"</script", start)


def json_after(page: Page, *markers: re.Pattern[str]) -> Any:
    """The JSON value that begins where the first match of a marker ends; None where there is no match.

    Each marker begins with letters of its own and is looked for by itself: a choice of two in one pattern takes twenty times as long.
    """
    matches = [match for marker in markers if (match := marker.search(page.text)) is not None]
    if not matches:
        return None
    found = min(matches, key=re.Match.start)
    try:
        value, end = _DECODER.raw_decode(page.text, found.end())
    except ValueError as err:
        raise PageError(PageState.BAD_DATA, f"broken JSON: {err}"[:200]) from None
    except RecursionError:
        raise PageError(PageState.BAD_DATA, "JSON nested without end") from None
    read = page.text[found.end() : end]
    return parse_json(read) if _SURROGATE.search(read) else value


def dig(value: Any, *keys: str) -> Any:
    """The value under a path of keys; None where the path ends early."""
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
