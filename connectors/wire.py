"""One connection to a marketplace, kept between calls: a request's bytes out in one piece, the standard library's reading of the answer.

A client library would put cookies, redirects, proxies and netrc of the environment on top, which a marketplace's API must
not have, and costs more than all else of a call.
"""

import socket
import ssl
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException, HTTPResponse
from typing import NamedTuple, Self, cast
from urllib.parse import urlsplit

import certifi
import requests
from urllib3.util.wait import wait_for_read

GZIP = "gzip"  # the one coding asked for
GZIP_WINDOW = zlib.MAX_WBITS | 16
PORTS = {"http": 80, "https": 443}


class TooLargeError(Exception):
    """The answer is bigger than any documented answer can be."""


class Address(NamedTuple):
    """Where a marketplace answers. `name` is what the Host header says: the port only where it is not the usual one."""

    host: str
    port: int
    name: str
    tls: ssl.SSLContext | None

    @classmethod
    def of(cls, base_url: str) -> Self:
        """With TLS, checked against the usual authorities. Raises ValueError without a host or with another scheme than HTTP's."""
        parts = urlsplit(base_url)
        if parts.hostname is None or parts.scheme not in PORTS:
            raise ValueError("a base URL begins with http:// or https:// and a host")
        tls = _checked() if parts.scheme == "https" else None
        return cls(parts.hostname, parts.port or PORTS[parts.scheme], parts.netloc.rpartition("@")[2], tls)


@cache
def _checked() -> ssl.SSLContext:
    """Read once a process: the authorities are a quarter of a megabyte."""
    return ssl.create_default_context(cafile=certifi.where())


@dataclass(frozen=True)
class RawReply:
    """`headers` are found in either case."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


class Wire:
    """Used by one call at a time. Every way it can break is an OSError or an HTTPException; silence is a TimeoutError."""

    def __init__(self, address: Address, timeouts_s: tuple[float, float]) -> None:
        """Connects. `timeouts_s`: for that, and for each wait after it."""
        connect_s, read_s = timeouts_s
        line = socket.create_connection((address.host, address.port), connect_s)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._line = address.tls.wrap_socket(line, server_hostname=address.host) if address.tls else line
        self._line.settimeout(read_s)
        self._name = address.name
        self._is_kept = True

    @property
    def is_usable(self) -> bool:
        """Something to be read before anything was asked: the other side has closed it."""
        return self._is_kept and not wait_for_read(self._line, timeout=0)

    def exchange(self, request: requests.PreparedRequest, max_answer_bytes: int) -> RawReply:
        """Raises TooLargeError for a longer answer. Whatever is raised, the connection is of no use any more."""
        self._is_kept = False
        self._line.sendall(self._bytes_of(request))
        with closing(HTTPResponse(self._line, method=request.method)) as response:
            response.begin()
            body = _read(response, max_answer_bytes)
            self._is_kept = response.isclosed() and not response.will_close
        return RawReply(response.status, body, cast("Mapping[str, str]", response.headers))  # one in all but name

    def close(self) -> None:
        self._line.close()

    def _bytes_of(self, request: requests.PreparedRequest) -> bytes:
        lines = [f"{request.method} {request.path_url} HTTP/1.1", f"Host: {self._name}"]
        lines += [f"{name}: {value}" for name, value in request.headers.items()]
        head = "\r\n".join(lines)
        if len(head.splitlines()) != len(lines):
            raise HTTPException("a line break inside a header")
        body = request.body if isinstance(request.body, bytes) else b""
        return f"{head}\r\n\r\n".encode("latin-1") + body


def _read(response: HTTPResponse, max_bytes: int) -> bytes:
    """Raises IncompleteRead, an HTTPException, for an answer that ends too early."""
    is_announced = response.length is not None and response.length <= max_bytes
    body = response.read() if is_announced else response.read(max_bytes + 1)
    if response.headers.get("Content-Encoding") == GZIP:
        body = _unpacked(body, max_bytes)
    if len(body) > max_bytes:
        raise TooLargeError(f"the answer is over {max_bytes} bytes")
    return body


def _unpacked(body: bytes, max_bytes: int) -> bytes:
    unpack = zlib.decompressobj(GZIP_WINDOW)
    try:
        text = unpack.decompress(body, max_bytes + 1)
    except zlib.error:
        raise HTTPException("the answer's packing is broken") from None
    if not unpack.eof and len(text) <= max_bytes:
        raise HTTPException("the answer's packing ends too early")
    return text
