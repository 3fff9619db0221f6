"""The keys of OCOP_MASTER_KEYS: read once, checked with a sentence that shows none of them."""

import base64
import binascii

KEY_BYTES = 32  # AES-256
_MAKE_ONE = "make one with: python3 -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'"


class VaultError(Exception):
    """A secret cannot be read or kept. The sentence says what to do and shows no secret."""


def parse_master_keys(text: str) -> list[bytes]:
    """Comma-separated base64 of 32 bytes each; the first one encrypts. Raises VaultError."""
    return [_parse(part.strip(), place) for place, part in enumerate(text.split(","), start=1)]


def _parse(text: str, place: int) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):  # ValueError: a letter that is not ASCII
        raise VaultError(f"master key {place} of OCOP_MASTER_KEYS is not base64; {_MAKE_ONE}") from None
    if len(key) != KEY_BYTES:
        raise VaultError(f"master key {place} of OCOP_MASTER_KEYS has {len(key)} bytes, not {KEY_BYTES}; {_MAKE_ONE}")
    return key
