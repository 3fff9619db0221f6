"""The files themselves, where an office chose to keep them (OCOP_KEEP_ORIGINALS_DAYS): encrypted, given back when asked, erased in time."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from jobs.app import App, JobError
from jobs.run import Counts, Run
from models.originals_store import erase_originals_until, keep_original, original
from models.secrets import VaultError


def keep_if_wanted(app: App, session: Session, import_id: int, path: Path) -> None:
    """In the import's own transaction. Raises SettingsError when files are to be kept and there is no master key."""
    if app.settings.keep_originals_days > 0:
        keep_original(session, app.vault, import_id, path.read_bytes(), app.now())


def read_original(app: App, import_id: int) -> bytes:
    """Byte for byte as it was imported. Raises JobError when it is not kept, or its key is missing."""
    try:
        with app.database.session() as session:
            content = original(session, app.vault, import_id)
    except VaultError as err:
        raise JobError(f"Không mở được tệp gốc của lần nhập {import_id}: {err}.") from None
    if content is None:
        raise JobError(
            f"Tệp gốc của lần nhập {import_id} không được giữ, hoặc đã xoá. Muốn giữ các tệp sau: OCOP_KEEP_ORIGINALS_DAYS=30."
        )
    return content


def erase_originals(run: Run) -> Counts:
    """Erase what is older than OCOP_KEEP_ORIGINALS_DAYS; all of it when nothing is to be kept any more. Safe to kill and repeat."""
    run.check()
    until = run.app.now() - timedelta(days=run.app.settings.keep_originals_days)
    with run.app.database.write() as session:
        return {"erased": erase_originals_until(session, until)}
