"""Activate, deactivate, delete, recover, prices and stock: each product or SKU may fail alone inside a success."""

from typing import Any

from sandbox.world import OfferState

PRODUCTS = "/product/202309/products"


def status(shop: Any, product_id: str) -> str:
    return shop.detail(product_id)["status"]


def test_a_product_goes_off_and_on_sale(shop: Any) -> None:
    """Off at once; back only by way of another review."""
    product_id = shop.add()["product_id"]
    shop.pass_time(hours=6)
    ids = {"product_ids": [product_id]}
    assert shop.ok("POST", f"{PRODUCTS}/deactivate", ids) == {}
    assert status(shop, product_id) == "SELLER_DEACTIVATED"
    assert shop.ok("POST", f"{PRODUCTS}/activate", ids) == {}
    assert status(shop, product_id) == "PENDING"
    shop.pass_time(hours=6)
    assert status(shop, product_id) == "ACTIVATE"
    assert shop.ok("DELETE", PRODUCTS, ids) == {}
    assert status(shop, product_id) == "DELETED"
    assert shop.ok("POST", f"{PRODUCTS}/recover", ids) == {}
    assert status(shop, product_id) == "SELLER_DEACTIVATED"


def test_a_draft_is_reviewed_when_it_is_put_on_sale(shop: Any) -> None:
    """Until then nobody looks at it."""
    product_id = shop.add(save_mode="AS_DRAFT")["product_id"]
    shop.pass_time(hours=12)
    assert (status(shop, product_id), shop.detail(product_id)["audit"]["status"]) == ("DRAFT", "NONE")
    shop.ok("POST", f"{PRODUCTS}/activate", {"product_ids": [product_id]})
    shop.pass_time(hours=6)
    assert status(shop, product_id) == "ACTIVATE"


def test_one_that_fails_stops_no_other(shop: Any) -> None:
    """Code 0, and the failure beside it with the product's id; activating nests it once more."""
    good, pending = shop.add()["product_id"], shop.add()["product_id"]
    shop.pass_time(hours=6)
    shop.ok("POST", f"{PRODUCTS}/deactivate", {"product_ids": [good]})
    told = shop.ok("POST", f"{PRODUCTS}/activate", {"product_ids": ["1", good, pending]})
    refused = {"code": 12052901, "message": "The action is not allowed in the status ACTIVATE"}
    missing = {"code": 12052032, "message": "Product not found"}
    assert told == {
        "errors": [
            missing | {"detail": {"product_id": "1", "extra_errors": [missing]}},
            refused | {"detail": {"product_id": pending, "extra_errors": [refused]}},
        ]
    }
    assert status(shop, good) == "PENDING"
    told = shop.ok("DELETE", PRODUCTS, {"product_ids": ["2", good]})
    assert told == {"errors": [missing | {"detail": {"product_id": "2"}}]}


def test_at_most_twenty_products_a_call(shop: Any) -> None:
    """Twenty-one are refused as a whole."""
    assert shop.post(f"{PRODUCTS}/deactivate", {"product_ids": ["1"] * 21})["code"] == 12019120
    assert len(shop.ok("POST", f"{PRODUCTS}/deactivate", {"product_ids": ["1"] * 20})["errors"]) == 20


def test_a_price_needs_a_live_product_and_is_all_or_nothing(shop: Any) -> None:
    """Refused under review, in a promotion, and when one of the SKUs is not the product's."""
    made = shop.add()
    path = f"{PRODUCTS}/{made['product_id']}/prices/update"
    row = {"id": made["skus"][0]["id"], "price": {"amount": "179000", "currency": "VND"}}
    assert shop.post(path, {"skus": [row]})["code"] == 12052901
    shop.pass_time(hours=6)
    assert shop.post(path, {"skus": [row, row | {"id": "5"}]})["code"] == 12052557
    assert shop.detail(made["product_id"])["skus"][0]["price"]["sale_price"] == "185000"
    assert shop.ok("POST", path, {"skus": [row]}) == {}
    read = shop.detail(made["product_id"])
    assert (read["skus"][0]["price"]["sale_price"], read["status"], read["audit"]["status"]) == (
        "179000",
        "ACTIVATE",
        "APPROVED",
    )
    shop.sandbox.world.offers("tiktok_shop")[0].list_price_vnd = 199_000
    assert shop.post(path, {"skus": [row]})["code"] == 12052038


