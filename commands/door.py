"""How every command opens the application and how every foreseen failure ends: one sentence, exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from sqlalchemy.exc import OperationalError, ProgrammingError

from analysis.report import ReportError
from catalog.workbook import WorkbookError
from commands.speak import errors, say
from connectors.errors import MarketplaceError
from jobs.app import App, JobError, open_app
from jobs.trouble import explain
from models.database import DatabaseUrlError
from models.master_keys import VaultError
from models.migrate import current, head
from settings import Settings, SettingsError, configure_logging, load_settings

FORESEEN = (JobError, SettingsError, WorkbookError, ReportError, DatabaseUrlError, VaultError)


@contextmanager
def foreseen() -> Iterator[None]:
    """Turn what may legitimately fail into a sentence that says what to do."""
    try:
        yield
    except FORESEEN as err:
        fail(str(err))
    except MarketplaceError as err:
        fail(explain(err))
    except (OperationalError, ProgrammingError) as err:
        fail(
            say(
                f"Cơ sở dữ liệu không dùng được ({type(err.orig).__name__}). Kiểm tra OCOP_DATABASE_URL rồi chạy `ocop init`.",
                f"The database cannot be used ({type(err.orig).__name__}). Check OCOP_DATABASE_URL, then run `ocop init`.",
            ),
        )


def fail(sentence: str) -> None:
    errors.print(sentence, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(1)


@contextmanager
def opened() -> Iterator[App]:
    """The application on a migrated database; closed afterwards."""
    with foreseen():
        app = open_app(read_settings())
        try:
            if current(app.database) != head():
                raise JobError(
                    say(
                        "Cơ sở dữ liệu chưa sẵn sàng. Hãy chạy `ocop init`.",
                        "The database is not ready. Run `ocop init`.",
                    )
                )
            yield app
        finally:
            app.close()


def read_settings() -> Settings:
    settings = load_settings()
    configure_logging(settings.log_format)
    return settings
