"""Products: what is refused, how what was accepted reads back, how reviews end, and what edits do."""

from typing import Any

import pytest

from sandbox.world import OfferState

CREATE, SEARCH = "/product/202309/products", "/product/202502/products/search"
PLAIN_SKU = {"seller_sku": "S", "price": {"amount": "185000", "currency": "VND"}}
STOCK = [{"warehouse_id": "7068517275539719942", "quantity": 120}]
ORIGIN = {"id": "100347", "values": [{"id": "1000056"}]}


def sku(**changes: Any) -> dict[str, Any]:
    return PLAIN_SKU | {"inventory": STOCK} | changes


def price(amount: Any, currency: str = "VND") -> list[dict[str, Any]]:
    return [sku(price={"amount": amount, "currency": currency})]


def size(name: str) -> list[dict[str, str]]:
    return [{"id": "100000", "name": "Khối lượng", "value_name": name}]


REFUSED = [
    ({"title": ""}, 12052261),
    ({"title": "Trà Tân Cương"}, 12052931),
    ({"title": "T" + "rà" * 128}, 12052051),
    ({"title": "Trà Tân Cương 茶 Thái Nguyên OCOP"}, 12052262),
    ({"title": "Trà Tân Cương 🍵 Thái Nguyên OCOP"}, 12052931),
    ({"title": "Trà Tân Cương &amp; Thái Nguyên OCOP"}, 12052931),
    ({"title": "Trà Tân Cương!!!!!!!!!! Thái Nguyên"}, 12052931),
    ({"description": " "}, 12052015),
    ({"description": "a1" * 5_001}, 12052013),
    ({"description": "<p>Trà 🍵</p>"}, 12052932),
    ({"description": "<table>Trà</table>"}, 12052345),
    ({"description": "<p>Trà < 5 sao</p>"}, 12052344),
    ({"description": '<img src="https://example.com/a.png"/>'}, 12052340),
    ({"category_id": "trà"}, 12052002),
    ({"category_id": "1"}, 12052023),
    ({"category_id": "914700"}, 12052024),
    ({"category_id": "700443"}, 12052220),
    ({"category_id": "700646"}, 12052223),
    ({"category_version": "v1"}, 12052217),
    ({"main_images": []}, 12052028),
    ({"main_images": [{"uri": "https://example.com/a.png"}]}, 12052300),
    ({"product_attributes": []}, 12052104),
    ({"product_attributes": [{"id": "100347", "values": [{"id": "7"}]}]}, 12052935),
    ({"product_attributes": [{"id": "100347", "values": [{"name": "Lào"}]}]}, 12052240),
    ({"product_attributes": [{"id": "100347", "values": []}]}, 12052248),
    ({"product_attributes": [{"id": "100347", "values": [{"id": "1000056"}, {"id": "1000057"}]}]}, 12052246),
    ({"product_attributes": [ORIGIN, ORIGIN]}, 12052251),
    ({"product_attributes": [ORIGIN, {"id": "100902", "values": [{"name": "nặng"}]}]}, 12052256),
    ({"product_attributes": [ORIGIN, {"id": "100900", "values": [{"id": "1001"}]}]}, 12052182),
    ({"certifications": [{"id": "5"}]}, 12052655),
    ({"package_weight": {"value": "0.35", "unit": "POUND"}}, 12019061),
    ({"package_weight": {"value": "0", "unit": "KILOGRAM"}}, 12052181),
    ({"package_weight": {"value": "0.3555", "unit": "KILOGRAM"}}, 12052006),
    ({"package_weight": None}, 12019011),
    ({"package_dimensions": {"length": "20.5", "width": "1", "height": "1", "unit": "CENTIMETER"}}, 12019012),
    ({"package_dimensions": {"length": "20", "width": "1", "height": "1", "unit": "INCH"}}, 12052915),
    ({"category_id": "604580", "is_cod_allowed": True}, 12052222),
    ({"skus": []}, 98001004),
    ({"skus": [sku()] * 101}, 12052050),
    ({"skus": [sku(seller_sku="CÓ CÁCH")]}, 12019059),
    ({"skus": [sku(seller_sku="X" * 51)]}, 12052054),
    ({"skus": price(185000)}, 12052073),
    ({"skus": price("185000.5")}, 12052073),
    ({"skus": price("999")}, 12052570),
    ({"skus": price("185000", "USD")}, 12052084),
    ({"skus": [{"seller_sku": "S", "inventory": STOCK}]}, 12052571),
    ({"skus": [PLAIN_SKU]}, 12019022),
    ({"skus": [sku(inventory=[{"warehouse_id": "1", "quantity": 5}])]}, 12052097),
    ({"skus": [sku(inventory=[{"warehouse_id": "7068517275539719943", "quantity": 5}])]}, 12052532),
    ({"skus": [sku(inventory=[STOCK[0] | {"quantity": 0}])]}, 12052055),
    ({"skus": [sku(inventory=[STOCK[0] | {"quantity": 100_000}])]}, 12052055),
    ({"skus": [sku(inventory=STOCK * 2)]}, 12052094),
    ({"skus": [sku(), sku()]}, 12052550),
    ({"skus": [sku(sales_attributes=size("1")), sku(sales_attributes=size("1"))]}, 12052560),
    ({"skus": [sku(sales_attributes=size("1")), sku()]}, 12052550),
    ({"skus": [sku(sales_attributes=size("1") * 4)]}, 12052525),
    ({"tittle": "x"}, 98001004),
    ({"save_mode": "DRAFT"}, 98001004),
]


