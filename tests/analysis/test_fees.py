"""Fees against the dated table: every difference has a cause, and a changed rate changes what it should and nothing else."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.fees.report import fees
from analysis.report import Report, ReportError
from catalog.fees import FeeRule, FeeTableError, fee_rules, read_fee_rules
from models import Shop
from tests.analysis.books import AUTUMN, OCTOBER, Books, Line, local

HEAD = "marketplace,code,sub_group,percent,fixed_vnd,cap_vnd,base,is_optional,is_refundable,valid_from,valid_to,basis,source,checked_on"


def rule(code: str = "commission_fee", percent: str = "10", **changes: Any) -> FeeRule:
    facts: dict[str, Any] = {
        "marketplace": "shopee",
        "code": code,
        "percent": percent,
        "fixed_vnd": 0,
        "base": "goods",
        "is_optional": False,
        "is_refundable": True,
        "valid_from": date(2026, 1, 1),
        "basis": "thử",
        "source": "thử",
        "checked_on": date(2026, 1, 1),
    }
    return FeeRule.model_validate(facts | changes)


@pytest.fixture
def shop(books: Books) -> Shop:
    books.product("P1", "Trà", books.producer("HTX1", "HTX Trà"), sub_group="food/tea")
    books.product("P2", "Miến", books.producer("HTX2", "HTX Miến"), sub_group="food/noodles")
    return books.shop("Gian A", "shopee", orders=local(12, 1))


def sell(books: Books, shop: Shop, number: str, fee_vnd: int, *lines: Line, month: int = 10, **money: int) -> None:
    """One settled order that was charged that commission."""
    lines = lines or (Line("P1-1", 1, 100_000),)
    order = books.order(shop, number, local(month, 5), *lines, settled_at=local(month, 20))
    goods = sum(line.quantity * line.unit_price_vnd for line in lines)
    books.money(order, "settled", {"original_cost_of_goods_sold": goods, "commission_fee": fee_vnd} | money, "S")


def made(books: Books, *rules: FeeRule, by: Sequence[str] = (), period: Any = OCTOBER) -> Report:
    return fees(books.session, period, by, rules=lambda: rules)


def causes(report: Report) -> dict[object, tuple[object, ...]]:
    names = ("orders", "expected_vnd", "charged_vnd", "unexplained_vnd")
    return {row["cause"]: tuple(row[name] for name in names) for row in report.rows}


def test_each_difference_has_its_cause(books: Books, shop: Shop) -> None:
    """As expected, a đồng of rounding, charged twice, not at all, at another rate: each its own row, rounding explained."""
    for number, fee_vnd in enumerate((-10_000, -10_000, -10_001, -20_000, 0, -12_500)):
        sell(books, shop, str(number), fee_vnd)
    assert causes(made(books, rule())) == {
        "as_expected": (2, -20_000, -20_000, 0),
        "rounding": (1, -10_000, -10_001, 0),
        "charged_twice": (1, -10_000, -20_000, -10_000),
        "not_charged": (1, -10_000, 0, 10_000),
        "other_rate": (1, -10_000, -12_500, -2_500),
    }
    by_order = made(books, rule(), by=["order"])
    assert [(row["order"], row["cause"]) for row in by_order.rows] == [
        ("2", "rounding"),
        ("3", "charged_twice"),
        ("4", "not_charged"),
        ("5", "other_rate"),
    ]


def test_a_piece_charged_twice_is_found_among_several(books: Books, shop: Shop) -> None:
    """An amount named a second time explains the difference, though the order's fee is not doubled."""
    order = books.order(shop, "1", local(10, 5), Line("P1-1", 3, 100_000), settled_at=local(10, 20))
    books.money(order, "settled", {"original_cost_of_goods_sold": 300_000, "commission_fee": -30_000}, "S")
    books.money(order, "settled", {"commission_fee": -10_000}, "S", line="0#2")
    assert causes(made(books, rule())) == {"charged_twice": (1, -30_000, -40_000, -10_000)}


def test_a_fee_without_a_rate_is_unexplained_whole(books: Books, shop: Shop) -> None:
    """Expected is unknown, never 0, and the note says where to write the rate."""
    sell(books, shop, "1", -7_000)
    report = made(books)
    assert causes(report) == {"no_rate": (1, None, -7_000, -7_000)}
    assert report.notes[1].startswith("Bảng phí chưa có mức cho: shopee: commission_fee.")


def test_a_rate_that_changes_in_the_middle_counts_by_day(books: Books, shop: Shop) -> None:
    """October's order by October's rate; a changed row of November leaves October's figures as they are."""
    old = rule(valid_to=date(2026, 10, 31))
    sell(books, shop, "1", -10_000)
    sell(books, shop, "2", -12_000, month=11)
    for percent, cause in (("12", "as_expected"), ("11", "other_rate")):
        rows = made(books, old, rule(percent=percent, valid_from=date(2026, 11, 1)), period=AUTUMN).rows
        assert [(row["month"], row["cause"]) for row in rows] == [(202610, "as_expected"), (202611, cause)]


def test_the_rate_most_particular_about_the_goods_holds(books: Books, shop: Shop) -> None:
    """A sub-group before its group before all goods, line by line; fixed amounts once an order and rule, capped."""
    rules = rule(), rule(percent="5", sub_group="food"), rule(percent="2", sub_group="food/tea", cap_vnd=1_500)
    sell(books, shop, "1", -6_500, Line("P1-1", 1, 100_000), Line("P2-1", 1, 100_000))
    sell(books, shop, "2", -10_000, Line("LẠ", 1, 100_000))
    assert causes(made(books, *rules)) == {"as_expected": (2, -16_500, -16_500, 0)}


