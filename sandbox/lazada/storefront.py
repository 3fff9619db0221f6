"""lazada.vn on loopback."""

from typing import ClassVar

from sandbox.lazada.rules import MARKET
from sandbox.server import Request, Response, Site


class LazadaStorefront(Site):
    market: ClassVar[str] = MARKET
    role: ClassVar[str] = "storefront"

    def handle(self, request: Request) -> Response:
        return Response.html(f"<!doctype html><title>{request.method}</title>", 404)
