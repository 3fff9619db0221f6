"""An item as a reader gave it, as a row of observations: whole đồng or nothing, intervals as they are."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from catalog.reading import Item
from catalog.text import nfc
from models.observations_store import ObservationRow
from spiders.page import PageState


class Read(Protocol):
    """A visit, or a reading of what was kept of one."""

    @property
    def state(self) -> PageState: ...
    @property
    def items(self) -> tuple[Item, ...]: ...


def observation_row(
    page_id: int, item: Item, seen_at: datetime, source_class: str, *, external_key: str = ""
) -> ObservationRow:
    """Raises nothing: an amount in another currency, or with a fraction of a đồng, is left out and named in the flags."""
    price, price_flags = _dong(item.price, item.currency, "price")
    list_price, list_flags = _dong(item.list_price, item.currency, "list_price")
    sold = item.sold_total
    return ObservationRow(
        page_id=page_id,
        external_key=external_key,
        seen_at=seen_at,
        source_class=source_class,
        title=nfc(item.title) if item.title else None,
        currency=item.currency,
        price_vnd=price,
        list_price_vnd=list_price,
        sold_raw=sold.raw if sold else None,
        sold_lo=sold.lo if sold else None,
        sold_hi=sold.hi if sold else None,
        rating_average=item.rating_average,
        rating_count=item.rating_count,
        stars=json.dumps(item.rating_histogram) if item.rating_histogram else None,
        available=item.available,
        stock=item.stock,
        flags=json.dumps([*item.flags, *price_flags, *list_flags], ensure_ascii=False),
    )


def _dong(amount: Decimal | None, currency: str | None, name: str) -> tuple[int | None, list[str]]:
    if amount is None or currency != "VND":
        return None, []
    if amount != amount.to_integral_value():
        return None, [f"{name}: a fraction of a đồng"]
    return int(amount), []


def observation_rows(page_id: int, reading: Read, seen_at: datetime) -> list[ObservationRow]:
    """Facts only: a page in any state but ok says something of the site, and a flagged item something of the reading."""
    if reading.state is not PageState.OK:
        return []
    many = any(item.page == "cards" for item in reading.items) or len(reading.items) > 1
    return [
        observation_row(page_id, item, seen_at, "page", external_key=_key(item) if many else "")
        for item in reading.items
        if not item.flags
    ]


def _key(item: Item) -> str:
    """On a page of many; a card that carries no id is known by its address."""
    return f"{item.external_id}:{item.variant_id or ''}" if item.external_id else str(item.url)
