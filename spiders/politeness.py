"""Who we say we are and which addresses we never ask: the parts of politeness that need no crawler."""

import ipaddress
import socket
from urllib.parse import urlsplit

_SCHEMES = {"http", "https"}


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
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        pass
    try:
        return not ipaddress.ip_address(socket.inet_aton(name)).is_global
    except OSError:
        return False


def host_of(url: str) -> str:
    """Host and port: the unit of pauses and stops."""
    return urlsplit(url).netloc.lower()


def bare_host(url: str) -> str:
    """The host alone, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
