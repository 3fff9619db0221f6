"""The one seller this Tiki knows: who it is, where its goods are picked up, what it may sell how (tiki.md section 4, read 2026-11-24)."""

from dataclasses import dataclass
from typing import Any

MARKET = "tiki"


@dataclass(frozen=True)
class Warehouse:
    """`requisition`: goods are picked up here. `withdrawal`: goods come back here."""

    warehouse_id: int
    name: str
    kind: str
    is_active: bool
    is_primary: bool
    street: str
    ward: str

    def to_json(self, seller_id: int) -> dict[str, Any]:
        return {
            "id": self.warehouse_id,
            "seller_id": seller_id,
            "is_primary": int(self.is_primary),
            "name": self.name,
            "status": int(self.is_active),
            "type": self.kind,
            "address": self.address(),
        }

    def address(self) -> dict[str, str]:
        return {
            "street": self.street,
            "ward": self.ward,
            "district": "TP Thái Nguyên",
            "region": "Thái Nguyên",
            "country": "Việt Nam",
        }


@dataclass
class Seller:
    """`can_update_product` is the owner's switch in Seller Center: off, every product write is refused."""

    seller_id: int = 145001
    sid: str = "74AB0F3C5E9D41D2A6B8C7E1F0945D33"
    name: str = "OCOP Thái Nguyên"
    slug: str = "ocop-thai-nguyen"
    store_id: int = 151001
    is_active: bool = True
    can_update_product: bool = True
    operation_models: tuple[str, ...] = ("dropship", "instock")
    warehouses: tuple[Warehouse, ...] = (
        Warehouse(387001, "Kho Tân Cương", "requisition", True, True, "Xóm Hồng Thái 2", "Xã Tân Cương"),
        Warehouse(387002, "Kho hàng trả", "withdrawal", True, False, "Số 8 đường Núi Cốc", "Phường Quyết Thắng"),
        Warehouse(387003, "Kho cũ Phú Bình", "requisition", False, False, "Tổ 3", "Xã Phú Bình"),
    )

    @property
    def shop(self) -> str:
        """How the world names this shop."""
        return str(self.seller_id)

    @property
    def pickups(self) -> tuple[Warehouse, ...]:
        """Where stock may lie: active requisition warehouses only."""
        return tuple(w for w in self.warehouses if w.is_active and w.kind == "requisition")

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.seller_id,
            "sid": self.sid,
            "name": self.name,
            "active": int(self.is_active),
            "logo": "https://cdn.example/ocop-thai-nguyen.png",
            "operation_models": list(self.operation_models),
            "can_update_product": int(self.can_update_product),
            "registration_status": "completed",
            "live_at": "2026-03-02 09:10:11",
        }
