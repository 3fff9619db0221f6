"""The played Tiki's OAuth server keeps the document's rules."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests

LOOPBACK = "http://127.0.0.1:9/callback"


def test_both_ways_of_client_authentication(tiki: Any) -> None:
    """Basic and post are taken alike; the app's own token has no refresh token and lasts 3599 s."""
    app, url = tiki.credentials, f"{tiki.sandbox.base_url('tiki')}/sc/oauth2/token"
    posted = {k: app[k] for k in ("client_id", "client_secret")} | {"grant_type": "client_credentials"}
    for answer in (tiki.token(grant_type="client_credentials"), requests.post(url, data=posted, timeout=5)):
        body = answer.json()
        assert (answer.status_code, body["expires_in"], body["token_type"], body["scope"]) == (200, 3599, "bearer", "")
        assert "refresh_token" not in body
        assert body["access_token"].count(".") == 1


def test_unknown_client_is_401(tiki: Any) -> None:
    """A wrong secret is `invalid_client` with status 401, in Hydra's shape."""
    url = f"{tiki.sandbox.base_url('tiki')}/sc/oauth2/token"
    answer = requests.post(
        url, data={"grant_type": "client_credentials"}, auth=(tiki.credentials["client_id"], "no"), timeout=5
    )
    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_client"
    assert answer.json()["status_code"] == 401


def test_refresh_tokens_rotate(tiki: Any) -> None:
    """A refresh gives a new pair and spends the old refresh token; spending it again is `invalid_grant`."""
    old = tiki.credentials["refresh_token"]
    first = tiki.token(grant_type="refresh_token", refresh_token=old).json()
    again = tiki.token(grant_type="refresh_token", refresh_token=old)
    assert first["refresh_token"] != old
    assert tiki.credentials["refresh_token"] == first["refresh_token"]
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


def test_a_code_works_once(tiki: Any) -> None:
    """The code handed out with the credentials gives one pair; a second try is refused."""
    form = {"grant_type": "authorization_code", "code": tiki.credentials["code"], "redirect_uri": LOOPBACK}
    assert tiki.token(**form).json()["refresh_token"]
    assert tiki.token(**form).json()["error"] == "invalid_grant"


def test_consent_page_leads_back_with_a_bound_code(tiki: Any) -> None:
    """The owner's agreement redirects with code and state; the code is good for that address only, and without `offline` there is no refresh token."""
    asked = {"response_type": "code", "client_id": tiki.credentials["client_id"], "redirect_uri": LOOPBACK}
    asked |= {"scope": "product order", "state": "9f2c1a77b0"}
    url = f"{tiki.sandbox.base_url('tiki')}/sc/oauth2/auth"
    assert "product order" in requests.get(url, params=asked, timeout=5).text
    back = requests.post(url, params=asked, allow_redirects=False, timeout=5)
    answer = dict(parse_qsl(urlsplit(back.headers["Location"]).query))
    assert (back.status_code, answer["state"]) == (302, "9f2c1a77b0")
    form = {"grant_type": "authorization_code", "code": answer["code"]}
    assert tiki.token(**form, redirect_uri=LOOPBACK + "x").json()["error"] == "invalid_grant"
    pair = tiki.token(**form, redirect_uri=LOOPBACK).json()
    assert "refresh_token" not in pair
    refused = requests.get(
        f"{tiki.sandbox.base_url('tiki')}/integration/v2/seller-inventories",
        params={"tiki_warehouse_codes": "hn4"},
        headers={"Authorization": f"Bearer {pair['access_token']}"},
        timeout=5,
    )
    assert (refused.status_code, refused.json()["errors"]) == (403, ["Scope inventory is not granted"])


def test_short_state_and_foreign_address_are_refused(tiki: Any) -> None:
    """A state under 8 characters comes back as an error; an address that is not registered gets no redirect at all."""
    url = f"{tiki.sandbox.base_url('tiki')}/sc/oauth2/auth"
    asked = {
        "response_type": "code",
        "client_id": tiki.credentials["client_id"],
        "redirect_uri": LOOPBACK,
        "state": "short",
    }
    back = requests.get(url, params=asked, allow_redirects=False, timeout=5)
    assert "error=invalid_state" in back.headers["Location"]
    foreign = requests.get(
        url, params=asked | {"redirect_uri": "https://evil.example/"}, allow_redirects=False, timeout=5
    )
    assert (foreign.status_code, foreign.json()["error"]) == (400, "invalid_request")


def test_tokens_expire_and_are_revoked(tiki: Any) -> None:
    """An access token is good for 3599 s; a revoked permission takes the refresh token too. A 401 names the reason in `errors`."""
    pair = tiki.credentials
    url = f"{tiki.sandbox.base_url('tiki')}/integration/v2/sellers/me"
    headers = {"Authorization": f"Bearer {pair['access_token']}"}
    tiki.wait(seconds=3598)
    assert requests.get(url, headers=headers, timeout=5).json()["id"] == 145001
    tiki.wait(seconds=1)
    late = requests.get(url, headers=headers, timeout=5)
    assert (late.status_code, late.json()["meta"]["source"]) == (401, "meepo")
    tiki.api.revoke_tokens()
    assert (
        tiki.token(grant_type="refresh_token", refresh_token=pair["refresh_token"]).json()["error"] == "invalid_grant"
    )


def test_a_public_apps_own_token_has_no_seller(tiki: Any) -> None:
    """It may list its queues; calls about a seller are 401."""
    app = tiki.api.public_app()
    base = tiki.sandbox.base_url("tiki")
    form = {"grant_type": "client_credentials", **app}
    token = requests.post(f"{base}/sc/oauth2/token", data=form, timeout=5).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert requests.get(f"{base}/integration/v1/queues", headers=headers, timeout=5).json() == []
    refused = requests.get(f"{base}/integration/v2/orders", headers=headers, timeout=5)
    assert (refused.status_code, refused.json()["errors"]) == (401, ["Access token is not linked with any seller"])
