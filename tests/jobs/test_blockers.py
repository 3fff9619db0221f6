"""What holds a listing back before any request: the words one marketplace forbids, papers, alcohol; and how it is shown."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jobs.blocked import blocked_listings
from jobs.intend import keep_intentions_fresh
from jobs.plan import Action, plan_shop
from jobs.register import store_register
from tests.jobs.office import Office, opened

CODE = "OCOP-TN-0003"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, products=3) as ready:
        yield ready


def rewrite(office: Office, **facts: Any) -> None:
    office.products = [
        product.model_copy(update=facts) if product.code == CODE else product for product in office.products
    ]
    store_register(office.app, office.producers, office.products)


def packs(office: Office) -> set[str]:
    return {variant.sku for product in office.products if product.code == CODE for variant in product.variants}


def blocked(office: Office, market: str) -> dict[str, tuple[str, ...]]:
    """By SKU, after a fresh look."""
    shop = office.app.shop(f"{market}-demo")
    keep_intentions_fresh(office.app, shop)
    with office.app.database.session() as session:
        return {change.sku: change.blockers for change in blocked_listings(session, shop)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Đặt hàng: 0912 345 678.", "Sàn này cấm số điện thoại trong tên và mô tả: hãy bỏ «0912 345 678»"),
        ("Xem tại chetancuong.vn.", "Sàn này cấm địa chỉ mạng, e-mail và tài khoản mạng xã hội"),
        ("Quét mã QR trên hộp.", "Sàn này cấm lời nhắc tới mã QR trong tên và mô tả: hãy bỏ «QR»"),
    ],
)
def test_words_that_tiktok_shop_forbids(office: Office, words: str, said: str) -> None:
    """There the listing is held back without a request; Shopee gets it, without the sentence that leads away from it."""
    rewrite(office, description=f"Chè búp, nước xanh. {words}")
    held = blocked(office, "tiktok_shop")
    assert held.keys() == packs(office)
    assert all(said in sentence for blockers in held.values() for sentence in blockers)
    assert blocked(office, "shopee") == {}
    office.push("tiktok_shop")
    assert {offer.sku for offer in office.offers("tiktok_shop")} & packs(office) == set()
    rewrite(office, description="Chè búp, nước xanh.")
    assert blocked(office, "tiktok_shop") == {}


def test_an_expired_paper_is_shown_with_its_day(office: Office) -> None:
    """Nothing is sent for it; the plan shows a create that is held back, and why."""
    product = next(product for product in office.products if product.code == CODE)
    ended = tuple(paper.model_copy(update={"expires_on": date(2026, 9, 30)}) for paper in product.documents)
    rewrite(office, documents=ended)
    held = blocked(office, "shopee")
    assert held.keys() == packs(office)
    assert {sentence.split(":")[0] for sentence in held[min(held)]} == {"Giấy tờ đã hết hạn ngày 30/09/2026"}


def test_strong_spirits_are_held_back_everywhere(office: Office) -> None:
    """From 15 % vol on, whatever the marketplace."""
    rewrite(office, sub_group="beverage/white_spirit", alcohol_percent=Decimal(35))
    for market in ("shopee", "tiki", "lazada", "tiktok_shop"):
        assert all(
            "Rượu từ 15 độ trở lên không được bán qua Internet." in why for why in blocked(office, market).values()
        )


def test_what_is_on_sale_and_loses_its_right_is_a_withdrawal(office: Office) -> None:
    """Until it was taken down it is a change to be made, with its reasons; afterwards it is held back."""
    office.push("shopee")
    rewrite(office, documents=())
    shop = office.app.shop("shopee-demo")
    assert blocked(office, "shopee") == {}
    with office.app.database.session() as session:
        changes = plan_shop(session, shop, office.app.now())
    assert {(change.action, bool(change.blockers)) for change in changes} == {(Action.WITHDRAW, True)}
    office.push("shopee")
    assert blocked(office, "shopee").keys() == packs(office)
