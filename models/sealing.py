"""AES-256-GCM over one value: a random nonce, then ciphertext and tag (NIST SP 800-38D), bound to the place where it is stored."""

import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.master_keys import VaultError

_NONCE_BYTES = 12


def seal_label(table: str, row: int, field: str, version: int) -> bytes:
    """GCM's associated data: where this ciphertext belongs, and nowhere else."""
    return json.dumps([table, row, field, version]).encode()


def seal(cipher: AESGCM, plaintext: bytes, label: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plaintext, label)


def unseal(cipher: AESGCM, sealed: bytes, label: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], label)
    except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
        raise VaultError(f"a secret does not belong where it is stored, or was altered: {label.decode()}") from None
