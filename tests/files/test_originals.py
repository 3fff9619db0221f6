"""Imported files are kept only where an office chose so: encrypted, given back byte for byte, erased after their days."""

import base64
import os
from pathlib import Path

import pytest
from sqlalchemy import select

from jobs.app import App, JobError
from jobs.imports import import_file
from jobs.imports_undo import undo_import
from jobs.mappings import save_mapping
from jobs.originals import erase_originals, read_original
from jobs.run import perform
from models import FileOriginal
from models.secrets import Vault
from settings import SettingsError
from tests.files.mapped import packs, sales_mapping, sheet
from tests.files.offices import dump
from tests.jobs.conftest import HeldClock

BUYER = "Nguyễn Thị Không Ai Biết"


@pytest.fixture
def keeping(paper: App) -> App:
    paper.settings = paper.settings.model_copy(update={"keep_originals_days": 30})
    paper.clock = HeldClock(paper.now())
    save_mapping(paper, sales_mapping())
    return paper


@pytest.fixture
def book(paper: App, tmp_path: Path) -> Path:
    return sheet(tmp_path / "so.csv", ("03/11/2026", "", packs(paper)[0][0], BUYER, "1.000", ""))


def _kept(app: App) -> list[FileOriginal]:
    with app.database.session() as session:
        return list(session.scalars(select(FileOriginal)))


def _erase(app: App) -> None:
    done = perform(app, "erase_originals", erase_originals, "", app.now())
    assert done is not None
    assert done.state == "done"


def test_nothing_is_kept_unless_an_office_chose_so(paper: App, book: Path) -> None:
    """The setting is 0 where nobody set it."""
    save_mapping(paper, sales_mapping())
    taken = import_file(paper, book).import_id
    assert _kept(paper) == []
    assert taken is not None
    with pytest.raises(JobError, match="không được giữ"):
        read_original(paper, taken)


def test_a_kept_file_is_encrypted_and_comes_back_whole(keeping: App, book: Path) -> None:
    """Who bought stands in the file and in no byte of the database."""
    taken = import_file(keeping, book).import_id
    assert taken is not None
    assert read_original(keeping, taken) == book.read_bytes()
    stored = Path(str(keeping.database.engine.url.database))
    for file in stored.parent.glob(f"{stored.name}*"):
        assert BUYER.encode() not in file.read_bytes()


def test_it_is_erased_after_its_days_and_with_its_import(keeping: App, book: Path, tmp_path: Path) -> None:
    """Thirty days, not one less; an import that is taken back leaves no file behind; switched off, none stays."""
    before = dump(keeping)
    taken = import_file(keeping, book).import_id
    assert taken is not None
    undo_import(keeping, taken)
    assert dump(keeping) == before
    import_file(keeping, book)
    keeping.clock.pass_by(days=29)
    _erase(keeping)
    assert len(_kept(keeping)) == 1
    keeping.clock.pass_by(days=1)
    _erase(keeping)
    assert _kept(keeping) == []
    import_file(keeping, sheet(tmp_path / "b.csv", ("04/11/2026", "", packs(keeping)[0][0], "", "5", "")))
    keeping.settings = keeping.settings.model_copy(update={"keep_originals_days": 0})
    keeping.clock.pass_by(hours=1)
    _erase(keeping)
    assert _kept(keeping) == []


def test_keeping_needs_a_master_key(keeping: App, book: Path) -> None:
    """Without one nothing is imported: the office asked for files to be kept, and in the clear they never are."""
    keeping.keyring = None
    before = dump(keeping)
    with pytest.raises(SettingsError, match="OCOP_MASTER_KEYS"):
        import_file(keeping, book)
    assert dump(keeping) == before


def test_master_keys_rotate_over_kept_files(keeping: App, book: Path) -> None:
    """Under the new key alone the file opens; under a stranger's it does not."""
    old, new = os.urandom(32), os.urandom(32)
    keeping.keyring = Vault([old])
    taken = import_file(keeping, book).import_id
    assert taken is not None
    with keeping.database.write() as session:
        assert Vault([new, old]).rotate(session) >= 1
    keeping.keyring = Vault([new])
    assert read_original(keeping, taken) == book.read_bytes()
    keeping.keyring = Vault([old])
    with pytest.raises(JobError, match="which OCOP_MASTER_KEYS does not hold") as caught:
        read_original(keeping, taken)
    assert base64.b64encode(new).decode() not in str(caught.value)
