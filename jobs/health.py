"""Is everything alive and configured: the scheduler's and the workers' heartbeats, migrations, tokens, clocks, the database's journal."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import column, func, inspect, select, table
from sqlalchemy.orm import Session

from jobs.app import App
from jobs.crawl_health import crawl_health, is_well, sentence
from jobs.heartbeat import STALE_AFTER_S
from jobs.reminders import AHEAD, login_ends_at
from models import JobRun, Lease, Problem, Shop, SiteState
from models.database import wal_is_safe
from models.migrate import current, head
from models.secrets import VaultError
from settings import EXAMPLES

ALIVE_S = 120
WORKERS = table("procrastinate_workers", column("last_heartbeat"))  # the queue's own table (jobs/queue_schema.py)
SIGNING_TOLERANCE_S = 240  # Shopee refuses a clock five minutes off (shopee.md 1.5, read 2026-11-23)


@dataclass(frozen=True)
class Check:
    """One thing looked at. `sentence` says what is, and when not well, what to do."""

    name: str
    ok: bool
    sentence: str


def health(app: App) -> list[Check]:
    """Every check, well or not. Reads only."""
    checks = [
        Check("migrations", current(app.database) == head(), f"{current(app.database)} / {head()}"),
        _journal(app),
        _master_key(app),
    ]
    looks: tuple[Callable[[App, Session], Iterator[Check]], ...] = (
        _scheduler,
        _workers,
        _runs,
        _shops,
        _sites,
        _crawls,
        _problems,
    )
    with app.database.session() as session:
        for look in looks:
            checks += look(app, session)
    return checks


def _journal(app: App) -> Check:
    if app.database.dialect != "sqlite":
        return Check("database", ok=True, sentence=app.database.dialect)
    version = sqlite3.sqlite_version
    safe = wal_is_safe(version)
    return Check(
        "database",
        ok=True,
        sentence=f"SQLite {version}: {'WAL' if safe else 'nhật ký hoàn tác, vì bản này có lỗi đặt lại WAL'}",
    )


def _master_key(app: App) -> Check:
    """Files, reports and the watch do without; every shop's login does not."""
    said = "đã đặt" if app.keyring else f"chưa đặt, nên không gian hàng nào kết nối được: {EXAMPLES['MASTER_KEYS']}"
    return Check("OCOP_MASTER_KEYS", app.keyring is not None, said)


def _scheduler(app: App, session: Session) -> Iterator[Check]:
    lease = session.get(Lease, "scheduler")
    silent_s = (app.now() - lease.heartbeat_at).total_seconds() if lease else None
    ok = silent_s is not None and silent_s < ALIVE_S
    said = "chưa chạy lần nào" if silent_s is None else f"im lặng {silent_s:.0f} giây"
    yield Check("scheduler", ok, said if ok else f"{said}: hãy chạy `ocop scheduler`")


def _workers(app: App, session: Session) -> Iterator[Check]:
    """On SQLite the scheduler is the worker."""
    if app.database.dialect != "postgresql":
        return
    alive = 0
    if inspect(session.connection()).has_table(WORKERS.name):
        heard = WORKERS.c.last_heartbeat >= func.now() - timedelta(seconds=STALE_AFTER_S)
        alive = session.scalar(select(func.count()).select_from(WORKERS).where(heard)) or 0
    said = f"{alive} tiến trình đang nhận việc"
    yield Check("workers", alive > 0, said if alive else f"{said}: hãy chạy `ocop worker`")


def _runs(app: App, session: Session) -> Iterator[Check]:
    stale = app.now() - timedelta(seconds=ALIVE_S)
    stuck = session.scalar(select(func.count()).where(JobRun.state == "running", JobRun.heartbeat_at < stale)) or 0
    waiting = session.scalar(select(func.count()).where(JobRun.state == "queued", JobRun.slot < stale)) or 0
    yield Check("runs", not stuck and not waiting, f"{stuck} việc treo, {waiting} việc chờ quá {ALIVE_S} giây")


def _shops(app: App, session: Session) -> Iterator[Check]:
    for shop in session.scalars(select(Shop).order_by(Shop.name)):
        faults = []
        if shop.state != "connected":
            faults.append(f"{shop.state}: chạy `ocop shop login {shop.name}`")
        faults += _login_faults(app, session, shop)
        if shop.clock_skew_s is not None and abs(shop.clock_skew_s) > SIGNING_TOLERANCE_S:
            faults.append(f"đồng hồ lệch {shop.clock_skew_s:.0f} giây: chỉnh giờ máy này")
        yield Check(f"shop {shop.name}", not faults, "; ".join(faults) or "đã kết nối")


def _login_faults(app: App, session: Session, shop: Shop) -> Iterator[str]:
    if app.keyring is None:
        return  # said once, for all shops
    try:
        ends_at = login_ends_at(app, session, shop)
    except VaultError:
        yield "OCOP_MASTER_KEYS không mở được mã truy cập: đặt lại khoá cũ vào sau khoá đầu"
        return
    if ends_at and ends_at < app.now() + AHEAD:
        day = f"{ends_at.astimezone(app.zone):%d/%m/%Y}"
        yield f"quyền truy cập hết ngày {day}: chạy `ocop shop login {shop.name}` trước ngày đó"


def _sites(app: App, session: Session) -> Iterator[Check]:
    for site in session.scalars(select(SiteState).order_by(SiteState.site)):
        paused = site.paused_until is not None and site.paused_until > app.now()
        state = "đã tắt" if site.is_disabled else "đang nghỉ" if paused else "đọc được"
        yield Check(f"site {site.site}", not site.is_disabled and not paused, f"{state}: {site.evidence}")


def _crawls(app: App, session: Session) -> Iterator[Check]:  # noqa: ARG001 - one shape for all looks
    for crawl in crawl_health(session):
        yield Check(f"crawl {crawl['site']}", is_well(crawl), sentence(crawl))


def _problems(app: App, session: Session) -> Iterator[Check]:  # noqa: ARG001 - one shape for all looks
    waiting = session.scalar(select(func.count()).where(Problem.resolved_at.is_(None))) or 0
    yield Check("problems", not waiting, f"{waiting} vấn đề cần người xem")
