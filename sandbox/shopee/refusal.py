"""A refusal in Shopee's words: the code a client decides by, its message, and the HTTP status it travels with.

Shopee documents no status per code. Played here: what the gateway refuses is 403, its burst limit 429, an unknown path 404, a
business refusal 200 (Shopee v2 reference and clients' source, read 2026-11-23).
"""

from typing import Any

GATEWAY_STATUS = 403


class Refusal(Exception):  # noqa: N818 - it is the domain's word, and no error of ours
    """Raised by handlers, answered by the site. `response` travels along where Shopee fills it even in a refusal."""

    def __init__(self, code: str, message: str, *, status: int = 200, response: Any = None) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.status = status
        self.response = response


def gateway(code: str, message: str) -> Refusal:
    """Refused before any handler saw it."""
    return Refusal(code, message, status=GATEWAY_STATUS)


def bad_param(message: str) -> Refusal:
    return Refusal("error_param", message)
