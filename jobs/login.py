"""A shop owner's consent: the link that asks for it, and the answer that comes back, taken only for the login that was begun.

A begun login is one sealed field of the shop: its state, its redirect and its end. It is good for fifteen minutes and once,
whichever process catches the answer: the command, the web server, or a person who pastes the address.
"""

import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from pydantic import SecretStr
from sqlalchemy import select

from catalog.base import Fact
from connectors.errors import MarketplaceError
from jobs.app import App, JobError
from jobs.shops import log_in
from jobs.trouble import explain
from models import Shop

FIELD = "login"
GOOD_FOR = timedelta(minutes=15)
NOTHING = "null"
OK, BAD_REQUEST, BAD_GATEWAY = 200, 400, 502


class Begun(Fact):
    """One login that waits for its answer."""

    state: SecretStr
    redirect: str
    until: datetime


def begin_login(app: App, shop: Shop, redirect: str) -> str:
    """The consent page's address. A login begun before is forgotten."""
    state = secrets.token_urlsafe(16)
    begun = {"state": state, "redirect": redirect, "until": (app.now() + GOOD_FOR).isoformat()}
    url = app.connector(shop).login_url(redirect, state)
    _keep(app, shop, json.dumps(begun))
    return url


def read_answer(text: str) -> dict[str, str]:
    """The parameters of a pasted address, or a bare code, which has nothing beside it."""
    text = text.strip()
    return dict(parse_qsl(urlsplit(text).query)) if "://" in text else {"code": text}


def finish_login(app: App, shop: Shop, answer: Mapping[str, str], redirect: str) -> None:
    """Turn the answer into tokens. Raises JobError when it is a refusal, or not the answer to the login that was begun.

    A bare code, which a person copied, has no state to check; `redirect` is where it was sent when no login was begun here.
    """
    begun = _begun(app, shop)
    if answer.keys() != {"code"}:
        _check(app, shop, answer, begun)
    log_in(app, shop, answer["code"], begun.redirect if begun else redirect)
    _keep(app, shop, NOTHING)


def finish_any_login(app: App, answer: Mapping[str, str]) -> Shop:
    """The same for an answer that says only by its state which shop it is for."""
    state = answer.get("state", "")
    with app.database.session() as session:
        shops = session.scalars(select(Shop).order_by(Shop.id)).all()
    for shop in shops:
        begun = _begun(app, shop)
        if begun is not None and _is_same(begun, state):
            finish_login(app, shop, answer, begun.redirect)
            return shop
    raise JobError("Không có lần đăng nhập nào đang chờ câu trả lời này. Chạy lại `ocop shop login`.")


def answer_in_browser(app: App, answer: Mapping[str, str]) -> tuple[int, str]:
    """The same for a web server: an HTTP status and the sentence to show."""
    try:
        shop = finish_any_login(app, answer)
    except JobError as err:
        return BAD_REQUEST, str(err)
    except MarketplaceError as err:
        return BAD_GATEWAY, explain(err)
    return OK, f"Đã kết nối gian hàng «{shop.name}». Có thể đóng trang này."


def _check(app: App, shop: Shop, answer: Mapping[str, str], begun: Begun | None) -> None:
    again = f"Chạy lại `ocop shop login {shop.name}`."
    if begun is None or begun.until < app.now():
        raise JobError(f"Lần đăng nhập của «{shop.name}» đã quá 15 phút hoặc đã xong. {again}")
    if not _is_same(begun, answer.get("state", "")):
        raise JobError(f"Câu trả lời không thuộc lần đăng nhập này của «{shop.name}» nên không dùng. {again}")
    if "code" not in answer:
        said = answer.get("error", "không có mã")
        raise JobError(f"Chủ gian hàng «{shop.name}» chưa đồng ý ({said}). {again}")


def _is_same(begun: Begun, state: str) -> bool:
    return hmac.compare_digest(begun.state.get_secret_value().encode(), state.encode())


def _begun(app: App, shop: Shop) -> Begun | None:
    with app.database.session() as session:
        kept = app.vault.get(session, shop.id, FIELD)
    return None if kept in (None, NOTHING) else Begun.model_validate_json(kept)


def _keep(app: App, shop: Shop, text: str) -> None:
    with app.database.write() as session:
        app.vault.put(session, shop.id, FIELD, text, app.now())
