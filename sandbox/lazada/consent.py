"""The seller's consent, without the seller: the page leads straight back with a code (Lazada Open Platform reference, authorisation
pages, read 2026-11-24). `seller_id` in the link chooses who consents, which is this sandbox's own addition; else it is the cooperative.
"""

import html
from urllib.parse import urlencode, urlsplit, urlunsplit

from sandbox.lazada.accounts import APP_KEY, Accounts
from sandbox.lazada.sellers import COOPERATIVE
from sandbox.server import Request, Response

PATH = "/oauth/authorize"
COUNTRIES = frozenset({"sg", "my", "th", "vn", "ph", "id", "cb"})


def answer(accounts: Accounts, request: Request) -> Response:
    """A redirect to the app's callback, or a page that says what is wrong."""
    reason = _wrong(accounts, request)
    if reason is not None:
        return Response.html(f"<!doctype html><title>Lazada Open Platform</title><p>{html.escape(reason)}</p>")
    target = urlsplit(request.one("redirect_uri") or "")
    query = {"code": accounts.consent(int(request.one("seller_id") or COOPERATIVE.seller_id))}
    state = request.one("state")
    query |= {} if state is None else {"state": state}
    joined = "&".join(part for part in (target.query, urlencode(query)) if part)
    return Response(302, b"", {"Location": urlunsplit(target._replace(query=joined))})


def _wrong(accounts: Accounts, request: Request) -> str | None:
    back = request.one("redirect_uri") or ""
    target, callback = urlsplit(back), accounts.rules.callback_url
    seller_id = request.one("seller_id")
    if request.one("client_id") != APP_KEY:
        return "The specified App Key is invalid"
    if request.one("response_type") != "code":
        return "response_type must be code"
    if target.scheme not in {"http", "https"} or not target.hostname or callback not in {None, back}:
        return "Redirect uri does not match the callback of the app"
    if request.one("uuid") is not None:
        return "System error: uuid"
    if not COUNTRIES.issuperset(request.all("country")):
        return "country is not supported"
    known = {str(one) for one in accounts.sellers}
    return None if seller_id is None or seller_id in known else "The seller is unknown"
