"""Listings as Lazada tells them, over real HTTP (reference, section 3.10)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from connectors.errors import (
    TransientError,
    UnexpectedAnswerError,
)
from connectors.facts.listing import ListingState
from tests.connectors.lazada_desk import Asked, Desk, ok, open_desk, ref

PRODUCT: dict[str, Any] = {
    "item_id": 2100000001,
    "primary_category": 10100123,
    "status": "Active",
    "subStatus": None,
    "created_time": "1795100000000",
    "updated_time": "1795300000000",
    "trialProduct": False,
    "images": ["https://vn-live-02.slatic.net/p/aaa.jpg"],
    "marketImages": [],
    "attributes": {"name": "Trà Tân Cương Thái Nguyên OCOP 4 sao", "brand": "No Brand", "source": "api"},
    "rejectReason": [],
    "suspendedSkus": [],
    "hiddenStatus": None,
    "hiddenReason": None,
    "skus": [
        {
            "SkuId": 11000000001,
            "SellerSku": "OCOP-TC-200G",
            "ShopSku": "2100000001_VNAMZ-11000000001",
            "Status": "active",
            "Url": "https://www.lazada.vn/-i2100000001-s11000000001.html",
            "quantity": 41,
            "Available": 40,
            "price": 185000.0,
            "special_price": 169000.0,
        }
    ],
}


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


def listed(*products: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    return ok({"total_products": len(products) if total is None else total, "products": list(products)})


def test_a_product_reads_back(desk: Desk) -> None:
    """Price is the list price, stock what may still be sold, the address Lazada's own."""
    desk.say("/products/get", listed(PRODUCT))
    seen = desk.connector().find("OCOP-TC-200G")
    assert seen is not None
    assert (seen.external_id, seen.variant_id, seen.state) == ("2100000001", "11000000001", ListingState.LIVE)
    assert (seen.price_vnd, seen.stock, seen.url) == (
        185_000, 40, "https://www.lazada.vn/-i2100000001-s11000000001.html",
    )  # fmt: skip
    assert desk.asked["/products/get"][0]["sku_seller_list"] == '["OCOP-TC-200G"]'


def test_a_deleted_product_is_not_found(desk: Desk) -> None:
    """A create may be sent again."""
    desk.say("/products/get", listed(PRODUCT | {"status": "Deleted"}))
    assert desk.connector().find("OCOP-TC-200G") is None


STATES = [
    ("Active", None, "active", ListingState.LIVE),
    ("Active", "null", "active", ListingState.LIVE),
    ("Active", None, "inactive", ListingState.HIDDEN),
    ("InActive", None, "inactive", ListingState.HIDDEN),
    ("Pending QC", None, "active", ListingState.PENDING),
    ("Pending QC", "Reject", "active", ListingState.PENDING),
    ("InActive", "Reject", "active", ListingState.REJECTED),
    ("InActive", "Live Reject", "active", ListingState.REJECTED),
    ("Suspended", None, "active", ListingState.BANNED),
    ("InActive", "Lock", "active", ListingState.BANNED),
    ("InActive", "Admin", "active", ListingState.BANNED),
    ("Active", None, "deleted", ListingState.DELETED),
]


@pytest.mark.parametrize(("status", "because", "of_sku", "state"), STATES)
def test_every_documented_state(desk: Desk, status: str, because: str | None, of_sku: str, state: ListingState) -> None:
    """Product, reason and SKU together are one state."""
    sku = PRODUCT["skus"][0] | {"Status": of_sku}
    desk.say("/products/get", listed(PRODUCT | {"status": status, "subStatus": because, "skus": [sku]}))
    (seen,) = desk.connector().pull_listings()
    assert seen.state is state


def test_a_state_we_do_not_know_is_loud(desk: Desk) -> None:
    """No default bucket."""
    desk.say("/products/get", listed(PRODUCT | {"subStatus": "Frozen"}))
    with pytest.raises(UnexpectedAnswerError):
        list(desk.connector().pull_listings())


def test_a_rejection_is_in_lazadas_words(desk: Desk) -> None:
    """Both of its texts, and nothing of ours: what to do is said where a person is told."""
    reasons = [{"violationDetail": "Ảnh mờ", "suggestion": "Thay ảnh chính."}]
    desk.say("/products/get", listed(PRODUCT | {"status": "InActive", "subStatus": "Reject", "rejectReason": reasons}))
    (seen,) = desk.connector().pull_listings()
    assert (seen.code, seen.raw_state) == ("Reject", "InActive / Reject / active")
    assert seen.reason == "Ảnh mờ. Thay ảnh chính."


def _catalogue(count: int) -> Any:
    """Pages of a shop with so many products, one an hour."""
    products = [
        PRODUCT | {"item_id": number, "created_time": str(1_700_000_000_000 + number * 3_600_000)}
        for number in range(count)
    ]

    def answer(asked: Asked) -> dict[str, Any]:
        after, before = asked.get("create_after"), asked.get("create_before")
        found = (
            products if after is None or before is None else [one for one in products if _inside(one, after, before)]
        )
        at = int(asked["offset"])
        return listed(*found[at : at + int(asked["limit"])], total=len(found))

    return answer


def _inside(product: dict[str, Any], after: str, before: str) -> bool:
    made = int(product["created_time"]) / 1000
    return datetime.fromisoformat(after).timestamp() <= made <= datetime.fromisoformat(before).timestamp()


def test_pages_of_fifty_give_each_product_once(desk: Desk) -> None:
    """120 products are three calls."""
    desk.say("/products/get", _catalogue(120))
    assert len({one.external_id for one in desk.connector().pull_listings()}) == 120
    assert [asked["offset"] for asked in desk.asked["/products/get"]] == ["0", "50", "100"]


def test_past_the_deepest_offset_the_range_is_halved(desk: Desk) -> None:
    """A catalogue too long for offsets is read by day of creation, and nothing is lost."""
    desk.say("/products/get", _catalogue(10_001))
    seen = [one.external_id for one in desk.connector().pull_listings()]
    assert (len(seen), len(set(seen))) == (10_001, 10_001)


def test_the_second_layer_may_refuse_too(desk: Desk) -> None:
    """Code 0 with `success` false is a refusal with a code of its own."""
    desk.say("/products/get", listed(PRODUCT))
    answer = {"code": "0", "success": False, "error_code": "TRAFFIC_CONTROL", "error_msg": "slow down", "data": None}
    desk.say("/review/seller/history/list", answer)
    with pytest.raises(TransientError, match="slow down"):
        list(desk.connector().pull_reviews(ref()))
