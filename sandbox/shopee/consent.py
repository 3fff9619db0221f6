"""The seller's consent, without the seller: both link formats lead straight back with a code (Shopee v2 guide, read 2026-11-23).

Format A: `/auth?partner_id&auth_type=seller&redirect_uri&response_type=code&state`, unsigned. Format B: the signed
`/api/v2/shop/auth_partner?partner_id&timestamp&sign&redirect`. A `shop_id` or `main_account_id` in the link chooses who consents,
which is this sandbox's own addition; otherwise it is the first shop. The cancel links take consent back.
"""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit, urlunsplit

from sandbox.server import Request, Response
from sandbox.shopee.accounts import MAIN_ACCOUNT_ID, Accounts
from sandbox.shopee.gateway import param
from sandbox.shopee.refusal import gateway

GRANT = frozenset({"/auth", "/api/v2/shop/auth_partner"})
CANCEL = frozenset({"/cancel_auth", "/api/v2/shop/cancel_auth_partner"})
PATHS = GRANT | CANCEL


def answer(accounts: Accounts, request: Request, check_signature: Callable[[], None]) -> Response:
    """A redirect to where the app asked for."""
    if request.path.startswith("/api/"):
        check_signature()
        back = param(request, "redirect")
    else:
        _check_unsigned(accounts, request)
        back = param(request, "redirect_uri")
    target = urlsplit(back)
    if target.scheme not in {"http", "https"} or not target.hostname:
        raise gateway("error_param", "domain of redirect_uri is not consistent with the declared domain")
    who, shop_ids = _who(accounts, request)
    query = _grant(accounts, request, who, shop_ids) if request.path in GRANT else _cancel(accounts, who, shop_ids)
    joined = "&".join(part for part in (target.query, urlencode(query)) if part)
    return Response(302, b"", {"Location": urlunsplit(target._replace(query=joined))})


def _check_unsigned(accounts: Accounts, request: Request) -> None:
    if param(request, "partner_id") != str(accounts.partner_id):
        raise gateway("error_auth", "partner_id is invalid")
    if param(request, "auth_type") != "seller" or param(request, "response_type") != "code":
        raise gateway("error_param", "auth_type must be seller and response_type must be code")


def _who(accounts: Accounts, request: Request) -> tuple[dict[str, str], tuple[int, ...]]:
    """Whose consent it is, in the redirect's words, and the shops it covers."""
    if request.one("main_account_id") == str(MAIN_ACCOUNT_ID):
        return {"main_account_id": str(MAIN_ACCOUNT_ID)}, tuple(accounts.shops)
    asked = request.one("shop_id")
    shop_id = next((one for one in accounts.shops if asked in (None, str(one))), None)
    if shop_id is None:
        raise gateway("error_param", "shop_id is invalid")
    return {"shop_id": str(shop_id)}, (shop_id,)


def _grant(accounts: Accounts, request: Request, who: dict[str, str], shop_ids: tuple[int, ...]) -> dict[str, str]:
    main_account_id = MAIN_ACCOUNT_ID if "main_account_id" in who else None
    state = request.one("state")
    code = {"code": accounts.consent(shop_ids, main_account_id)}
    return code | who | ({} if state is None else {"state": state})


def _cancel(accounts: Accounts, who: dict[str, str], shop_ids: tuple[int, ...]) -> dict[str, str]:
    for shop_id in shop_ids:
        accounts.shops[shop_id].linked = False
    return who
