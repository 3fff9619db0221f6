"""Statements against their lines: every difference shown, every cause named with its order."""

import pytest
from sqlalchemy.orm import Session

from analysis.reconcile import reconcile
from analysis.report import ReportError
from models import Shop
from tests.analysis.books import OCTOBER, Books, Line, local

Figures = tuple[object, ...]


@pytest.fixture
def shop(books: Books) -> Shop:
    return books.shop("Gian A", "tiktok_shop", orders=local(11, 1))


def settled(books: Books, shop: Shop, number: str, statement: str, *, fee: int = -10_000, **more: object) -> None:
    """An order of one pack at 100.000 ₫, paid in that statement: 90.000 ₫ unless the fee says otherwise."""
    order = books.order(shop, number, local(10, 2), Line("TRA", 1, 100_000), settled_at=local(10, 9), **more)
    books.money(order, "settled", {"items": 100_000, "commission": fee}, statement)


def figures(books: Books) -> list[Figures]:
    rows = [row for row in reconcile(books.session, OCTOBER, ()).rows if row["cause"] is None]
    return [(row["statement"], row["says_vnd"], row["lines_vnd"], row["difference_vnd"]) for row in rows]


def causes(books: Books) -> list[Figures]:
    rows = [row for row in reconcile(books.session, OCTOBER, ()).rows if row["cause"] is not None]
    return [(row["statement"], row["cause"], row["order"], row["code"], row["amount_vnd"]) for row in rows]


def test_what_agrees_has_no_cause(books: Books, shop: Shop) -> None:
    """A row a statement, its payout beside its lines, and nothing else."""
    settled(books, shop, "1", "S1")
    settled(books, shop, "2", "S1")
    books.statement(shop, "S1", local(10, 10), 180_000, ("1", "", 90_000), ("2", "", 90_000), payout_vnd=180_000)
    assert (figures(books), causes(books)) == ([("S1", 180_000, 180_000, 0)], [])


def test_a_statement_belongs_to_the_month_it_was_cut_in(books: Books, shop: Shop) -> None:
    """One that ends with the last day belongs to that day; the next month's is not here."""
    for number, at in (("S1", local(11, 1)), ("S2", local(11, 1, 0, 0, 1)), ("S0", local(10, 1))):
        books.statement(shop, number, at, 0)
    assert figures(books) == [("S1", 0, 0, 0)]


@pytest.mark.parametrize("says_orders", [True, False])
def test_a_payout_short_by_one_order_names_it(books: Books, shop: Shop, says_orders: bool) -> None:
    """Whether the statement lists its orders and leaves one out, or says only a total that lacks exactly that order."""
    settled(books, shop, "1", "S1")
    settled(books, shop, "2", "S1", fee=-12_000)
    books.statement(shop, "S1", local(10, 10), 90_000, *([("1", "", 90_000)] if says_orders else []))
    assert figures(books) == [("S1", 90_000, 178_000, -88_000)]
    assert causes(books) == [("S1", "order_not_paid", "2", "", -88_000)]


def test_a_payout_below_its_own_total_names_the_order(books: Books, shop: Shop) -> None:
    """The total is right and less was paid."""
    settled(books, shop, "1", "S1")
    settled(books, shop, "2", "S1", fee=-12_000)
    books.statement(shop, "S1", local(10, 10), 178_000, payout_vnd=88_000)
    assert causes(books) == [("S1", "order_not_paid", "1", "", -90_000)]


def test_what_nobody_can_explain_is_shown(books: Books, shop: Shop) -> None:
    """No order comes to the difference: it stays a difference, with its amount."""
    settled(books, shop, "1", "S1")
    books.statement(shop, "S1", local(10, 10), 89_999)
    assert figures(books) == [("S1", 89_999, 90_000, -1)]
    assert causes(books) == [("S1", "unexplained", "", "", -1)]


def test_two_orders_that_would_fit_are_not_guessed_between(books: Books, shop: Shop) -> None:
    """Both are named in the sentence, neither is accused."""
    settled(books, shop, "1", "S1")
    settled(books, shop, "2", "S1")
    books.statement(shop, "S1", local(10, 10), 90_000)
    assert causes(books) == [("S1", "unexplained", "", "", -90_000)]
    rows = reconcile(books.session, OCTOBER, ()).rows
    assert "một trong các đơn 1, 2" in str(rows[-1]["why"])


