"""The stop rule, remembered across restarts (listing_pages section 9, read 2026-11-23).

A first refusal pauses the site 15 minutes, a second in a row two hours, a third until tomorrow with an alarm; refusals on
three days switch the site off until a person switches it on again. `Retry-After` counts when it is longer.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from jobs.app import JobError
from models import SiteState
from spiders.page import PageState
from spiders.visits import Visit

PAUSES = (timedelta(minutes=15), timedelta(hours=2), timedelta(days=1))
DAYS_BEFORE_OFF = 3
REFUSALS = frozenset({PageState.REFUSED, PageState.SLOW_DOWN})


def allow(session: Session, site: str, now: datetime) -> None:
    """Raise JobError while the site is paused or switched off."""
    state = session.get(SiteState, site)
    if state is None:
        return
    if state.is_disabled:
        raise JobError(
            f"Trang «{site}» đã tắt vì từ chối ta {DAYS_BEFORE_OFF} ngày: {state.evidence}. Hãy xem lại rồi bật lại bằng tay."
        )
    if state.paused_until and state.paused_until > now:
        raise JobError(
            f"Trang «{site}» đang nghỉ tới {state.paused_until.isoformat()} vì đã từ chối ta: {state.evidence}."
        )


def heed(session: Session, site: str, visits: Iterable[Visit], now: datetime, today: date) -> list[str]:
    """Learn from visits in the order they came; the sentences of alarms when a person should look."""
    state = session.get(SiteState, site)
    alarms = []
    for visit in visits:
        if visit.state in REFUSALS:
            state = state or _first_trouble(session, site)
            alarms.append(_refused(state, visit, now, today))
        elif visit.state is PageState.OK and state is not None:
            state.refusals_in_row = 0
    return [alarm for alarm in alarms if alarm]


def _first_trouble(session: Session, site: str) -> SiteState:
    state = SiteState(site=site, refusals_in_row=0, refused_days="[]")
    session.add(state)
    return state


def _refused(state: SiteState, visit: Visit, now: datetime, today: date) -> str | None:
    state.refusals_in_row += 1
    pause = PAUSES[min(state.refusals_in_row, len(PAUSES)) - 1]
    state.paused_until = now + max(pause, timedelta(seconds=visit.retry_after_s or 0))
    state.evidence = f"{visit.state.value} ({visit.status}): {visit.evidence}"
    days = sorted({*json.loads(state.refused_days), today.isoformat()})[-DAYS_BEFORE_OFF:]
    state.refused_days = json.dumps(days)
    state.is_disabled = len(days) == DAYS_BEFORE_OFF
    if state.is_disabled:
        return f"Trang «{state.site}» từ chối ta ba ngày, đã tắt việc đọc: {state.evidence}. Hãy hỏi chủ trang hoặc bỏ theo dõi."
    if state.refusals_in_row >= len(PAUSES):
        return f"Trang «{state.site}» từ chối ta ba lần liền, nghỉ tới ngày mai: {state.evidence}."
    return None
