"""The JSON a tiki.vn page ships inside `script#__NEXT_DATA__` (seen 2025-11)."""

import re
from typing import Any

from spiders.page import Page, PageError, PageState, parse_json

_SCRIPT = re.compile(rb"""<script\b[^>]*\bid=["']__NEXT_DATA__["'][^>]*>""")


def initial_state(page: Page) -> dict[str, Any] | None:
    """`props.initialState`; None on pages of before that layout. Two states in one page are a changed layout."""
    found = [tag.end() for tag in _SCRIPT.finditer(page.body)]
    if not found:
        return None
    if len(found) > 1:
        raise PageError(PageState.LAYOUT_CHANGED, "two __NEXT_DATA__ scripts")
    blob = page.body[found[0] : page.body.find(b"</script", found[0])]
    state = dig(parse_json(blob), "props", "initialState")
    if not isinstance(state, dict):
        raise PageError(PageState.LAYOUT_CHANGED, "__NEXT_DATA__ without props.initialState")
    return state


def dig(value: Any, *keys: str) -> Any:
    """The value under a path of keys; None where the path ends early."""
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def refuse_error(body: Any) -> Any:
    """Tiki answers a refusal as `{"error": ...}`."""
    if isinstance(body, dict) and body.get("error"):
        raise PageError(PageState.REFUSED, "JSON with error in place of data")
    return body
