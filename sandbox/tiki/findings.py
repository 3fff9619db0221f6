"""What is found only while a request is processed: the reasons a request is rejected for, minutes after it was taken.

A reason is a JSON string for what the catalogue service finds, plain text for what the picture service finds; clients must read both
(tiki.md section 6.3, read 2026-11-24). 420 is the document's code for a SKU that is taken, 422 is ours.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from sandbox.tiki import attributes

TAKEN_SKU, BAD_ATTRIBUTE = 420, 422


def sku_taken(sku: str) -> str:
    return _as_json(
        TAKEN_SKU,
        f"Product code {sku} is not unique",
        f"Mã sản phẩm {sku} đã tồn tại",
        "Seller product code is not unique",
    )


def attributes_bad(answers: Mapping[str, Any], *, complete: bool, hidden: Sequence[str] = ()) -> str | None:
    """`complete`: every required answer must be there, and the `hidden` ones that no list calls required."""
    problems = attributes.problems(answers, complete=complete)
    problems += [(code, f"Attribute {code} is required") for code in hidden if complete and code not in answers]
    if not problems:
        return None
    text = "; ".join(problem for _, problem in problems)
    return _as_json(BAD_ATTRIBUTE, text, "Thuộc tính sản phẩm chưa hợp lệ", "Product attributes are invalid")


def pictures_bad(addresses: list[str]) -> str | None:
    """Nothing is fetched: an address nobody could fetch, or one under `.invalid` (RFC 2606), counts as unreachable."""
    bad = [address for address in addresses if not _is_reachable(address)]
    return f"Image is invalid: {bad[0]}" if bad else None


def _is_reachable(address: str) -> bool:
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme in {"http", "https"} and bool(host) and not host.endswith(".invalid")


def _as_json(code: int, description: str, message: str, message_english: str) -> str:
    error = {"code": code, "data": None, "description": description, "msg": message, "msg_eng": message_english}
    return json.dumps({"errors": [error], "message": message, "trace_id": None}, ensure_ascii=False)
