"""One page for the office: the month's revenue, the online share, every shop's listings, and what needs a person."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, PackageLoader, select_autoescape
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.report import Period, Report, Row
from analysis.revenue import revenue
from analysis.share import online_share
from catalog.money import format_dong
from jobs.app import App
from models import JobRun, Listing, Problem, Shop
from web.login import add_login
from web.messages import add_messages
from web.security import SECURITY

TOP = 15
DECEMBER = 12


def dashboard(app: App) -> FastAPI:
    """The web application over one opened product. The page reads only; beside it are the doors marketplaces come to."""
    site = FastAPI(title="ocop", docs_url=None, redoc_url=None, openapi_url=None)
    environment = Environment(loader=PackageLoader("web"), autoescape=select_autoescape())
    environment.filters |= {"dong": format_dong, "local": lambda at: _local(app, at), "percent": _percent}
    pages = Jinja2Templates(env=environment)

    @site.get("/", response_class=HTMLResponse)
    def home(request: Request, month: Annotated[int | None, Query(ge=201801, le=220012)] = None) -> HTMLResponse:
        with app.database.session() as session:
            facts = _facts(session, _month(app, month))
        return pages.TemplateResponse(request, "home.html", facts, headers=SECURITY)

    add_messages(site, app)
    add_login(site, app)
    return site


def _month(app: App, wanted: int | None) -> Period:
    """The month asked for (yyyymm), or this one so far."""
    today = app.today()
    if wanted is None or wanted == today.year * 100 + today.month or not 1 <= wanted % 100 <= DECEMBER:
        return Period(today.replace(day=1), today, app.zone)
    first = date(wanted // 100, wanted % 100, 1)
    return Period(first, _first_of_next(first) - timedelta(days=1), app.zone)


def _first_of_next(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _facts(session: Session, period: Period) -> dict[str, Any]:
    by_market, share = revenue(session, period, ("marketplace",)), online_share(session, period, ())
    return {
        "period": period,
        "before": f"{period.first - timedelta(days=1):%Y%m}",
        "after": f"{_first_of_next(period.first):%Y%m}",
        "markets": by_market.rows,
        "total_vnd": _total(by_market),
        "coverage": by_market.coverage,
        "producers": revenue(session, period, ("producer",)).rows[:TOP],
        "share": share.rows[-1],
        "share_notes": share.notes,
        "shops": _shops(session),
        "problems": session.scalars(
            select(Problem).where(Problem.resolved_at.is_(None)).order_by(Problem.last_at.desc()).limit(TOP)
        ).all(),
        "runs": session.scalars(
            select(JobRun).where(JobRun.state != "skipped").order_by(JobRun.slot.desc(), JobRun.id.desc()).limit(TOP)
        ).all(),
    }


def _total(report: Report) -> int:
    return sum(int(str(row["revenue_vnd"])) for row in report.rows)


def _shops(session: Session) -> Sequence[Row]:
    query = (
        select(
            Shop.name,
            Shop.marketplace,
            Shop.state,
            func.count(Listing.id).filter(Listing.reported_state == "live").label("live"),
            func.count(Listing.id).filter(Listing.reported_state == "pending").label("pending"),
            func.count(Listing.id).filter(Listing.refused_hash.is_not(None)).label("refused"),
            func.count(Listing.id).filter(~Listing.wanted).label("blocked"),
        )
        .outerjoin(Listing, Listing.shop_id == Shop.id)
        .group_by(Shop.id)
        .order_by(Shop.name)
    )
    return [dict(row) for row in session.execute(query).mappings()]


def _local(app: App, at: datetime | None) -> str:
    return f"{at.astimezone(app.zone):%d/%m/%Y %H:%M}" if at else "–"


def _percent(share: float | None) -> str:
    return "chưa tính được" if share is None else f"{share * 100:.1f} %".replace(".", ",")
