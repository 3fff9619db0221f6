"""Withheld tax against the dated table, and the year against the threshold."""

from datetime import date

import pytest

from analysis.report import Report, ReportError
from analysis.tax.report import tax
from catalog.taxes import withholding
from models import Producer, Shop, ShopProducer
from tests.analysis.books import OCTOBER, Books, Line, local

SOLD = {"original_cost_of_goods_sold": 200_000, "voucher_from_seller": -20_000}


def own_shop(books: Books, kind: str | None, *, sub_group: str = "food/tea", tax_code: str | None = "4600") -> Shop:
    """A shop of one producer of that legal form, with one product P1."""
    producer = books.producer("HTX1", "Nhà Trà")
    producer.kind, producer.tax_code = kind, tax_code
    books.product("P1", "Trà", producer, sub_group=sub_group)
    shop = books.shop("Gian A", "shopee", orders=local(12, 1))
    books.session.add(ShopProducer(shop_id=shop.id, producer_id=producer.id))
    books.session.flush()
    return shop


def sell(books: Books, shop: Shop, number: str, *, vat_vnd: int, pit_vnd: int) -> None:
    order = books.order(shop, number, local(10, 5), Line("P1-1", 2, 100_000), settled_at=local(10, 20))
    withheld = {"withholding_vat_tax": -vat_vnd, "withholding_pit_tax": -pit_vnd}
    books.money(order, "settled", SOLD | {code: vnd for code, vnd in withheld.items() if vnd}, "S")


def told(report: Report) -> list[tuple[object, ...]]:
    names = ("base_vnd", "vat_expected_vnd", "pit_expected_vnd", "vat_withheld_vnd", "pit_withheld_vnd", "cause")
    return [tuple(row[name] for name in names) for row in report.rows]


@pytest.mark.parametrize(
    ("kind", "sub_group", "withheld", "row"),
    [
        ("household", "food/tea", (1_800, 900), (180_000, 1_800, 900, 1_800, 900, "as_expected")),
        ("household", "food/tea", (1_801, 900), (180_000, 1_800, 900, 1_801, 900, "rounding")),
        ("household", "food/tea", (9_000, 3_600), (180_000, 1_800, 900, 9_000, 3_600, "other_rate")),
        ("household", "food/tea", (0, 0), (180_000, 1_800, 900, 0, 0, "not_withheld")),
        ("household", "rural_tourism", (9_000, 3_600), (180_000, 9_000, 3_600, 9_000, 3_600, "as_expected")),
        ("cooperative", "food/tea", (0, 0), (180_000, 0, 0, 0, 0, "as_expected")),
        ("cooperative", "food/tea", (1, 0), (180_000, 0, 0, 1, 0, "withheld_without_cause")),
        ("enterprise", "food/tea", (1_800, 900), (180_000, 0, 0, 1_800, 900, "withheld_without_cause")),
        ("cooperative_group", "food/tea", (1_800, 900), (180_000, None, None, 1_800, 900, "unknown_seller")),
        (None, "food/tea", (0, 0), (180_000, None, None, 0, 0, "unknown_seller")),
    ],
)
def test_by_legal_form_and_nature(
    books: Books, kind: str | None, sub_group: str, withheld: tuple[int, int], row: tuple[object, ...]
) -> None:
    """Households 1 % + 0.5 % of goods and 5 % + 2 % of services, of the price after the seller's voucher; others none; unknown is not 0."""
    sell(books, own_shop(books, kind, sub_group=sub_group), "1", vat_vnd=withheld[0], pit_vnd=withheld[1])
    assert told(tax(books.session, OCTOBER, [])) == [row]


@pytest.mark.parametrize(
    ("kind", "other_vnd", "difference_vnd", "cause"),
    [
        ("household", 2_700, 0, "as_expected"),
        ("household", 2_500, -200, "other_tax"),
        ("cooperative", 1_800, 1_800, "other_tax"),
    ],
)
def test_a_tax_of_another_name(books: Books, kind: str, other_vnd: int, difference_vnd: int, cause: str) -> None:
    """A household's two taxes may come as one; of an enterprise's corporate income tax no row says what to expect."""
    shop = own_shop(books, kind)
    order = books.order(shop, "1", local(10, 5), Line("P1-1", 2, 100_000), settled_at=local(10, 20))
    books.money(order, "settled", SOLD | {"withholding_cit_tax": -other_vnd}, "S")
    (row,) = tax(books.session, OCTOBER, []).rows
    assert (row["other_tax_vnd"], row["difference_vnd"], row["cause"]) == (other_vnd, difference_vnd, cause)


