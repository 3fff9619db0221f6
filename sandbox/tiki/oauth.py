"""Tiki's OAuth 2 server: the consent page and the token endpoint (tiki.md section 2, read 2026-11-24).

Errors look like Ory Hydra's: `{"error", "error_description", "status_code"}` with 400 or 401. Loopback redirect addresses are taken on
any port, as RFC 8252 asks; every other one must equal a registered address exactly.
"""

import base64
import binascii
import html
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from sandbox.server import Request, Response
from sandbox.tiki.grants import CODE_LIFETIME_S, EXPIRES_IN_S, SCOPES, App, Grants, Pair

AUTHORIZE, TOKEN = "/sc/oauth2/auth", "/sc/oauth2/token"
LEAST_STATE = 8


class OAuthRefusal(Exception):  # noqa: N818 - the caller is refused; nothing here has gone wrong
    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error, description, status)
        self.body = {"error": error, "error_description": description, "status_code": status}
        self.status = status


class OAuthServer:
    def __init__(self, apps: tuple[App, ...], grants: Grants) -> None:
        self._apps = {app.client_id: app for app in apps}
        self._grants = grants
        self._kinds: dict[str, Callable[[App, dict[str, str]], Pair]] = {
            "client_credentials": lambda app, _: self._grants.issue_own(app),
            "authorization_code": self._from_code,
            "refresh_token": self._from_refresh,
        }

    def handle(self, request: Request) -> Response:
        try:
            return self._answer(request)
        except OAuthRefusal as refusal:
            return Response.json(refusal.body, status=refusal.status)

    def _answer(self, request: Request) -> Response:
        if (request.method, request.path) == ("POST", TOKEN):
            return self._token(request)
        if request.path == AUTHORIZE and request.method in {"GET", "POST"}:
            return self._consent(request)
        raise OAuthRefusal("not_found", "The requested resource could not be found", 404)

    # ---- the consent page: GET shows it, POST is the owner agreeing -----------------------------------------------

    def _consent(self, request: Request) -> Response:
        asked = dict(request.query)
        app = self._apps.get(asked.get("client_id", ""))
        if app is None:
            raise OAuthRefusal("invalid_client", "Client authentication failed, unknown client", 401)
        redirect = asked.get("redirect_uri", "")
        if not _is_registered(app, redirect):
            raise OAuthRefusal("invalid_request", "The redirect_uri does not match any registered redirect URL")
        state = asked.get("state", "")
        if error := _complaint(asked, state):
            return _redirect(redirect, {"error": error, "state": state})
        scope = asked.get("scope", "")
        if request.method == "GET":
            return Response.html(_consent_page(request, scope))
        code = self._grants.issue_code(app, frozenset(scope.split()), redirect, CODE_LIFETIME_S)
        return _redirect(redirect, {"code": code, "scope": scope, "state": state})

    # ---- the token endpoint -----------------------------------------------------------------------------------------

    def _token(self, request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            raise OAuthRefusal("invalid_request", "The POST body must be application/x-www-form-urlencoded")
        form = dict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))
        app = self._authenticated(request, form)
        kind = form.get("grant_type", "")
        if kind not in self._kinds:
            raise OAuthRefusal("unsupported_grant_type", f"The grant type {kind!r} is not supported")
        return Response.json(_token_json(self._kinds[kind](app, form)))

    def _authenticated(self, request: Request, form: dict[str, str]) -> App:
        """Both ways of client authentication; `client_id` beside Basic must then be the same."""
        client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
        if (header := request.headers.get("authorization", "")).lower().startswith("basic "):
            client_id, secret = _basic(header)
        app = self._apps.get(client_id)
        if app is None or app.client_secret != secret or form.get("client_id", client_id) != client_id:
            raise OAuthRefusal("invalid_client", "Client authentication failed", 401)
        return app

    def _from_code(self, app: App, form: dict[str, str]) -> Pair:
        redirect = form.get("redirect_uri", "")
        pair = self._grants.spend_code(app, form.get("code", ""), redirect) if _is_registered(app, redirect) else None
        if pair is None:
            raise OAuthRefusal("invalid_grant", "The authorization code is expired or already used")
        return pair

    def _from_refresh(self, app: App, form: dict[str, str]) -> Pair:
        pair = self._grants.refresh(app, form.get("refresh_token", ""))
        if pair is None:
            raise OAuthRefusal("invalid_grant", "The refresh token is expired, revoked or already used")
        return pair


def _token_json(pair: Pair) -> dict[str, Any]:
    """An app's own token names no scope, as in the document's sample."""
    answer: dict[str, Any] = {"access_token": pair.access_token, "expires_in": EXPIRES_IN_S}
    answer |= {"scope": "", "token_type": "bearer"}
    if pair.refresh_token is not None:
        answer |= {"refresh_token": pair.refresh_token, "scope": " ".join(sorted(pair.grant.scopes))}
    return answer


def _basic(header: str) -> tuple[str, str]:
    """RFC 6749 form-encodes id and secret inside Basic; our ids and secrets read the same either way."""
    try:
        client_id, _, secret = base64.b64decode(header[6:], validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise OAuthRefusal("invalid_client", "Client authentication failed", 401) from None
    return unquote(client_id), unquote(secret)


def _is_registered(app: App, redirect: str) -> bool:
    address = urlsplit(redirect)
    is_loopback = address.scheme == "http" and address.hostname in {"127.0.0.1", "localhost"}
    return redirect in app.redirect_uris or is_loopback


def _complaint(asked: dict[str, str], state: str) -> str | None:
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    if len(state) < LEAST_STATE:
        return "invalid_state"
    return "invalid_scope" if set(asked.get("scope", "").split()) - SCOPES else None


def _redirect(address: str, answer: dict[str, str]) -> Response:
    glue = "&" if urlsplit(address).query else "?"
    return Response(302, b"", {"Location": f"{address}{glue}{urlencode(answer)}"})


def _consent_page(request: Request, scope: str) -> str:
    return (
        '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Tiki: cho phép ứng dụng</title>'
        f"<p>Ứng dụng xin các quyền: {html.escape(scope)}.</p>"
        f'<form method="post" action="{AUTHORIZE}?{html.escape(request.raw_query)}"><button>Đồng ý</button></form></html>'
    )
