"""The stop rule, remembered across restarts (listing_pages section 9, read 2026-11-23), and the office's own switch.

A first refusal pauses the place 15 minutes, a second in a row two hours, a third until tomorrow with an alarm; refusals on
three days of a month switch it off until a person switches it on again. `Retry-After` counts when it is longer. A changed
layout switches it off at once. A place is a marketplace, or one plain shop by its host (`spiders.places.place_of`).
"""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jobs.app import JobError
from models import SiteState
from spiders.page import PageState
from spiders.places import place_of
from spiders.visits import Visit

PAUSES = (timedelta(minutes=15), timedelta(hours=2), timedelta(days=1))
DAYS_BEFORE_OFF = 3
DAYS_REMEMBERED = timedelta(days=30)  # three refusals in three years are no closed door
REFUSALS = frozenset({PageState.REFUSED, PageState.SLOW_DOWN})
REFUSED, LAYOUT_CHANGED, PERSON = "refused", PageState.LAYOUT_CHANGED.value, "person"


def allow(session: Session, place: str, now: datetime) -> None:
    """Raise JobError while the place is paused or switched off."""
    state = session.get(SiteState, place)
    if state is None:
        return
    if state.is_disabled:
        raise JobError(why_off(state))
    if state.paused_until and state.paused_until > now:
        raise JobError(
            f"Trang «{place}» đang nghỉ tới {state.paused_until.isoformat()} vì đã từ chối ta: {state.evidence}."
        )


def why_off(state: SiteState) -> str:
    """The sentence of a place that is switched off: by what, and what to do."""
    again = f"rồi bật lại bằng `ocop watch start {state.site}`"
    match state.stopped_for:
        case "person":
            return f"Trang «{state.site}» đã tắt theo lệnh của {state.stopped_by}: {state.evidence}. Bật lại bằng `ocop watch start {state.site}`."
        case "layout_changed":
            return f"Trang «{state.site}» đã tắt vì đổi cách trình bày: {state.evidence}. Hãy sửa trình đọc, {again}."
        case _:
            return f"Trang «{state.site}» đã tắt vì từ chối ta {DAYS_BEFORE_OFF} ngày: {state.evidence}. Hãy xem lại {again}."


def closed_places(session: Session, now: datetime) -> frozenset[str]:
    """Every place that may not be asked now."""
    resting = or_(SiteState.is_disabled, SiteState.paused_until > now)
    return frozenset(session.scalars(select(SiteState.site).where(resting)))


def heed(session: Session, site: str, visits: Iterable[Visit], now: datetime, today: date) -> list[tuple[str, str]]:
    """Learn from visits in the order they came; (place, sentence) of every alarm that a person should see."""
    alarms = []
    states = {state.site: state for state in session.scalars(select(SiteState))}
    for visit in visits:
        place = place_of(site, visit.url)
        if visit.state in REFUSALS:
            states[place] = state = states.get(place) or _state(session, place)
            if sentence := _refused(state, visit, now, today):
                alarms.append((place, sentence))
        elif visit.state is PageState.OK and place in states:
            states[place].refusals_in_row = 0
    return alarms


def stop(session: Session, place: str, reason: str, evidence: str, now: datetime, *, by: str | None = None) -> None:
    """Switch a place off until a person switches it on. A person's own word is not overwritten by a machine's. Safe to repeat."""
    _switch_off(_state(session, place), reason, evidence, now, by)


def _switch_off(state: SiteState, reason: str, evidence: str, now: datetime, by: str | None = None) -> None:
    if state.is_disabled and state.stopped_for == PERSON and reason != PERSON:
        return
    state.is_disabled, state.stopped_for, state.stopped_by, state.stopped_at = True, reason, by, now
    state.evidence = evidence


def start(session: Session, place: str) -> bool:
    """Switch it on with a clean sheet; False where it was neither off nor resting. A person has looked, so pauses end too."""
    state = session.get(SiteState, place)
    if state is None or not (state.is_disabled or state.paused_until):
        return False
    state.is_disabled, state.refusals_in_row, state.refused_days, state.paused_until = False, 0, "[]", None
    state.stopped_for = state.stopped_by = state.stopped_at = None
    return True


def _state(session: Session, place: str) -> SiteState:
    state = session.get(SiteState, place)
    if state is None:
        state = SiteState(site=place, refusals_in_row=0, refused_days="[]", is_disabled=False)
        session.add(state)
        session.flush()
    return state


def _refused(state: SiteState, visit: Visit, now: datetime, today: date) -> str | None:
    state.refusals_in_row += 1
    pause = PAUSES[min(state.refusals_in_row, len(PAUSES)) - 1]
    state.paused_until = now + max(pause, timedelta(seconds=visit.retry_after_s or 0))
    evidence = f"{visit.state.value} ({visit.status}): {visit.evidence}"
    days = [day for day in json.loads(state.refused_days) if date.fromisoformat(day) > today - DAYS_REMEMBERED]
    days = sorted({*days, today.isoformat()})[-DAYS_BEFORE_OFF:]
    state.refused_days = json.dumps(days)
    if len(days) == DAYS_BEFORE_OFF:
        _switch_off(state, REFUSED, evidence, now)
        return (
            f"Trang «{state.site}» từ chối ta ba ngày, đã tắt việc đọc: {evidence}. Hãy hỏi chủ trang hoặc bỏ theo dõi."
        )
    state.evidence = evidence
    if state.refusals_in_row >= len(PAUSES):
        return f"Trang «{state.site}» từ chối ta ba lần liền, nghỉ tới ngày mai: {evidence}."
    return None
