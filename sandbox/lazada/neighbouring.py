"""Other sellers' listings among the search results: counters and prices of people whose orders nobody here can read."""

from datetime import datetime

from sandbox.lazada.accounts import Seller
from sandbox.lazada.rules import MARKET
from sandbox.lazada.shelf import NO_BRAND_ID, UNKNOWN_CATEGORY, Item
from sandbox.neighbours import Neighbour
from sandbox.things import Offer, OfferState

FIRST_ITEM, FIRST_SKU = 2_900_000_001, 19_000_000_001  # far from what the API gives out
NEIGHBOUR = Seller(
    seller_id=200_900_000,
    user_id=200_900_001,
    short_code="VN9Z9Z9Z",
    name="Chợ Đồi (gian hàng thử)",
    company="Chợ Đồi",
    account="chodoi@example.vn",
    shop_key="cho-doi",
)


def neighbour_good(neighbour: Neighbour, now: datetime) -> tuple[Item, Seller, list[Offer]]:
    """A neighbour's listing as it stands now; new objects each time, for nothing about it is kept."""
    offer = _offer(neighbour, now)
    fields = {"name": offer.title, "brand": "No Brand", "brand_id": str(NO_BRAND_ID)}
    return Item(FIRST_ITEM + neighbour.number, UNKNOWN_CATEGORY, fields, [], [offer.offer_id]), NEIGHBOUR, [offer]


def number_of(item_id: int) -> int:
    """The neighbour whose listing this is."""
    return item_id - FIRST_ITEM


def _offer(neighbour: Neighbour, now: datetime) -> Offer:
    price_vnd, ratings = neighbour.price_vnd(now), neighbour.ratings(now)
    return Offer(
        market=MARKET,
        shop=NEIGHBOUR.shop_key,
        offer_id=FIRST_SKU + neighbour.number,
        sku=f"CHODOI-{neighbour.number + 1:02d}",
        title=neighbour.title,
        description="",
        price_vnd=price_vnd,
        list_price_vnd=neighbour.usual_price_vnd if price_vnd < neighbour.usual_price_vnd else None,
        stock=500,
        state=OfferState.LIVE,
        created_at=now,
        updated_at=now,
        sold=neighbour.sold(now),
        stars=[0, 0, 0, ratings // 4, ratings - ratings // 4],
    )
