"""The founding year as it is put into the world: the counts by class, who declares and when, and that a seed says it all."""

from collections import Counter
from datetime import date, datetime

import pytest

from catalog.certificate import CertificateState
from sandbox.clock import VirtualClock
from sandbox.scenario import LATE, ON_TIME, ONLINE_SHARE, SILENT, STARS, Declared, declarations, put_on_sale
from sandbox.scenario_goods import LAST, FoundingYear, founding_year, recognised_on
from sandbox.scenario_sways import UPLIFT
from sandbox.things import VIETNAM, vietnam_day
from sandbox.world import World

SHOPS = {"lazada": "11", "shopee": "12", "tiktok_shop": "13"}


@pytest.fixture(scope="module")
def story() -> FoundingYear:
    return founding_year(1, SHOPS)


@pytest.fixture(scope="module")
def spring(story: FoundingYear) -> World:
    """January to March 2020."""
    world = World(1, VirtualClock(datetime(2020, 1, 1, tzinfo=VIETNAM)))
    put_on_sale(world, story, 0.4)
    world.run_until(datetime(2020, 4, 1, tzinfo=VIETNAM))
    return world


def test_129_products_hold_a_live_certificate_at_the_end(story: FoundingYear) -> None:
    """Two of five stars, 73 of four, 54 of three; 38 were never recognised, at least eight in each sub-group."""
    live = Counter(
        one.stars
        for product in story.products
        for one in product.certificates
        if one.state(LAST) is CertificateState.LIVE
    )
    never = Counter(product.sub_group for product in story.products if not product.certificates)
    assert live == STARS
    assert never == {"food/tea": 14, "food/processed_cereal": 8, "food/honey_other": 8, "food/other_tea": 8}


def test_the_rounds_are_those_of_the_province(story: FoundingYear) -> None:
    """25 recognised until 2019, 51 in 2020, 53 in 2021."""
    years = Counter(
        one.decision_date.year for product in story.products for one in product.certificates if one.decision_date
    )
    assert years == {2019: 25, 2020: 51, 2021: 53}


def test_every_product_is_sold_on_two_marketplaces(story: FoundingYear) -> None:
    """And one seed says which: another says otherwise."""
    assert {len({market for market, _, _ in those}) for those in story.shelves.values()} == {2}
    assert founding_year(1, SHOPS) == story
    assert founding_year(2, SHOPS).shelves != story.shelves


def test_a_certificate_is_worth_a_fifth_of_the_price_from_its_day_on(spring: World, story: FoundingYear) -> None:
    """The same shelf the day before and the day itself, other things being equal."""
    decided = [(one, day) for one in story.products if (day := recognised_on(one)) is not None]
    assert len(decided) == 104
    steps = Counter()
    for product, day in decided:
        shelf = story.shelves[product.code][0]
        before = spring.sways.price(shelf, date.fromordinal(day.toordinal() - 1))
        steps[round(spring.sways.price(shelf, day) / before, 6)] += 1
    assert steps[1 + UPLIFT] > 90  # some other thing of the shelf begins or ends that day
    assert steps.most_common(1)[0][0] == 1 + UPLIFT


def test_seven_of_ten_are_sold_outside_and_not_all_of_it_is_told(spring: World, story: FoundingYear) -> None:
    """Two producers tell nothing, one declaration in six comes two months late; what happened follows from the orders."""
    told = list(declarations(spring, story))
    online_vnd = sum(
        order.goods_vnd for market, shop in SHOPS.items() for order in spring.orders(market, shop) if order.counts
    )
    outside_vnd = sum(one.amount_vnd for one in told)
    assert online_vnd / (online_vnd + outside_vnd) == pytest.approx(ONLINE_SHARE, abs=0.01)
    assert {one.producer_code for one in told if one.on is None} == {
        producer.code for producer in story.producers[:SILENT]
    }
    assert Counter(_waited(one) for one in told) == {None: SILENT * 3, ON_TIME.days: 115, LATE.days: 23}
    assert max(vietnam_day(order.placed_at) for order in spring.orders("shopee")) == date(2020, 3, 31)


def _waited(one: Declared) -> int | None:
    """Days after the month's end."""
    year, month = divmod(one.month, 100)
    return None if one.on is None else (one.on - date(year, month + 1, 1)).days + 1