@pytest.mark.parametrize(("changes", "code"), REFUSED)
def test_a_bad_product_is_refused_with_its_own_code(shop: Any, changes: dict[str, Any], code: int) -> None:
    """Nothing is created, and the refusal travels as HTTP 200; the dry run gives the same code."""
    listing = shop.listing(**changes)
    answer = shop.answer("POST", CREATE, listing)
    assert (answer.status_code, answer.json()["code"], answer.json()["data"]) == (200, code, None)
    assert shop.sandbox.world.offers("tiktok_shop") == []
    dry = shop.ok("POST", f"{CREATE}/listing_check", listing)
    assert (dry["check_result"], dry["fail_reasons"][0]["code"]) == ("FAILED", code)


def test_a_good_product_passes_the_dry_run_and_is_not_created(shop: Any) -> None:
    """PASS, and nothing happened."""
    assert shop.ok("POST", f"{CREATE}/listing_check", shop.listing()) == {"check_result": "PASS"}
    assert shop.sandbox.world.offers("tiktok_shop") == []


def test_what_was_sent_is_what_reads_back(shop: Any) -> None:
    """Diacritics, kilograms, price and stock; the category from its root, the attribute's names."""
    listing = shop.listing(external_product_id="ocop-7", skus=[shop.sku(external_sku_id="ocop-7-200")])
    made = shop.ok("POST", CREATE, listing)
    assert made == {
        "product_id": "1729592969712207008",
        "skus": [
            {
                "id": "1729600000000000012",
                "seller_sku": "OCOP-TN-0007",
                "external_sku_id": "ocop-7-200",
                "sales_attributes": [],
            }
        ],
        "warnings": [],
    }
    read = shop.detail(made["product_id"])
    same = ("title", "description", "package_weight", "package_dimensions", "external_product_id")
    assert {name: read[name] for name in same} == {name: listing[name] for name in same}
    assert [one["local_name"] for one in read["category_chains"]] == ["Thực phẩm & Đồ uống", "Đồ uống", "Trà"]
    values = [{"id": "1000056", "name": "Việt Nam"}]
    assert read["product_attributes"] == [{"id": "100347", "name": "Xuất xứ", "values": values}]
    assert read["main_images"][0]["uri"] == listing["main_images"][0]["uri"]
    (row,) = read["skus"]
    assert row["price"] == {"currency": "VND", "tax_exclusive_price": "185000", "sale_price": "185000"}
    assert row["inventory"] == [{"warehouse_id": "7068517275539719942", "quantity": 120}]
    assert (row["seller_sku"], row["external_sku_id"]) == ("OCOP-TN-0007", "ocop-7-200")


