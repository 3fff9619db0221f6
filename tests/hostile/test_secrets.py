"""Whatever goes wrong, no key and no token is printed, shown, raised or left readable in the database."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from connectors.errors import MarketplaceError
from tests.jobs.office import SHOPS, Office, opened

SECRET_FIELDS = ("partner_key", "client_secret", "access_token", "refresh_token")
TROUBLE = (
    ("html", {"times": 1}),
    ("clock_skew", {"seconds": 3600}),
    ("expired_token", {"times": 1}),
    ("reset_after", {"times": 1}),  # loses a refresh: the shop waits for a login from here on
    ("revoked_token", {"times": 1}),
)


@dataclass(frozen=True)
class Bad:
    """A bad day: everything that was said during it, and the secrets that were in use."""

    office: Office
    said: str
    secrets: frozenset[str]


def _secrets(office: Office) -> set[str]:
    given = [office.world.credentials(market) for market in SHOPS]
    return {str(facts[field]) for facts in given for field in SECRET_FIELDS if field in facts}


def _live(office: Office, errors: list[str]) -> set[str]:
    """Every job of both shops under every trouble; the secrets used on the way."""
    used = _secrets(office)
    for kind, options in TROUBLE:
        for market in SHOPS:
            office.fault(market, kind, **options)
            errors += [repr(office.do(job, market)) for job in ("pull_orders", "push_listings")]
            connector = office.app.connector(office.app.shop(SHOPS[market]))
            try:
                connector.check()
            except MarketplaceError as err:
                errors += [str(err), repr(err), repr(err.__cause__), repr(err.__context__)]
            errors += [repr(connector), repr(connector.tokens), repr(connector.tokens.load()), repr(vars(connector))]
        office.world.faults.clear()
        office.wait(hours=5)  # tokens run out and are renewed
        used |= _secrets(office)
    return used


@pytest.fixture
def bad_day(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Bad]:
    caplog.set_level(logging.DEBUG)
    with opened(tmp_path, products=2) as office:
        said: list[str] = [repr(office.app), repr(office.app.settings), repr(office.app.vault)]
        used = _live(office, said)
        logs = [f"{record.getMessage()} {vars(record)}" for record in caplog.records]
        key = (tmp_path / "demo.key").read_text(encoding="ascii")
        yield Bad(office, "\n".join([*said, *logs, caplog.text]), frozenset({*used, key}))


def test_no_secret_is_ever_said_or_left_readable(bad_day: Bad, tmp_path: Path) -> None:
    """Not in a log of any level, an error, a repr or a problem for a person; in the database only sealed."""
    assert len(bad_day.secrets) > len(SHOPS) * 3  # the first pairs, the renewed ones, the apps' keys and our own
    assert [secret for secret in bad_day.secrets if secret in bad_day.said] == []
    for file in tmp_path.glob("ocop.db*"):
        stored = file.read_bytes()
        assert [secret for secret in bad_day.secrets if secret.encode() in stored] == []
