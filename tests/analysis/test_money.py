"""Money line by line: whose it is, at which stage, under which name; the parts always add up to the amounts."""

import pytest

from analysis.money.reports import channels, producers, products
from analysis.report import Report, ReportError
from models import Shop
from tests.analysis.books import OCTOBER, Books, Line, local

MONEY = (
    "units",
    "gross_vnd",
    "seller_voucher_vnd",
    "platform_voucher_vnd",
    "shipping_vnd",
    "fee_vnd",
    "vat_withheld_vnd",
    "pit_withheld_vnd",
    "other_tax_vnd",
    "refund_vnd",
    "adjustment_vnd",
    "net_vnd",
)


@pytest.fixture
def shop(books: Books) -> Shop:
    """One shop that sells for two producers."""
    tea, noodles = books.producer("HTX1", "HTX Trà"), books.producer("HTX2", "HTX Miến")
    books.product("P1", "Trà", tea)
    books.product("P2", "Miến", noodles)
    return books.shop("Gian A", "shopee", orders=local(11, 1))


def figures(report: Report, *names: str) -> dict[tuple[object, ...], dict[str, object]]:
    """By those columns and the stage: the amounts that are not zero."""
    return {
        (*(row[name] for name in names), row["stage"]): {
            column: row[column] for column in report.columns if column.endswith("_vnd") and row[column]
        }
        for row in report.rows
    }


def test_an_amount_of_the_order_is_spread_over_its_lines(books: Books, shop: Shop) -> None:
    """By the value of the goods, the odd đồng to the largest remainder: each producer bears its part."""
    order = books.order(
        shop, "1", local(10, 5), Line("P1-1", 2, 100_000), Line("P2-1", 1, 50_000), settled_at=local(10, 20)
    )
    amounts = {"original_cost_of_goods_sold": 250_000, "seller_order_processing_fee": -3_001, "commission_fee": -17_500}
    books.money(order, "settled", amounts, "2026-10-20")
    report = producers(books.session, OCTOBER, [])
    assert report.columns == ("producer", "producer_code", "stage", *MONEY)
    assert figures(report, "producer_code") == {
        ("HTX1", "placed"): {"gross_vnd": 200_000, "net_vnd": 200_000},
        ("HTX1", "settled"): {"gross_vnd": 200_000, "fee_vnd": -16_401, "net_vnd": 183_599},
        ("HTX2", "placed"): {"gross_vnd": 50_000, "net_vnd": 50_000},
        ("HTX2", "settled"): {"gross_vnd": 50_000, "fee_vnd": -4_100, "net_vnd": 45_900},
    }


def test_an_amount_of_a_line_stays_with_it(books: Books, shop: Shop) -> None:
    """Also when the answer names it a second time."""
    order = books.order(shop, "1", local(10, 5), Line("P1-1", 1, 90_000), Line("P2-1", 1, 10_000))
    books.money(order, "processing", {"commission_fee": -500}, line="1")
    books.money(order, "processing", {"commission_fee": -500}, line="1#2")
    assert figures(producers(books.session, OCTOBER, []), "producer_code")["HTX2", "processing"] == {
        "fee_vnd": -1_000,
        "net_vnd": -1_000,
    }


def test_amounts_of_pieces_are_not_weighed_twice(books: Books, shop: Shop) -> None:
    """A marketplace that books piece by piece names pieces our lines do not: the code's whole sum is spread by goods."""
    order = books.order(shop, "1", local(10, 5), Line("P1-1", 2, 100_000), Line("P2-1", 1, 100_000))
    for piece in ("0", "second piece", "1"):
        books.money(order, "processing", {"original_cost_of_goods_sold": 100_000}, line=piece)
    found = figures(producers(books.session, OCTOBER, []), "producer_code")
    assert (found["HTX1", "processing"]["gross_vnd"], found["HTX2", "processing"]["gross_vnd"]) == (200_000, 100_000)


def test_a_refund_is_of_the_goods_that_came_back(books: Books, shop: Shop) -> None:
    """Not shared with the producer whose goods stayed sold."""
    lines = Line("P1-1", 2, 100_000, returned=1), Line("P2-1", 1, 50_000)
    books.money(books.order(shop, "1", local(10, 5), *lines), "processing", {"seller_return_refund": -100_000})
    found = figures(producers(books.session, OCTOBER, []), "producer_code")
    assert found["HTX1", "processing"] == {"refund_vnd": -100_000, "net_vnd": -100_000}
    assert found["HTX1", "placed"] == {"gross_vnd": 200_000, "refund_vnd": -100_000, "net_vnd": 100_000}
    assert found["HTX2", "processing"] == {}  # pieces, and nothing charged for them yet


