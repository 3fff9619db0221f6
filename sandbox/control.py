"""The control URL: turn the clock, announce faults, act as the marketplace's staff, ask for the truth. JSON in and out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from sandbox.faults import Faults
from sandbox.http import Request, Response
from sandbox.site import Site, SiteSettings
from sandbox.world import OfferState, World


class ClockOrder(BaseModel):
    """Either a moment or a number of seconds."""

    model_config = ConfigDict(extra="forbid")

    now: AwareDatetime | None = None
    advance_s: float | None = None


class FaultOrder(BaseModel):
    model_config = ConfigDict(extra="allow")

    site: str
    kind: str
    path: str | None = None
    times: int | None = 1
    skip: int = 0


class OfferOrder(BaseModel):
    """What the marketplace's staff do to an offer: ban it, hide it, or let it live again."""

    model_config = ConfigDict(extra="forbid")

    market: str
    offer_id: int
    state: OfferState
    reason: str | None = None


class ControlSite(Site):
    market = "control"
    role = "api"

    def __init__(
        self, world: World, sites: dict[str, Site], faults: Faults, advance: Callable[[datetime], None]
    ) -> None:
        super().__init__(world, SiteSettings())
        self._sites = sites
        self._faults = faults
        self._advance = advance
        self._routes: dict[tuple[str, str], Callable[[Request], Any]] = {
            ("GET", "/truth"): lambda _: world.truth(),
            ("GET", "/state"): lambda _: self._state(),
            ("GET", "/calls"): lambda _: {key: dict(sorted(site.calls.items())) for key, site in sites.items()},
            ("POST", "/clock"): self._set_clock,
            ("POST", "/faults"): self._add_fault,
            ("DELETE", "/faults"): lambda _: self._clear_faults(),
            ("POST", "/offers"): self._change_offer,
        }

    def handle(self, request: Request) -> Response:
        """400 says in one sentence what is wrong with the order; 404 for what is not there."""
        route = self._routes.get((request.method, request.path))
        if route is None:
            return Response.json({"error": f"no {request.method} {request.path} here"}, 404)
        try:
            return Response.json(route(request))
        except ValidationError as err:
            return Response.json({"error": "; ".join(f"{e['loc']}: {e['msg']}" for e in err.errors())}, 400)
        except (ValueError, LookupError) as err:
            return Response.json({"error": str(err)}, 400)

    def changes(self, request: Request, response: Response) -> bool:
        """Clock moves are journalled where the clock moves, faults are not part of the world."""
        return request.path == "/offers" and response.status == 200

    def _state(self) -> dict[str, Any]:
        return {
            "now": self.world.clock.now().isoformat(),
            "seed": self.world.seed,
            "sites": {key: site.base_url for key, site in self._sites.items()},
            "faults": self._faults.listed(),
        }

    def _set_clock(self, request: Request) -> dict[str, str]:
        order = ClockOrder.model_validate_json(request.body)
        if (order.now is None) == (order.advance_s is None):
            raise ValueError('say either "now" or "advance_s"')
        self._advance(order.now or self.world.clock.now() + timedelta(seconds=order.advance_s or 0))
        return {"now": self.world.clock.now().isoformat()}

    def _add_fault(self, request: Request) -> dict[str, int]:
        order = FaultOrder.model_validate_json(request.body)
        options = order.model_extra or {}
        return {
            "id": self._faults.add(
                order.site, order.kind, path=order.path, times=order.times, skip=order.skip, **options
            )
        }

    def _clear_faults(self) -> dict[str, bool]:
        self._faults.clear()
        return {"cleared": True}

    def _change_offer(self, request: Request) -> dict[str, str]:
        order = OfferOrder.model_validate_json(request.body)
        offer = self.world.offer(order.market, order.offer_id)
        if offer is None:
            raise LookupError(f"{order.market} has no offer {order.offer_id}")
        offer.state = order.state
        offer.extra["reason"] = order.reason
        self.world.touch(offer)
        return {"state": offer.state.value}
