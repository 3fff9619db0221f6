"""Secrets open only where they belong, under a key that was given, and show themselves nowhere."""

import base64
import threading
from datetime import datetime

import pytest
from sqlalchemy import select

from models import Credential, DataKey, Shop
from models.database import Database
from models.secrets import Vault, VaultError, parse_master_keys

OLD, NEW = b"o" * 32, b"n" * 32
TOKEN = "eyJ-token-trà-🍵"


def _get(database: Database, vault: Vault, shop_id: int, field: str = "access_token") -> str | None:
    with database.session() as session:
        return vault.get(session, shop_id, field)


@pytest.fixture
def kept(database: Database, shop_id: int, now: datetime) -> Vault:
    """A vault under the old master key that keeps two fields of the shop."""
    vault = Vault([OLD])
    with database.write() as session:
        vault.put(session, shop_id, "access_token", TOKEN, now)
        vault.put(session, shop_id, "refresh_token", "r1", now)
    return vault


def test_what_is_put_is_got(database: Database, kept: Vault, shop_id: int, now: datetime) -> None:
    """A field comes back as it was, the newest value counts, and one never put is None."""
    with database.write() as session:
        kept.put(session, shop_id, "refresh_token", "r2", now)
    assert [_get(database, kept, shop_id, name) for name in ("access_token", "refresh_token", "other")] == [
        TOKEN,
        "r2",
        None,
    ]


def test_nothing_readable_is_stored_or_shown(database: Database, kept: Vault) -> None:
    """No plaintext and no key in any row, nor in the vault's repr; the same text twice gives different ciphertexts."""
    with database.session() as session:
        stored = [row.ciphertext for row in session.scalars(select(Credential))] + [
            row.wrapped for row in session.scalars(select(DataKey))
        ]
    assert all(secret not in blob for blob in stored for secret in (TOKEN.encode(), OLD))
    assert len(stored) == len({blob[:12] for blob in stored}) == 3
    assert repr(kept) == "Vault()"


@pytest.mark.parametrize("part", ["ciphertext", "key_version"])
def test_ciphertext_moved_to_another_field_does_not_open(
    database: Database, kept: Vault, shop_id: int, part: str
) -> None:
    """The refresh token's row under the access token's name, or a key version that is not its own: refused, not read."""
    with database.write() as session:
        access, refresh = session.scalars(select(Credential).order_by(Credential.field)).all()
        moved = refresh.ciphertext if part == "ciphertext" else access.key_version + 1
        setattr(access, part, moved)
    with pytest.raises(VaultError, match="does not belong where it is stored"):
        _get(database, kept, shop_id)


def test_ciphertext_and_key_moved_to_another_shop_do_not_open(
    database: Database, kept: Vault, shop_id: int, now: datetime
) -> None:
    """Not even together with the data key it was made under."""
    with database.write() as session:
        thief = Shop(name="Khác", marketplace="tiki", external_id="2", state="connected")
        session.add(thief)
        session.flush()
        key, secret = (
            session.get_one(DataKey, shop_id),
            session.scalars(select(Credential).where(Credential.field == "access_token")).one(),
        )
        session.add(
            DataKey(shop_id=thief.id, version=key.version, master_key_id=key.master_key_id, wrapped=key.wrapped)
        )
        session.add(
            Credential(
                shop_id=thief.id, field="access_token", key_version=1, ciphertext=secret.ciphertext, updated_at=now
            )
        )
    with pytest.raises(VaultError, match="does not belong where it is stored"):
        _get(database, kept, thief.id)


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 60])
def test_altered_ciphertext_is_one_sentence(database: Database, kept: Vault, shop_id: int, damage: bytes) -> None:
    """Whatever bytes stand there, the answer is the same error and no plaintext."""
    with database.write() as session:
        session.scalars(select(Credential).where(Credential.field == "access_token")).one().ciphertext = damage
    with pytest.raises(VaultError, match="does not belong where it is stored, or was altered"):
        _get(database, kept, shop_id)