def test_a_name_nobody_classed_keeps_its_own_column(books: Books, shop: Shop) -> None:
    """It counts in the net and is named; the sum is never closed by guessing what it is."""
    order = books.order(shop, "1", local(10, 5), Line("P1-1", 1, 100_000))
    books.money(order, "processing", {"commission_fee": -7_000, "phi_la": -1_500})
    report = channels(books.session, OCTOBER, [])
    assert report.columns == ("marketplace", "stage", *MONEY[:-1], "shopee:phi_la", "net_vnd")
    processing = next(row for row in report.rows if row["stage"] == "processing")
    assert (processing["shopee:phi_la"], processing["fee_vnd"], processing["net_vnd"]) == (-1_500, -7_000, -8_500)
    assert report.notes[-1] == (
        "Khoản «shopee:phi_la» (-1.500 ₫) chưa được phân loại: cột riêng, vẫn nằm trong số còn lại; bổ sung vào bảng mã khoản tiền."
    )


def test_goods_told_less_the_voucher_are_taken_apart(books: Books) -> None:
    """Tiki's row total is one amount: the line's goods, and the seller's voucher as what is missing from them."""
    books.product("P1", "Trà", books.producer("HTX1", "HTX Trà"))
    tiki = books.shop("Gian T", "tiki")
    order = books.order(tiki, "1", local(10, 5), Line("P1-1", 2, 100_000))
    books.money(order, "placed", {"row_total": 190_000, "base_fee": -15_200}, line="0")
    assert figures(products(books.session, OCTOBER, []), "product_code") == {
        ("P1", "placed"): {
            "gross_vnd": 200_000,
            "seller_voucher_vnd": -10_000,
            "fee_vnd": -15_200,
            "net_vnd": 174_800,
        }
    }


@pytest.mark.parametrize("state", ["unpaid", "cancelled", "returned"])
def test_an_undone_order_has_settled_money_only(books: Books, shop: Shop, state: str) -> None:
    """What was said and expected came to nothing; a fee that was really taken stays, on the producer whose goods it was."""
    order = books.order(shop, "1", local(10, 5), Line("P2-1", 1, 100_000), state=state, settled_at=local(10, 9))
    books.money(order, "placed", {"model_discounted_price": 100_000}, line="0")
    books.money(order, "processing", {"commission_fee": -7_000})
    books.money(order, "settled", {"reverse_shipping_fee": -5_000}, "S")
    assert figures(producers(books.session, OCTOBER, []), "producer_code") == {
        ("HTX2", "settled"): {"shipping_vnd": -5_000, "net_vnd": -5_000}
    }


def test_a_sku_nobody_knows_and_an_order_without_lines_keep_their_money(books: Books, shop: Shop) -> None:
    """Rows with empty names, never dropped."""
    books.order(shop, "1", local(10, 5), Line("LẠ", 1, 20_000))
    books.money(books.order(shop, "2", local(10, 6)), "settled", {"total_adjustment_amount": -1_000}, "S")
    assert figures(producers(books.session, OCTOBER, []), "producer") == {
        (None, "placed"): {"gross_vnd": 20_000, "net_vnd": 20_000},
        (None, "settled"): {"adjustment_vnd": -1_000, "net_vnd": -1_000},
    }


def test_more_keys_split_further(books: Books, shop: Shop) -> None:
    """Months are cut in Vietnam, and the star is the day's."""
    books.order(shop, "1", local(10, 31, 23, 59), Line("P1-1", 1, 20_000))
    report = channels(books.session, OCTOBER, ["month", "star", "producer"])
    assert [report.rows[0][name] for name in report.columns[:6]] == [
        "shopee",
        202610,
        None,
        "HTX Trà",
        "HTX1",
        "placed",
    ]
    with pytest.raises(ReportError, match="Không có khoá màu"):
        channels(books.session, OCTOBER, ["màu"])


def test_a_statement_cut_and_not_yet_paid_ends_the_estimate(books: Books, shop: Shop) -> None:
    """Amount by amount: what the statement does not name yet is still an estimate, and nothing is counted twice."""
    order = books.order(shop, "1", local(10, 5), Line("P1-1", 2, 100_000))
    books.money(order, "processing", {"original_cost_of_goods_sold": 200_000, "commission_fee": -14_000})
    books.money(order, "settled", {"original_cost_of_goods_sold": 200_000}, "S")
    found = figures(producers(books.session, OCTOBER, []), "producer_code")
    assert found["HTX1", "processing"] == {"fee_vnd": -14_000, "net_vnd": -14_000}
    assert found["HTX1", "settled"] == {"gross_vnd": 200_000, "net_vnd": 200_000}
