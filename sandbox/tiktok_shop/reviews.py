"""The reviewers: a product sent in is looked at, some hours later it is live or refused with reasons.

How long that takes is documented nowhere; `Rules.review_s` says it here, drawn for each product and review alone. Contact details and
links that lead buyers away are what they refuse (Partner Center product status pages, read 2026-11-23).
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from sandbox.tiktok_shop.rules import Rules
from sandbox.tiktok_shop.shelf import Product, Shelf, Version
from sandbox.tiktok_shop.versions import apply, drop
from sandbox.tiktok_shop.webhooks import Webhooks
from sandbox.world import OfferState, World

CONTACT = re.compile(
    r"(?<!\d)(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d)|https?://|www\.|zalo|facebook\.com|mã qr|qr code", re.IGNORECASE
)
CONTACT_REASON = "The product contains contact information or leads buyers to another platform."
CONTACT_ADVICE = "Remove phone numbers, links and QR codes."


@dataclass
class Reviews:
    world: World
    shelf: Shelf
    rules: Rules
    webhooks: Webhooks

    def begin(self, product: Product) -> None:
        """A new review; the one before it no longer counts. With `instant` its end is reached before this returns."""
        product.review += 1
        product.audit = "AUDITING"
        product.failed_reasons = []
        if self.rules.instant:
            self._end(product, product.review)
            return
        chance = self.world.rng("tiktok_shop review", product.product_id, product.review)
        delay = timedelta(seconds=chance.randint(*self.rules.review_s))
        self.world.later(self.world.clock.now() + delay, partial(self._end, product, product.review))

    def _end(self, product: Product, review: int) -> None:
        if product.review != review or self.shelf.status(product) == "DELETED":
            return
        reasons = self._objections(product)
        product.failed_reasons = reasons
        product.audit = "FAILED" if reasons else "APPROVED"
        if reasons:
            self._refuse(product)
        else:
            self._approve(product)
        self._tell(product, is_first=review == 1)

    def _approve(self, product: Product) -> None:
        if product.waiting is not None:
            apply(self.world, product, product.waiting)
        if self.shelf.status(product) == "PENDING":
            self.shelf.set_state(product, OfferState.LIVE)
        self.shelf.touch(product)

    def _refuse(self, product: Product) -> None:
        """What was live before stays live; what never was is now refused."""
        drop(self.world, product)
        if self.shelf.status(product) == "PENDING":
            self.shelf.set_state(product, OfferState.REJECTED)
        self.shelf.touch(product)

    def _objections(self, product: Product) -> list[dict[str, Any]]:
        shown = product.waiting or Version(product.fields, [offer.extra["row"] for offer in self.shelf.skus(product)])
        found = [
            _reason(position, CONTACT_REASON, CONTACT_ADVICE)
            for position, name in (("Product name", "title"), ("Product description", "description"))
            if CONTACT.search(shown.fields[name])
        ]
        skus = [row.get("seller_sku", "") for row in shown.rows]
        return found + [
            _reason("Product", self.rules.refused_skus[sku], "Edit the product and submit it again.")
            for sku in skus
            if sku in self.rules.refused_skus
        ]

    def _tell(self, product: Product, *, is_first: bool) -> None:
        failed = product.audit == "FAILED"
        ended = "PRODUCT_FIRST_PASS_REVIEW" if is_first else "PRODUCT_STATUS_CHANGED"
        status = "PRODUCT_AUDIT_FAILURE" if failed else ended
        why = product.failed_reasons[0]["reasons"][0] if failed else ""
        self.webhooks.product(product, "PRODUCT_STATUS_CHANGE", status=status, suspended_reason=why)
        audit = {"status": product.audit, "pre_approved_reasons": []}
        self.webhooks.product(product, "PRODUCT_AUDIT_STATUS_CHANGE", audit=audit)


def _reason(position: str, reason: str, suggestion: str) -> dict[str, Any]:
    told = {"position": position, "reasons": [reason], "suggestions": [suggestion]}
    return told | {"listing_platform": "TIKTOK_SHOP"}