def test_an_amount_of_no_order_is_asked_about(books: Books, shop: Shop) -> None:
    """A penalty stands among the lines, so nothing differs, and it is named."""
    settled(books, shop, "1", "S1")
    books.statement(shop, "S1", local(10, 10), 40_000, ("1", "", 90_000), ("", "PLATFORM_PENALTY", -50_000))
    assert figures(books) == [("S1", 40_000, 40_000, 0)]
    assert causes(books) == [("S1", "unexpected_amount", "", "PLATFORM_PENALTY", -50_000)]


def test_what_was_carried_over_is_no_surprise(books: Books, shop: Shop) -> None:
    """Yesterday's unpaid balance stands among the lines and is nobody's fault."""
    settled(books, shop, "1", "S1")
    books.statement(shop, "S1", local(10, 10), 140_000, ("1", "", 90_000), ("", "opening_balance", 50_000))
    assert (figures(books), causes(books)) == ([("S1", 140_000, 140_000, 0)], [])


def test_an_order_that_was_never_read_is_named(books: Books, shop: Shop) -> None:
    """Its money is in the statement and its lines are nowhere."""
    books.statement(shop, "S1", local(10, 10), 90_000, ("9", "", 90_000))
    assert causes(books) == [("S1", "unknown_order", "9", "", 90_000)]


def test_an_order_stated_otherwise_than_its_lines(books: Books, shop: Shop) -> None:
    """The statement's own figure of an order differs from the order's lines."""
    settled(books, shop, "1", "S1")
    books.statement(shop, "S1", local(10, 10), 85_000, ("1", "", 85_000))
    assert causes(books) == [("S1", "unexpected_amount", "1", "", -5_000)]


def test_a_fee_twice_the_usual_is_named(books: Books, shop: Shop) -> None:
    """Held against other orders of the same pack; the statement adds up, so only the fee gives it away."""
    for number in "1234":
        settled(books, shop, number, "S1")
    settled(books, shop, "5", "S1", fee=-20_000)
    books.statement(shop, "S1", local(10, 10), 440_000)
    assert figures(books) == [("S1", 440_000, 440_000, 0)]
    assert causes(books) == [("S1", "fee_charged_twice", "5", "commission", -10_000)]


def test_a_fee_again_in_the_next_statement_is_named(books: Books, shop: Shop) -> None:
    """Once in each of two statements is twice for the order; the later one is to blame."""
    for number in "1234":
        settled(books, shop, number, "S1")
    order = books.order(shop, "5", local(10, 3), Line("TRA", 1, 100_000), settled_at=local(10, 9))
    books.money(order, "settled", {"items": 100_000, "commission": -10_000}, "S1")
    books.money(order, "settled", {"commission": -10_000}, "S2")
    books.statement(shop, "S1", local(10, 10), 450_000)
    books.statement(shop, "S2", local(10, 11), -10_000)
    assert causes(books) == [("S2", "fee_charged_twice", "5", "commission", -10_000)]


def test_a_fee_named_twice_needs_no_other_orders(books: Books, shop: Shop) -> None:
    """The very same amount of the very same line again, in one statement."""
    order = books.order(shop, "5", local(10, 3), Line("TRA", 1, 100_000), settled_at=local(10, 9))
    books.money(order, "settled", {"items": 100_000, "commission": -10_000}, "S1")
    books.money(order, "settled", {"commission": -10_000}, "S1", line="#2")
    books.statement(shop, "S1", local(10, 10), 80_000)
    assert causes(books) == [("S1", "fee_charged_twice", "5", "commission", -10_000)]


def test_one_piece_charged_twice_among_several(books: Books, shop: Shop) -> None:
    """Lines of their own for three pieces, one of them with the fee again: the excess is that piece's."""
    order = books.order(shop, "5", local(10, 3), Line("TRA", 3, 100_000), settled_at=local(10, 9))
    for line in ("a", "b", "b#2", "c"):
        books.money(order, "settled", {"commission": -10_000}, "S1", line=line)
    books.money(order, "settled", {"items": 300_000}, "S1")
    books.statement(shop, "S1", local(10, 10), 260_000)
    assert causes(books) == [("S1", "fee_charged_twice", "5", "commission", -10_000)]


