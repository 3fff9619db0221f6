"""The office's shops on the pretend marketplaces: connected once, and logged in again when a kill lost a refresh."""

from urllib.parse import parse_qs, urlsplit

import requests

from connectors import marketplaces
from connectors.facts.shop import Tokens
from jobs.app import App, JobError
from jobs.shops import add_shop, keep_tokens, log_in
from models import Shop, TokenLease
from sandbox.sandbox import Sandbox

REDIRECT = "http://127.0.0.1/ocop/callback"  # never fetched: the code is read off the consent page's answer
TIMEOUT_S = 10


def connect_shops(app: App, world: Sandbox) -> list[Shop]:
    """One shop a marketplace that is played, its first tokens from the world's credentials."""
    return [_connect(app, world, code) for code in marketplaces() if f"{code}.api" in world.sites]


def _connect(app: App, world: Sandbox, marketplace: str) -> Shop:
    given = world.credentials(marketplace)
    shop = add_shop(app, f"{marketplace}-demo", marketplace, str(given["shop_id"]))
    with app.database.session() as session:
        lease = session.get(TokenLease, shop.id)
    if lease is None or lease.generation == 0:
        tokens = Tokens.model_validate({name: given[name] for name in ("access_token", "refresh_token", "expires_at")})
        keep_tokens(app, shop, tokens)
    elif lease.refresh_started_at is not None or shop.state == "login_required":
        agree(app, shop)
    return app.shop(shop.name)


def agree(app: App, shop: Shop) -> None:
    """What the owner does in a browser: open the consent page, press its button if it has one, bring the code back."""
    link = app.connector(shop).login_url(REDIRECT, "rehearsal-state")
    answer = requests.get(link, timeout=TIMEOUT_S, allow_redirects=False)
    if not answer.is_redirect:
        answer = requests.post(link, timeout=TIMEOUT_S, allow_redirects=False)
    codes = parse_qs(urlsplit(answer.headers.get("Location", "")).query).get("code")
    if not codes:
        raise JobError(f"Trang đồng ý của {shop.marketplace} không trả lại mã.")
    log_in(app, shop, codes[0], REDIRECT)
