"""A refusal in Lazada's words (Lazada Open Platform reference, error pages, read 2026-11-24).

Every refusal travels with HTTP 200. `type` is ISV (the request), ISP (the business behind it) or SYSTEM. For codes 500, 501 and 503
the reason is only in `detail`.
"""

from typing import Any

Row = dict[str, Any]


class Refusal(Exception):  # noqa: N818 - it is the domain's word, and no error of ours
    """Raised by handlers, answered by the site. `applied`: part of the call was done all the same."""

    def __init__(self, code: str, message: str, kind: str = "ISP", *, detail: tuple[Row, ...] = ()) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.kind = kind
        self.detail = detail
        self.applied = False


def platform(code: str, message: str) -> Refusal:
    """The gateway's own: system parameters, signature, token, traffic."""
    return Refusal(code, message, "ISV")


def missing(name: str) -> Refusal:
    return platform(
        "MissingParameter",
        f'The input parameter "{name}" that is mandatory for processing this request is not supplied',
    )


def business(number: int, message: str, *, field: str = "", seller_sku: str = "") -> Refusal:
    """A numbered code. Its message begins with the E form, and `detail` names the field."""
    row = {"field": field, "message": message, "seller_sku": seller_sku}
    named = {name: value for name, value in row.items() if value}
    return Refusal(str(number), f"E{number:03d}: {message}", detail=(named,) if field else ())
