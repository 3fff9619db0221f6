"""Requests and responses as handlers see them, and how they are read from and written to a socket.

The standard library's `http.server` parses headers with the e-mail parser, which costs more than everything else a small
request does; these few lines read what our clients send and refuse the rest.
"""

import json
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from io import BufferedReader
from typing import Any, Self
from urllib.parse import parse_qsl, unquote

MAX_BODY_BYTES = 32 * 1024 * 1024
MAX_LINE_BYTES = 64 * 1024
MAX_HEADERS = 100
BODILESS = frozenset({204, 304})


class BadRequestError(Exception):
    """What arrived is not HTTP we speak; `status` says how."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Request:
    """One request. `path` is decoded, `query` keeps order and repeats, header names are lower-case."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes
    raw_query: str

    @classmethod
    def of(cls, method: str, target: str, headers: dict[str, str], body: bytes) -> Self:
        path, _, raw_query = target.partition("?")
        query = parse_qsl(raw_query, keep_blank_values=True) if raw_query else []
        return cls(method, unquote(path), query, headers, body, raw_query)

    @cached_property
    def _first(self) -> dict[str, str]:
        return dict(reversed(self.query))

    def one(self, name: str) -> str | None:
        """The first value of that query key."""
        return self._first.get(name)

    def all(self, name: str) -> list[str]:
        """Every value of that query key, repeated keys and comma-joined values both taken apart."""
        return [part for key, value in self.query if key == name for part in value.split(",") if part]

    def json(self) -> Any:
        """ValueError when the body is not JSON."""
        return json.loads(self.body)

    def form(self) -> dict[str, str]:
        """The fields of an application/x-www-form-urlencoded body."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Response:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, obj: Any, status: int = 200, **headers: str) -> Self:
        """UTF-8, letters as they are. `Retry_After="3"` becomes `Retry-After: 3`."""
        body = json.dumps(obj, ensure_ascii=False, separators=(",", ":")).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return cls(status, body, {"Content-Type": "application/json; charset=utf-8", **named})

    @classmethod
    def html(cls, text: str, status: int = 200) -> Self:
        return cls(status, text.encode(), {"Content-Type": "text/html; charset=utf-8"})

    @classmethod
    def empty(cls, status: int) -> Self:
        return cls(status)


def read_request(stream: BufferedReader) -> tuple[str, str, dict[str, str]] | None:
    """Method, target and headers of the next request; None when the client hung up. The body is read apart."""
    line = stream.readline(MAX_LINE_BYTES)
    if not line:
        return None
    parts = line.decode("latin-1").split()
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise BadRequestError(400, "not an HTTP/1 request line")
    return parts[0], parts[1], _read_headers(stream)


def _read_headers(stream: BufferedReader) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(MAX_HEADERS):
        line = stream.readline(MAX_LINE_BYTES)
        if line in {b"\r\n", b"\n"}:
            return headers
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon:
            raise BadRequestError(400, "a header without a colon")
        headers[name.strip().lower()] = value.strip()
    raise BadRequestError(431, "too many headers")


def read_body(stream: BufferedReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return _read_chunks(stream)
    length = headers.get("content-length", "0")
    if not length.isdigit():
        raise BadRequestError(400, "content-length is no number")
    return _read_exactly(stream, int(length))


def _read_exactly(stream: BufferedReader, length: int) -> bytes:
    if length > MAX_BODY_BYTES:
        raise BadRequestError(413, f"a body of more than {MAX_BODY_BYTES} bytes")
    body = stream.read(length) if length else b""
    if len(body) < length:
        raise BadRequestError(400, "the body ended early")
    return body


def _read_chunks(stream: BufferedReader) -> bytes:
    body = bytearray()
    while size := _chunk_size(stream.readline(MAX_LINE_BYTES)):
        body += _read_exactly(stream, min(size, MAX_BODY_BYTES + 1))
        stream.readline(MAX_LINE_BYTES)
        if len(body) > MAX_BODY_BYTES:
            raise BadRequestError(413, f"a body of more than {MAX_BODY_BYTES} bytes")
    while stream.readline(MAX_LINE_BYTES) not in {b"\r\n", b"\n", b""}:
        pass  # trailers say nothing we need
    return bytes(body)


def _chunk_size(line: bytes) -> int:
    try:
        return int(line.split(b";")[0], 16)
    except ValueError:
        raise BadRequestError(400, "a chunk without a size") from None


def head_of(response: Response, date: str, length: int | None = None) -> bytes:
    """The status line and headers; `length` overrides the true Content-Length."""
    reason = HTTPStatus(response.status).phrase
    lines = [f"HTTP/1.1 {response.status} {reason}", f"Date: {date}"]
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    if response.status not in BODILESS:
        lines.append(f"Content-Length: {len(response.body) if length is None else length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