def test_a_shop_of_many_has_no_known_owner(books: Books) -> None:
    """A marketplace withholds by the shop's owner: whose goods they are does not tell."""
    books.product("P1", "Trà", books.producer("HTX1", "HTX Trà"), sub_group="food/tea")
    shop = books.shop("Chung", "shopee", orders=local(12, 1))
    sell(books, shop, "1", vat_vnd=0, pit_vnd=0)
    report = tax(books.session, OCTOBER, [])
    assert told(report) == [(180_000, None, None, 0, 0, "unknown_seller")]
    assert "Chưa biết phải khấu trừ bao nhiêu ở: Chung." in report.notes[-1]


def test_what_was_given_back_is_not_taxed(books: Books) -> None:
    """A wholly returned order adds nothing to the base; its estimate ended when it was settled."""
    shop = own_shop(books, "household")
    order = books.order(shop, "1", local(10, 5), Line("P1-1", 2, 100_000), state="returned", settled_at=local(10, 9))
    books.money(order, "processing", SOLD | {"withholding_vat_tax": -1_800})
    books.money(order, "settled", SOLD | {"seller_return_refund": -180_000}, "S")
    assert told(tax(books.session, OCTOBER, [])) == [(0, 0, 0, 0, 0, "as_expected")]


@pytest.mark.parametrize(
    ("offline_vnd", "share", "warned"),
    [
        (None, 0.0004, ""),
        (399_799_000, 0.8, "Nhà Trà (MST 4600) đã đạt 80% ngưỡng 500.000.000 ₫ của năm: chuẩn bị kê khai thuế."),
        (
            500_000_000,
            1.0004,
            "Nhà Trà (MST 4600) đã vượt ngưỡng 500.000.000 ₫ của năm: phải kê khai thuế, hỏi cơ quan thuế ngay.",
        ),
    ],
)
def test_the_year_is_held_against_the_threshold(
    books: Books, offline_vnd: int | None, share: float, warned: str
) -> None:
    """All shops and what was declared, from January on; warned at 80 % and past it; nothing declared is unknown, not 0."""
    shop = own_shop(books, "household")
    sell(books, shop, "1", vat_vnd=0, pit_vnd=0)
    books.order(books.shop("Gian B", "tiki"), "2", local(1, 1), Line("P1-1", 1, 1_000))
    books.order(shop, "3", local(11, 1), Line("P1-1", 1, 90_000_000))  # after the period
    if offline_vnd is not None:
        books.offline(books.session.get_one(Producer, 1), 202609, offline_vnd)
    report = tax(books.session, OCTOBER, ["tax_code"])
    assert [tuple(row.values()) for row in report.rows] == [
        ("4600", "Nhà Trà", "household", 201_000, offline_vnd, 500_000_000, share)
    ]
    assert [note for note in report.notes if "ngưỡng" in note] == ([warned] if warned else [])


def test_one_tax_code_is_one_payer(books: Books) -> None:
    """Two producers of the register under one code add up; a cooperative has no threshold."""
    for number in (1, 2):
        producer = books.producer(f"H{number}", f"HTX {number}")
        producer.tax_code, producer.kind = "4601", "cooperative"
        books.product(f"P{number}", "Trà", producer)
    shop = books.shop("Gian A", "shopee")
    books.order(shop, "1", local(10, 5), Line("P1-1", 1, 1_000), Line("P2-1", 1, 2_000))
    rows = tax(books.session, OCTOBER, ["tax_code"]).rows
    assert [tuple(row.values()) for row in rows] == [("4601", "HTX 1, HTX 2", "cooperative", 3_000, None, None, None)]


def test_other_keys_are_refused(books: Books) -> None:
    """The sentence says which there is."""
    with pytest.raises(ReportError, match="thêm --by tax_code"):
        tax(books.session, OCTOBER, ["product"])


def test_the_decree_is_dated() -> None:
    """Before July 2025 no row says what is withheld, so nothing is expected: unknown, not 0."""
    assert withholding("household", "goods", date(2025, 6, 30)) is None
    assert withholding("household", "goods", date(2025, 7, 1)) is not None
