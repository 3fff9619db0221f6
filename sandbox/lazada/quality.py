"""Quality control: every new or mended product waits for it, and is then on sale or refused with a reason
(Lazada Open Platform reference, product pages, read 2026-11-24). What it objects to was chosen here: phone numbers and foreign links.
"""

import re
from datetime import timedelta
from functools import partial

from sandbox.lazada.call import Call
from sandbox.lazada.rules import MARKET
from sandbox.lazada.shelf import Item
from sandbox.world import Offer, OfferState, World

PHONE = re.compile(r"(?<!\d)0\d{9}(?!\d)")
LINK = re.compile(r"https?://(?![\w.-]*(?:lazada\.vn|slatic\.net|lazcdn\.com|alicdn\.com))", re.IGNORECASE)


def submit(call: Call, item: Item) -> None:
    """Send a product to quality control; it is answered in some hours, or at once where the marketplace is `instant`."""
    for offer in _alive(call.world, item):
        offer.state = OfferState.PENDING
    if call.rules.instant:
        judge(call.world, item)
        return
    low, high = call.rules.qc_hours
    wait_s = call.world.rng("lazada.qc", item.item_id).randrange(low * 3600, high * 3600 + 1)
    call.world.later(call.now + timedelta(seconds=wait_s), partial(judge, call.world, item))


def judge(world: World, item: Item) -> None:
    """What waits is decided; what staff or seller decided meanwhile stays."""
    item.reasons = objections(item)
    verdict, reason = ("REJECTED", item.reasons[0]["violationDetail"]) if item.reasons else ("APPROVED", "")
    item.verdicts.append((world.clock.now(), verdict, reason))
    for offer in _alive(world, item):
        if offer.state is OfferState.PENDING:
            offer.state = _verdict(item, offer)
            world.touch(offer)


def objections(item: Item) -> list[dict[str, str]]:
    text = " ".join(item.fields.get(name, "") for name in ("name", "description", "short_description"))
    found = []
    if PHONE.search(text):
        found.append(_reason("Contact information in the content", "Remove phone numbers from title and description"))
    if LINK.search(text):
        found.append(_reason("Links to other websites", "Remove links that lead out of Lazada"))
    return found


def _verdict(item: Item, offer: Offer) -> OfferState:
    if item.reasons:
        return OfferState.REJECTED
    return OfferState.HIDDEN if offer.extra.get("switched_off") else OfferState.LIVE


def _reason(violation: str, suggestion: str) -> dict[str, str]:
    return {"suggestion": suggestion, "violationDetail": violation}


def _alive(world: World, item: Item) -> list[Offer]:
    offers = (world.offer(MARKET, sku_id) for sku_id in item.sku_ids)
    return [offer for offer in offers if offer is not None and offer.state is not OfferState.DELETED]
