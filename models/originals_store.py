"""Imported files that an office keeps for some days: each sealed under a key of its own, which a master key wraps.

The bytes hold what an import leaves out on purpose (buyers' names and addresses), so they are never stored in the clear.
"""

import os
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.file_mapping import FileOriginal
from models.master_keys import KEY_BYTES
from models.sealing import seal, seal_label, unseal

Wrap = Callable[[bytes, bytes], tuple[str, bytes]]
Unwrap = Callable[[str, bytes, bytes], bytes]


class Keys(Protocol):
    """What of a vault is needed here."""

    def wrap(self, data_key: bytes, label: bytes) -> tuple[str, bytes]: ...

    def unwrap(self, master_key_id: str, wrapped: bytes, label: bytes) -> bytes: ...


def keep_original(session: Session, keys: Keys, import_id: int, content: bytes, now: datetime) -> None:
    data_key = os.urandom(KEY_BYTES)
    master_key_id, wrapped = keys.wrap(data_key, _label(import_id, "wrapped"))
    sealed = seal(AESGCM(data_key), content, _label(import_id, "sealed"))
    session.add(
        FileOriginal(import_id=import_id, master_key_id=master_key_id, wrapped=wrapped, sealed=sealed, kept_at=now)
    )


def original(session: Session, keys: Keys, import_id: int) -> bytes | None:
    """None when it was never kept, or is erased. Raises VaultError when its master key is missing."""
    row = session.get(FileOriginal, import_id)
    if row is None:
        return None
    data_key = keys.unwrap(row.master_key_id, row.wrapped, _label(import_id, "wrapped"))
    return unseal(AESGCM(data_key), row.sealed, _label(import_id, "sealed"))


def erase_originals_until(session: Session, moment: datetime) -> int:
    """Those kept no later than that; returns how many."""
    gone = delete(FileOriginal).where(FileOriginal.kept_at <= moment).returning(FileOriginal.import_id)
    return len(session.scalars(gone, execution_options={"synchronize_session": False}).all())


def rewrap_originals(session: Session, newest: str, unwrap: Unwrap, wrap: Wrap) -> int:
    """Put every file's key under the newest master key; returns how many were not."""
    stale = select(FileOriginal.import_id, FileOriginal.master_key_id, FileOriginal.wrapped)
    rows = session.execute(stale.where(FileOriginal.master_key_id != newest)).all()
    for import_id, master_key_id, wrapped in rows:
        label = _label(import_id, "wrapped")
        new_id, rewrapped = wrap(unwrap(master_key_id, wrapped, label), label)
        these = update(FileOriginal).where(FileOriginal.import_id == import_id)
        session.execute(these.values(master_key_id=new_id, wrapped=rewrapped))
    return len(rows)


def _label(import_id: int, part: str) -> bytes:
    return seal_label("file_original", import_id, part, 1)
