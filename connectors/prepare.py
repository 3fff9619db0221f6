"""A call of an endpoint as the request that goes over the wire: address, headers, body, and the signature over them."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

import requests
from requests.auth import AuthBase
from requests.structures import CaseInsensitiveDict

from connectors.endpoint import Endpoint, In, Out

HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "ocop"}
FORM = "application/x-www-form-urlencoded"


def prepare(
    base_url: str, endpoint: Endpoint[In, Out], payload: In, path: Mapping[str, str] | None, auth: AuthBase | None
) -> requests.PreparedRequest:
    """`path` fills the endpoint's `{names}`. Signed last, over the very bytes that are sent."""
    request = requests.PreparedRequest()
    request.method = endpoint.method
    request.url = base_url + (_filled(endpoint.path, path) if path else endpoint.path)
    request.headers = CaseInsensitiveDict(HEADERS)
    match endpoint.sends:
        case "query":
            query = urlencode(payload.to_query())
            request.url += f"?{query}" if query else ""
        case "form":
            request.body, request.headers["Content-Type"] = urlencode(payload.to_query()).encode(), FORM
        case "multipart":
            request.prepare_body(None, payload.to_parts())
        case "json":
            request.body, request.headers["Content-Type"] = payload.to_json(), "application/json"
    signed = auth(request) if auth else request
    if isinstance(signed.body, bytes):  # a signature may have added to it
        signed.headers["Content-Length"] = str(len(signed.body))
    return signed


def _filled(path: str, places: Mapping[str, str]) -> str:
    return path.format(**{name: quote(value, safe="") for name, value in places.items()})
