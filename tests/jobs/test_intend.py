"""What a shop should show follows the register and the calendar, and nothing else."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from catalog.certificate import Certificate
from catalog.document import Document
from jobs.intend import keep_intentions_fresh
from jobs.register import store_register
from models import Listing, Producer, ShopProducer
from sandbox.things import VIETNAM
from sandbox.world import OfferState
from tests.jobs.office import SHOPS, Office, opened

SKU = "OCOP-TN-0003-500G"
CODE = "OCOP-TN-0003"
LAST_DAY = date(2026, 10, 5)
FOUR_STARS = Certificate(stars=4, decision_no="1/QĐ", decision_date=date(2023, 10, 5))  # to the end of LAST_DAY


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, products=3) as found:
        yield found


def _rewrite(office: Office, **facts: Any) -> None:
    """The office corrects one product."""
    office.products = [
        product.model_copy(update=facts) if product.code == CODE else product for product in office.products
    ]
    store_register(office.app, office.producers, office.products)


def _wait_until(office: Office, hour: int, minute: int, day: date) -> None:
    office.world.advance(to=datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM))


def _packs(office: Office) -> int:
    return next(len(product.variants) for product in office.products if product.code == CODE)


def _offer(office: Office) -> Any:
    return next(offer for offer in office.offers("shopee") if offer.sku == SKU)


def test_a_star_leaves_the_text_by_date_alone(office: Office) -> None:
    """The certificate's last day is local: before midnight nothing is sent, after it the claim is gone."""
    _rewrite(office, certificates=(FOUR_STARS,))
    office.push("shopee")
    assert "OCOP 4 sao" in _offer(office).description
    _wait_until(office, 23, 50, LAST_DAY)
    assert office.push("shopee").counts["api_calls"] == 0
    _wait_until(office, 0, 10, date(2026, 10, 6))
    assert office.push("shopee").counts["done"] == {"update": _packs(office)}
    assert "sao" not in _offer(office).description


def test_a_paper_that_runs_out_takes_the_goods_off_and_its_successor_brings_them_back(office: Office) -> None:
    """No paper, no sale, from the very day; the listing is the same one afterwards."""
    product = next(product for product in office.products if product.code == CODE)
    papers = tuple(paper.model_copy(update={"expires_on": LAST_DAY}) for paper in product.documents)
    _rewrite(office, documents=papers)
    office.push("shopee")
    before = _offer(office)
    _wait_until(office, 0, 10, date(2026, 10, 6))
    assert office.push("shopee").counts["done"] == {"withdraw": _packs(office)}
    assert before.state is OfferState.HIDDEN
    row = office.listings("shopee")[SKU]
    assert (row.wanted, "expired_food_self_declaration" in row.blockers) == (False, True)
    renewed = Document(kind="food_self_declaration", number="2/2026", issued_on=LAST_DAY)
    _rewrite(office, documents=(*product.documents, renewed))
    assert office.push("shopee").counts["done"] == {"restore": _packs(office)}
    assert (_offer(office).offer_id, before.state) == (before.offer_id, OfferState.LIVE)


def test_a_product_without_price_is_not_sold_and_says_why(office: Office) -> None:
    """What is unknown is never guessed: the listing waits with its sentence."""
    office.change(SKU, price_vnd=None)
    office.push("shopee")
    row = office.listings("shopee")[SKU]
    assert (row.wanted, row.external_id) == (False, None)
    assert "chưa biết giá bán" in row.blockers


def test_a_shop_sells_for_its_own_producers(office: Office) -> None:
    """A shop that names producers has their packs and no others."""
    shop = office.app.shop(SHOPS["shopee"])
    mine = office.products[0].producer_code
    with office.app.database.write() as session:
        producer = session.scalars(select(Producer).where(Producer.code == mine)).one()
        session.add(ShopProducer(shop_id=shop.id, producer_id=producer.id))
    keep_intentions_fresh(office.app, shop)
    packs = {v.sku for product in office.products if product.producer_code == mine for v in product.variants}
    assert set(office.listings("shopee")) == packs


def test_an_unchanged_register_is_not_composed_again(office: Office) -> None:
    """A run over it reads and writes nothing: no column of any listing moves."""
    office.push("shopee")
    shop = office.app.shop(SHOPS["shopee"])
    before = _rows(office)
    office.wait(days=1)
    keep_intentions_fresh(office.app, shop)
    assert _rows(office) == before


def _rows(office: Office) -> list[tuple[object, ...]]:
    with office.app.database.session() as session:
        return [tuple(row) for row in session.execute(select(Listing.__table__))]
