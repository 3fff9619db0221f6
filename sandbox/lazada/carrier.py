"""Where a call's parameters travel: the query, a form, the text parts of a multipart body, a JSON object's own members.

The official SDKs use all four (Lazada Open Platform reference, HTTP request page, and SDK sources, read 2026-11-24). A parameter
that comes twice with one value counts once; with two values the signature cannot be right.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.lazada.refusal import platform
from sandbox.server import Request


@dataclass
class Cargo:
    """Text parameters, file parts, and the body when it is none of the known kinds."""

    params: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    opaque: bytes = b""

    def put(self, name: str, value: str) -> None:
        if self.params.setdefault(name, value) != value:
            raise platform("IncompleteSignature", f"The parameter {name} is given twice with different values")


def unload(request: Request) -> Cargo:
    """Everything the request carries."""
    cargo = Cargo()
    for name, value in request.query:
        cargo.put(name, value)
    if request.body:
        _unload_body(request, cargo)
    return cargo


def _unload_body(request: Request, cargo: Cargo) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        _put_all(cargo, _form(request))
    elif kind == "multipart/form-data":
        _unload_parts(request, cargo)
    elif kind == "application/json":
        _unload_json(request, cargo)
    else:
        cargo.opaque = request.body


def _unload_json(request: Request, cargo: Cargo) -> None:
    try:
        members = request.json()
    except (ValueError, RecursionError):
        raise platform("InvalidParameter", "The body is not JSON") from None
    if not isinstance(members, dict):
        raise platform("InvalidParameter", "The body must be a JSON object")
    _put_all(cargo, {name: _text(value) for name, value in members.items()})


def _put_all(cargo: Cargo, members: dict[str, str]) -> None:
    for name, value in members.items():
        cargo.put(name, value)


def _form(request: Request) -> dict[str, str]:
    try:
        return request.form()
    except ValueError:
        raise platform("InvalidParameter", "The form is not UTF-8") from None


def _text(value: Any) -> str:
    """As it is signed: text as it is, everything else as its JSON."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="replace").decode()


def _unload_parts(request: Request, cargo: Cargo) -> None:
    """A part with a file name is a file and is not signed."""
    boundary = re.search(r'boundary="?([^";]+)"?', request.headers.get("content-type", ""))
    if boundary is None:
        raise platform("InvalidParameter", "The multipart body names no boundary")
    pieces = (b"\r\n" + request.body).split(b"\r\n--" + boundary[1].encode())
    for piece in pieces[1:-1]:
        head, found, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = re.search(rb'[; ]name="([^"]*)"', head)
        if not found or name is None:
            raise platform("InvalidParameter", "A part of the multipart body has no name")
        if b"filename" in head:
            cargo.files[name[1].decode(errors="replace")] = content
        else:
            cargo.put(name[1].decode(errors="replace"), content.decode(errors="replace"))
