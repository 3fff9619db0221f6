"""Who we say we are and which addresses we never ask: the parts of politeness that need no crawler."""

import ipaddress
import socket
from urllib.parse import urlsplit

_SCHEMES = {"http", "https"}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def user_agent(contact: str) -> str:
    """An honest name with the way to reach whoever runs the crawl."""
    return f"ocop/0.1 (OCOP price watch; contact: {contact or 'not set'})"


def contact_fault(contact: str) -> str | None:
    """What is wrong with a contact, as a sentence with the line to write; None where nothing is."""
    if contact and contact.isascii() and contact.isprintable() and not set(contact) & set("()"):
        return None
    return (
        "site owners must be able to reach you: set one line of plain text, such as OCOP_CONTACT=ocop@thainguyen.gov.vn"
    )


def address_fault(url: str) -> str | None:
    """Why an address may not be asked for at all; None where it may."""
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return "an address that cannot be read"
    if parts.scheme not in _SCHEMES:
        return f"scheme {parts.scheme or 'missing'} is not http or https"
    if not parts.hostname or not port_is_fine:
        return "an address without a host"
    if parts.username is not None or parts.password is not None:
        return "an address with credentials in it"
    return None


def is_private(host: str) -> bool:
    """Whether a host is, by its spelling alone, this machine or a network that is not the public one (127.1 and 0x7f000001 too)."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return is_inside(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        return is_inside(ipaddress.ip_address(socket.inet_aton(name)))
    except OSError:
        return False


def is_inside(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is of no single public machine; one that carries an IPv4 address inside (RFC 3056, 6052) is judged by that."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour
        if carried is None and address in _NAT64:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return is_inside(carried)
    return not address.is_global or address.is_multicast


def host_of(url: str) -> str:
    """Host and port: the unit of pauses and stops."""
    return urlsplit(url).netloc.lower()


def bare_host(url: str) -> str:
    """The host alone, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
