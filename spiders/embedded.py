"""JSON that a page ships inside its HTML: in a script element known by its id, or as the argument of a call in plain script."""

import json
import re
from typing import Any, NoReturn

from spiders.page import Page, PageError, PageState, parse_json

_NO_CLOSE = -1
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")  # may be half a character, which only the stricter parser refuses


def script_json(page: Page, script_id: str) -> Any:
    """The JSON of `<script id=...>`; None where the page has no such script. Two of them are a changed layout."""
    tag = re.compile(rb"""<script\b[^<>]{0,1000}\bid=["']%s["'][^<>]{0,1000}>""" % re.escape(script_id.encode()))
    ends = [found.end() for found in tag.finditer(page.body)]
    if not ends:
        return None
    close = page.body.find(b"</script", ends[0])
    if len(ends) > 1 or close == _NO_CLOSE:
        raise PageError(PageState.LAYOUT_CHANGED, f"not one whole {script_id} script")
    return parse_json(page.body[ends[0] : close])


def json_after(page: Page, marker: re.Pattern[str]) -> Any:
    """The JSON value that begins where the first match of the marker ends; None where there is no match."""
    found = marker.search(page.text)
    if found is None:
        return None
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
