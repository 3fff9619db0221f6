"""An item object: the same in category cards, search results, shop exports and item JSON of v2 and v4, with more or fewer of its keys."""

from spiders.answer import Answer, Number
from spiders.country import settle_currency
from spiders.draft import Draft
from spiders.page import Page
from spiders.shopee.address import link_to
from spiders.shopee.words import Rating, availability, money, rating, units
from spiders.shown import exact_sold, list_price_of, sold_text


class Model(Answer):
    """A variant. `stock` is absent from a shop's export."""

    price: Number
    price_before_discount: Number | None = None
    stock: int | None = None


class CardSold(Answer):
    """Counters of newer cards, as integers or as the text that is displayed."""

    historical_sold_count: int | None = None
    monthly_sold_count: int | None = None
    historical_sold_count_text: str | None = None
    display_sold_count_text: str | None = None


class ItemObject(Answer, kw_only=True):
    """`raw_discount` and `discount` belong to the variant with the largest discount, not to `price`: neither is read."""

    itemid: int
    shopid: int
    name: str
    currency: str | None = None
    price: Number | None
    price_min: Number | None = None
    price_max: Number | None = None
    price_before_discount: Number | None = None
    price_min_before_discount: Number | None = None
    sold: int | None = None  # about the last 30 days: a hint
    historical_sold: int | None = None
    item_card_display_sold_count: CardSold | None = None
    item_rating: Rating | None = None
    stock: int | None = None
    status: int | None = None
    item_status: str | None = None
    shop_name: str | None = None
    models: list[Model] | None = None

    def onto(self, draft: Draft, page: Page) -> Draft:
        draft.external_id, draft.shop_id = str(self.itemid), str(self.shopid)
        draft.title, draft.shop_name, draft.stock = self.name, self.shop_name, self.stock
        draft.url = link_to(draft.shop_id, draft.external_id, page)
        settle_currency(draft, page, self.currency)
        self.prices_onto(draft)
        self._sold(draft)
        rating(draft, self.item_rating)
        availability(draft, self.status, self.item_status)
        draft.variants = None if self.models is None else len(self.models)
        return draft

    def prices_onto(self, draft: Draft) -> None:
        """`price` with the list price that belongs to it, and the top of the range."""
        draft.price, draft.price_max = money(self.price), money(self.price_max)
        draft.list_price = list_price_of(money(self.price_before_discount))
        if draft.list_price is None:
            draft.list_price = list_price_of(money(self.price_min_before_discount))
        low = money(self.price_min)
        if low is not None and draft.price is not None and draft.price < low:
            draft.flags.append("price: below price_min")
        self._cheaper_variant(draft)

    def _cheaper_variant(self, draft: Draft) -> None:
        """A promoted variant's price can stand for them all: the lowest and highest that can be bought are the range."""
        offers = [m for m in self.models or [] if m.stock != 0 and m.price > 0]
        if not offers or draft.price is None:
            return
        cheapest, dearest = min(offers, key=_price), max(offers, key=_price)
        low, high = units(cheapest.price), units(dearest.price)
        if low < draft.price:
            draft.price_max = max(draft.price, draft.price_max or draft.price)
            draft.price, draft.list_price = low, list_price_of(money(cheapest.price_before_discount))
        if high > max(draft.price, draft.price_max or draft.price):
            draft.price_max = high

    def _sold(self, draft: Draft) -> None:
        """Integers first; a text only where the card has nothing else."""
        card = self.item_card_display_sold_count or CardSold()
        total = card.historical_sold_count if self.historical_sold is None else self.historical_sold
        month = card.monthly_sold_count if self.sold is None else self.sold
        exact_sold(draft, "sold_30d", month)
        exact_sold(draft, "sold_total", total)
        if total is None:
            texts = (card.historical_sold_count_text, card.display_sold_count_text)
            sold_text(draft, next((text for text in texts if text), None))


def _price(model: Model) -> float:
    return model.price
