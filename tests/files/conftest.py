"""One world, played once a session; each test has its own office on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs.app import App
from tests.files.offices import MONEY_JOBS, Seen, seen


@pytest.fixture(scope="session")
def shopee(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """Twenty-two days of Shopee, pulled through its API."""
    with seen("shopee", tmp_path_factory.mktemp("shopee")) as one:
        for job in MONEY_JOBS:
            one.do(job)
        yield one


@pytest.fixture
def paper(shopee: Seen, tmp_path: Path) -> Iterator[App]:
    """An office that has the register and a shop nobody logged into."""
    with shopee.paper_office(tmp_path.name) as app:
        yield app


@pytest.fixture(scope="session")
def tiktok(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """The same of TikTok Shop."""
    with seen("tiktok_shop", tmp_path_factory.mktemp("tiktok")) as one:
        for job in MONEY_JOBS:
            one.do(job)
        yield one


@pytest.fixture(scope="session")
def lazada(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """The same of Lazada, whose weeks are paid late."""
    with seen("lazada", tmp_path_factory.mktemp("lazada"), days=30) as one:
        for job in MONEY_JOBS:
            one.do(job)
        yield one
