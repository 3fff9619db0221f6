"""What Lazada says about categories, attributes and brands: read at most once a day, kept small."""

from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter

from catalog.listing import Listing
from connectors.errors import RejectedError, TransientError
from connectors.http import HttpChannel
from connectors.kept import Kept
from connectors.lazada.categories import leaf_for
from connectors.lazada.endpoints import ATTRIBUTES, BRANDS, TREE
from connectors.lazada.payloads.reference import (
    Attribute,
    AttributeQuery,
    BrandPage,
    BrandQuery,
    Category,
    TreeQuery,
)
from connectors.lazada.settings import LazadaSettings
from connectors.limiter import Limiter
from connectors.names import name_key
from connectors.ports import Cache

DAY_S = 86_400.0
BRANDS_KEPT_S = 30 * DAY_S
BRAND_PAGE = 200
ASKS = 3
THROTTLED_S = 1.0  # brands: thirty calls a second for everybody together
NO_BRAND = "no_brand"

LEAVES = TypeAdapter(list[tuple[str, str]])  # name key, id
ATTRIBUTE_LIST = TypeAdapter(list[Attribute])
TEXT = TypeAdapter(str)


class Reference:
    """Answers from memory, else from the cache, else from Lazada. Read-only, so safe to repeat; thread-safe."""

    def __init__(self, channel: HttpChannel, limiter: Limiter, cache: Cache, settings: LazadaSettings) -> None:
        self._channel = channel
        self._limiter = limiter
        self._settings = settings
        prefix = f"lazada/{settings.language}"
        self._kept, self._kept_long = Kept(cache, prefix, DAY_S), Kept(cache, prefix, BRANDS_KEPT_S)

    def category_id(self, listing: Listing) -> str:
        """The office's choice, else the setting's, else the best name. Raises RejectedError when none fits."""
        if listing.category_id is not None:
            return listing.category_id
        if (chosen := self._settings.category_ids.get(listing.sub_group)) is not None:
            return str(chosen)
        if (found := leaf_for(listing.sub_group, self._leaves())) is not None:
            return found
        raise RejectedError(
            f"Lazada không có ngành hàng nào khớp với phân nhóm {listing.sub_group}: chọn bằng `ocop catalog map`",
            marketplace="lazada",
            code="category_id",
        )

    def attributes(self, category_id: str) -> list[Attribute]:
        def ask() -> list[Attribute]:
            query = AttributeQuery(primary_category_id=category_id, language_code=self._settings.language)
            return self._channel.call(ATTRIBUTES, query)

        return self._kept.get(f"attributes/{category_id}", ATTRIBUTE_LIST, ask)

    def no_brand_id(self) -> str:
        """Differs per country. Raises RejectedError when Lazada's list has none."""
        if self._settings.no_brand_id is not None:
            return self._settings.no_brand_id
        return self._kept_long.get("no_brand", TEXT, self._find_no_brand)

    def _leaves(self) -> Sequence[tuple[str, str]]:
        def ask() -> list[tuple[str, str]]:
            tree = self._channel.call(TREE, TreeQuery(language_code=self._settings.language))
            return [(name_key(leaf.name), leaf.category_id) for leaf in _leaves_of(tree)]

        return self._kept.get("leaves", LEAVES, ask)

    def _find_no_brand(self) -> str:
        row, total = 0, 1
        while row < total:
            page = self._brands(row)
            for brand in page.module:
                if brand.global_identifier == NO_BRAND:
                    return brand.brand_id
            row, total = row + len(page.module), page.total_record
        raise RejectedError(
            "Lazada không có thương hiệu «No Brand»: đặt OCOP_LAZADA__NO_BRAND_ID",
            marketplace="lazada",
            code="brand_id",
        )

    def _brands(self, row: int) -> BrandPage:
        """An empty page before the last row means too many calls. Raises TransientError when it stays empty."""
        for _ in range(ASKS):
            page = self._channel.call(BRANDS, BrandQuery(startRow=row, pageSize=BRAND_PAGE))
            if page.module or row >= page.total_record:
                return page
            self._limiter.pause(THROTTLED_S)
        raise TransientError("the brand list stays empty: throttled", marketplace="lazada", retry_after_s=THROTTLED_S)


def _leaves_of(tree: Sequence[Category]) -> Iterator[Category]:
    for category in tree:
        if category.leaf:
            yield category
        yield from _leaves_of(category.children)
