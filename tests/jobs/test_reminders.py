"""A consent that will run out is told two weeks ahead, and the reminder goes when it was renewed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from connectors.facts.shop import Tokens
from jobs.health import health
from jobs.shops import keep_tokens
from models import Problem
from tests.jobs.office import SHOPS, Office, opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, products=1) as ready:
        yield ready


def connect(office: Office, refresh_ends: datetime | None = None, authorised: datetime | None = None) -> None:
    tokens = Tokens(
        access_token=SecretStr("a"),
        refresh_token=SecretStr("r"),
        expires_at=office.app.now() + timedelta(hours=1),
        refresh_expires_at=refresh_ends,
        authorised_until=authorised,
    )
    keep_tokens(office.app, office.app.shop(SHOPS["tiki"]), tokens)


def reminders(office: Office) -> list[str]:
    office.do("remind_login", "tiki")
    with office.app.database.session() as session:
        open_ones = select(Problem.sentence).where(Problem.code == "login_ends", Problem.resolved_at.is_(None))
        return list(session.scalars(open_ones))


@pytest.mark.parametrize("field", ["refresh_ends", "authorised"])
def test_two_weeks_ahead_and_gone_when_renewed(office: Office, field: str) -> None:
    """Whichever ends first, the consent or a refresh token that is not prolonged; no request is made for it."""
    before = office.calls("tiki")
    connect(office, **{field: office.app.now() + timedelta(days=20)})
    assert reminders(office) == []
    office.wait(days=7)
    (sentence,) = reminders(office)
    assert sentence == (
        "Quyền truy cập gian hàng «tiki-demo» hết ngày 21/10/2026: chạy `ocop shop login tiki-demo` trước ngày đó."
    )
    assert [check.ok for check in health(office.app) if check.name == "shop tiki-demo"] == [False]
    assert reminders(office) == [sentence]
    connect(office, **{field: office.app.now() + timedelta(days=300)})
    assert (reminders(office), office.calls("tiki")) == ([], before)
