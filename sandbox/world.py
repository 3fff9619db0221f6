"""The pretend world's state and time. Everything in it follows from the seed and from what was asked of it, and when.

Callers hold `lock`; nothing here is otherwise safe for threads. How the clock is stepped changes nothing: due events run one by
one in time order, each at its own moment.
"""

import heapq
import random
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sandbox import demand, tally
from sandbox.clock import VirtualClock
from sandbox.sways import Sways
from sandbox.things import Offer, OfferState, Order, OrderLine, OrderState, Review, vietnam_day

__all__ = ["Offer", "OfferState", "Order", "OrderLine", "OrderState", "Review", "World", "vietnam_day"]


class World:
    """Shops, buyers and their orders. `fees[market]` gives an order's signed amounts in đồng; their sum is its payout.

    `sways` may be given before the clock first moves.
    """

    def __init__(self, seed: int, clock: VirtualClock) -> None:
        self.seed = seed
        self.clock = clock
        self.lock = threading.RLock()
        self.sways = Sways()
        self.fees: dict[str, Callable[[Order], dict[str, int]]] = {}
        self.offline_sales: list[dict[str, Any]] = []
        self._counters: Counter[str] = Counter()
        self._events: list[tuple[datetime, int, Callable[[], None]]] = []
        self._offers: dict[str, dict[int, Offer]] = defaultdict(dict)
        self._shops: dict[tuple[str, str], list[Offer]] = defaultdict(list)
        self._by_sku: dict[tuple[str, str, str], dict[int, Offer]] = defaultdict(dict)
        self._orders: dict[str, dict[int, Order]] = defaultdict(dict)
        self._reviews: dict[str, list[Review]] = defaultdict(list)
        self.demand = demand.Demand(self)

    # ---- chance and names -------------------------------------------------------------------------------------------

    def counter(self, kind: str, start: int) -> int:
        """The next id of a kind, from `start` upwards."""
        self._counters[kind] += 1
        return start + self._counters[kind] - 1

    def token(self, kind: str) -> str:
        """The next secret of a kind: 32 lowercase hex digits."""
        text = f"{self.seed}|token|{kind}|{self.counter(f'token {kind}', 0)}"
        return sha256(text.encode()).hexdigest()[:32]

    def rng(self, *key: object) -> random.Random:
        """Chance that depends on the seed and this key alone."""
        return random.Random("|".join(map(str, (self.seed, *key))))

    # ---- time ---------------------------------------------------------------------------------------------------------

    def later(self, at: datetime, action: Callable[[], None]) -> None:
        """Have `action` done when the clock reaches `at`; events of one moment keep the order they were announced in."""
        heapq.heappush(self._events, (at, self.counter("event", 0), action))

    def run_until(self, to: datetime) -> None:
        """Set the clock to `to`, stopping on the way at every event. ValueError when `to` is in the past."""
        while self._events and self._events[0][0] <= to:
            at, _, action = heapq.heappop(self._events)
            self.clock.set(max(at, self.clock.now()))
            action()
        self.clock.set(to)

    # ---- offers -------------------------------------------------------------------------------------------------------

    def add_offer(  # noqa: PLR0913, PLR0917 - an offer has this many facts
        self,
        market: str,
        shop: str,
        sku: str,
        title: str,
        description: str,
        price_vnd: int,
        stock: int,
        *,
        list_price_vnd: int | None = None,
        state: OfferState = OfferState.LIVE,
        weight_g: int | None = None,
        images: Iterable[str] = (),
        offer_id: int | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> Offer:
        """A new offer, created now. ValueError when its id is taken."""
        number = self.counter(f"offer {market}", 1_000_001) if offer_id is None else offer_id
        if number in self._offers[market]:
            raise ValueError(f"{market} has an offer {number} already")
        now = self.clock.now()
        offer = Offer(
            market=market,
            shop=shop,
            offer_id=number,
            sku=sku,
            title=title,
            description=description,
            price_vnd=price_vnd,
            list_price_vnd=list_price_vnd,
            stock=stock,
            state=state,
            created_at=now,
            updated_at=now,
            weight_g=weight_g,
            images=list(images),
            extra=dict(extra or {}),
        )
        self._offers[market][number] = offer
        self._shops[market, shop].append(offer)
        self._index(offer)
        return offer

    def offer(self, market: str, offer_id: int) -> Offer | None:
        return self._offers[market].get(offer_id)

    def offers(self, market: str, shop: str | None = None) -> list[Offer]:
        """In the order they were created."""
        return list(self._offers[market].values()) if shop is None else list(self._shops[market, shop])

    def shop_offers(self, market: str, shop: str) -> Sequence[Offer]:
        """The shop's own list, in the order they were created; not to be changed."""
        return self._shops[market, shop]

    def offer_by_sku(self, market: str, shop: str, sku: str) -> Offer | None:
        """The oldest offer with that SKU that is not deleted."""
        return next((o for o in self.namesakes(market, shop, sku) if o.state is not OfferState.DELETED), None)

    def namesakes(self, market: str, shop: str, sku: str) -> list[Offer]:
        """Every offer that carries this SKU now, oldest first, deleted ones too."""
        return [offer for offer in self._by_sku[market, shop, sku].values() if offer.sku == sku]

    def touch(self, offer: Offer) -> None:
        """Say that an offer was changed: its `updated_at` is now, and a new SKU is known from now on."""
        offer.updated_at = self.clock.now()
        self._index(offer)

    def _index(self, offer: Offer) -> None:
        known = self._by_sku[offer.market, offer.shop, offer.sku]
        if offer.offer_id not in known:
            known[offer.offer_id] = offer
            self.demand.expect(offer.market, offer.shop, offer.sku)

    # ---- orders and reviews -------------------------------------------------------------------------------------------

    def add_order(self, order: Order) -> None:
        self._orders[order.market][order.order_id] = order

    def order(self, market: str, order_id: int) -> Order | None:
        return self._orders[market].get(order_id)

    def orders(self, market: str, shop: str | None = None) -> list[Order]:
        """In the order they were placed."""
        return [order for order in self._orders[market].values() if shop in (None, order.shop)]

    def add_review(self, review: Review) -> None:
        self._reviews[review.market].append(review)

    def reviews(self, market: str, offer_id: int | None = None) -> list[Review]:
        """Oldest first."""
        return [review for review in self._reviews[market] if offer_id in (None, review.offer_id)]

    def payout_vnd(self, order: Order) -> int:
        """What the seller gets for it. KeyError when the marketplace has named no fees."""
        return sum(self.fees[order.market](order).values())

    def markets(self) -> list[str]:
        return sorted(market for market, offers in self._offers.items() if offers)

    def truth(self) -> dict[str, Any]:
        """What really happened, as JSON."""
        return tally.truth(self)