def test_bases_are_told_apart(books: Books, shop: Shop) -> None:
    """Goods, goods less the seller's voucher, and that with the buyer's shipping."""
    other = {"voucher_from_seller": -20_000, "buyer_paid_shipping_fee": 30_000, "actual_shipping_fee": -45_000}
    sell(books, shop, "1", -10_000, **other, service_fee=-8_000, seller_transaction_fee=-11_000)
    rules = rule(), rule("service_fee", base="paid_goods"), rule("seller_transaction_fee", base="paid_with_shipping")
    assert [(row["code"], row["cause"], row["expected_vnd"]) for row in made(books, *rules).rows] == [
        ("commission_fee", "as_expected", -10_000),
        ("seller_transaction_fee", "as_expected", -11_000),
        ("service_fee", "as_expected", -8_000),
    ]


def test_what_came_back_is_charged_only_where_the_fee_stays(books: Books, shop: Shop) -> None:
    """A refundable fee kept after a return is named; a handling fee that is never refunded is as expected."""
    order = books.order(
        shop, "1", local(10, 5), Line("P1-1", 1, 100_000, returned=1), state="returned", settled_at=local(10, 9)
    )
    amounts = {"original_cost_of_goods_sold": 100_000, "seller_return_refund": -100_000, "commission_fee": -10_000}
    books.money(order, "settled", amounts | {"seller_order_processing_fee": -3_000}, "S")
    rules = rule(), rule("seller_order_processing_fee", "0", fixed_vnd=3_000, is_refundable=False)
    assert causes(made(books, *rules)) == {
        "charged_after_return": (1, 0, -10_000, -10_000),
        "as_expected": (1, -3_000, -3_000, 0),
    }


def test_an_optional_fee_is_asked_for_only_where_it_is_charged(books: Books, shop: Shop) -> None:
    """A shop outside the programme owes nothing."""
    sell(books, shop, "1", -10_000)
    assert causes(made(books, rule(), rule("campaign_fee", "3", is_optional=True))) == {
        "as_expected": (1, -10_000, -10_000, 0)
    }


def test_the_shipped_table_is_dated_and_sourced() -> None:
    """Every row says since when, where it was read and when; no two rows of one fee and goods hold on one day."""
    for one in fee_rules():
        assert one.source
        assert one.basis
        same = (one.marketplace, one.code, one.sub_group)
        rivals = [r for r in fee_rules() if (r.marketplace, r.code, r.sub_group) == same and r.holds(one.valid_from)]
        assert rivals == [one]


def test_one_changed_row_changes_exactly_its_own_figures(books: Books, shop: Shop) -> None:
    """Of two fees, two months and two sub-groups, only that fee's figures of the days and goods the row is about."""
    sell(books, shop, "1", -10_000, service_fee=-2_000)
    sell(books, shop, "2", -10_000, Line("P2-1", 1, 100_000), service_fee=-2_000)
    sell(books, shop, "3", -10_000, month=11, service_fee=-2_000)
    old = [rule(), rule("commission_fee", sub_group="food/tea"), rule("service_fee", "2")]
    changed = [old[0], rule("commission_fee", "12", sub_group="food/tea", valid_to=date(2026, 10, 31)), old[2]]
    before, after = (set(_by_order(books, rules)) for rules in (old, changed))
    assert before == set()
    assert after == {("1", "commission_fee", -12_000, -10_000, 2_000)}
    whole, part = ({tuple(row.values()) for row in made(books, *rules, period=AUTUMN).rows} for rules in (old, changed))
    assert {row[1:3] for row in whole ^ part} == {(202610, "commission_fee")}


def _by_order(books: Books, rules: list[FeeRule]) -> list[tuple[object, ...]]:
    names = ("order", "code", "expected_vnd", "charged_vnd", "unexplained_vnd")
    rows = made(books, *rules, by=["order"], period=AUTUMN).rows
    return [tuple(row[name] for name in names) for row in rows]


def test_what_rests_on_an_undated_rate_is_said(books: Books, shop: Shop) -> None:
    """Nobody complains to a marketplace on the strength of a rate whose first day is not known."""
    sell(books, shop, "1", -10_000, service_fee=-2_000)
    notes = made(books, rule(confidence="undated"), rule("service_fee", "2")).notes
    assert [note for note in notes if "chưa rõ ngày" in note] == [
        "Mức chưa rõ ngày bắt đầu hoặc chưa có nguồn của chính sàn: shopee: commission_fee. Kiểm lại trước khi khiếu nại."
    ]


def test_an_offices_own_table_is_read(tmp_path: Path) -> None:
    """The same columns; a wrong cell is named by row and column."""
    path = tmp_path / "phí.csv"
    path.write_text(f"{HEAD}\nshopee,commission_fee,food,7.5,0,,goods,no,yes,2026-01-01,,a,b,2026-11-01\n", "utf-8-sig")
    assert read_fee_rules(path)[0].amount_vnd(100_007) == 7_501
    path.write_text(f"{HEAD}\nshopee,commission_fee,food,bảy,0,,goods,no,yes,2026-01-01,,a,b,2026-11-01\n", "utf-8")
    with pytest.raises(FeeTableError, match="Bảng phí, dòng 2: ô percent thiếu hoặc sai"):
        read_fee_rules(path)


def test_other_keys_are_refused(books: Books) -> None:
    """A fee of an order has no producer of its own."""
    with pytest.raises(ReportError, match="thêm --by order"):
        made(books, by=["producer"])
