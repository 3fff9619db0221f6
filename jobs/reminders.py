"""A shop's consent runs out: said two weeks ahead, as a problem on the page and in `ocop doctor`, until it was renewed."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from connectors.facts.shop import Tokens
from jobs.app import App
from jobs.ports import FIELD
from jobs.run import Counts, Run
from jobs.trouble import is_over, note
from models import Shop

AHEAD = timedelta(days=14)


def remind_login(run: Run) -> Counts:
    """Note or close one shop's reminder. Safe to repeat; no request is made."""
    shop, now = run.app.shop(run.lane), run.app.now()
    with run.app.database.session() as session:
        ends_at = login_ends_at(run.app, session, shop)
    key = f"login:{shop.name}:ends"
    if ends_at is None or ends_at >= now + AHEAD:
        with run.app.database.write() as session:
            is_over(session, key, now)
        return {"reminded": 0}
    day = f"{ends_at.astimezone(run.app.zone):%d/%m/%Y}"
    sentence = (
        f"Quyền truy cập gian hàng «{shop.name}» hết ngày {day}: chạy `ocop shop login {shop.name}` trước ngày đó."
    )
    note(run.app, key, sentence, shop=shop.name, code="login_ends")
    return {"reminded": 1}


def login_ends_at(app: App, session: Session, shop: Shop) -> datetime | None:
    """When refreshing will not help any more: the end of the consent or of the refresh token, whichever is first."""
    kept = app.vault.get(session, shop.id, FIELD)
    refresh_ends_at = Tokens.model_validate_json(kept).refresh_expires_at if kept else None
    return min((at for at in (shop.authorised_until, refresh_ends_at) if at is not None), default=None)
