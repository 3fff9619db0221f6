"""Orders, their money, and the walk through a window of them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from connectors.facts.order import MoneyLine, MoneyStage, OrderState
from connectors.tiki.order_mapper import to_income, to_order
from connectors.tiki.payloads.orders import OrderList, OrderRow
from connectors.tiki.walk import LIMIT, Walk

BUYER = {"full_name": "Nguyễn Thị Mẫu", "street": "Số 1 ngõ Không Có", "phone": "0900000000", "email": "mau@example.vn"}


def item(**changes: Any) -> dict[str, Any]:
    fees = [
        {"id": 1, "fee_type_key": "base_fee", "base_amount": 8, "total_amount": -37600, "final_amount": -37600},
        {"id": 2, "fee_type_key": "pickup_fee", "base_amount": 1000.5, "final_amount": -1000.00},
        {"id": 3, "fee_type_key": "pickup_fee", "base_amount": 1000, "final_amount": -500},
    ]
    facts: dict[str, Any] = {
        "id": 220000001,
        "price": 235000.00,
        "qty": 2,
        "product": {
            "id": 279000123,
            "master_id": 279000121,
            "sku": "4800000000011",
            "seller_product_code": "TN-CHE-0001-200",
            "name": "Chè Tân Cương 200g",
        },
        "invoice": {"row_total": 470000, "seller_fee": 39100, "seller_income": 430900, "fees": fees},
    }
    return facts | changes


def order(**changes: Any) -> OrderRow:
    facts: dict[str, Any] = {
        "id": 130000001,
        "code": "600000001",
        "status": "shipping",
        "created_at": "2026-11-20 09:15:00",
        "updated_at": "2026-11-21 00:16:10",
        "items": [item()],
        "shipping": {"partner_name": "TNSL", "address": BUYER | {"region": "Hà Nội", "region_tiki_code": "VN034"}},
        "customer": {"id": 900001, "full_name": BUYER["full_name"]},
        "delivery": {"delivery_note": f"gọi {BUYER['phone']}"},
        "invoice": {"grand_total": 489000, "tax_info": {"name": BUYER["full_name"]}},
        "cancel_info": {"reason_code": "1", "reason_text": "Đổi ý", "comment": BUYER["phone"]},
        "status_histories": [{"id": 1, "status": "paid", "created_at": "2026-11-20 09:20:00"}],
        "gift_note_of_tomorrow": BUYER["full_name"],
    }
    return OrderRow.model_validate(facts | changes)


def test_an_order_in_our_words() -> None:
    """Vietnam time becomes UTC, our SKU is the seller's code, ids are of the offer and its page."""
    mapped = to_order(order())
    (line,) = mapped.lines
    assert (mapped.external_id, mapped.state, mapped.raw_state) == ("600000001", OrderState.SHIPPED, "shipping")
    assert mapped.updated_at == datetime(2026, 11, 20, 17, 16, 10, tzinfo=UTC)
    assert mapped.paid_at == datetime(2026, 11, 20, 2, 20, tzinfo=UTC)
    assert mapped.province == "Hà Nội"
    assert (line.sku, line.item_external_id, line.variant_external_id) == ("TN-CHE-0001-200", "279000121", "279000123")
    assert (line.quantity, line.unit_price_vnd) == (2, 235_000)


def test_no_person_survives_the_mapping() -> None:
    """Neither a documented personal field nor one that Tiki invents later is kept."""
    raw = to_order(order()).raw
    assert [value for value in BUYER.values() if value in raw] == []
    assert '"region":"Hà Nội"' in raw
    assert '"grand_total":489000' in raw


def test_fees_of_one_kind_are_one_signed_line() -> None:
    """Money is told apart by its name under a line, so a name that comes twice is added up."""
    assert to_order(order()).money == tuple(
        MoneyLine(code=code, amount_vnd=amount, stage=MoneyStage.PLACED, line_external_id="220000001")
        for code, amount in (("row_total", 470_000), ("base_fee", -37_600), ("pickup_fee", -1_500))
    )


