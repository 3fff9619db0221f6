"""A price, and what is left of it: every part by its dated rate, what is unknown left unknown."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from analysis.report import Report, ReportError
from analysis.whatif.piece import Terms, floor_vnd, sold_at
from analysis.whatif.report import what_if
from catalog.fees import FeeRule
from catalog.taxes import withholding
from models import Shop, ShopProducer, Variant
from tests.analysis.books import OCTOBER, Books, Line, local
from tests.analysis.test_fees import rule

HOUSEHOLD = withholding("household", "goods", OCTOBER.last)


@pytest.fixture
def shop(books: Books) -> Shop:
    """A household's own shop with one pack of tea at 100.000 ₫."""
    producer = books.producer("HTX1", "Nhà Trà")
    producer.kind = "household"
    books.product("P1", "Trà", producer, sub_group="food/tea")
    books.session.execute(select(Variant)).scalar_one().price_vnd = 100_000
    shop = books.shop("Gian A", "shopee", orders=local(11, 1))
    books.session.add(ShopProducer(shop_id=shop.id, producer_id=producer.id))
    books.session.flush()
    return shop


def made(books: Books, *rules: FeeRule, by: Sequence[str] = ()) -> Report:
    return what_if(books.session, OCTOBER, by, rules=lambda: rules)


def test_from_price_to_net(books: Books, shop: Shop) -> None:
    """10 % and 3.000 ₫ of fees, 2 % seen lately without a rate, 1 % VAT, 0.5 % PIT, packaging, cost."""
    order = books.order(shop, "1", local(10, 5), Line("P1-1", 1, 100_000))
    books.money(order, "processing", {"original_cost_of_goods_sold": 100_000, "service_fee": -2_000})
    fixed = rule("seller_order_processing_fee", "0", fixed_vnd=3_000)
    report = made(books, rule(), fixed, rule("campaign_fee", is_optional=True), by=["packaging=5k", "cost=60.000"])
    assert [tuple(row.values()) for row in report.rows] == [
        (
            "Trà",
            "P1-1",
            "shopee",
            "Gian A",
            100_000,
            13_000,
            2_000,
            1_000,
            500,
            5_000,
            60_000,
            18_500,
            0.185,
            78_612,
            23_500,
        )
    ]


def test_another_price_and_a_changed_table_show_who_loses(books: Books, shop: Shop) -> None:
    """The same question with a dearer table: the note counts and names."""
    order = books.order(shop, "2", local(10, 5), Line("P1-1", 1, 100_000))
    books.money(order, "processing", {"original_cost_of_goods_sold": 100_000})
    before = made(books, rule(), by=["price=50000", "cost=44000"])
    after = made(books, rule(percent="12"), by=["price=50000", "cost=44000"])
    assert [row["net_vnd"] for row in (*before.rows, *after.rows)] == [250, -750]
    assert not any("bị lỗ" in note for note in before.notes)
    assert after.notes[1] == "1 dòng bị lỗ; nặng nhất: P1-1 ở Gian A (-750 ₫)."


def test_a_changed_table_names_who_comes_to_lose(books: Books, shop: Shop) -> None:
    """Beside each net stands that by the table that ships: 5 % and 3.000 ₫ an order; who lost before is not named as turned."""
    order = books.order(shop, "3", local(10, 5), Line("P1-1", 1, 100_000))
    books.money(order, "processing", {"original_cost_of_goods_sold": 100_000})
    turned = made(books, rule(percent="25"), by=["price=50000", "cost=40000"])
    assert [(row["net_before_vnd"], row["net_vnd"]) for row in turned.rows] == [(3_750, -3_250)]
    assert turned.notes[2] == "Theo bảng phí này 1 dòng đang có lãi thành lỗ: P1-1 ở Gian A."
    lost = made(books, rule(percent="25"), by=["price=50000", "cost=45000"])
    assert [row["net_before_vnd"] for row in lost.rows] == [-1_250]
    assert not any("thành lỗ" in note for note in lost.notes)
    same = what_if(books.session, OCTOBER, ["price=50000"])
    assert "net_before_vnd" not in same.columns


def test_what_is_unknown_stays_unknown(books: Books, shop: Shop) -> None:
    """A shop of many producers, and no order lately: no tax, no other fees, so no net and no floor; never 0."""
    books.shop("Chung", "tiki")
    row = next(row for row in made(books, rule(marketplace="tiki", code="base_fee")).rows if row["shop"] == "Chung")
    assert [row[name] for name in ("fee_vnd", "other_fee_vnd", "vat_vnd", "net_vnd", "floor_vnd")] == [
        10_000,
        None,
        None,
        None,
        None,
    ]
    supposed = made(books, rule(marketplace="tiki", code="base_fee"), by=["seller=cooperative", "sku=P1-1"])
    assert next(row for row in supposed.rows if row["shop"] == "Chung")["vat_vnd"] == 0
    assert shop.name == "Gian A"


@pytest.mark.parametrize(
    ("by", "sentence"),
    [
        ("giá=1", "Không có lựa chọn giá"),
        ("price=nhiều", "Không đọc được «nhiều»"),
        ("seller=công ty", "Loại hình «công ty» không có"),
        ("sku=X", "Không có gói nào mang SKU «X»"),
    ],
)
def test_wrong_suppositions_are_named(books: Books, by: str, sentence: str) -> None:
    """Never a table for something else."""
    with pytest.raises(ReportError, match=sentence):
        made(books, by=[by])


@given(st.integers(0, 20), st.integers(0, 5_000), st.integers(0, 50_000))
def test_the_floor_is_where_losing_ends(percent: int, fixed_vnd: int, cost_vnd: int) -> None:
    """At the floor nothing is lost, a đồng below something is."""
    terms = Terms([rule(percent=str(percent), fixed_vnd=fixed_vnd)], Fraction(1, 50), HOUSEHOLD, 0, cost_vnd)
    floor = floor_vnd(terms, 10**6)
    assert floor is not None
    assert (sold_at(floor, terms).net_vnd or 0) >= 0
    assert floor == 1 or (sold_at(floor - 1, terms).net_vnd or 0) < 0
