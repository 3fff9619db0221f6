"""Requests to addresses that people typed: a name is looked up once, and the address that was checked is the one connected to.

Looking a name up to judge it, and letting the library look it up again to connect, would let a name answer differently the second time.
"""

import ipaddress
import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError, NewConnectionError

from spiders.politeness import is_inside


class InsideAddressError(Exception):
    """The name leads to this machine or to a network that is not the public one. Nothing was connected to."""


def checked_session(*, allow_private: bool = False) -> requests.Session:
    """A session without proxies and logins from the environment. Its requests raise InsideAddressError unless `allow_private`."""
    session = requests.Session()
    session.trust_env = False
    if not allow_private:
        session.mount("http://", _CheckedAdapter())
        session.mount("https://", _CheckedAdapter())
    return session


def addresses_of(host: str, port: int) -> list[str]:
    """Where a name leads, in the resolver's order. Raises InsideAddressError when any of it is inside, OSError when it is unknown."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if any(is_inside(ipaddress.ip_address(address.partition("%")[0])) for address in found):
        raise InsideAddressError("a name that leads to a private address")
    return list(dict.fromkeys(found))


class _Checked(HTTPConnection):
    """Connects to the first address that answers of those that were checked; host name and certificate stay the name's."""

    def _new_conn(self) -> socket.socket:
        name = self._dns_host
        try:
            addresses = addresses_of(name, self.port)
        except OSError as err:
            raise NameResolutionError(self.host, self, socket.gaierror(*err.args)) from None
        try:
            return self._first_of(addresses)
        finally:
            self._dns_host = name

    def _first_of(self, addresses: list[str]) -> socket.socket:
        *others, last = addresses
        for self._dns_host in others:
            try:
                return super()._new_conn()
            except NewConnectionError:
                continue
        self._dns_host = last
        return super()._new_conn()


class _CheckedTls(_Checked, HTTPSConnection):
    """The same under TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Checked


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _CheckedTls


class _CheckedAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
