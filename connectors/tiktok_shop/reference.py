"""What a push needs to know of TikTok Shop first: warehouse, category, attributes, rules, brands. Asked once a day, read only.

Partner reference 3.1 to 3.3, read 2026-11-24. TikTok advises against keeping the tree for long, because it changes.
"""

from pydantic import BaseModel, ConfigDict, TypeAdapter

from catalog.listing import Listing
from connectors.endpoint import NoPayload
from connectors.errors import RejectedError
from connectors.kept import Kept
from connectors.tiktok_shop import endpoints as e
from connectors.tiktok_shop.categories import leaf_for, name_key
from connectors.tiktok_shop.paging import pages
from connectors.tiktok_shop.payloads.reference import Attribute, BrandQuery, CategoryRules, TreeQuery
from connectors.tiktok_shop.shop import TiktokShop

DAY_S = 86_400.0
BRAND_PAGE = 100
OURS_TO_USE = "AVAILABLE"


class Shelf(BaseModel):
    """A leaf category: what it asks for."""

    model_config = ConfigDict(frozen=True)

    category_id: str
    attributes: list[Attribute]
    rules: CategoryRules


PAIRS = TypeAdapter(list[tuple[str, str]])
TEXT = TypeAdapter(str)
SHELF = TypeAdapter(Shelf)


class Reference:
    """One shop's view: rights to categories and brands differ between shops, so the cache keys do too."""

    def __init__(self, shop: TiktokShop) -> None:
        self._shop = shop
        self._kept = Kept(shop.cache, f"{shop.code}/{shop.shop_id}", DAY_S)

    def shelf(self, listing: Listing) -> Shelf:
        """The category the office chose, else the one whose name fits. Raises RejectedError when none does."""
        category_id = listing.category_id
        if category_id is None:
            category_id = self._leaf(listing.sub_group)
        if category_id is None:
            raise _refusal(
                f"không có ngành hàng nào khớp với phân nhóm {listing.sub_group}; hãy chọn bằng `ocop catalog map`",
                "category_id",
            )
        chosen = category_id
        return self._kept.get(f"shelf/{chosen}", SHELF, lambda: self._read_shelf(chosen))

    def warehouse_id(self) -> str:
        """The sales warehouse that is switched on: the default one, else the only one. Raises RejectedError otherwise."""
        return self._kept.get("warehouse", TEXT, self._read_warehouse)

    def brand_id(self, brand: str | None) -> str | None:
        """Only a brand the shop is authorised for is shown to buyers; without one a product has no brand."""
        if brand is None:
            return None
        authorised = self._kept.get("brands", PAIRS, self._read_brands)
        return dict(authorised).get(name_key(brand))

    def _leaf(self, sub_group: str) -> str | None:
        leaves = self._kept.get("leaves", PAIRS, self._read_leaves)
        return leaf_for(sub_group, leaves)

    def _read_leaves(self) -> list[tuple[str, str]]:
        tree = self._shop.call(e.CATEGORIES, TreeQuery()).categories
        return [
            (name_key(one.local_name), one.id) for one in tree if one.is_leaf and OURS_TO_USE in one.permission_statuses
        ]

    def _read_shelf(self, category_id: str) -> Shelf:
        attributes = self._shop.call(e.ATTRIBUTES, TreeQuery(), category_id=category_id).attributes
        rules = self._shop.call(e.RULES, TreeQuery(), category_id=category_id)
        return Shelf(category_id=category_id, attributes=attributes, rules=rules)

    def _read_warehouse(self) -> str:
        found = self._shop.call(e.WAREHOUSES, NoPayload()).warehouses
        usable = [one for one in found if one.type == "SALES_WAREHOUSE" and one.effect_status == "ENABLED"]
        chosen = [one.id for one in usable if one.is_default] or [one.id for one in usable]
        if len(chosen) != 1:
            raise _refusal(
                f"gian hàng có {len(chosen)} kho bán hàng đang bật; hãy đặt một kho mặc định trong trang người bán",
                "warehouse_id",
            )
        return chosen[0]

    def _read_brands(self) -> list[tuple[str, str]]:
        found = pages(
            lambda token: self._shop.call(
                e.BRANDS, BrandQuery(page_size=BRAND_PAGE, is_authorized=True, page_token=token)
            )
        )
        return [(name_key(brand.name), brand.id) for page in found for brand in page.brands]


def _refusal(reason: str, code: str) -> RejectedError:
    return RejectedError(f"TikTok Shop: {reason}", marketplace="tiktok_shop", code=code)
