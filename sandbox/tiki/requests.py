"""The calls about requests: create, change content, follow, list, replay, delete (tiki.md sections 6.2-6.4, read 2026-11-24)."""

from collections.abc import Callable
from typing import Any

from sandbox.tiki import drafts, findings, making, request_views
from sandbox.tiki.answers import Refusal, body_of, included, paged, whole
from sandbox.tiki.moments import from_text
from sandbox.tiki.routing import Call, Route
from sandbox.tiki.seller import MARKET, Seller
from sandbox.tiki.shapes import ContentChange, ensure
from sandbox.tiki.shelf import Shelf
from sandbox.tiki.submissions import Desk, Outcomes, Step, Submission
from sandbox.world import World

MOST_TRACKED = 50


class RequestCalls:
    """`hidden_required`: attribute codes nobody marks as required and that requests are rejected for all the same."""

    def __init__(self, world: World, seller: Seller, shelf: Shelf, options: dict[str, Any]) -> None:
        self._world = world
        self._seller = seller
        self._shelf = shelf
        self._hidden_required: tuple[str, ...] = tuple(options.get("hidden_required", ()))
        self.desk = Desk(
            world,
            Outcomes(self._fault, self._grant),
            float(options.get("review_pace", 1)),
            drafts_at_once=bool(options.get("drafts_at_once", False)),
        )

    def routes(self) -> tuple[Route, ...]:
        return (
            Route("POST", "/requests", self._create, "product"),
            Route("POST", "/requests/updateProductInfo", self._change, "product"),
            Route("GET", "/requests", self._list, "product"),
            Route("GET", "/requests/findBy", self._find, "product"),
            Route("GET", "/requests/{request_id}", self._detail, "product"),
            Route("DELETE", "/requests/{request_id}", self._delete, "product"),
            Route("GET", "/tracking", self._tracking_list, "product"),
            Route("GET", "/tracking/{track}", self._track, "product"),
            Route("POST", "/tracking/{track}/replay", self._replay, "product"),
        )

    # ---- making requests ----------------------------------------------------------------------------------------------

    def _create(self, call: Call) -> Any:
        draft = body_of(call.request)
        self._shelf.ensure_writable()
        drafts.check(draft, self._seller)
        return request_views.queued(self.desk.submit("create_product", draft))

    def _change(self, call: Call) -> Any:
        """Content only: price, stock and on/off have calls of their own."""
        wanted = body_of(call.request)
        self._shelf.ensure_writable()
        ensure(ContentChange, wanted, 400)
        offer = self._shelf.own(wanted)
        if not set(wanted) & {"attributes", "image", "images", "market_price", "name", "description"}:
            raise Refusal(422, "nothing to update")
        return request_views.queued(self.desk.submit("update_product", wanted, [offer.offer_id]))

    def _fault(self, submission: Submission) -> str | None:
        """The first thing the machines find wrong, as the reason they give."""
        wanted = submission.payload
        is_new = submission.kind == "create_product"
        answers = wanted.get("attributes") or {}
        addresses = [a for holder in (wanted, *wanted.get("variants", ())) for a in making.pictures(holder)]
        taken = next((findings.sku_taken(sku) for sku in submission.skus if self._is_taken(sku, submission)), None)
        return (
            taken
            or findings.attributes_bad(answers, complete=is_new, hidden=self._hidden_required)
            or findings.pictures_bad(addresses)
        )

    def _is_taken(self, sku: str, submission: Submission) -> bool:
        offer = self._world.offer_by_sku(MARKET, self._seller.shop, sku)
        return offer is not None or submission.skus.count(sku) > 1 or self.desk.claims(sku, submission)

    def _grant(self, submission: Submission) -> None:
        if submission.kind == "create_product":
            making.create(self._world, self._seller.shop, submission)
            return
        making.change(self._world, self._shelf.own(submission.payload), submission.payload)

    # ---- following them -----------------------------------------------------------------------------------------------

    def _track(self, call: Call) -> Any:
        return request_views.tracking(self._tracked(call.path["track"]))

    def _tracking_list(self, call: Call) -> Any:
        """A bare list, newest first."""
        limit = whole("limit", call.request.one("limit"), 20)
        if limit > MOST_TRACKED:
            raise Refusal(400, "limit must be less than or equal to 100")
        passes = _within(call)
        known = (s for s in self.desk.newest_first() if self.desk.tracked(s.track_id) and passes(s))
        return [request_views.tracking(submission) for submission, _ in zip(known, range(limit), strict=False)]

    def _replay(self, call: Call) -> Any:
        submission = self._tracked(call.path["track"])
        if submission.state is not Step.REJECTED:
            raise Refusal(400, f"request in state {submission.state} can not be replayed")
        self.desk.replay(submission)
        return request_views.queued(submission)

    def _tracked(self, track_id: str) -> Submission:
        submission = self.desk.tracked(track_id)
        if submission is None:
            raise Refusal(404, f"Track id not found: {track_id}")
        return submission

    # ---- requests as the review team files them -----------------------------------------------------------------------

    def _list(self, call: Call) -> Any:
        state = call.request.one("state")
        if state is not None and state not in set(Step):
            raise Refusal(400, f"state does not know {state}")
        parts = included(call.request, "include", frozenset({"products"}))
        rows = [s for s in self.desk.newest_first() if s.request_id and state in {None, s.state}]
        return paged(rows, call.request, lambda s: self._filed(s, with_products="products" in parts))

    def _find(self, call: Call) -> Any:
        submission = self._tracked(call.request.one("track_id") or "")
        head = request_views.head(submission)
        rows = [head | product for product in request_views.products(self._world, submission)]
        return {"data": rows or [head]}

    def _detail(self, call: Call) -> Any:
        return self._filed(self._requested(call), with_products=True)

    def _delete(self, call: Call) -> Any:
        submission = self._requested(call)
        if submission.state is Step.APPROVED:
            raise Refusal(400, "approved request can not be deleted")
        self.desk.delete(submission)
        return {"request_id": submission.request_id, "state": submission.state}

    def _requested(self, call: Call) -> Submission:
        submission = self.desk.requested(call.path["request_id"])
        if submission is None:
            raise Refusal(404, f"Request not found: {call.path['request_id']}")
        return submission

    def _filed(self, submission: Submission, *, with_products: bool) -> dict[str, Any]:
        products = request_views.products(self._world, submission) if with_products else []
        return request_views.head(submission) | {"products": products}


def _within(call: Call) -> Callable[[Submission], bool]:
    """The test that `created_at_min/max` and `updated_at_min/max` stand for."""
    bounds = {
        name: from_text(name, call.request.one(name))
        for name in ("created_at_min", "created_at_max", "updated_at_min", "updated_at_max")
    }

    def passes(submission: Submission) -> bool:
        moments = {"created_at": submission.created_at, "updated_at": submission.updated_at}
        return all(
            bound is None or (moments[name[:10]] >= bound if name.endswith("min") else moments[name[:10]] <= bound)
            for name, bound in bounds.items()
        )

    return passes
