"""What Shopee says about categories, attributes, brands and channels: read at most once a day, kept small.

For each sub-group only its shelf is remembered: the leaf category, its mandatory attributes and its "no brand".
"""

from collections.abc import Iterator
from contextlib import suppress

from pydantic import BaseModel, ConfigDict, TypeAdapter

from catalog.listing import Listing
from connectors.errors import RejectedError, UnexpectedAnswerError
from connectors.http import HttpChannel
from connectors.kept import Kept
from connectors.ports import Cache
from connectors.shopee.categories import LEAVES, leaf_for
from connectors.shopee.codes import bare
from connectors.shopee.endpoints import ATTRIBUTES, BRANDS, CATEGORIES, CHANNELS
from connectors.shopee.payloads.products import GivenBrand
from connectors.shopee.payloads.reference import (
    Attribute,
    AttributeQuery,
    BrandQuery,
    Category,
    CategoryAttributes,
    CategoryQuery,
    Channel,
    ChannelQuery,
)
from connectors.shopee.settings import ShopeeSettings

DAY_S = 86_400.0
ATTRIBUTE_BATCH = 20
BRAND_PAGE = 100
NORMAL_BRANDS = 1
NO_BRAND_ID = 0
PRICED_BY_SHOPEE = frozenset({"SIZE_INPUT", "FIXED_DEFAULT_PRICE"})  # the other kinds want a size or a fee of our own


class Shelf(BaseModel):
    """Where a sub-group's items go, and what that place demands."""

    model_config = ConfigDict(frozen=True)

    category_id: int
    mandatory: list[Attribute]
    no_brand: GivenBrand | None  # None: the category neither lists nor demands it


LEAF_LIST = TypeAdapter(list[Category])
CHANNEL_LIST = TypeAdapter(list[Channel])
MANDATORY = TypeAdapter(dict[int, list[Attribute]])
SHELF = TypeAdapter(Shelf)


class Reference:
    """One shop's view; the tree differs per shop, so the cache keys do too."""

    def __init__(self, channel: HttpChannel, cache: Cache, settings: ShopeeSettings, shop_id: str) -> None:
        self._channel = channel
        self._settings = settings
        self._kept = Kept(cache, f"shopee/{shop_id}", DAY_S)

    def shelf(self, listing: Listing) -> Shelf:
        """Where the office put the sub-group, else where its name leads. RejectedError when the shop's tree has no place for it."""
        sub_group, chosen = listing.sub_group, listing.category_id
        if chosen is not None:
            return self._kept.get(f"shelf/category/{chosen}", SHELF, lambda: self._read_chosen(int(chosen)))
        return self._kept.get(f"shelf/{sub_group}", SHELF, lambda: self._read_shelf(sub_group))

    def channel_ids(self, weight_g: int) -> list[int]:
        """Checkout channels that are on, priced by Shopee, and carry this weight. Raises RejectedError when none does."""
        channels = self._kept.get("channels", CHANNEL_LIST, self._read_channels)
        fitting = [one.logistics_channel_id for one in channels if _carries(one, weight_g / 1000)]
        if not fitting:
            raise RejectedError("gian hàng chưa bật kênh vận chuyển nào nhận được kiện này", marketplace="shopee")
        return fitting

    def _read_shelf(self, sub_group: str) -> Shelf:
        category_id = leaf_for(sub_group, self._leaves(), self._settings.categories)
        mandatory = self._kept.get("mandatory", MANDATORY, self._read_mandatory)
        return Shelf(
            category_id=category_id, mandatory=mandatory[category_id], no_brand=self._read_no_brand(category_id)
        )

    def _read_chosen(self, category_id: int) -> Shelf:
        """A category that may be none of those our names lead to, so its attributes are asked for by themselves."""
        trees = self._read_attribute_trees([category_id])
        mandatory = [one for tree in trees if tree.category_id == category_id for one in tree.attribute_tree]
        return Shelf(
            category_id=category_id,
            mandatory=[one for one in mandatory if one.mandatory],
            no_brand=self._read_no_brand(category_id),
        )

    def _leaves(self) -> list[Category]:
        return self._kept.get("leaves", LEAF_LIST, self._read_leaves)

    def _read_leaves(self) -> list[Category]:
        tree = self._channel.call(CATEGORIES, CategoryQuery(language=self._settings.language)).category_list
        return [category for category in tree if not category.has_children]

    def _read_channels(self) -> list[Channel]:
        channels = self._channel.call(CHANNELS, ChannelQuery()).logistics_channel_list
        return [
            one for one in channels if one.enabled and one.mask_channel_id == 0 and one.fee_type in PRICED_BY_SHOPEE
        ]

    def _read_mandatory(self) -> dict[int, list[Attribute]]:
        """For every category of ours at once: twenty cost one call."""
        ids = sorted(set(self._our_leaves()))
        mandatory: dict[int, list[Attribute]] = {category_id: [] for category_id in ids}
        for start in range(0, len(ids), ATTRIBUTE_BATCH):
            for tree in self._read_attribute_trees(ids[start : start + ATTRIBUTE_BATCH]):
                mandatory[tree.category_id] = [one for one in tree.attribute_tree if one.mandatory]
        return mandatory

    def _our_leaves(self) -> Iterator[int]:
        for sub_group in LEAVES.keys() | self._settings.categories.keys():
            with suppress(RejectedError):  # a sub-group without a place is refused when a listing of it comes
                yield leaf_for(sub_group, self._leaves(), self._settings.categories)

    def _read_attribute_trees(self, ids: list[int]) -> list[CategoryAttributes]:
        """The reference names the language "vi" on some pages and "vn" on this one."""
        for language in (self._settings.language, "vn"):
            try:
                return self._channel.call(ATTRIBUTES, AttributeQuery(category_id_list=ids, language=language)).list
            except RejectedError as err:
                if bare(err.code) != "error_invalid_language":
                    raise
        raise UnexpectedAnswerError("no language is valid for attributes", marketplace="shopee")

    def _read_no_brand(self, category_id: int) -> GivenBrand | None:
        """The name Shopee itself gives brand 0 here: "NoBrand" and "No Brand" are both seen."""
        offset = 0
        while True:
            page = self._channel.call(BRANDS, self._brand_query(category_id, offset))
            for brand in page.brand_list:
                if brand.brand_id == NO_BRAND_ID:
                    return GivenBrand(brand_id=NO_BRAND_ID, original_brand_name=brand.original_brand_name)
            if not page.has_next_page or page.next_offset <= offset:
                return None
            offset = page.next_offset

    def _brand_query(self, category_id: int, offset: int) -> BrandQuery:
        language = self._settings.language
        return BrandQuery(
            category_id=category_id, status=NORMAL_BRANDS, offset=offset, page_size=BRAND_PAGE, language=language
        )


def _carries(channel: Channel, weight_kg: float) -> bool:
    """0 or null limits mean none."""
    limit = channel.weight_limit
    if limit is None:
        return True
    return weight_kg >= (limit.item_min_weight or 0) and (
        not limit.item_max_weight or weight_kg <= limit.item_max_weight
    )
