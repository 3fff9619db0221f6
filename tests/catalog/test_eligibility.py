"""What may be sold online."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from catalog.claims import TextRule
from catalog.document import Document
from catalog.eligibility import online_blockers, text_blockers
from catalog.product import Product
from catalog.reference import required_documents, sub_groups

Papers = Callable[..., tuple[Document, ...]]


def codes(product: Product, on: date) -> list[str]:
    return [blocker.code for blocker in online_blockers(product, on)]


def test_papers_make_tea_sellable(tea: Product, on: date) -> None:
    """With its declaration and its facility's commitment, tea may be sold; price and stock are no matter here."""
    assert online_blockers(tea.model_copy(update={"variants": ()}), on) == ()


def test_a_missing_paper_is_named(tea: Product, on: date, with_papers: Papers) -> None:
    """The sentence names the paper and its alternative, in both languages."""
    (blocker,) = online_blockers(tea.model_copy(update={"documents": with_papers("food_self_declaration")}), on)
    assert blocker.code == "missing_facility_food_safety"
    assert blocker.any_of == ("facility_food_safety", "facility_commitment")
    assert blocker.sentence_vi == (
        "Thiếu giấy tờ còn hiệu lực: Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm"
        " hoặc Bản cam kết bảo đảm an toàn thực phẩm."
    )
    assert blocker.sentence_en == (
        "No live document: Food-safety certificate of the facility or Food-safety commitment of a small facility."
    )


def test_an_expired_paper_is_no_paper(tea: Product) -> None:
    """The day after its last day it counts no more, and the sentence says since when."""
    assert codes(tea, date(2027, 6, 30)) == []
    assert codes(tea, date(2027, 7, 1)) == ["expired_food_self_declaration", "expired_facility_food_safety"]
    assert online_blockers(tea, date(2027, 7, 1))[0].sentence_vi == (
        "Giấy tờ đã hết hạn ngày 30/06/2027: Bản tự công bố sản phẩm."
    )


@pytest.mark.parametrize(
    ("words", "rule", "found"),
    [
        ("Đặt hàng: 0912 345 678.", "phone", "0912 345 678"),
        ("Gọi +84.912.345.678 nhé.", "phone", "+84.912.345.678"),
        ("Xem tại cheTanCuong.vn.", "link", "cheTanCuong.vn"),
        ("Nhắn Zalo để mua sỉ.", "link", "Zalo"),
        ("Quét mã QR trên hộp.", "qr", "QR"),
    ],
)
def test_words_a_marketplace_forbids(tea: Product, words: str, rule: str, found: str) -> None:
    """A phone number, a link or a QR code anywhere in the register's words blocks where it is forbidden, and only there."""
    told = tea.model_copy(update={"description": f"Chè búp ngon. {words}"})
    assert text_blockers(told, ()) == ()
    (blocker,) = text_blockers(told, list(TextRule))
    assert (blocker.code, f"«{found}»" in blocker.sentence_vi) == (f"text_{rule}", True)
    assert text_blockers(told, [one for one in TextRule if one != rule]) == ()


def test_plain_words_break_no_rule(tea: Product) -> None:
    """Weights, years, prices and certificate numbers are not phone numbers."""
    told = tea.model_copy(
        update={"description": "Hộp 2x250 g, vụ 2026, giá từ 120.000 ₫, QĐ 1234/QĐ-UBND, TCVN 9740:2013."}
    )
    assert text_blockers(told, list(TextRule)) == ()


def test_tourism_is_a_service(tea: Product, on: date) -> None:
    """No paper makes a stay in a village goods to be shipped."""
    assert codes(tea.model_copy(update={"sub_group": "rural_tourism"}), on) == ["service"]


ALCOHOL_PAPERS = ("food_self_declaration", "facility_food_safety", "alcohol_licence", "channel_permission")


@pytest.mark.parametrize(
    ("percent", "kinds", "expected"),
    [
        (None, ALCOHOL_PAPERS, ["alcohol_unknown"]),
        (Decimal(15), ALCOHOL_PAPERS, ["alcohol_too_strong"]),
        (Decimal("14.9"), ALCOHOL_PAPERS, []),
        (Decimal("14.9"), ALCOHOL_PAPERS[:3], ["missing_channel_permission"]),
        (Decimal("14.9"), ALCOHOL_PAPERS[:2], ["missing_alcohol_licence", "missing_channel_permission"]),
        (Decimal(35), (), ["alcohol_too_strong", *(f"missing_{kind}" for kind in ALCOHOL_PAPERS)]),
    ],
)
def test_alcohol(
    tea: Product, on: date, with_papers: Papers, percent: Decimal | None, kinds: tuple[str, ...], expected: list[str]
) -> None:
    """Below 15 % vol by the label, with a licence and the marketplace's permission; everything else stays off."""
    changes = {"sub_group": "beverage/alcohol_other", "alcohol_percent": percent, "documents": with_papers(*kinds)}
    assert codes(tea.model_copy(update=changes), on) == expected


def test_a_strong_soft_drink_is_alcohol(tea: Product, on: date) -> None:
    """The strength decides, not the drawer it was put in."""
    drink = tea.model_copy(update={"sub_group": "beverage/soft", "alcohol_percent": Decimal(20)})
    assert codes(drink, on) == ["alcohol_too_strong"]


def test_every_kind_of_goods_can_become_sellable(tea: Product, on: date, with_papers: Papers) -> None:
    """Holding the first alternative of each required paper removes every blocker, for each sub-group of goods."""
    for kind in sub_groups(on):
        needed = [requirement.any_of[0] for requirement in required_documents(kind.slug, on)]
        percent = Decimal(12) if kind.nature == "alcohol" else None
        changes = {"sub_group": kind.slug, "documents": with_papers(*needed), "alcohol_percent": percent}
        assert codes(tea.model_copy(update=changes), on) == (["service"] if kind.nature == "service" else []), kind.slug
