"""Secrets at rest: every field AES-256-GCM under its shop's data key, every data key under a master key of the environment.

A ciphertext is bound to its table, row, field and key version (GCM's associated data), so one that was copied to another
row does not decrypt. A stored value is 12 bytes of random nonce, then ciphertext and tag (NIST SP 800-38D; a data key
encrypts far fewer than 2**32 values). Nothing here logs, and no error or repr carries a key or a plaintext.
"""

import hashlib
import os
from collections.abc import Sequence
from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.bulk import insert_ignore
from models.master_keys import KEY_BYTES, VaultError, parse_master_keys
from models.originals_store import rewrap_originals
from models.sealing import seal, seal_label, unseal
from models.shop import Credential, DataKey

__all__ = ["Vault", "VaultError", "parse_master_keys"]

_DATA_KEY_COLUMNS = ("shop_id", "version", "master_key_id", "wrapped")


class Vault:
    """Puts and gets secrets through a session. The first master key encrypts, all of them decrypt."""

    def __init__(self, master_keys: Sequence[bytes]) -> None:
        if not master_keys:
            raise VaultError("no master key was given: set OCOP_MASTER_KEYS")
        self._masters = {_fingerprint(key): AESGCM(key) for key in master_keys}
        self._newest = _fingerprint(master_keys[0])

    def __repr__(self) -> str:
        return "Vault()"

    def put(self, session: Session, shop_id: int, field: str, plaintext: str, now: datetime) -> None:
        """Keep one field, replacing what was there. Safe to repeat. Raises VaultError if the shop's master key is missing."""
        row = self._own_data_key(session, shop_id)
        known = select(Credential).where(Credential.shop_id == shop_id, Credential.field == field)
        credential = session.scalar(known) or Credential(shop_id=shop_id, field=field)
        credential.key_version, credential.updated_at = row.version, now
        credential.ciphertext = seal(
            AESGCM(self._unwrap(row)), plaintext.encode(), _field_label(shop_id, field, row.version)
        )
        session.add(credential)
        session.flush()

    def get(self, session: Session, shop_id: int, field: str) -> str | None:
        """One field, or None if it was never put. Raises VaultError for a missing master key or a value that is not its own."""
        both = select(
            Credential.key_version, Credential.ciphertext, DataKey
        )  # in one statement: a rekey moves both at once
        mine = (Credential.shop_id == shop_id, Credential.field == field)
        found = session.execute(
            both.join(DataKey, DataKey.shop_id == Credential.shop_id).where(*mine),
            execution_options={"populate_existing": True},
        ).one_or_none()
        if found is None:
            return None
        version, ciphertext, row = found
        return unseal(AESGCM(self._unwrap(row)), ciphertext, _field_label(shop_id, field, version)).decode()

    def rotate(self, session: Session) -> int:
        """Wrap every data key anew under the first master key; returns how many were not. Older keys may then be dropped."""
        stale = select(DataKey).where(DataKey.master_key_id != self._newest).with_for_update()
        rows = session.scalars(stale).all()
        for row in rows:
            self._wrap(row, self._unwrap(row))
        session.flush()
        return len(rows) + rewrap_originals(session, self._newest, self.unwrap, self.wrap)

    def wrap(self, data_key: bytes, label: bytes) -> tuple[str, bytes]:
        """Which master key wraps it now, and the wrapped key; `label` says whose it is and is bound in."""
        return self._newest, seal(self._masters[self._newest], data_key, label)

    def unwrap(self, master_key_id: str, wrapped: bytes, label: bytes) -> bytes:
        """Raises VaultError for a master key that was not given, and for a wrapped key of another label."""
        master = self._masters.get(master_key_id)
        if master is None:
            raise VaultError(
                f"secret {label.decode()} is under master key {master_key_id}, which OCOP_MASTER_KEYS does"
                " not hold: put that key back, after the first one",
            )
        return unseal(master, wrapped, label)

    def rekey(self, session: Session, shop_id: int) -> int:
        """Give a shop a new data key and encrypt its fields anew; returns how many. For a key that may have leaked."""
        row = self._own_data_key(session, shop_id)
        old, new, version = self._unwrap(row), os.urandom(KEY_BYTES), row.version + 1
        credentials = session.scalars(select(Credential).where(Credential.shop_id == shop_id)).all()
        for credential in credentials:
            label = _field_label(shop_id, credential.field, credential.key_version)
            plaintext = unseal(AESGCM(old), credential.ciphertext, label)
            credential.ciphertext = seal(AESGCM(new), plaintext, _field_label(shop_id, credential.field, version))
            credential.key_version = version
        row.version = version
        self._wrap(row, new)
        session.flush()
        return len(credentials)

    def forget(self, session: Session, shop_id: int) -> None:
        """Drop a shop's secrets and data key: the way out when the master key is lost, before a new login."""
        session.execute(delete(Credential).where(Credential.shop_id == shop_id))
        session.execute(delete(DataKey).where(DataKey.shop_id == shop_id))

    def _own_data_key(self, session: Session, shop_id: int) -> DataKey:
        """The shop's row, locked until the commit so that no rekey overtakes a put; made if there is none."""
        found = session.get(DataKey, shop_id, with_for_update=True, populate_existing=True)
        if found is None:
            row = DataKey(shop_id=shop_id, version=1)
            self._wrap(row, os.urandom(KEY_BYTES))
            insert_ignore(session, DataKey, [(shop_id, 1, row.master_key_id, row.wrapped)], _DATA_KEY_COLUMNS)
            found = session.get_one(DataKey, shop_id, with_for_update=True)
        return found

    def _wrap(self, row: DataKey, data_key: bytes) -> None:
        row.master_key_id, row.wrapped = self.wrap(data_key, _data_key_label(row))

    def _unwrap(self, row: DataKey) -> bytes:
        return self.unwrap(row.master_key_id, row.wrapped, _data_key_label(row))


def _fingerprint(key: bytes) -> str:
    """Tells keys apart in a table without giving one away: a key is 256 random bits."""
    return hashlib.sha256(b"ocop master key\0" + key).hexdigest()[:16]


def _field_label(shop_id: int, field: str, version: int) -> bytes:
    return seal_label("credential", shop_id, field, version)


def _data_key_label(row: DataKey) -> bytes:
    return seal_label("data_key", row.shop_id, "wrapped", row.version)
