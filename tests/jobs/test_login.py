"""The owner's consent, whole: the link, the marketplace's own page, the redirect caught, the shop connected by it."""

import logging
import threading
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from jobs.app import JobError
from jobs.callback import Callback, is_loopback
from jobs.login import begin_login, finish_any_login, finish_login, read_answer
from jobs.shops import check_shop
from models import Shop
from models.shop import Credential
from tests.jobs.office import Office, opened

CAUGHT = ("lazada", "shopee", "tiki")  # TikTok Shop comes back to the address registered in its console alone
ELSEWHERE = "http://localhost:9/callback"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, products=1) as ready:
        yield ready


def agree(link: str) -> str:
    """What the owner does in a browser; the address the marketplace sends the browser to."""
    shown = requests.get(link, timeout=10, allow_redirects=False)
    if shown.status_code == 200:  # Tiki shows a page with a button first
        shown = requests.post(link, timeout=10, allow_redirects=False)
    assert shown.status_code == 302
    return shown.headers["Location"]


def shop_of(office: Office, market: str) -> Shop:
    return office.app.shop(f"{market}-demo")


@pytest.mark.parametrize("market", CAUGHT)
def test_the_whole_login(office: Office, market: str) -> None:
    """The browser comes back to this machine, the code is spent, and the new pair reads the shop."""
    office.world.sites[f"{market}.api"].revoke_tokens()
    shop = shop_of(office, market)
    with Callback("http://127.0.0.1:0/callback") as callback:
        link = begin_login(office.app, shop, callback.redirect)
        browser = threading.Thread(target=lambda: requests.get(agree(link), timeout=10).raise_for_status())
        browser.start()
        answer = callback.wait(10)
        browser.join()
    assert answer is not None
    finish_login(office.app, shop, answer, callback.redirect)
    assert check_shop(office.app, shop_of(office, market))["is_active"] is True
    with pytest.raises(JobError, match="đã quá 15 phút hoặc đã xong"):  # the same answer a second time
        finish_login(office.app, shop, answer, callback.redirect)


@pytest.mark.parametrize("market", [*CAUGHT, "tiktok_shop"])
def test_an_address_that_was_pasted(office: Office, market: str) -> None:
    """Where the redirect goes to a public address, the person copies it whole, or the code alone."""
    shop = shop_of(office, market)
    for take in (lambda address: address, lambda address: read_answer(address)["code"]):
        pasted = take(agree(begin_login(office.app, shop, ELSEWHERE)))
        finish_login(office.app, shop, read_answer(f" {pasted}\n"), ELSEWHERE)
        assert check_shop(office.app, shop_of(office, market))["is_active"] is True


def test_the_state_tells_which_shop_it_is(office: Office) -> None:
    """The web server gets answers of any shop; each finds its own login, once."""
    answers = {
        m: read_answer(agree(begin_login(office.app, shop_of(office, m), ELSEWHERE))) for m in (*CAUGHT, "tiktok_shop")
    }
    for market, answer in answers.items():
        assert finish_any_login(office.app, answer).name == f"{market}-demo"
        with pytest.raises(JobError, match="Không có lần đăng nhập nào đang chờ"):
            finish_any_login(office.app, answer)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"state": "another"}, "không thuộc lần đăng nhập này"),
        ({"state": ""}, "không thuộc lần đăng nhập này"),
    ],
)
def test_an_answer_to_another_login_is_not_used(office: Office, change: dict[str, str], sentence: str) -> None:
    """A code that somebody else's link brought would connect somebody else's shop."""
    shop = shop_of(office, "shopee")
    answer = read_answer(agree(begin_login(office.app, shop, ELSEWHERE)))
    before = office.calls("shopee")
    with pytest.raises(JobError, match=sentence):
        finish_login(office.app, shop, answer | change, ELSEWHERE)
    assert office.calls("shopee") == before


def test_a_late_answer_is_not_used(office: Office) -> None:
    """A login is good for a quarter of an hour."""
    shop = shop_of(office, "shopee")
    answer = read_answer(agree(begin_login(office.app, shop, ELSEWHERE)))
    office.wait(minutes=15, seconds=1)
    with pytest.raises(JobError, match="đã quá 15 phút"):
        finish_login(office.app, shop, answer, ELSEWHERE)


def test_a_refusal_is_told(office: Office) -> None:
    """The owner said no: a sentence, and no call."""
    shop = shop_of(office, "tiki")
    state = read_answer(begin_login(office.app, shop, ELSEWHERE))["state"]
    with pytest.raises(JobError, match=r"chưa đồng ý \(access_denied\)"):
        finish_login(office.app, shop, {"error": "access_denied", "state": state}, ELSEWHERE)


def test_the_state_is_kept_sealed(office: Office) -> None:
    """Nothing of a begun login can be read in the database."""
    state = read_answer(begin_login(office.app, shop_of(office, "tiki"), ELSEWHERE))["state"]
    with office.app.database.session() as session:
        sealed = [row.ciphertext for row in session.query(Credential).filter_by(field="login")]
    assert len(sealed) == 1
    assert state.encode() not in sealed[0]


@pytest.mark.parametrize("market", CAUGHT)
def test_a_login_leaves_no_secret_behind(
    office: Office, tmp_path: Path, market: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither code nor state nor tokens are logged, printed or readable in the database's files."""
    shop = shop_of(office, market)
    with Callback("http://127.0.0.1:0/callback") as callback:
        back = agree(begin_login(office.app, shop, callback.redirect))
        caplog.set_level(logging.DEBUG)
        caplog.clear()
        browser = threading.Thread(target=lambda: urllib.request.urlopen(back).close())  # noqa: S310 - our own loopback; requests would log the address
        browser.start()
        answer = callback.wait(10)
        browser.join()
    assert answer is not None
    finish_login(office.app, shop, answer, callback.redirect)
    tokens = office.app.connector(shop_of(office, market)).tokens.load()
    secrets = [answer["code"], answer["state"], tokens.access_token.get_secret_value()]
    said = caplog.text + "".join(capsys.readouterr())
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("ocop.db*"))
    assert [secret for secret in secrets if secret in said or secret.encode() in kept] == []


def test_only_the_asked_for_path_is_an_answer() -> None:
    """A browser's request for an icon is not the answer; nobody at all is None after the time given."""
    with Callback("http://127.0.0.1:0/callback") as callback:
        icon = callback.redirect.replace("/callback", "/favicon.ico")
        statuses: list[int] = []
        browser = threading.Thread(target=lambda: statuses.append(requests.get(icon, timeout=5).status_code))
        browser.start()
        assert callback.wait(timedelta(seconds=0.5).total_seconds()) is None
        browser.join()
    assert statuses == [404]


def test_which_redirects_this_machine_can_catch() -> None:
    """Plain http to itself; anything else is caught elsewhere and pasted."""
    assert [is_loopback(url) for url in ("http://127.0.0.1:1/x", "http://localhost/x")] == [True, True]
    assert [is_loopback(url) for url in ("https://127.0.0.1/x", "https://ocop.example/x")] == [False, False]
