"""Registering webhooks for one shop (Partner Center event pages, read 2026-11-23). Times are milliseconds here, as nearly nowhere else."""

from typing import Any
from urllib.parse import urlsplit

from sandbox.tiktok_shop import read, scopes
from sandbox.tiktok_shop.call import Call, Route
from sandbox.tiktok_shop.moments import epoch
from sandbox.tiktok_shop.refusal import bad_field
from sandbox.tiktok_shop.webhooks import TYPES

LONGEST_ADDRESS = 255


def put(call: Call) -> dict[str, Any]:
    body = call.filters("address", "event_type")
    address = read.text(body, "address")
    if len(address) > LONGEST_ADDRESS or not _is_web(address):
        raise bad_field("address", f"it must be an http address of at most {LONGEST_ADDRESS} characters")
    call.stage.webhooks.put(call.shop.shop_id, _event_type(body), address)
    return {}


def get(call: Call) -> dict[str, Any]:
    rows = [
        {
            "event_type": event_type,
            "address": hook.address,
            "create_time": epoch(hook.created_at) * 1000,
            "update_time": epoch(hook.updated_at) * 1000,
        }
        for (shop_id, event_type), hook in call.stage.webhooks.hooks.items()
        if shop_id == call.shop.shop_id
    ]
    return {"total_count": len(rows)} | ({"webhooks": rows} if rows else {})


def delete(call: Call) -> dict[str, Any]:
    """Succeeds also where nothing was set."""
    call.stage.webhooks.hooks.pop((call.shop.shop_id, _event_type(call.filters("event_type"))), None)
    return {}


def _is_web(address: str) -> bool:
    try:
        target = urlsplit(address)
        return target.scheme in {"http", "https"} and bool(target.hostname) and target.port != 0
    except ValueError:  # a port or a host that can be none
        return False


def _event_type(body: dict[str, Any]) -> str:
    event_type = read.text(body, "event_type")
    if event_type not in TYPES:
        raise bad_field("event_type", f"it must be one of {', '.join(TYPES)}")
    return event_type


ROUTES = (
    Route("PUT", "event", "/webhooks", ("202309",), put, scopes.EVENT),
    Route("GET", "event", "/webhooks", ("202309",), get, scopes.EVENT),
    Route("DELETE", "event", "/webhooks", ("202309",), delete, scopes.EVENT),
)
