"""Items made without a second validation: nobody can tell them from validated ones."""

import copy
import pickle
from datetime import UTC, datetime
from decimal import Decimal

from catalog.reading import Item, Review, Sold
from spiders.draft import Draft
from spiders.shown import exact_sold
from spiders.trusted import trusted_review, trusted_sold


def settled() -> Item:
    draft = Draft("tiki", "cards", external_id="1", title=" Chè  đinh ", currency="VND", price=Decimal(235000))
    exact_sold(draft, "sold_total", 12)
    return draft.checked()


def test_item_equals_its_validated_twin() -> None:
    """Fields, fields set, hash of its dump, copies and pickles are those of an item that pydantic made."""
    item = settled()
    twin = Item.model_validate(item.model_dump())
    assert item == twin
    assert item.model_fields_set == twin.model_fields_set == set(Item.model_fields)
    assert item.model_dump_json() == twin.model_dump_json()
    assert copy.deepcopy(item) == pickle.loads(pickle.dumps(item)) == item  # noqa: S301 - our own bytes
    assert item.model_copy(update={"stock": 3}).stock == 3


def test_counter_equals_its_validated_twin() -> None:
    """The same for a counter."""
    assert trusted_sold("12", 12, None) == Sold(raw="12", lo=12, hi=None)
    assert settled().sold_total == Sold(raw="12", lo=12, hi=12)


def test_review_equals_its_validated_twin() -> None:
    """The same for a review."""
    at = datetime(2026, 11, 24, tzinfo=UTC)
    said = {
        "external_id": "7",
        "stars": 5,
        "text": "Thơm",
        "created_at": at,
        "images": 1,
        "variant": None,
        "reply": None,
    }
    made = trusted_review(external_id="7", stars=5, text="Thơm", created_at=at, images=1, variant=None, reply=None)
    assert made == Review.model_validate(said)
    assert made.model_dump_json() == Review.model_validate(said).model_dump_json()


def test_drafts_share_nothing() -> None:
    """Two items made one after the other have no mutable part in common but the names of their fields."""
    first, second = settled(), settled()
    assert vars(first) is not vars(second)
    assert vars(first) == vars(second)
