"""A plain shop's pages in the layout of one shop system: products, the list of all of them, and their feeds where the system has any."""

from collections.abc import Callable, Sequence
from typing import Any

from sandbox.http import Response
from sandbox.layouts.layout import Layout
from sandbox.world import Offer

NEIGHBOURS = 4
HUNDREDTHS = 100


class LaidOut:
    """`shown` gives the offers that are on sale now."""

    def __init__(self, layout: Layout, shown: Callable[[], Sequence[Offer]]) -> None:
        self.layout = layout
        self._shown = shown

    def answer(self, path: str) -> Response | None:
        """None for an address that this system does not have."""
        offers = self._shown()
        if path in {"/", self.layout.list_path}:
            return Response.html(self.layout.list_page(offers))
        if path == "/products.json" and self.layout.feed:
            return Response.json({"products": [self.layout.feed(offer) for offer in offers]})
        for offer in offers:
            own = self.layout.path_of(offer)
            if path.rstrip("/") == own.rstrip("/"):
                return Response.html(
                    self.layout.product_page(offer, [o for o in offers if o is not offer][:NEIGHBOURS])
                )
            if self.layout.feed and path in {f"{own}.json", f"{own}.js"}:
                return _feed(self.layout.feed(offer), hundredths=path.endswith(".js"))
        return None


def _feed(product: dict[str, Any], *, hundredths: bool) -> Response:
    """`.json` wraps the product and writes main units as text; `.js` is bare, in hundredths of a đồng."""
    if not hundredths:
        return Response.json({"product": product})
    variants = [
        {**v, **{name: _hundredths(v[name]) for name in ("price", "compare_at_price")}} for v in product["variants"]
    ]
    return Response.json({**product, "variants": variants})


def _hundredths(amount: str | None) -> int | None:
    return None if amount is None else int(amount) * HUNDREDTHS
