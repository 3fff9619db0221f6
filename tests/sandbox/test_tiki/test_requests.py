"""Requests to create and change products: what is refused at once, what later, what becomes of the rest."""

import json
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"images": None}, 400, "images: Input should be a valid list"),
        ({"name": ""}, 400, "name: String should have at least 1 character"),
        ({"category_id": 999}, 404, "Attributes not found for category_id in payload"),
        ({"category_id": 4384}, 404, "Attributes not found for category_id in payload"),
        (
            {"option_attributes": ["Khối lượng"]},
            422,
            "variants don't match with option_attributes => variants option1 missing",
        ),
        ({"option_attributes": ["Tên gọi"]}, 422, "option_attributes Tên gọi is not allowed in category"),
        ({"market_price": 0}, 422, "market_price must be > 0"),
        (
            {"certificate_files": [{"url": "https://img.example/gcn.jpg", "type": "category"}]},
            422,
            "certificate_files of type category need document_id",
        ),
    ],
)
def test_drafts_refused_at_once(tiki: Any, draft: Any, changed: dict[str, Any], status: int, error: str) -> None:
    """A field that is missing or null is 400, a category without attributes 404, what cannot be 422; nothing is made."""
    answer = tiki.call("POST", "/v2.1/requests", draft(**changed))
    assert answer.status_code == status
    assert error in answer.json()["errors"]
    assert tiki.get("/v2/tracking") == []


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"price": 0}, 422, "variants should have price > 0"),
        ({"price": "235000"}, 400, "variants.0.price: Input should be a valid integer"),
        ({"seller_warehouse": "3870019"}, 422, "Warehouse '[3870019]' are not found"),
        ({"seller_warehouse": "387003"}, 422, "Warehouse '[387003]' are not found"),
        (
            {"warehouse_stocks": [{"warehouse_id": 387001, "qtyAvailable": 4}]},
            400,
            "variants.0.warehouse_stocks.0.warehouseId: Field required",
        ),
        (
            {"inventory_type": "cross_border"},
            422,
            "variants inventory_type logic mismatch => seller does not sell cross_border",
        ),
    ],
)
def test_variants_refused_at_once(tiki: Any, draft: Any, changed: dict[str, Any], status: int, error: str) -> None:
    """Prices above zero, known active warehouses, camelCase stock keys, a way of selling the seller has."""
    wanted = draft()
    wanted["variants"] = [wanted["variants"][0] | changed]
    answer = tiki.call("POST", "/v2.1/requests", wanted)
    assert (answer.status_code, answer.json()["errors"]) == (status, [error])


def test_min_code_is_a_number(tiki: Any, draft: Any) -> None:
    """Written as a number or as digits; anything else is 400. It may be left out."""
    for min_code, status in ((26112312000112345, 200), ("26112312000112346", 200), ("abc", 400)):
        wanted = draft(f"TN-{min_code}")
        wanted["variants"][0]["min_code"] = min_code
        assert tiki.call("POST", "/v2.1/requests", wanted).status_code == status


def test_a_form_body_is_refused(tiki: Any) -> None:
    """Bodies are JSON with their content type, or 400."""
    token = tiki.token(grant_type="client_credentials").json()["access_token"]
    url = f"{tiki.sandbox.base_url('tiki')}/integration/v2.1/requests"
    answer = tiki.session.post(url, data={"name": "x"}, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["errors"]) == (400, ["Content-Type must be application/json"])


def test_an_approved_request_becomes_a_product(tiki: Any, draft: Any) -> None:
    """The answer is a track id in queuing; approved, the product is on sale with the price, stock and SKU sent."""
    answer = tiki.call("POST", "/v2.1/requests", draft()).json()
    assert answer["state"] == "queuing"
    assert len(answer["track_id"]) == 32
    tracked = tiki.get(f"/v2/tracking/{answer['track_id']}")
    assert (tracked["state"], tracked["reason"], tracked["request_id"]) == ("approved", "", "1200000000000000001")
    product = tiki.product()
    assert (product["price"], product["market_price"], product["active"]) == (235_000, 260_000, 1)
    assert product["inventory"]["warehouse_stocks"][0]["quantity_sellable"] == 40
    filed = tiki.get("/v2/requests/1200000000000000001")
    assert [p["original_sku"] for p in filed["products"]] == ["TN-CHE-200"]
    assert (
        tiki.get("/v2/requests/findBy", track_id=answer["track_id"])["data"][0]["product_id"] == product["product_id"]
    )


def test_without_auto_turn_on_it_lands_inactive(tiki: Any, draft: Any) -> None:
    """Approval alone does not put a product on sale."""
    tiki.put_up(draft(meta_data={}))
    assert tiki.product()["active"] == 0


def test_variants_share_a_page(tiki: Any, draft: Any) -> None:
    """Every variant is a product of its own; `super_id` is their common page, `master_id` differs."""
    wanted = draft(option_attributes=["Khối lượng"])
    first = wanted["variants"][0] | {"option1": "200 g"}
    wanted["variants"] = [first, first | {"sku": "TN-CHE-500", "option1": "500 g", "price": 550_000}]
    tiki.put_up(wanted)
    small, large = tiki.product("TN-CHE-200"), tiki.product("TN-CHE-500")
    assert small["super_id"] == large["super_id"] == 279_000_121
    assert (small["master_id"], large["master_id"]) == (279_000_122, 279_000_124)
    assert large["name"] == "Chè Tân Cương tôm nõn 200 g - 500 g"


