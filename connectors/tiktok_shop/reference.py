"""What a push needs to know of TikTok Shop first: warehouse, category, attributes, rules, brands. Asked once a day, read only.

Partner reference 3.1 to 3.3, read 2026-11-24. TikTok advises against keeping the tree for long, because it changes.
"""

from pydantic import BaseModel, ConfigDict, TypeAdapter

from catalog.listing import Listing
from connectors.endpoint import NoPayload
from connectors.errors import RejectedError
from connectors.kept import Kept
from connectors.names import name_key
from connectors.tiktok_shop import endpoints as e
from connectors.tiktok_shop.categories import Leaf, leaf_for
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


LEAF = TypeAdapter[Leaf | None](Leaf | None)
LEAVES = TypeAdapter(list[Leaf])
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
        chosen = listing.category_id or self._leaf(listing.sub_group).id
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

    def _leaf(self, sub_group: str) -> Leaf:
        leaf = self._kept.get(f"leaf/{sub_group}", LEAF, lambda: leaf_for(sub_group, self._leaves()))
        if leaf is None:
            reason = f"không có ngành hàng nào khớp với phân nhóm {sub_group}; hãy chọn bằng `ocop catalog map`"
            raise _refusal(reason, "category_id")
        if OURS_TO_USE not in leaf.permissions:
            reason = f"gian hàng chưa được bán ngành hàng «{leaf.name}»; hãy xin quyền ở mục Qualification Center"
            raise _refusal(reason, "category_permission")
        return leaf

    def _leaves(self) -> list[Leaf]:
        """The whole tree is long: it is looked into once a day for each sub-group."""
        return self._kept.get("leaves", LEAVES, self._read_leaves)

    def _read_leaves(self) -> list[Leaf]:
        tree = self._shop.call(e.CATEGORIES, TreeQuery()).categories
        return [
            Leaf(one.id, one.local_name, name_key(one.local_name), tuple(one.permission_statuses))
            for one in tree
            if one.is_leaf
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
