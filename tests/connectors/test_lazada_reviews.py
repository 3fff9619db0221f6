"""Reviews of Lazada: a week of ids a call, ten reviews a call, newest first (reference, section 4.5)."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from connectors.lazada.times import to_milliseconds
from tests.connectors.lazada_desk import NOW, Asked, Desk, ok, open_desk, ref

DAY = timedelta(days=1)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


def keep(desk: Desk, ages: dict[int, float], *, age: float = 400) -> None:
    """Reviews by id and age in days, of one product that is `age` days old."""
    made = {number: to_milliseconds(NOW - days * DAY) for number, days in ages.items()}

    def history(asked: Asked) -> dict[str, Any]:
        start, end, page = (int(asked[name]) for name in ("start_time", "end_time", "current"))
        assert end - start <= 7 * DAY / timedelta(milliseconds=1)
        assert start > to_milliseconds(NOW - 90 * DAY)
        found = [number for number, at in made.items() if start <= at < end]
        rows = found[(page - 1) * 10 : page * 10]
        return ok({"current": page, "page_size": 10, "total": len(found), "id_list": rows}, success=True)

    def details(asked: Asked) -> dict[str, Any]:
        numbers = json.loads(asked["id_list"])
        assert len(numbers) <= 10
        return ok({"outdated_reviews": [], "review_list": [review(one, made[one]) for one in numbers]}, success=True)

    desk.say("/products/get", ok({"total_products": 1, "products": [product(age)]}))
    desk.say("/review/seller/history/list", history)
    desk.say("/review/seller/list/v2", details)


def product(age: float) -> dict[str, Any]:
    sku = {"SkuId": 1, "SellerSku": "OCOP-01", "Status": "active", "price": 1}
    return {
        "item_id": 2100000001,
        "status": "Active",
        "created_time": str(to_milliseconds(NOW - age * DAY)),
        "attributes": {},
        "skus": [sku],
    }


def review(number: int, at: int) -> dict[str, Any]:
    return {
        "id": number,
        "review_type": "PRODUCT_REVIEW",
        "product_id": 2100000001,
        "order_id": 410000000000001,
        "review_content": f"Trà thơm {number}",
        "ratings": {"overall_rating": 5, "product_rating": 4, "seller_rating": 5, "logistics_rating": 3},
        "review_images": ["https://img.example/1.jpg"],
        "seller_reply": "",
        "create_time": at,
        "submit_time": at,
    }


def windows(desk: Desk) -> int:
    return len(desk.asked["/review/seller/history/list"])


def test_ninety_days_are_read_newest_first(desk: Desk) -> None:
    """Thirteen weeks; one without reviews is an empty page, so that a reader may stop there."""
    keep(desk, {1: 80, 2: 1, 3: 30})
    pages = list(desk.connector().pull_reviews(ref()))
    assert [one.external_id for page in pages for one in page.reviews] == ["2", "3", "1"]
    assert (len(pages), windows(desk)) == (13, 13)
    (first,) = pages[0].reviews
    assert (first.stars, first.text, first.images, first.reply) == (4, "Trà thơm 2", 1, None)
    assert first.created_at == NOW - DAY
    assert "410000000000001" not in str(pages[0].as_json())


def test_whoever_stops_at_the_first_page_pays_one_call(desk: Desk) -> None:
    """The daily look at a product without new reviews."""
    keep(desk, {1: 20})
    connector = desk.connector()
    assert next(connector.pull_reviews(ref())).reviews == ()
    assert connector.api_calls == 1


def test_a_new_product_has_no_older_weeks(desk: Desk) -> None:
    """Nobody reviewed it before it was there; when it was made is asked once."""
    keep(desk, {1: 2}, age=12)
    connector = desk.connector()
    for _ in range(2):
        assert [len(page.reviews) for page in connector.pull_reviews(ref())] == [1, 0]
    assert (windows(desk), len(desk.asked["/products/get"])) == (4, 1)


def test_a_busy_week_is_paged(desk: Desk) -> None:
    """25 ids are three pages of ten, and three calls for what they say."""
    keep(desk, dict.fromkeys(range(25), 3), age=6)
    pages = list(desk.connector().pull_reviews(ref()))
    assert [len(page.reviews) for page in pages] == [10, 10, 5]
    assert (windows(desk), len(desk.asked["/review/seller/list/v2"])) == (3, 3)


def test_a_follow_up_has_no_stars_and_is_left_out(desk: Desk) -> None:
    """None is not five."""
    keep(desk, {1: 1}, age=2)
    row = review(1, to_milliseconds(NOW)) | {"review_type": "FOLLOW_UP_REVIEW"}
    row.pop("ratings")
    desk._answers["/review/seller/list/v2"] = [ok({"review_list": [row]}, success=True)]
    assert [page.reviews for page in desk.connector().pull_reviews(ref())] == [()]


def test_reading_again_gives_everything_again(desk: Desk) -> None:
    """Nothing is kept back: a reader who looks for deleted reviews needs all of them."""
    keep(desk, {1: 1, 2: 20})
    connector = desk.connector()
    for _ in range(2):
        assert [one.external_id for page in connector.pull_reviews(ref()) for one in page.reviews] == ["1", "2"]