def test_an_unknown_brand_is_left_out_with_a_warning(shop: Any) -> None:
    """A create that succeeds may still have something to say; a known brand reads back with its name."""
    made = shop.add(brand_id="99")
    assert made["warnings"] == [{"message": "The brand 99 is unknown and was left out"}]
    assert "brand" not in shop.detail(made["product_id"])
    brand = shop.ok("POST", "/product/202309/brands", {"name": "Hảo Đạt"}, cipher=False)["id"]
    assert shop.detail(shop.add(brand_id=brand)["product_id"])["brand"] == {"id": brand, "name": "Hảo Đạt"}


def test_the_same_idempotency_key_gives_the_first_answer_again(shop: Any) -> None:
    """And without one, who creates twice has two."""
    first, again = shop.add(idempotency_key="k1"), shop.add(idempotency_key="k1")
    assert again == first
    assert len(shop.sandbox.world.offers("tiktok_shop")) == 1
    shop.add()
    shop.add()
    assert len(shop.sandbox.world.offers("tiktok_shop")) == 3


def test_a_product_is_live_when_its_review_has_ended(shop: Any) -> None:
    """PENDING and AUDITING first, ACTIVATE and APPROVED within six hours; nobody can buy it before."""
    made = shop.add()
    read = shop.detail(made["product_id"])
    assert (read["status"], read["product_status"], read["audit"]["status"]) == ("PENDING", "INITIAL", "AUDITING")
    assert shop.sandbox.world.offers("tiktok_shop")[0].state is OfferState.PENDING
    shop.pass_time(hours=6)
    read = shop.detail(made["product_id"])
    assert (read["status"], read["product_status"], read["audit"]["status"]) == ("ACTIVATE", "ACTIVATE", "APPROVED")


def test_contact_details_are_what_a_review_refuses(shop: Any) -> None:
    """FAILED, with where, why and what to do; mended, it is reviewed again."""
    made = shop.add(description="<p>Gọi 0912 345 678 để đặt hàng</p>")
    shop.pass_time(hours=6)
    read = shop.detail(made["product_id"])
    assert (read["status"], read["audit"]["status"]) == ("FAILED", "FAILED")
    assert read["audit_failed_reasons"] == [
        {
            "position": "Product description",
            "reasons": ["The product contains contact information or leads buyers to another platform."],
            "suggestions": ["Remove phone numbers, links and QR codes."],
            "listing_platform": "TIKTOK_SHOP",
        }
    ]
    edit = f"/product/202509/products/{made['product_id']}/partial_edit"
    shop.ok("POST", edit, {"description": "<p>Trà ngon</p>"})
    assert shop.detail(made["product_id"])["status"] == "PENDING"
    shop.pass_time(hours=6)
    read = shop.detail(made["product_id"])
    assert (read["status"], read["description"], "audit_failed_reasons" in read) == (
        "ACTIVATE",
        "<p>Trà ngon</p>",
        False,
    )


def test_a_live_product_shows_its_old_version_while_the_new_one_is_reviewed(shop: Any) -> None:
    """And keeps it when the new one is refused."""
    product_id = shop.add()["product_id"]
    shop.pass_time(hours=6)
    edit, title = f"/product/202309/products/{product_id}/partial_edit", "Trà Tân Cương thượng hạng hộp thiếc 200g"
    shop.ok("POST", edit, {"title": title})
    read = shop.detail(product_id)
    assert (read["status"], read["audit"]["status"]) == ("ACTIVATE", "AUDITING")
    assert read["title"] == "Trà Tân Cương Thái Nguyên OCOP 5 sao hộp 200g"
    assert shop.detail(product_id, return_under_review_version="true")["title"] == title
    shop.pass_time(hours=6)
    assert shop.detail(product_id)["title"] == title
    shop.ok("POST", edit, {"title": "Trà Tân Cương, gọi Zalo để đặt hàng ngay"})
    shop.pass_time(hours=6)
    read = shop.detail(product_id)
    assert (read["status"], read["audit"]["status"], read["title"]) == ("ACTIVATE", "FAILED", title)