def test_income_is_processing_and_adds_up() -> None:
    """Tiki has no statement, so nothing is settled, however complete the order is."""
    income = to_income(order(status="complete"))
    assert (income.payout_vnd, income.settled_at) == (430_900, None)
    assert sum(line.amount_vnd for line in income.lines) == 430_900
    assert {line.stage for line in income.lines} == {MoneyStage.PROCESSING}


def test_a_lost_order_earns_nothing() -> None:
    """Tiki still writes the goods' value under a returned order; only what it took counts."""
    income = to_income(order(status="returned"))
    assert [(line.code, line.amount_vnd) for line in income.lines] == [("base_fee", -37_600), ("pickup_fee", -1_500)]


def test_a_fraction_of_a_dong_is_refused() -> None:
    """409000.00 is whole; 409000.50 is not money."""
    assert to_order(order()).lines[0].unit_price_vnd == 235_000
    with pytest.raises(ValidationError, match="fractional"):
        order(items=[item(price=409000.50)])


class Shelf:
    """Orders as Tiki keeps them: (code, time of update), answered in windows and pages."""

    def __init__(self, times: dict[str, str]) -> None:
        self.times = times

    def answer(self, walk: Walk) -> OrderList:
        query = walk.query()
        assert query.updated_from_date is not None
        assert query.updated_to_date is not None
        first, last = query.updated_from_date, query.updated_to_date
        found = sorted((at, code) for code, at in self.times.items() if first <= at <= last)
        shown = found[(query.page - 1) * LIMIT : query.page * LIMIT]
        return page([(code, at) for at, code in shown], query.page, len(found))


def page(rows: list[tuple[str, str]], number: int = 1, total: int = 0) -> OrderList:
    data = [{"code": c, "status": "paid", "created_at": at, "updated_at": at, "items": []} for c, at in rows]
    last_page = -(-total // LIMIT)
    return OrderList.model_validate({"data": data, "paging": {"current_page": number, "last_page": last_page}})


def walked(walk: Walk, shelf: Shelf) -> Iterator[list[str]]:
    while not walk.is_over:
        answer = shelf.answer(walk)
        assert walk.fits(answer)
        yield [row.code for row in walk.take(answer.data)]


def test_an_order_that_moves_while_we_read_hides_no_other() -> None:
    """The first order of the first page is updated after it was read: counted pages would now skip the 51st."""
    shelf = Shelf({f"{n:03}": f"2026-11-20 10:00:{n % 60:02}" for n in range(58)})
    walk = Walk("2026-11-20 00:00:00", "2026-11-20 12:00:00")
    seen: set[str] = set()
    for codes in walked(walk, shelf):
        seen.update(codes)
        shelf.times["000"] = "2026-11-20 13:00:00"
    assert len(seen) == 58


def test_more_orders_of_one_second_than_a_page_holds() -> None:
    """A window that cannot start later goes on by page number."""
    shelf = Shelf({f"{n:03}": "2026-11-20 10:00:00" for n in range(120)})
    walk = Walk("2026-11-20 00:00:00", "2026-11-20 12:00:00")
    given = [code for codes in walked(walk, shelf) for code in codes]
    assert sorted(given) == sorted(shelf.times)


def test_an_empty_answer_is_asked_for_twice() -> None:
    """Tiki has answered with nothing by mistake: the second answer still counts."""
    walk = Walk("2026-11-20 00:00:00", "2026-11-20 12:00:00")
    assert walk.take([]) == []
    assert not walk.is_over
    (row,) = page([("001", "2026-11-20 10:00:00")]).data
    assert walk.take([row]) == [row]
    assert walk.take([row]) == []
    assert walk.is_over


def test_an_old_answer_does_not_fit() -> None:
    """Another page number, or an order from before the window, is not the answer to this question."""
    walk = Walk("2026-11-20 00:00:00", "2026-11-20 12:00:00")
    assert walk.fits(page([("001", "2026-11-20 00:00:00")]))
    assert not walk.fits(page([("001", "2026-11-20 10:00:00")], number=2))
    assert not walk.fits(page([("001", "2026-11-19 23:59:59")]))
