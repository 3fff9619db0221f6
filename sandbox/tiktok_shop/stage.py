"""What the marketplace knows besides the world, and the app and shops it starts with."""

from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.tiktok_shop.accounts import Accounts, ShopAccount
from sandbox.tiktok_shop.brands import Brands
from sandbox.tiktok_shop.call import MARKET
from sandbox.tiktok_shop.ledger import Ledger
from sandbox.tiktok_shop.media import Media
from sandbox.tiktok_shop.outbox import Outbox
from sandbox.tiktok_shop.reviews import Reviews
from sandbox.tiktok_shop.rules import Rules
from sandbox.tiktok_shop.shelf import Shelf
from sandbox.tiktok_shop.webhooks import Webhooks
from sandbox.world import Offer, World

APP_KEY, SERVICE_ID = "6ocopsandbox1", "7294867518272456453"
COOPERATIVE = ShopAccount(
    "7495000000000000001",
    "HTX Trà Tân Cương (cửa hàng thử)",
    "VNLCABCDEF",
    "7010000000000000001",
    "ROW_ocopCipherHtx01",
)
HOUSEHOLD = ShopAccount(
    "7495000000000000002",
    "Hộ kinh doanh Đồi Chè (cửa hàng thử)",
    "VNLCABCDEG",
    "7010000000000000002",
    "ROW_ocopCipherHkd02",
    vat_bp=100,
    pit_bp=50,
)


@dataclass
class Stage:
    """`created` holds the answers of creates by shop and idempotency key."""

    world: World
    rules: Rules
    accounts: Accounts
    media: Media
    brands: Brands
    shelf: Shelf
    outbox: Outbox
    webhooks: Webhooks
    reviews: Reviews
    ledger: Ledger
    created: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def set(cls, world: World, rules: Rules) -> "Stage":
        accounts = _accounts(world)
        outbox, shelf = Outbox(), Shelf(world)
        webhooks = Webhooks(world, accounts, rules, outbox)
        return cls(
            world=world,
            rules=rules,
            accounts=accounts,
            media=Media(world),
            brands=Brands(world),
            shelf=shelf,
            outbox=outbox,
            webhooks=webhooks,
            reviews=Reviews(world, shelf, rules, webhooks),
            ledger=Ledger(world, accounts.shops, rules),
        )

    def sku(self, sku_id: int) -> Offer:
        """The offer a SKU of a product is. LookupError for a product that names none of the world's."""
        offer = self.world.offer(MARKET, sku_id)
        if offer is None:
            raise LookupError(f"SKU {sku_id} is no offer")
        return offer

    def is_full(self, shop: ShopAccount) -> bool:
        if self.rules.products_per_shop is None:
            return False
        alive = (product for product in self.shelf.all_of(shop.shop_id) if self.shelf.status(product) != "DELETED")
        return sum(1 for _ in alive) >= self.rules.products_per_shop


def _accounts(world: World) -> Accounts:
    shops = {shop.shop_id: replace(shop) for shop in (COOPERATIVE, HOUSEHOLD)}
    return Accounts(
        world, APP_KEY, world.token("tiktok_shop.secret") + world.token("tiktok_shop.secret"), SERVICE_ID, shops
    )
