"""What a push needs to know of Tiki first: the seller, the warehouse, the category, its attributes. Asked once a day.

Tiki Open API notes, sections 4 and 5, read 2026-11-23: categories and attributes are to be refreshed daily.
"""

from collections.abc import Sequence

from pydantic import TypeAdapter

from catalog.listing import Listing
from catalog.text import search_key
from connectors.endpoint import NoPayload
from connectors.errors import RejectedError
from connectors.http import HttpChannel
from connectors.kept import Kept
from connectors.names import name_key
from connectors.ports import Cache
from connectors.tiki import endpoints as e
from connectors.tiki.categories import category_for
from connectors.tiki.payloads.reference import Attribute, CategoryQuery, Seller, ValueQuery, WarehouseQuery
from connectors.tiki.settings import TikiSettings

DAY_S = 86_400.0

_SELLER = TypeAdapter(Seller)
_WAREHOUSES = TypeAdapter(list[int])
_CATEGORIES = TypeAdapter(dict[str, list[int]])
_ATTRIBUTES = TypeAdapter(list[Attribute])
_VALUE = TypeAdapter(str | None)


class Reference:
    """Answers from the cache, or from Tiki when the cache's are older than a day. Read-only, so safe to repeat.

    Only answers worth keeping are kept: a person who has just put something right should not wait a day.
    """

    def __init__(self, settings: TikiSettings, shop_id: str, channel: HttpChannel, cache: Cache) -> None:
        self._settings = settings
        self._shop_id = shop_id
        self._channel = channel
        self._kept = Kept(cache, "tiki", DAY_S)

    def require_writable(self) -> None:
        """Raises RejectedError when Tiki would refuse every product write of this seller."""
        seller = self._kept.get(f"seller/{self._shop_id}", _SELLER, self._seller, keep=_is_writable)
        if not seller.active:
            raise RejectedError("Tiki says this seller is not active", marketplace="tiki", code="active")
        if not seller.can_update_product:
            raise RejectedError(
                "Switch on automatic product update in Tiki Seller Center",
                marketplace="tiki",
                code="can_update_product",
            )
        if self._settings.inventory_type not in seller.operation_models:
            raise RejectedError(
                f"This seller's operation models are {', '.join(seller.operation_models)}: set OCOP_TIKI__INVENTORY_TYPE",
                marketplace="tiki",
                code="inventory_type",
            )

    def warehouse_id(self) -> int:
        """Where the stock lies. Raises RejectedError when there is none, or several and nobody chose."""
        if (chosen := self._settings.warehouse_id) is not None:
            return chosen
        found = self._kept.get(f"warehouses/{self._shop_id}", _WAREHOUSES, self._warehouses, keep=bool)
        if len(found) != 1:
            known = ", ".join(map(str, found)) or "none"
            raise RejectedError(
                f"Choose the warehouse of the stock with OCOP_TIKI__WAREHOUSE_ID; Tiki knows: {known}",
                marketplace="tiki",
                code="seller_warehouse",
            )
        return found[0]

    def category_id(self, listing: Listing) -> int:
        """The office's choice, the setting's, or our search. RejectedError: no category, or several, answer to the sub-group."""
        if listing.category_id is not None:
            return int(listing.category_id)
        sub_group = listing.sub_group
        if (chosen := self._settings.category_ids.get(sub_group)) is not None:
            return chosen
        tree = self._kept.get("categories", _CATEGORIES, self._categories, keep=bool)
        if (found := category_for(sub_group, tree)) is not None:
            return found
        raise RejectedError(
            f"No Tiki category is known for {sub_group}: set OCOP_TIKI__CATEGORY_IDS='{{\"{sub_group}\": <id>}}'",
            marketplace="tiki",
            code="category_id",
        )

    def attributes(self, category_id: int) -> list[Attribute]:
        return self._kept.get(f"attributes/{category_id}", _ATTRIBUTES, lambda: self._attributes(category_id))

    def value(self, attribute: Attribute, wanted: str) -> str | None:
        """The selectable value that is `wanted` in Tiki's spelling, or None."""
        key = f"value/{attribute.id}/{search_key(wanted)}"
        return self._kept.get(key, _VALUE, lambda: self._value(attribute, wanted), keep=bool)

    def _seller(self) -> Seller:
        return self._channel.call(e.SELLER, NoPayload())

    def _warehouses(self) -> list[int]:
        query = WarehouseQuery(tiki_warehouse_codes=self._settings.tiki_warehouse_codes)
        return [w.id for w in self._channel.call(e.WAREHOUSES, query).seller_inventories if w.type == "requisition"]

    def _categories(self) -> dict[str, list[int]]:
        tree: dict[str, list[int]] = {}
        for category in self._channel.call(e.CATEGORIES, CategoryQuery()).data:
            if category.is_primary and category.is_product_listing_enabled:
                tree.setdefault(name_key(category.name), []).append(category.id)
        return tree

    def _attributes(self, category_id: int) -> list[Attribute]:
        return self._channel.call(e.ATTRIBUTES, NoPayload(), path={"category_id": str(category_id)}).data

    def _value(self, attribute: Attribute, wanted: str) -> str | None:
        answer = self._channel.call(e.VALUES, ValueQuery(q=wanted), path={"attribute_id": str(attribute.id)})
        return _same(wanted, [one.value for one in answer.data])


def _is_writable(seller: Seller) -> bool:
    return bool(seller.active and seller.can_update_product)


def _same(wanted: str, values: Sequence[str]) -> str | None:
    return next((value for value in values if search_key(value) == search_key(wanted)), None)