def test_a_taken_sku_is_found_later(tiki: Any, draft: Any) -> None:
    """The second request is taken, then rejected with a JSON string whose code is 420; there is one product."""
    tiki.put_up(draft())
    second = tiki.get(f"/v2/tracking/{tiki.put_up(draft())}")
    assert second["state"] == "rejected"
    error = json.loads(second["reason"])["errors"][0]
    assert (error["code"], error["description"]) == (420, "Product code TN-CHE-200 is not unique")
    assert tiki.product()["product_id"] == 279_000_122


def test_bad_attributes_and_pictures_are_found_later(tiki: Any, draft: Any) -> None:
    """A missing or unknown attribute value is a JSON reason, a picture nobody can fetch plain text."""
    bad = tiki.get(f"/v2/tracking/{tiki.put_up(draft(attributes={'brand': 'X', 'origin': 'Sao Hỏa'}))}")
    assert json.loads(bad["reason"])["errors"][0]["description"] == (
        "Attribute product_weight_kg is required; Attribute require_expiry_date is required; Attribute origin has an invalid value"
    )
    lost = tiki.get(f"/v2/tracking/{tiki.put_up(draft(image='https://img.invalid/a.jpg'))}")
    assert lost["reason"] == "Image is invalid: https://img.invalid/a.jpg"


def test_a_rejected_request_can_be_replayed(tiki: Any, draft: Any) -> None:
    """Replay starts the same request over; one that is not rejected is refused."""
    tiki.api.desk.refused["TN-CHE-200"] = "Tên sản phẩm chưa rõ"
    track = tiki.put_up(draft())
    assert tiki.get(f"/v2/tracking/{track}")["reason"] == "Tên sản phẩm chưa rõ"
    tiki.api.desk.refused.clear()
    assert tiki.call("POST", f"/v2/tracking/{track}/replay").json() == {"track_id": track, "state": "queuing"}
    assert tiki.get(f"/v2/tracking/{track}")["state"] == "approved"
    assert tiki.call("POST", f"/v2/tracking/{track}/replay").status_code == 400


def test_content_changes_are_requests_too(tiki: Any, draft: Any) -> None:
    """`updateProductInfo` answers a track id; approved, only what was sent has changed."""
    tiki.put_up(draft())
    product_id = tiki.product()["product_id"]
    wanted = {
        "product_id": product_id,
        "attributes": {"description": "<p>Mới</p>", "bulky": 0},
        "image": "https://img.example/b.jpg",
    }
    track = tiki.call("POST", "/v2/requests/updateProductInfo", wanted).json()["track_id"]
    assert tiki.get(f"/v2/tracking/{track}")["state"] == "approved"
    product = tiki.product()
    assert (product["thumbnail"], product["version"]) == ("https://img.example/b.jpg", 2)
    assert product["attributes"]["bulky"]["value"] == 0
    assert product["attributes"]["brand"]["value"] == "HTX Tân Cương"
    unknown = tiki.call("POST", "/v2/requests/updateProductInfo", wanted | {"product_id": 5})
    assert unknown.status_code == 404


class TestWaiting:
    """At the natural pace a request waits minutes to a few virtual hours."""

    @pytest.fixture
    def options(self) -> dict[str, dict[str, Any]]:
        return {}

    def test_states_come_in_order(self, tiki: Any, draft: Any) -> None:
        """No request id before drafted, no product before approved, approved within three hours."""
        track = tiki.put_up(draft())
        seen: list[str] = []
        for _ in range(11_000):
            state = tiki.api.desk.tracked(track).state
            if not seen or seen[-1] != state:
                seen.append(str(state))
            if state == "queuing":
                assert "request_id" not in tiki.get(f"/v2/tracking/{track}")
            if state == "approved":
                break
            assert tiki.sandbox.world.offers("tiki") == []
            tiki.wait(seconds=1)
        assert seen == [
            "queuing",
            "processing",
            "drafted",
            "md_awaiting_approve",
            "bot_awaiting_approve",
            "awaiting_approve",
            "approved",
        ]

    def test_a_deleted_request_comes_to_nothing(self, tiki: Any, draft: Any) -> None:
        """Deleted after drafting, it is never approved; a SKU still waiting counts as taken until then."""
        track = tiki.put_up(draft())
        twin = tiki.put_up(draft())
        tiki.wait(minutes=2)
        assert tiki.get(f"/v2/tracking/{twin}")["state"] == "rejected"
        request_id = tiki.get(f"/v2/tracking/{track}")["request_id"]
        waiting = tiki.get("/v2/requests", include="products")["data"]
        assert [(p["original_sku"], p["product_id"]) for p in waiting[0]["products"]] == [("TN-CHE-200", None)]
        assert tiki.get("/v2/requests/findBy", track_id=track)["data"][0]["original_sku"] == "TN-CHE-200"
        assert tiki.call("DELETE", f"/v2/requests/{request_id}").json() == {
            "request_id": request_id,
            "state": "deleted",
        }
        tiki.wait(hours=4)
        assert tiki.get("/v2/products/findBy", original_sku="TN-CHE-200")["paging"]["last_page"] == 0

    def test_a_stuck_request_stays_and_is_forgotten(self, tiki: Any, draft: Any) -> None:
        """What a person never looks at stays in awaiting_approve; after 30 days its track id is unknown, the request is not."""
        tiki.api.desk.stuck.add("TN-CHE-200")
        track = tiki.put_up(draft())
        tiki.wait(days=29)
        assert tiki.get(f"/v2/tracking/{track}")["state"] == "awaiting_approve"
        tiki.wait(days=1)
        assert tiki.call("GET", f"/v2/tracking/{track}").status_code == 404
        assert tiki.get("/v2/requests", state="awaiting_approve")["paging"]["total"] == 1