def test_master_keys_rotate(database: Database, kept: Vault, shop_id: int) -> None:
    """New key first, old one behind: both vaults read; after a rotation the old key is needed no more, and helps no more."""
    both = Vault([NEW, OLD])
    assert _get(database, both, shop_id) == TOKEN
    with database.write() as session:
        assert both.rotate(session) == 1
        assert both.rotate(session) == 0
    assert _get(database, Vault([NEW]), shop_id) == TOKEN
    with pytest.raises(
        VaultError, match=r"under master key [0-9a-f]{16}, which OCOP_MASTER_KEYS does not hold"
    ) as caught:
        _get(database, kept, shop_id)
    assert TOKEN not in str(caught.value)


def test_data_key_is_replaced(database: Database, kept: Vault, shop_id: int, now: datetime) -> None:
    """A rekey encrypts every field anew under a new data key and version; all stay readable, and later puts use it."""
    with database.session() as session:
        before = {row.field: row.ciphertext for row in session.scalars(select(Credential))}
    with database.write() as session:
        assert kept.rekey(session, shop_id) == 2
        kept.put(session, shop_id, "partner_key", "p", now)
    with database.session() as session:
        rows = session.scalars(select(Credential)).all()
        assert {row.key_version for row in rows} == {2}
        assert all(before.get(row.field) != row.ciphertext for row in rows)
    assert [_get(database, kept, shop_id, name) for name in ("access_token", "refresh_token", "partner_key")] == [
        TOKEN,
        "r1",
        "p",
    ]


@pytest.mark.usefixtures("kept")
def test_forgotten_shop_can_log_in_under_another_master_key(database: Database, shop_id: int, now: datetime) -> None:
    """With the master key lost a put is refused; after forgetting, a new login works."""
    other = Vault([NEW])
    with pytest.raises(VaultError, match="does not hold"), database.write() as session:
        other.put(session, shop_id, "access_token", "t2", now)
    with database.write() as session:
        other.forget(session, shop_id)
        other.put(session, shop_id, "access_token", "t2", now)
    assert [_get(database, other, shop_id, name) for name in ("access_token", "refresh_token")] == ["t2", None]


def test_two_first_puts_at_once_share_one_data_key(database: Database, shop_id: int, now: datetime) -> None:
    """Two threads put a new shop's first fields: both can be read."""
    vault, barrier = Vault([OLD]), threading.Barrier(2)

    def put(field: str) -> None:
        barrier.wait()
        with database.write() as session:
            vault.put(session, shop_id, field, field, now)

    threads = [threading.Thread(target=put, args=(field,)) for field in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [_get(database, vault, shop_id, field) for field in ("a", "b")] == ["a", "b"]


def test_master_keys_are_read_from_text() -> None:
    """Comma-separated base64, the first one first."""
    text = f"{base64.b64encode(NEW).decode()}, {base64.b64encode(OLD).decode()}"
    assert parse_master_keys(text) == [NEW, OLD]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "master key 1 of OCOP_MASTER_KEYS has 0 bytes, not 32"),
        (f"{base64.b64encode(OLD).decode()},hunter2!", "master key 2 of OCOP_MASTER_KEYS is not base64"),
        ("khoá", "master key 1 of OCOP_MASTER_KEYS is not base64"),
        (base64.b64encode(b"hunter2").decode(), "master key 1 of OCOP_MASTER_KEYS has 7 bytes, not 32"),
    ],
)
def test_wrong_master_key_is_named_by_its_place(text: str, sentence: str) -> None:
    """The sentence says which one and how to make one, and shows none."""
    with pytest.raises(VaultError) as caught:
        parse_master_keys(text)
    assert str(caught.value).startswith(f"{sentence}; make one with: python3 -c ")
    assert "hunter2" not in str(caught.value)


def test_vault_without_keys_is_refused() -> None:
    """No master key, no vault."""
    with pytest.raises(VaultError, match="set OCOP_MASTER_KEYS"):
        Vault([])
