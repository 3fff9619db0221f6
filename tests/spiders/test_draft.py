"""What comes of a draft: a fact of the types it promises, which nobody can change and every process can be sent."""

import copy
import pickle
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from msgspec import convert

from catalog.reading import Item, Review, Sold
from spiders.draft import Draft
from spiders.shown import exact_sold


def settled() -> Item:
    draft = Draft("tiki", "cards", external_id="1", title=" Chè  đinh ", currency="VND", price=Decimal(235000))
    exact_sold(draft, "sold_total", 12, " 12 ")
    draft.flags.append("available: unknown status ")
    return draft.checked()


def test_draft_has_the_fields_of_an_item_in_its_order() -> None:
    """An item is made of a draft's values by their place: so the two lists of fields must not part."""
    assert Draft.__struct_fields__ == (*Item.__struct_fields__, "says_no_price")


def test_item_is_what_a_typed_reader_would_have_made() -> None:
    """Every value has the type its field promises; texts and flags have no blanks around them."""
    item = settled()
    assert convert(item.as_json(), Item) == item
    assert (item.title, item.sold_total, item.flags) == ("Chè đinh", Sold("12", 12, 12), ("available: unknown status",))


def test_fact_survives_the_way_between_processes_and_stays_as_it_was() -> None:
    """Copies and pickles are equal to it, and none of its fields can be set."""
    item = settled()
    assert copy.deepcopy(item) == pickle.loads(pickle.dumps(item)) == item  # noqa: S301 - our own bytes
    with pytest.raises(AttributeError):
        item.title = "another"  # type: ignore[misc]


def test_drafts_share_nothing() -> None:
    """What is flagged in one draft is not flagged in the next."""
    first, second = Draft("tiki", "cards"), Draft("tiki", "cards")
    first.flags.append("price: out of range")
    assert second.flags == []


def test_bounds_hold_whoever_makes_the_fact() -> None:
    """Less than nothing sold, and a sixth star, are refused at the door."""
    with pytest.raises(ValueError, match="below zero"):
        Sold("-1", -1)
    with pytest.raises(ValueError, match="outside one to five"):
        Review(external_id="7", stars=6)


def test_fact_as_json_has_amounts_and_times_as_text() -> None:
    """What `ocop parse` prints and what a review's content hash is made of: the same text in every version."""
    review = Review(
        external_id="7", stars=5, text="Thơm", created_at=datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC), images=1
    )
    assert review.as_json() == {
        "external_id": "7",
        "stars": 5,
        "text": "Thơm",
        "created_at": "2026-11-24T01:02:03Z",
        "images": 1,
        "variant": None,
        "reply": None,
    }
    assert settled().as_json()["price"] == "235000"
