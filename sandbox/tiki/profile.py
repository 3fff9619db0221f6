"""The calls about the seller: who it is, where its warehouses are (tiki.md section 4, read 2026-11-24)."""

from typing import Any

from sandbox.tiki.answers import Refusal, body_of, paged
from sandbox.tiki.routing import Call, Route
from sandbox.tiki.seller import Seller

TIKI_WAREHOUSES = ("hn4", "sgn")


class ProfileCalls:
    def __init__(self, seller: Seller) -> None:
        self._seller = seller

    def routes(self) -> tuple[Route, ...]:
        return (
            Route("GET", "/sellers/me", self._me),
            Route("GET", "/sellers/me/inventories", self._warehouses, "inventory"),
            Route("GET", "/sellers/me/warehouses", self._warehouses, "inventory"),
            Route("POST", "/sellers/me/updateCanUpdateProduct", self._switch_updates, "product"),
            Route("GET", "/seller-inventories", self._pickups, "inventory"),
        )

    def _me(self, _: Call) -> Any:
        return self._seller.to_json()

    def _warehouses(self, call: Call) -> Any:
        """`status` 1 or 0; `type` 1 for pick-up, 2 for returns (the v1 client sends numbers)."""
        status, kind = call.request.one("status"), call.request.one("type")
        kinds = {None: None, "1": "requisition", "2": "withdrawal"}
        if kind not in kinds:
            raise Refusal(400, "type must be 1 or 2")
        rows = [
            warehouse
            for warehouse in self._seller.warehouses
            if status in {None, str(int(warehouse.is_active))} and kinds[kind] in {None, warehouse.kind}
        ]
        return paged(rows, call.request, lambda warehouse: warehouse.to_json(self._seller.seller_id))

    def _switch_updates(self, call: Call) -> Any:
        wanted = body_of(call.request).get("can_update_product")
        if type(wanted) is not int or wanted not in {0, 1}:
            raise Refusal(400, "can_update_product must be 0 or 1")
        self._seller.can_update_product = bool(wanted)
        return self._seller.to_json()

    def _pickups(self, call: Call) -> Any:
        """Active pick-up places only, and which of them serve each Tiki warehouse asked about."""
        codes = call.request.all("tiki_warehouse_codes")
        if not codes:
            raise Refusal(400, "tiki_warehouse_codes is required")
        pickups = self._seller.pickups
        ids = [warehouse.warehouse_id for warehouse in pickups]
        return {
            "seller_inventories": [
                {"id": w.warehouse_id, "name": w.name, "type": w.kind, "address": w.address()} for w in pickups
            ],
            "mappings": [
                {"tiki_warehouse_code": code, "seller_inventory_ids": ids if code in TIKI_WAREHOUSES else []}
                for code in codes
            ],
        }
