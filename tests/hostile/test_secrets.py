"""Whatever goes wrong on any marketplace, no key and no token is printed, shown, raised or left readable in the database."""

import logging
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from connectors.errors import MarketplaceError
from models import Problem
from tests.jobs.office import SHOPS, Office, opened
from web.dashboard import dashboard

SECRET_FIELDS = (
    "partner_key", "client_secret", "app_secret", "access_token", "refresh_token", "code", "shop_cipher",
)  # fmt: skip
TROUBLE = (
    ("html", {"times": 1}),
    ("truncated", {"times": 1}),
    ("status", {"times": 4, "status": 500}),
    ("clock_skew", {"seconds": 3600}),
    ("expired_token", {"times": 1}),
    ("reset_after", {"times": 1}),  # may lose a refresh: such a shop waits for a login from here on
    ("revoked_token", {"times": 1}),
)
JOBS_OF_A_DAY = ("pull_listings", "pull_orders", "push_listings")
BROWSERS = {"httpx", "httpx2"}  # of the test client
BETWEEN_DAYS = 6  # within this a token of three marketplaces runs out each time, Lazada's of thirty days once


@dataclass(frozen=True)
class Bad:
    """A bad time: everything that was said during it, and the secrets that were in use, by marketplace."""

    office: Office
    said: str
    secrets: dict[str, frozenset[str]]

    @property
    def all_secrets(self) -> frozenset[str]:
        return frozenset().union(*self.secrets.values())


def _in_use(office: Office, market: str) -> set[str]:
    """What the world gives out now, and what the office holds."""
    facts = office.world.credentials(market)
    held = office.app.connector(office.app.shop(SHOPS[market])).tokens.load()
    tokens = [held.access_token, held.refresh_token]
    return {str(facts[name]) for name in SECRET_FIELDS if name in facts} | {
        token.get_secret_value() for token in tokens if token is not None
    }


def _trouble(office: Office, market: str) -> list[str]:
    """The day's jobs and a check; whatever they and the objects they use say of themselves."""
    said = [repr(office.do(job, market)) for job in JOBS_OF_A_DAY]
    connector = office.app.connector(office.app.shop(SHOPS[market]))
    try:
        said.append(repr(connector.check()))
    except MarketplaceError as err:
        said += ["".join(traceback.format_exception(err)), repr(err), repr(vars(err))]
    return [*said, repr(connector), repr(connector.tokens), repr(connector.tokens.load()), repr(vars(connector))]


def _live(office: Office, said: list[str]) -> dict[str, frozenset[str]]:
    """Every marketplace under every trouble; the secrets used on the way."""
    used = {market: _in_use(office, market) for market in SHOPS}
    for kind, options in TROUBLE:
        for market in SHOPS:
            office.fault(market, kind, **options)
            said += _trouble(office, market)
        office.world.faults.clear()
        office.wait(days=BETWEEN_DAYS)
        for market in SHOPS:
            used[market] |= _in_use(office, market)
    return {market: frozenset(found) for market, found in used.items()}


def _browse(office: Office) -> list[str]:
    """What the web server answers, to a person and to whoever knocks with somebody's code or token."""
    web = TestClient(dashboard(office.app), raise_server_exceptions=False)
    answers = [web.get("/")]
    for market in SHOPS:
        facts = office.world.credentials(market)
        answers.append(web.get("/login/callback", params={"code": facts["code"], "state": facts["access_token"]}))
        answers.append(web.post(f"/messages/{market}", content=b"{}", headers={"Authorization": facts["access_token"]}))
    with office.app.database.session() as session:
        problems = list(session.scalars(select(Problem.sentence)))
    return [*(f"{answer.headers} {answer.text}" for answer in answers), *problems]


@pytest.fixture(scope="module")
def logged() -> Iterator[list[logging.LogRecord]]:
    """Every record of every level, but those of the test's own browser: it logs the addresses it asks for."""
    kept: list[logging.LogRecord] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.name not in BROWSERS:
                kept.append(record)

    root, keeper, before = logging.getLogger(), Keeper(), logging.getLogger().level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    yield kept
    root.setLevel(before)
    root.removeHandler(keeper)


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory, logged: list[logging.LogRecord]) -> Iterator[Bad]:
    directory = tmp_path_factory.mktemp("secrets")
    with opened(directory, products=2) as office:
        said: list[str] = [repr(office.app), repr(office.app.settings), repr(office.app.vault)]
        used = _live(office, said)
        said += _browse(office)
        said += [f"{record.getMessage()} {vars(record)}" for record in logged]
        own_key = (directory / "demo.key").read_text(encoding="ascii")
        yield Bad(office, "\n".join(said), used | {"ocop": frozenset({own_key})})


@pytest.mark.parametrize("market", sorted(SHOPS))
def test_the_bad_time_was_bad(bad: Bad, market: str) -> None:
    """An app's key, a code and several pairs were in use, so that there is something to find."""
    keys_and_code = 3 if market == "tiktok_shop" else 2  # the cipher too
    assert len(bad.secrets[market]) >= keys_and_code + 4


def test_no_secret_is_ever_said(bad: Bad) -> None:
    """Not in a log of any level, an error with its traceback, a repr, a run's result, a web answer or a sentence for a person."""
    assert [secret for secret in bad.all_secrets if secret in bad.said] == []


def test_no_secret_is_left_readable(bad: Bad) -> None:
    """Neither in the database's files nor in a dump of it: there they are only sealed."""
    path = str(bad.office.app.database.engine.url.database)
    with closing(sqlite3.connect(path)) as database:
        dump = "\n".join(database.iterdump())
    assert "shopee-demo" in dump
    assert [secret for secret in bad.all_secrets if secret in dump] == []
    for file in Path(path).parent.glob("ocop.db*"):
        stored = file.read_bytes()
        assert [secret for secret in bad.all_secrets if secret.encode() in stored] == []