def test_a_full_edit_deletes_the_skus_it_does_not_name(instant: Any) -> None:
    """Price and stock survive when they are left out, everything else is overwritten."""
    shop = instant
    rows = [shop.sku(seller_sku=f"S{n}", sales_attributes=size(f"{n}00g")) for n in (1, 2)]
    made = shop.add(skus=rows, external_product_id="ocop-1")
    kept = {"id": made["skus"][0]["id"], "seller_sku": "S1", "sales_attributes": size("100g")}
    new = shop.sku(seller_sku="S3", sales_attributes=size("300g"))
    edited = shop.ok("PUT", f"/product/202509/products/{made['product_id']}", shop.listing(skus=[kept, new]))
    assert [row["seller_sku"] for row in edited["skus"]] == ["S1", "S3"]
    assert edited["skus"][0]["id"] == made["skus"][0]["id"]
    read = shop.detail(made["product_id"])
    assert [
        (row["seller_sku"], row["price"]["sale_price"], row["inventory"][0]["quantity"]) for row in read["skus"]
    ] == [
        ("S1", "185000", 120),
        ("S3", "185000", 120),
    ]
    assert "external_product_id" not in read
    states = {offer.sku: offer.state for offer in shop.sandbox.world.offers("tiktok_shop")}
    assert states == {"S1": OfferState.LIVE, "S2": OfferState.DELETED, "S3": OfferState.LIVE}


def test_a_review_brings_no_old_price_or_stock_back(shop: Any) -> None:
    """What is sold or repriced while an edit waits stays so."""
    made = shop.add()
    shop.pass_time(hours=6)
    product_id, sku_id = made["product_id"], made["skus"][0]["id"]
    shop.ok("POST", f"/product/202509/products/{product_id}/partial_edit", {"description": "<p>Mới</p>"})
    changed = {"skus": [{"id": sku_id, "price": {"amount": "179000", "currency": "VND"}}]}
    shop.ok("POST", f"/product/202309/products/{product_id}/prices/update", changed)
    shop.ok(
        "POST",
        f"/product/202309/products/{product_id}/inventory/update",
        {"skus": [{"id": sku_id, "inventory": [{"quantity": 3}]}]},
    )
    shop.sandbox.world.offers("tiktok_shop")[0].stock = 3
    shop.pass_time(hours=6)
    (row,) = shop.detail(product_id)["skus"]
    sold = shop.sandbox.world.offers("tiktok_shop")[0].sold
    assert (row["price"]["sale_price"], row["inventory"][0]["quantity"]) == ("179000", 3 - sold)


def test_a_version_under_review_may_be_replaced(shop: Any) -> None:
    """A pack that only the older version had never goes on sale; one that both have keeps its number and its price."""
    first = shop.sku(seller_sku="S1", sales_attributes=size("100g"))
    made = shop.add(skus=[first])
    shop.pass_time(hours=6)
    kept = {"id": made["skus"][0]["id"], "seller_sku": "S1", "sales_attributes": size("100g")}
    new = [shop.sku(seller_sku=name, sales_attributes=size(name)) for name in ("S2", "S3")]
    edit = f"/product/202509/products/{made['product_id']}/partial_edit"
    second = shop.ok("POST", edit, {"skus": [kept, *new]})["skus"][1]
    again = {"id": second["id"], "seller_sku": "S2", "sales_attributes": size("S2")}
    assert shop.post(edit, {"skus": [kept, again, again]})["code"] == 12052557
    told = shop.ok("POST", edit, {"skus": [kept, again]})
    assert [row["id"] for row in told["skus"]] == [kept["id"], second["id"]]
    shop.ok("POST", edit, {"description": "<p>Mới</p>"})
    shop.pass_time(hours=6)
    states = {offer.sku: offer.state for offer in shop.sandbox.world.offers("tiktok_shop")}
    assert states == {"S1": OfferState.LIVE, "S2": OfferState.LIVE, "S3": OfferState.DELETED}
    read = shop.detail(made["product_id"])
    assert ([row["seller_sku"] for row in read["skus"]], read["description"]) == (["S1", "S2"], "<p>Mới</p>")


def test_values_of_a_property_get_ids_and_read_back(shop: Any) -> None:
    """The words come back beside the ids."""
    made = shop.add(skus=[shop.sku(sales_attributes=[{"id": "100000", "name": "Khối lượng", "value_name": "200g"}])])
    (row,) = shop.detail(made["product_id"])["skus"]
    value_id = made["skus"][0]["sales_attributes"][0]["value_id"]
    assert row["sales_attributes"] == [
        {"id": "100000", "value_id": value_id, "name": "Khối lượng", "value_name": "200g"}
    ]


