"""Reading products and changing price, stock and on/off."""

from typing import Any

import pytest


@pytest.fixture
def listed(tiki: Any, draft: Any) -> dict[str, Any]:
    tiki.put_up(draft())
    return dict(tiki.product())


def test_update_takes_effect_at_once(tiki: Any, listed: dict[str, Any]) -> None:
    """Only what is sent changes; the stock keys are snake_case here."""
    change = {"product_id": listed["product_id"], "price": 229_000, "active": 0}
    assert tiki.call("PUT", "/v2.1/products/updateSku", change).json() == {"state": "approved"}
    change = {"original_sku": "TN-CHE-200", "warehouse_quantities": [{"warehouse_id": 387001, "qty_available": 25}]}
    assert tiki.call("PUT", "/v2.1/products/updateSku", change).json() == {"state": "approved"}
    product = tiki.get(f"/v2.1/products/{listed['product_id']}", includes="inventory")
    assert (product["id"], product["price"], product["active"]) == (listed["product_id"], 229_000, 0)
    assert product["inventory"]["warehouse_stocks"][0]["quantity_sellable"] == 25


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"price": 25_999}, 422, "Price is not valid because less than ten percent listing price"),
        ({"price": 229_000.5}, 422, "price: Input should be a valid integer"),
        ({"active": 2}, 422, "active: Input should be 0 or 1"),
        (
            {"warehouse_quantities": [{"warehouse_id": 3870019, "qty_available": 1}]},
            422,
            "update error [Warehouse '[3870019]' are not found]",
        ),
        (
            {"warehouse_quantities": [{"warehouseId": 387001, "qty_available": 1}]},
            422,
            "warehouse_quantities.0.warehouse_id: Field required",
        ),
        ({"quantity": 5}, 422, "nothing to update"),
        ({"original_sku": "TN-KHAC", "product_id": None, "price": 1}, 404, "Product not found"),
    ],
)
def test_refused_changes_change_nothing(
    tiki: Any, listed: dict[str, Any], change: Any, status: int, error: str
) -> None:
    """The price floor is a tenth of the list price; unknown warehouses, camelCase keys and empty changes are refused."""
    answer = tiki.call("PUT", "/v2.1/products/updateSku", {"product_id": listed["product_id"]} | change)
    assert (answer.status_code, answer.json()["errors"]) == (status, [error])
    assert tiki.product() == listed


def test_somebody_elses_product_is_403(tiki: Any) -> None:
    """The offer of another shop is there, and is not ours to write."""
    other = tiki.sandbox.world.add_offer("tiki", "9", "X", "Chè khác", "", 1000, 1)
    answer = tiki.call("PUT", "/v2.1/products/updateSku", {"product_id": other.offer_id, "price": 2000})
    assert (answer.status_code, answer.json()["errors"]) == (403, ["you do not have permission to update this product"])


def test_many_rows_stand_alone(tiki: Any, listed: dict[str, Any]) -> None:
    """`updateSkus` switches with status 1 and 2; a bad row is answered beside the good ones; 51 rows are refused."""
    rows = [
        {"product_id": listed["product_id"], "price": 240_000, "status": 2},
        {"original_sku": "TN-KHAC", "price": 1},
    ]
    answer = tiki.call("PUT", "/v2.1/products/updateSkus", {"data": rows})
    assert [(row["state"], row["errors"]) for row in answer.json()["data"]] == [
        ("approved", []),
        ("rejected", ["Product not found"]),
    ]
    assert (tiki.product()["price"], tiki.product()["active"]) == (240_000, 0)
    assert tiki.call("PUT", "/v2.1/products/updateSkus", {"data": rows * 26}).status_code == 400


def test_a_renamed_sku_is_found_under_its_new_name(tiki: Any, listed: dict[str, Any]) -> None:
    """The old SKU is free again at once."""
    change = {"product_id": listed["product_id"], "original_sku": "TN-CHE-200B"}
    assert tiki.call("POST", "/v2/products/updateOriginalSku", change).status_code == 200
    assert tiki.product("TN-CHE-200B")["product_id"] == listed["product_id"]
    assert tiki.get("/v2/products/findBy", original_sku="TN-CHE-200")["data"] == []


def test_a_seller_who_does_not_allow_updates_is_403(tiki: Any, listed: dict[str, Any]) -> None:
    """With `can_update_product` 0 every product write is refused until the owner switches it on."""
    tiki.call("POST", "/v2/sellers/me/updateCanUpdateProduct", {"can_update_product": 0})
    change = {"product_id": listed["product_id"], "price": 240_000}
    assert tiki.call("PUT", "/v2.1/products/updateSku", change).status_code == 403
    assert tiki.get("/v2/sellers/me")["can_update_product"] == 0
    tiki.call("POST", "/v2/sellers/me/updateCanUpdateProduct", {"can_update_product": 1})
    assert tiki.call("PUT", "/v2.1/products/updateSku", change).status_code == 200


def test_lists_are_paged_newest_first(tiki: Any, draft: Any) -> None:
    """Three products on pages of two; a limit over 50 is refused although the message speaks of 100; versions are aliases."""
    for number in (1, 2, 3):
        tiki.put_up(draft(f"TN-{number}"))
    second = tiki.get("/v2/products", page=2, limit=2)
    assert [row["original_sku"] for row in second["data"]] == ["TN-1"]
    assert second["paging"] == {"total": 3, "current_page": 2, "from": 2, "to": 3, "per_page": 2, "last_page": 2}
    refused = tiki.call("GET", "/v1/products", limit=51)
    assert (refused.status_code, refused.json()["errors"]) == (400, ["limit must be less than or equal to 100"])
    assert tiki.call("GET", "/v2.1/products", include="prices").status_code == 400


def test_the_category_tree_and_its_questions(tiki: Any) -> None:
    """Only leaves are primary; a select's values can be looked up; unknown ids are 404; a wrong method is 405; HTML is 406."""
    tree = tiki.get("/v2/categories", parent=4384, primary=1, name="trà khô")["data"]
    assert [(c["id"], c["is_primary"]) for c in tree] == [(44101, True)]
    asked = tiki.get("/v2/categories/44101/attributes")["data"]
    assert [a["code"] for a in asked if a["is_required"]] == [
        "origin",
        "brand",
        "product_weight_kg",
        "require_expiry_date",
    ]
    assert tiki.get("/v2/attributes/498/values", q="việt")["data"][0]["value"] == "Việt Nam"
    missing = tiki.call("GET", "/v2/categories/99")
    assert (missing.status_code, missing.json()["errors"]) == (404, ["Category not found id: 99"])
    assert tiki.call("PATCH", "/v2/categories/44101").status_code == 405


def test_warehouses_by_tiki_warehouse(tiki: Any) -> None:
    """Only active pick-up places serve a Tiki warehouse."""
    found = tiki.get("/v2/seller-inventories", tiki_warehouse_codes="hn4,sgn")
    assert [place["id"] for place in found["seller_inventories"]] == [387001]
    assert found["mappings"][1] == {"tiki_warehouse_code": "sgn", "seller_inventory_ids": [387001]}
