"""The dashboard over what a rehearsal left: true numbers, nothing executed, nothing loaded from elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from catalog.money import format_dong
from jobs.app import App
from models import Problem
from tests.rehearsals import look, play
from web.dashboard import dashboard


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    directory = tmp_path_factory.mktemp("demo")
    return directory, sum(play(directory)["truth_revenue_vnd"].values())


@pytest.fixture
def app(left: tuple[Path, int]) -> Iterator[App]:
    opened = look(left[0])
    yield opened
    opened.close()


def test_the_month_shows_the_truth(app: App, left: tuple[Path, int]) -> None:
    """The large number is the world's own, formatted the Vietnamese way."""
    page = TestClient(dashboard(app)).get("/")
    assert page.status_code == 200
    assert format_dong(left[1]) in page.text
    assert "shopee-demo" in page.text


def test_an_empty_month_says_so(app: App) -> None:
    """No orders is a sentence; a share without its offline side is not a number."""
    page = TestClient(dashboard(app)).get("/?month=202601").text
    assert "Chưa có đơn hàng nào trong tháng này." in page
    assert "chưa tính được" in page


@pytest.mark.parametrize("month", ["abc", "1", "99999999"])
def test_nonsense_months_are_refused(app: App, month: str) -> None:
    """A hand-typed address is an answer of 422, never an error of ours."""
    assert TestClient(dashboard(app)).get(f"/?month={month}").status_code == 422


def test_hostile_text_stays_text(app: App) -> None:
    """Markup from a marketplace's message is escaped, and the page may run no script at all."""
    now = app.now()
    with app.database.write() as session:
        session.add(Problem(key="x", code="c", sentence="<script>alert(1)</script>", first_at=now, last_at=now))
    answer = TestClient(dashboard(app)).get("/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "<script>alert" not in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
