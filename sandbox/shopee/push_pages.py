"""Push setup and lost pushes over the API (Shopee v2 reference, push pages, read 2026-11-23)."""

from sandbox.shopee import read
from sandbox.shopee.call import Access, Answer, Call, Route, epoch
from sandbox.shopee.push import MOST
from sandbox.shopee.refusal import bad_param

CODES = frozenset(range(1, 14))  # newer codes are switched in the Console only
MOST_BLOCKED = 500


def set_app_push_config(call: Call) -> Answer:
    """Only what is named changes. Pushes start with the first callback address."""
    desk, body = call.backstage.push, call.body
    on, off = _numbers(body.get("set_push_config_on", [])), _numbers(body.get("set_push_config_off", []))
    blocked = _numbers(body.get("blocked_shop_id_list", sorted(desk.blocked_shops)))
    if not on | off <= CODES or len(blocked) > MOST_BLOCKED:
        raise bad_param("set_push_config_on and _off take codes 1 to 13; at most 500 shops are blocked")
    if "callback_url" in body:
        desk.callback_url = read.text(body, "callback_url")
        desk.configured_at = desk.configured_at or call.now
    desk.switched_on = (desk.switched_on | on) - off
    desk.blocked_shops = blocked
    return Answer({"result": "success"})


def get_app_push_config(call: Call) -> Answer:
    desk = call.backstage.push
    return Answer(
        {
            "callback_url": desk.callback_url,
            "live_push_status": "Normal",
            "blocked_shop_id": sorted(desk.blocked_shops),
            "push_config_on_list": sorted(desk.switched_on),
            "push_config_off_list": sorted(CODES - desk.switched_on),
        }
    )


def get_lost_push_message(call: Call) -> Answer:
    waiting = call.backstage.push.waiting()
    page = waiting[:MOST]
    last_id = page[-1][0] if page else 0
    messages = [push for _, push in page]
    more = len(waiting) > len(page)
    return Answer({"push_message_list": messages, "has_next_page": more, "last_message_id": last_id})


def confirm_consumed_lost_push_message(call: Call) -> Answer:
    """Everything up to that id is done with. Ids of the future are refused, or pushes to come would be lost."""
    last_id = read.integer(call.body, "last_message_id")
    if last_id >= (epoch(call.now) + 1) * 10_000:
        raise bad_param("last_message_id is unknown")
    desk = call.backstage.push
    desk.confirmed_id = max(desk.confirmed_id, last_id)
    return Answer({})


def _numbers(value: object) -> set[int]:
    if not isinstance(value, list) or not all(type(one) is int for one in value):
        raise bad_param("a push setting must be a list of integers")
    return set(value)


ROUTES = {
    "/api/v2/push/set_app_push_config": Route("POST", set_app_push_config, Access.PUBLIC),
    "/api/v2/push/get_app_push_config": Route("GET", get_app_push_config, Access.PUBLIC),
    "/api/v2/push/get_lost_push_message": Route("GET", get_lost_push_message, Access.PUBLIC),
    "/api/v2/push/confirm_consumed_lost_push_message": Route("POST", confirm_consumed_lost_push_message, Access.PUBLIC),
}
