"""A refusal in TikTok Shop's words: the code a client decides by, its message, and the HTTP status it travels with.

The gateway's statuses are the measured ones where somebody measured them; business refusals travel as HTTP 200, which is this
sandbox's reading: none is documented (Partner Center reference and clients' source, read 2026-11-23).
"""

from typing import Any


class Refusal(Exception):  # noqa: N818 - it is the domain's word, and no error of ours
    """Raised by handlers, answered by the site."""

    def __init__(self, code: int, message: str, *, status: int = 200) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.status = status

    def as_row(self, **detail: Any) -> dict[str, Any]:
        """As one of `data.errors`, where others of the same call went well."""
        return {"code": self.code, "message": self.message, "detail": detail}


def invalid(message: str) -> Refusal:
    """The gateway's shared validation code; only its message tells one cause from another."""
    return Refusal(36009004, message, status=400)


def bad_field(field: str, reason: str) -> Refusal:
    """A body's field that a handler cannot read."""
    return Refusal(98001004, f"Invalid parameter '{field}': {reason}")