def test_stock_fails_sku_by_sku(shop: Any) -> None:
    """The good row holds, the bad one is told with its warehouse; 0 sells out."""
    rows = [shop.sku(seller_sku=f"S{n}", sales_attributes=[{"id": "100000", "value_name": f"{n}00g"}]) for n in (1, 2)]
    made = shop.add(skus=rows)
    first, second = (row["id"] for row in made["skus"])
    path = f"{PRODUCTS}/{made['product_id']}/inventory/update"
    told = shop.ok(
        "POST",
        path,
        {
            "skus": [
                {"id": first, "inventory": [{"warehouse_id": "7068517275539719942", "quantity": 0}]},
                {"id": second, "inventory": [{"quantity": 100_000}]},
            ]
        },
    )
    reason = {"code": 12052055, "message": "The quantity must be from 0 to 99999"}
    extra = [{"warehouse_id": "7068517275539719942"} | reason]
    assert told == {"errors": [reason | {"detail": {"sku_id": second, "extra_errors": extra}}]}
    assert [offer.stock for offer in shop.sandbox.world.offers("tiktok_shop")] == [0, 120]


def test_stock_read_tells_what_is_ordered_and_not_sent(instant: Any) -> None:
    """Available is what the shelf holds; committed is what waits to be packed."""
    shop = instant
    made = shop.add()
    shop.pass_time(days=3)
    world = shop.sandbox.world
    waiting = [o for o in world.orders("tiktok_shop") if o.shipped_at is None and o.cancelled_at is None]
    committed = sum(line.quantity for order in waiting for line in order.lines)
    (offer,) = world.offers("tiktok_shop")
    told = shop.ok("POST", "/product/202309/inventory/search", {"product_ids": [made["product_id"]]})
    held = {"available_quantity": offer.stock, "committed_quantity": committed}
    assert told == {
        "inventory": [
            {
                "product_id": made["product_id"],
                "skus": [
                    {
                        "id": made["skus"][0]["id"],
                        "seller_sku": "OCOP-TN-0007",
                        "total_available_quantity": offer.stock,
                        "total_committed_quantity": committed,
                        "warehouse_inventory": [{"warehouse_id": "7068517275539719942"} | held],
                    }
                ],
            }
        ]
    }


def test_what_staff_do_by_hand_is_seen(instant: Any) -> None:
    """A ban reads PLATFORM_DEACTIVATED with the reason; a frozen product takes no edit."""
    shop = instant
    product_id = shop.add()["product_id"]
    (offer,) = shop.sandbox.world.offers("tiktok_shop")
    offer.state, offer.extra["reason"] = OfferState.BANNED, "Counterfeit goods"
    read = shop.detail(product_id)
    assert (read["status"], read["audit_failed_reasons"][0]["reasons"]) == (
        "PLATFORM_DEACTIVATED",
        ["Counterfeit goods"],
    )
    offer.extra["reason"] = "FREEZE"
    assert status(shop, product_id) == "FREEZE"
    edit = f"{PRODUCTS}/{product_id}/partial_edit"
    assert shop.post(edit, {"description": "<p>Mới</p>"})["code"] == 12052901


def test_a_full_shop_takes_no_more(shop: Any) -> None:
    """12052093, and the readiness check says so beforehand."""
    shop.add()
    shop.site.rules.products_per_shop = 1
    assert shop.post(PRODUCTS, shop.listing())["code"] == 12052093
    checks = shop.ok("GET", "/product/202312/prerequisites")["check_results"]
    assert [row["check_item"] for row in checks if row["is_failed"]] == ["PRODUCT_QUANTITY_LIMIT"]
    assert "BANk_ACCOUNT" in {row["check_item"] for row in checks}


def test_the_category_tree_wants_its_second_version(shop: Any) -> None:
    """v1 is the default and the wrong one; spirits are in the tree only for who asks for the forbidden."""
    path = "/product/202309/categories"
    assert shop.get(path)["code"] == 12052217
    tree = shop.ok("GET", path, category_version="v2")["categories"]
    by_id = {row["id"]: row for row in tree}
    assert by_id["700437"] == {
        "id": "700437",
        "parent_id": "914700",
        "local_name": "Trà",
        "is_leaf": True,
        "permission_statuses": ["AVAILABLE"],
    }
    assert "700443" not in by_id
    everything = shop.ok("GET", path, category_version="v2", include_prohibited_categories="true")["categories"]
    assert {row["id"] for row in everything} - set(by_id) == {"700443", "700444"}
    body = {"product_title": "Miến dong Bắc Kạn sợi dai gói 500g", "category_version": "v2"}
    assert shop.ok("POST", f"{path}/recommend", body)["leaf_category_id"] == "700412"
