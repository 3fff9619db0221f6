"""Reading listings back: ids, details, figures, search, violations (Shopee v2 reference, product pages, read 2026-11-23)."""

from sandbox.shopee import item_views, items
from sandbox.shopee.call import Answer, Call, Route, epoch
from sandbox.shopee.refusal import Refusal, bad_param
from sandbox.world import Offer, OfferState

MOST_IDS = 50
LONG_AGO, FAR_AHEAD = 0, 4_294_967_295


def get_item_list(call: Call) -> Answer:
    """By offset; deep offsets are refused, so long lists are split by update time."""
    offset, size = call.integer("offset", 0, 10**9), call.integer("page_size", 1, 100)
    if offset > call.rules.list_offset:
        raise bad_param("get items offset over limit")
    wanted = [item for item in _of_status(call) if _changed_within(call, item)]
    page = wanted[offset : offset + size]
    more = len(wanted) > offset + size
    answer = {"item": [item_views.ref(item) for item in page], "total_count": len(wanted), "has_next_page": more}
    return Answer(answer | ({"next_offset": offset + size} if more else {}))


def search_item(call: Call) -> Answer:
    """By part of a name or by whole SKU; a SKU wins over a name. The offset is a text here, and empty at first."""
    size = call.integer("page_size", 1, 100)
    offset = call.integer("offset", 0, 10**9, 0) if call.request.one("offset") else 0
    sku, name = call.request.one("item_sku"), call.request.one("item_name")
    if not sku and not name:
        raise bad_param("item_name or item_sku is required")
    offers = _of_status(call) if call.request.one("item_status") else _alive(call)
    found = [item.offer_id for item in offers if _matches(call, item, sku, name)]
    next_offset = str(offset + size) if len(found) > offset + size else ""
    return Answer(
        {"item_id_list": found[offset : offset + size], "total_count": len(found), "next_offset": next_offset}
    )


def get_item_base_info(call: Call) -> Answer:
    return Answer({"item_list": [item_views.base_info(call, item) for item in _asked(call)]})


def get_item_extra_info(call: Call) -> Answer:
    return Answer({"item_list": [item_views.extra_info(call, item) for item in _asked(call)]})


def get_item_violation_info(call: Call) -> Answer:
    """Unknown ids fail in their own row; the message of a good answer is null."""
    found = [(item_id, items.find(call, item_id)) for item_id in call.ids("item_id_list", MOST_IDS)]
    return Answer({"item_list": [item_views.violation(item_id, item) for item_id, item in found]}, {"message": None})


def _asked(call: Call) -> list[Offer]:
    """The known ones of the ids asked for; a refusal when none is."""
    found = [items.find(call, item_id) for item_id in call.ids("item_id_list", MOST_IDS)]
    known = [item for item in found if item is not None]
    if not known:
        raise Refusal("error_item_not_found", "Product not found.")
    return known


def _of_status(call: Call) -> list[Offer]:
    statuses = set(call.texts("item_status"))
    if not statuses or not statuses <= items.ITEM_STATUSES:
        raise Refusal("error_param_item_status", "Invalid item_status.")
    return [item for item in items.all_items(call) if items.STATUS[item.state] in statuses]


def _alive(call: Call) -> list[Offer]:
    return [item for item in items.all_items(call) if item.state is not OfferState.DELETED]


def _changed_within(call: Call, item: Offer) -> bool:
    since = call.integer("update_time_from", 0, FAR_AHEAD, LONG_AGO)
    until = call.integer("update_time_to", 0, FAR_AHEAD, FAR_AHEAD)
    if since > until:
        raise Refusal("error_update_time_range", "update_time_from is after update_time_to.")
    return since <= epoch(item.updated_at) <= until


def _matches(call: Call, item: Offer, sku: str | None, name: str | None) -> bool:
    if sku:
        return sku == item.sku or any(model.sku == sku for model in items.models(call, item))
    return name is not None and name.casefold() in item.title.casefold()


ROUTES = {
    "/api/v2/product/get_item_list": Route("GET", get_item_list),
    "/api/v2/product/search_item": Route("GET", search_item),
    "/api/v2/product/get_item_base_info": Route("GET", get_item_base_info),
    "/api/v2/product/get_item_extra_info": Route("GET", get_item_extra_info),
    "/api/v2/product/get_item_violation_info": Route("GET", get_item_violation_info),
}
