"""The marks of the platform's guard ("x5"). A page that could be read may mention them in passing; one that could not was refused.

A missing session token is a stop as well: we hold no session and take none.
"""

import re
from typing import Any

from spiders.page import Page, PageError, PageState

_HTML = re.compile(rb"punish-component|x5referer|x5secdata|_____tmd_____|nocaptcha|baxia", re.IGNORECASE)
_RET = ("FAIL_SYS_", "RGV587_ERROR", "TOKEN_EMPTY", "TOKEN_EXOIRED", "TOKEN_EXPIRED")


def refuse_guard(page: Page) -> None:
    """REFUSED where an HTML page carries a mark of the guard."""
    mark = _HTML.search(page.body) if page.is_html else None
    if mark is not None:
        raise PageError(PageState.REFUSED, f"the guard's page: {mark[0].decode().lower()}")


def refuse_answer(body: Any) -> Any:
    """The JSON as it is, unless it is the guard's."""
    if not isinstance(body, dict):
        return body
    if "rgv587_flag" in body:
        raise PageError(PageState.REFUSED, "the guard's answer: rgv587_flag")
    ret = body.get("ret")
    said = " ".join(map(str, ret)) if isinstance(ret, list) else str(ret)
    mark = next((mark for mark in _RET if mark in said), None)
    if mark is not None:
        raise PageError(PageState.REFUSED, f"the guard's answer: {mark}")
    return body
