"""Online share by group: both halves of the same producers and months, or no share."""

from datetime import date

import pytest
from sqlalchemy import select

from analysis.share import online_share
from catalog.tet import tet_days
from models import Producer, Product
from tests.analysis.books import AUTUMN, OCTOBER, Books, table


def producer(books: Books, code: str) -> Producer:
    return books.session.execute(select(Producer).where(Producer.code == code)).scalar_one()


def test_who_did_not_declare_is_in_no_share(autumn: Books) -> None:
    """Of 515.000 ₫ online in October HTX Trà's 310.000 has its other half; the rest and the unknown SKU's do not count."""
    autumn.offline(producer(autumn, "HTX1"), 202610, 930_000)
    report = online_share(autumn.session, OCTOBER, ["month"])
    assert report.columns == (
        "month",
        "online_vnd",
        "offline_vnd",
        "online_share",
        "online_undeclared_vnd",
        "producers_declared",
        "producers",
        "tet_days",
    )
    assert table(report) == [(202610, 310_000, 930_000, 0.25, 185_000, 1, 2, 0)]


def test_by_producer_and_month(autumn: Books) -> None:
    """A declaration without online sales is a share of zero; online sales without a declaration have none."""
    autumn.offline(producer(autumn, "HTX1"), 202611, 10_000)
    autumn.offline(producer(autumn, "HTX2"), 202610, 185_000)
    report = online_share(autumn.session, AUTUMN, ["producer"])
    assert [row[1:7] for row in table(report)] == [
        ("HTX2", 202610, 185_000, 185_000, 0.5, 0),
        ("HTX2", 202611, 0, None, None, 90_000),
        ("HTX1", 202610, 0, None, None, 310_000),
        ("HTX1", 202611, 0, 10_000, 0.0, 0),
    ]


def test_a_declaration_of_several_groups_belongs_to_none(autumn: Books) -> None:
    """HTX Miến makes things of two sub-groups: told as a whole it is in neither, told by product it is in its own."""
    noodles = producer(autumn, "HTX2")
    autumn.offline(noodles, 202610, 500_000)
    product = autumn.session.execute(select(Product).where(Product.code == "P3")).scalar_one()
    autumn.offline(noodles, 202610, 105_000, product_key="P3", product_id=product.id)
    report = online_share(autumn.session, OCTOBER, ["sub_group"])
    assert [row[:6] for row in table(report)] == [
        ("1.2.2", 202610, 35_000, 105_000, 0.25, 0),
        ("1.3.1", 202610, 0, None, None, 460_000),
    ]
    assert report.notes[1] == (
        "1 khai báo chung của chủ thể có hàng ở nhiều nhóm: không thuộc nhóm nào, cần khai theo sản phẩm."
    )


def test_the_star_is_the_months_for_both_halves(autumn: Books) -> None:
    """That of its last day."""
    autumn.offline(producer(autumn, "HTX1"), 202610, 310_000)
    rows = table(online_share(autumn.session, OCTOBER, ["star", "commune"]))
    assert rows[0][:6] == (4, "Tân Cương", 202610, 310_000, 310_000, 0.5)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), 14),
        (date(2026, 2, 1), date(2026, 2, 28), 23),
        (date(2026, 3, 1), date(2026, 3, 31), 0),
        (date(2030, 2, 1), date(2030, 2, 28), 8),  # a day before China's
        (date(2017, 2, 1), date(2017, 2, 28), None),
    ],
)
def test_the_season_of_tet_moves(first: date, last: date, days: int | None) -> None:
    """Thirty days before it to its seventh; outside the table unknown."""
    assert tet_days(first, last) == days