def test_a_search_finds_by_sku_status_and_time_and_pages_without_end_or_loss(instant: Any) -> None:
    """A deleted product is found by its status only; the token of the last page is empty."""
    shop = instant
    made = [shop.add(skus=[shop.sku(seller_sku=f"S{n}")])["product_id"] for n in range(7)]
    shop.ok("DELETE", "/product/202309/products", {"product_ids": [made[6]]})
    seen, token = [], ""
    for _ in range(2):
        page = shop.ok("POST", SEARCH, {}, page_size=3, page_token=token)
        seen += [row["id"] for row in page["products"]]
        token = page["next_page_token"]
    assert (seen, token, page["total_count"]) == (made[:6], "", 6)
    by_sku = shop.ok("POST", "/product/202309/products/search", {"seller_skus": ["S2", "S4", "S6"]}, page_size=10)
    assert [row["id"] for row in by_sku["products"]] == [made[2], made[4]]
    deleted = shop.ok("POST", SEARCH, {"status": "DELETED"}, page_size=10)
    assert [row["id"] for row in deleted["products"]] == [made[6]]
    nothing = shop.ok("POST", SEARCH, {"update_time_ge": shop.now() + 1}, page_size=10)
    assert nothing == {"total_count": 0, "next_page_token": ""}
    assert shop.post(SEARCH, {"seller_skus": list("abcdefghijk")}, page_size=10)["code"] == 12019027


def test_another_shops_product_is_not_ones_own(shop: Any) -> None:
    """12052034 for it, 12052032 for one that never was."""
    mine = shop.add()["product_id"]
    other = type(shop)(shop.sandbox, shop.site.credentials_of("7495000000000000002"))
    assert other.get(f"/product/202309/products/{mine}")["code"] == 12052034
    assert other.get("/product/202309/products/1")["code"] == 12052032
    assert other.ok("POST", SEARCH, {}, page_size=1) == {"total_count": 0, "next_page_token": ""}
    other.http.close()


def test_a_requirement_the_list_does_not_tell_is_refused_all_the_same(shop: Any) -> None:
    """So that a client can learn from a refusal."""
    listed = shop.ok("GET", "/product/202309/categories/700437/attributes", category_version="v2")["attributes"]
    assert {row["id"]: row["is_requried"] for row in listed}["100903"] is False
    shop.site.rules.hidden_required = ("100903",)
    assert shop.post(CREATE, shop.listing())["code"] == 12052104
    given = [ORIGIN, {"id": "100903", "values": [{"id": "1102"}]}]
    assert shop.post(CREATE, shop.listing(product_attributes=given))["code"] == 0


def test_a_required_certificate_needs_a_paper_that_is_uploaded_and_still_good(shop: Any) -> None:
    """Missing, expired or unknown papers are refused, each in its own words."""
    shop.site.rules.certificates_required = True
    rules = shop.ok("GET", "/product/202309/categories/700437/rules", category_version="v2")
    (paper,) = rules["product_certifications"]
    assert (paper["is_required"], shop.post(CREATE, shop.listing())["code"]) == (True, 12052105)
    image = shop.upload(use_case="CERTIFICATION_IMAGE")["data"]["uri"]
    good = {"id": paper["id"], "images": [{"uri": image}], "expiration_date": shop.now() + 86_400}
    for changes, code in (({"expiration_date": shop.now()}, 12052385), ({"images": [{"uri": "x"}]}, 12052650), ({}, 0)):
        assert shop.post(CREATE, shop.listing(certifications=[good | changes]))["code"] == code


def test_pictures_are_looked_at(shop: Any) -> None:
    """Their size comes back; too small, too large or no picture at all are refused."""
    assert shop.upload(shop.png(300))["data"]["width"] == 300
    assert [shop.upload(shop.png(side))["code"] for side in (299, 4_001)] == [12038014, 12038014]
    assert shop.upload(b"GIF89a")["code"] == 12038004
    assert shop.upload(b"")["code"] == 12038002
