"""`ocop init, scheduler, worker, serve, doctor, sandbox`: keep it running, and see that it is."""

import signal
import threading
from typing import Annotated

import typer

from commands.door import fail, foreseen, opened, read_settings
from commands.speak import JsonOption, console, print_json, print_rows, say
from jobs.crawl_health import crawl_health
from jobs.health import health
from models.database import open_database
from models.migrate import upgrade


def init(as_json: JsonOption = False) -> None:
    """Tạo hoặc nâng cấp cơ sở dữ liệu · create or migrate the database."""
    with foreseen():
        settings = read_settings()
        database = open_database(settings.database_url)
        try:
            revision = upgrade(database)
            if database.dialect == "postgresql":
                from jobs.queue_schema import prepare  # noqa: PLC0415 - an optional dependency

                prepare(settings.database_url)
        finally:
            database.close()
    answer = {"database": database.dialect, "revision": revision}
    print_json(answer) if as_json else console.print(
        say(f"Cơ sở dữ liệu sẵn sàng ({revision}).", f"The database is ready ({revision}).")
    )


def scheduler() -> None:
    """Chạy thời gian biểu cho tới khi bị dừng · run the timetable until stopped."""
    from scheduler import Scheduler  # noqa: PLC0415 - APScheduler is slow to import and only this command needs it

    with opened() as ocop:
        timetable = Scheduler(ocop)
        timetable.start()
        _until_told()
        timetable.stop()


def worker() -> None:
    """Làm việc từ hàng đợi PostgreSQL · do jobs from the PostgreSQL queue."""
    with opened() as ocop:
        if ocop.database.dialect != "postgresql":
            fail(
                say(
                    "`ocop worker` cần PostgreSQL; với SQLite, `ocop scheduler` tự làm việc.",
                    "`ocop worker` needs PostgreSQL; on SQLite `ocop scheduler` does the work.",
                )
            )
        from jobs.procrastination import work  # noqa: PLC0415 - an optional dependency

        work(ocop)


def serve(port: Annotated[int, typer.Option()] = 8000, host: Annotated[str, typer.Option()] = "127.0.0.1") -> None:
    """Bảng theo dõi trên trình duyệt · the dashboard."""
    import uvicorn  # noqa: PLC0415 - only this command serves

    from web.dashboard import dashboard  # noqa: PLC0415

    with opened() as ocop:
        uvicorn.run(dashboard(ocop), host=host, port=port, log_level="warning")


def doctor(as_json: JsonOption = False) -> None:
    """Mọi thứ có đang chạy và đúng cấu hình không · is everything alive and configured."""
    with opened() as ocop:
        checks = health(ocop)
        with ocop.database.session() as session:
            crawls = crawl_health(session)
    rows = [{"check": c.name, "ok": c.ok, "detail": c.sentence} for c in checks]
    print_json({"ok": all(c.ok for c in checks), "checks": rows, "crawls": crawls}) if as_json else print_rows(
        ("check", "ok", "detail"), rows
    )
    if not all(c.ok for c in checks):
        raise typer.Exit(1)


def sandbox(port: Annotated[int, typer.Option()] = 0, seed: Annotated[int, typer.Option()] = 1) -> None:
    """Các sàn giả trên máy này, tới khi bị dừng · the pretend marketplaces, until interrupted."""
    from sandbox.serve import serve as play  # noqa: PLC0415 - only this command plays the world

    play(port, seed)


def _until_told() -> None:
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    told.wait()
