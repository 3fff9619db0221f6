"""The document inside a `payload`, XML or JSON, read into one shape (Lazada Open Platform reference, product pages, read 2026-11-24).

JSON and XML have the same element names. In JSON, `Images.Image` and `Skus.Sku` must be arrays and every value of a SKU a string.
"""

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

from sandbox.lazada.refusal import business

LISTS = {"Images": "Image", "Skus": "Sku", "options": "option"}
COLLECTORS = frozenset({*LISTS, "MultiWarehouseInventories"})

Node = dict[str, Any]


def product(payload: str) -> Node:
    """`Request.Product` of the document."""
    node = request(payload).get("Product")
    if not isinstance(node, dict):
        raise business(4132, "Product is missing in the request", field="Product")
    return node


def request(payload: str) -> Node:
    """`Request` of the document. 30 when there is nothing in it, 1001 when it is neither XML nor such JSON."""
    text = payload.strip()
    node = _from_xml(text) if text.startswith("<") else _from_json(text)
    if not isinstance(node, dict) or not node:
        raise business(30, "Empty Request")
    return node


def skus(node: Node) -> list[Node]:
    """The `Sku` rows of a product, none when there are none."""
    rows = items(node, "Skus")
    if not all(isinstance(row, dict) for row in rows):
        raise business(1001, "Skus.Sku must be an array of objects", field="Skus")
    return rows


def items(node: Node, name: str) -> list[Any]:
    """The rows of a collection such as `Images`; [] when it is absent or empty."""
    inner = node.get(name) or {}
    if not isinstance(inner, dict):
        raise business(1001, f"{name} must be an object", field=name)
    rows = inner.get(LISTS[name], [])
    if not isinstance(rows, list):
        raise business(1001, f"{name}.{LISTS[name]} must be an array", field=name)
    return rows


def text(node: Node, name: str) -> str | None:
    """A scalar as text; None when it is absent or empty."""
    value = node.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, (dict, list)):
        raise business(5, f"{name} must be a plain value", field=name)
    return str(value)


def whole(raw: str | None) -> int | None:
    """An id or number of up to 18 digits; None for anything else."""
    return int(raw) if raw is not None and re.fullmatch(r"[0-9]{1,18}", raw) else None


def _from_json(payload: str) -> Any:
    try:
        document = json.loads(payload)
        if "\\u" in payload:
            json.dumps(document, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        raise business(1001, "The request is not a valid JSON document") from None
    node = document.get("Request") if isinstance(document, dict) else None
    if isinstance(node, dict) and isinstance(node.get("Product"), dict):
        for row in skus(node["Product"]):
            _check_strings(row)
    return node


def _check_strings(row: Node) -> None:
    for name, value in row.items():
        if not isinstance(value, (str, dict, list)):
            raise business(1001, f"the value of {name} must be a string", field=name)


def _from_xml(payload: str) -> Any:
    try:
        root = ET.fromstring(payload.encode())  # noqa: S314 - expat bounds entities itself, and only tests write here
        return _node(root) if root.tag == "Request" else None
    except (ET.ParseError, RecursionError):
        raise business(1001, "The request is not a valid XML document") from None


def _node(element: ET.Element) -> Any:
    """Text of a leaf; members of a branch, where repeated ones and members of a collection become a list."""
    if len(element) == 0:
        return element.text or ""
    grouped: Node = {}
    for child in element:
        grouped.setdefault(child.tag, []).append(_node(child))
    if element.tag in COLLECTORS:
        return grouped
    return {name: values[0] if len(values) == 1 else values for name, values in grouped.items()}