def test_a_fee_taken_back_and_charged_anew_is_no_error(books: Books, shop: Shop) -> None:
    """Three bookings that come to one charge."""
    order = books.order(shop, "5", local(10, 3), Line("TRA", 1, 100_000), settled_at=local(10, 9))
    books.money(order, "settled", {"items": 100_000, "commission": -10_000}, "S1")
    books.money(order, "settled", {"commission": 10_000}, "S1", line="#2")
    books.money(order, "settled", {"commission": -10_000}, "S1", line="#3")
    books.statement(shop, "S1", local(10, 10), 90_000)
    assert causes(books) == []


def test_a_dearer_category_is_no_error(books: Books, shop: Shop) -> None:
    """Another product's orders all pay the double rate: that is its rate."""
    for number in "12345":
        settled(books, shop, number, "S1")
    for number in ("a", "b", "c", "d"):
        order = books.order(shop, number, local(10, 2), Line("MIEN", 1, 100_000), settled_at=local(10, 9))
        books.money(order, "settled", {"items": 100_000, "commission": -20_000}, "S1")
    books.statement(shop, "S1", local(10, 10), 770_000)
    assert causes(books) == []


def test_amounts_that_differ_by_nature_have_no_usual(books: Books, shop: Shop) -> None:
    """Carriage of 15, 30 and 40 thousand is no fee charged twice."""
    for number, carriage in enumerate((-15_000, -15_000, -30_000, -40_000, -22_000)):
        settled(books, shop, str(number), "S1", fee=carriage)
    books.statement(shop, "S1", local(10, 10), 378_000)
    assert causes(books) == []


def test_a_refund_that_is_missing(books: Books, shop: Shop) -> None:
    """A returned order pays nothing; one whose goods were half sent back pays for the other half at most."""
    settled(books, shop, "1", "S1", state="returned")
    half = books.order(shop, "2", local(10, 3), Line("TRA", 2, 100_000, returned=1), settled_at=local(10, 9))
    books.money(half, "settled", {"items": 200_000, "commission": -20_000}, "S1")
    books.statement(shop, "S1", local(10, 10), 270_000)
    assert causes(books) == [
        ("S1", "missing_refund", "1", "", 90_000),
        ("S1", "missing_refund", "2", "", 80_000),
    ]


def test_a_refund_may_be_in_the_next_statement(books: Books, shop: Shop) -> None:
    """Sent back after the last statement was cut: nothing is missing yet."""
    settled(books, shop, "1", "S1", state="returned", updated_at=local(10, 10, 1))
    books.statement(shop, "S1", local(10, 10), 90_000)
    assert causes(books) == []
    books.statement(shop, "S2", local(10, 11), 0)
    assert causes(books) == [("S1", "missing_refund", "1", "", 90_000)]


def test_a_shop_without_statements_is_named(books: Books, shop: Shop) -> None:
    """Silence is not agreement."""
    books.shop("Gian T", "tiki", orders=local(11, 1))
    books.statement(shop, "S1", local(10, 10), 0)
    assert reconcile(books.session, OCTOBER, ()).notes == [
        "Chưa đọc được bảng kê nào của «Gian T»: đối soát không gồm gian hàng này."
    ]


def test_a_completed_order_no_statement_names(books: Books, shop: Shop) -> None:
    """Two weeks after it was completed somebody should ask; before that it may simply be on its way."""
    books.statement(shop, "S1", local(10, 25), 0)
    books.order(shop, "late", local(10, 10), Line("TRA", 1, 100_000), state="completed", payout_vnd=91_000)
    books.order(shop, "later", local(10, 10), Line("TRA", 1, 100_000), state="completed")
    books.order(shop, "soon", local(10, 12), Line("TRA", 1, 100_000), state="completed")
    stated = books.order(shop, "stated", local(10, 10), Line("TRA", 1, 100_000), state="completed")
    books.money(stated, "settled", {"items": 1}, "S9")  # its payout is not marked as paid yet
    assert causes(books) == [
        ("", "order_not_paid", "late", "", -91_000),  # what it was estimated to bring
        ("", "order_not_paid", "later", "", None),
    ]


def test_other_keys_are_refused(session: Session) -> None:
    """A statement has no product."""
    with pytest.raises(ReportError, match="luôn chia theo gian hàng và bảng kê"):
        reconcile(session, OCTOBER, ["product"])
