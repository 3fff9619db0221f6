"""Creating, quality control, editing, taking off sale, deleting."""

import json
from typing import Any

import pytest

from sandbox.lazada import SITES
from sandbox.lazada.site import LazadaApi
from sandbox.sandbox import Sandbox
from tests.sandbox.test_lazada.conftest import Client, attributes, sku

XML = """<?xml version="1.0" encoding="UTF-8"?>
<Request><Product>
  <PrimaryCategory>10100142</PrimaryCategory>
  <Images><Image>{image}</Image></Images>
  <Attributes><name>Miến dong Bình Lư 500g</name><brand_id>30768</brand_id>
    <description><![CDATA[<p>Miến & dong</p>]]></description></Attributes>
  <Skus><Sku><SellerSku>OCOP-MD-500G</SellerSku><quantity>100</quantity><price>65000</price>
    <package_weight>0.55</package_weight><package_length>25</package_length>
    <package_width>15</package_width><package_height>8</package_height></Sku></Skus>
</Product></Request>"""


def refused(shop: Client, **changes: Any) -> dict[str, Any]:
    return shop.send("/product/create", shop.product(**changes))


def status(shop: Client, item_id: int) -> tuple[str, str | None]:
    item = shop.item(item_id)
    return item["status"], item["subStatus"]


def test_created_and_read_back(shop: Client) -> None:
    """Ids at once; the words come back as they were sent."""
    made = shop.create()
    assert made == {
        "item_id": 2100000001,
        "item_status": "Pending QC",
        "sku_list": [{"seller_sku": "OCOP-TN-0007", "sku_id": 11000000001, "shop_sku": "2100000001_VNAMZ-11000000001"}],
    }
    item = shop.item(2100000001)
    shown = item["skus"][0]
    assert item["attributes"] == attributes() | {"source": "api"}
    assert (shown["SellerSku"], shown["price"], shown["special_price"], shown["quantity"]) == (
        "OCOP-TN-0007",
        185000.0,
        0.0,
        120,
    )
    assert shown["Url"] == f"{shop.sandbox.storefront_url('lazada')}/-i2100000001-s11000000001.html"
    assert shop.http.get(shown["Url"], timeout=10).status_code == 404  # not before quality control


def test_addresses_stay_on_loopback() -> None:
    """A product's page is on the storefront that is played, and on the real one where none is."""
    with Sandbox(seed=7, sites=[LazadaApi]) as sandbox:
        client = Client(sandbox, sandbox.credentials("lazada"))
        item = client.item(client.create()["item_id"])
        client.http.close()
    assert item["skus"][0]["Url"] == "https://www.lazada.vn/-i2100000001-s11000000001.html"


def test_the_same_in_xml(shop: Client) -> None:
    """XML and JSON are two spellings of one document."""
    answer = shop.post("/product/create", payload=XML.format(image=shop.upload()))
    item = shop.item(answer["data"]["item_id"])
    assert (item["attributes"]["description"], item["skus"][0]["price"]) == ("<p>Miến & dong</p>", 65000.0)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"PrimaryCategory": None}, "1", "PrimaryCategory"),
        ({"PrimaryCategory": "7"}, "201", "PrimaryCategory"),
        ({"PrimaryCategory": "10101"}, "4134", "PrimaryCategory"),
        ({"PrimaryCategory": "10100132"}, "4163", "PrimaryCategory"),
        ({"Attributes": attributes(tea_type=None)}, "4110", "tea_type"),
        ({"Attributes": attributes(brand_id=None)}, "4110", "brand"),
        ({"Attributes": attributes(brand_id="7")}, "4130", "brand_id"),
        ({"Attributes": attributes(tea_type="Trà xanh")}, "4115", "tea_type"),
        ({"Attributes": attributes(name="Trà " * 60)}, "4160", "name"),
        ({"Attributes": attributes(description='<img src="https://ocop.example/a.png">')}, "4138", "description"),
        ({"Attributes": attributes(description="Thần dược")}, "4131", "name"),
        ({"Attributes": attributes(description="a" * 25_001)}, "500", "description"),
        ({"Attributes": attributes(short_description="<p>a</p>")}, "500", "short_description"),
        ({"Attributes": attributes(tea_kind="Green Tea")}, "500", "tea_kind"),
        ({"Images": {"Image": ["https://ocop.example/a.png"]}}, "4138", "Images"),
        ({"Images": {"Image": []}}, "4139", "Images"),
        ({"Images": {"Image": [f"https://vn-live.slatic.net/{n}.jpg" for n in range(9)]}}, "4169", "Images"),
        ({"Images": {"Image": ["https://vn-live.slatic.net/a.jpg"] * 2}}, "4116", "Images"),
        ({"Images": {"Image": "https://vn-live.slatic.net/a.jpg"}}, "1001", "Images"),
        ({"Skus": {"Sku": []}}, "1", "Skus"),
        ({"AssociatedSku": "OCOP-TN-0001"}, "500", "AssociatedSku"),
    ],
)
def test_products_refused(shop: Client, changes: dict[str, Any], code: str, field: str) -> None:
    """Each rule of the create page by its code, the field named, and nothing created."""
    answer = refused(shop, **changes)
    assert (answer["code"], answer["detail"][0]["field"]) == (code, field)
    assert shop.sandbox.world.offers("lazada") == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"SellerSku": None}, "4110"),
        ({"price": None}, "4110"),
        ({"price": "0"}, "4118"),
        ({"price": "185000.5"}, "4104"),
        ({"price": 185000}, "1001"),
        ({"quantity": "-1"}, "5"),
        ({"special_price": "185000"}, "4157"),
        ({"special_price": "1000", "special_from_date": "25/11/2026"}, "4117"),
        ({"package_weight": "41"}, "4164"),
        ({"package_weight": "0"}, "4149"),
        ({"package_weight": "0.355"}, "500"),
        ({"package_height": "280"}, "4165"),
        ({"package_height": None}, "4110"),
        ({"saleProp": {"taste": "ngọt"}}, "4112"),
        ({"color": "Đỏ"}, "500"),
    ],
)
def test_skus_refused(shop: Client, changes: dict[str, Any], code: str) -> None:
    """Each rule of a SKU by its code; the SKU is named where it has a name."""
    answer = refused(shop, Skus={"Sku": [sku(**changes)]})
    assert answer["code"] == code
    assert answer["detail"][0].get("seller_sku") in {None, "OCOP-TN-0007"}


def test_the_reason_of_500_is_in_detail_alone(shop: Client) -> None:
    """As the reference prints it."""
    answer = refused(shop, Skus={"Sku": [sku(package_weight="0.355")]})
    assert {name: answer[name] for name in ("type", "code", "message", "detail")} == {
        "type": "ISP",
        "code": "500",
        "message": "E0500: Create product failed",
        "detail": [
            {
                "field": "package_weight",
                "message": "BIZ_CHECK_PACKAGE_DECIMAL_INVALID:invalid package attribute",
                "seller_sku": "OCOP-TN-0007",
            }
        ],
    }


def test_a_seller_sku_is_taken_until_it_is_deleted(shop: Client) -> None:
    """4105 the second time; after the removal it is free."""
    made = shop.create()
    assert refused(shop)["code"] == "4105"
    name = f"SkuId_{made['item_id']}_{made['sku_list'][0]['sku_id']}"
    assert shop.post("/product/remove", sku_id_list=json.dumps([name]))["code"] == "0"
    assert status(shop, made["item_id"]) == ("Deleted", None)
    assert shop.create()["item_id"] == made["item_id"] + 1


def test_variants(shop: Client) -> None:
    """Two SKUs differ by a sale property; the same choice twice is 4113, the same SKU twice 4126."""
    small, large = sku(1, saleProp={"weight": "100g"}), sku(2, saleProp={"weight": "200g"}, price="350000")
    made = shop.create(Skus={"Sku": [small, large]})
    assert [row["seller_sku"] for row in made["sku_list"]] == ["OCOP-TN-0001", "OCOP-TN-0002"]
    assert [row["saleProp"] for row in shop.item(made["item_id"])["skus"]] == [{"weight": "100g"}, {"weight": "200g"}]
    assert refused(shop, Skus={"Sku": [sku(3), sku(4)]})["code"] == "4113"
    assert refused(shop, Skus={"Sku": [sku(3), sku(3)]})["code"] == "4126"
    assert refused(shop, Skus={"Sku": [sku(n) for n in range(51)]})["code"] == "513"


def test_a_variation_of_ones_own(shop: Client) -> None:
    """Declared first, used under saleProp."""
    declared = {"variation1": {"name": "Loại hộp", "hasImage": "false", "options": {"option": ["Thiếc", "Giấy"]}}}
    rows = [sku(1, saleProp={"Loại hộp": "Thiếc"}), sku(2, saleProp={"Loại hộp": "Giấy"})]
    assert len(shop.create(Skus={"Sku": rows}, variation=declared)["sku_list"]) == 2
    assert refused(shop, variation={"variation1": {"name": "Một cái tên quá dài"}})["code"] == "4109"


def test_quality_control_takes_hours(shop: Client) -> None:
    """Pending, not buyable, then active; each within six hours."""
    item_id = shop.create()["item_id"]
    assert status(shop, item_id) == ("Pending QC", None)
    shop.pass_time(minutes=59)
    assert status(shop, item_id) == ("Pending QC", None)
    shop.pass_time(hours=5, minutes=1)
    assert status(shop, item_id) == ("Active", None)


def test_quality_control_says_no_and_an_edit_asks_again(shop: Client) -> None:
    """A phone number is refused in Lazada's words; without it the same product goes live."""
    item_id = shop.create(Attributes=attributes(description="Gọi 0912345678"))["item_id"]
    shop.pass_time(hours=6)
    item = shop.item(item_id)
    assert (item["status"], item["subStatus"], item["skus"][0]["Status"]) == ("Suspended", "Reject", "inactive")
    assert item["rejectReason"] == [
        {
            "suggestion": "Remove phone numbers from title and description",
            "violationDetail": "Contact information in the content",
        }
    ]
    assert shop.get("/products/get", filter="rejected")["data"]["total_products"] == 1
    answer = shop.send("/product/update", {"ItemId": str(item_id), "Attributes": {"description": "<p>Trà</p>"}})
    assert answer["data"]["item_status"] == "Pending QC"
    shop.pass_time(hours=6)
    assert (status(shop, item_id), shop.item(item_id)["rejectReason"]) == (("Active", None), [])


def test_instant() -> None:
    """Where the site is told so, a product is active at once."""
    with Sandbox(seed=7, sites=SITES, options={"lazada.api": {"instant": True}}) as sandbox:
        client = Client(sandbox, sandbox.credentials("lazada"))
        assert client.create()["item_status"] == "Active"
        client.http.close()


def test_staff_ban_a_product(shop: Client) -> None:
    """Live Reject with a reason; the seller can neither price nor reactivate it."""
    item_id, sku_id = shop.on_sale()
    ban = {"market": "lazada", "offer_id": sku_id, "state": "banned", "reason": "Counterfeit"}
    assert shop.http.post(f"{shop.sandbox.control_url}/offers", json=ban, timeout=10).status_code == 200
    item = shop.item(item_id)
    assert (item["status"], item["subStatus"]) == ("Suspended", "Live Reject")
    assert item["rejectReason"] == [{"suggestion": "", "violationDetail": "Counterfeit"}]
    row = {"ItemId": str(item_id), "SkuId": str(sku_id), "Price": "1000"}
    assert shop.price(row)["detail"][0]["code"] == "4128"
    assert shop.send("/product/update", {"ItemId": str(item_id), "Attributes": {}})["code"] == "4128"


def test_edit_keeps_what_is_not_sent(shop: Client) -> None:
    """A new title, and everything else as before; pictures are replaced as a set."""
    item_id, sku_id = shop.on_sale()
    picture = shop.upload()
    product = {"ItemId": item_id, "Attributes": {"name": "Trà đinh mới"}, "Images": {"Image": [picture]}}
    assert shop.send("/product/update", product)["data"]["item_status"] == "Active"
    item = shop.item(item_id)
    assert item["attributes"] == attributes(name="Trà đinh mới") | {"source": "api"}
    assert (item["images"], item["skus"][0]["SkuId"], item["skus"][0]["quantity"]) == ([picture], sku_id, 120)


@pytest.mark.parametrize(
    ("product", "code"),
    [
        ({"Attributes": {}}, "1"),
        ({"ItemId": "7", "Attributes": {}}, "208"),
        ({"ItemId": "2100000001"}, "1"),
        ({"ItemId": "2100000001", "Attributes": {}, "Skus": {"Sku": [{"SellerSku": "OCOP-TN-0007"}]}}, "4193"),
        ({"ItemId": "2100000001", "Attributes": {}, "Skus": {"Sku": [{"price": "1000"}]}}, "4216"),
        ({"ItemId": "2100000001", "Attributes": {}, "Skus": {"Sku": [{"SkuId": "7"}]}}, "207"),
        ({"ItemId": "2100000001", "Attributes": {}, "Skus": {"Sku": [{"SkuId": "11000000001", "Status": "on"}]}}, "36"),
        (
            {"ItemId": "2100000001", "Attributes": {}, "Skus": {"Sku": [{"SkuId": "11000000001", "SellerSku": "X"}]}},
            "5",
        ),
        ({"ItemId": "2100000001", "Attributes": {"name": "Trà " * 60}}, "4160"),
    ],
)
def test_edits_refused(shop: Client, product: dict[str, Any], code: str) -> None:
    """The product by ItemId, the SKU by SkuId, Attributes always; a refused edit changes nothing."""
    shop.on_sale()
    before = shop.item(2100000001)
    assert shop.send("/product/update", product)["code"] == code
    assert shop.item(2100000001) == before


def deactivate(shop: Client, product: dict[str, Any]) -> str:
    return shop.post("/product/deactivate", apiRequestBody=json.dumps({"Request": {"Product": product}}))["code"]


def switch(shop: Client, item_id: int, sku_id: int, to: str) -> str:
    rows = {"Sku": [{"SkuId": str(sku_id), "Status": to}]}
    return shop.send("/product/update", {"ItemId": str(item_id), "Attributes": {}, "Skus": rows})["code"]


def test_off_sale_and_back(shop: Client) -> None:
    """Twice off is E0004; Status active brings it back without quality control."""
    item_id, sku_id = shop.on_sale()
    assert [deactivate(shop, {"ItemId": item_id}) for _ in range(2)] == ["0", "E0004"]
    assert (status(shop, item_id), shop.item(item_id)["skus"][0]["Status"]) == (("InActive", None), "inactive")
    assert switch(shop, item_id, sku_id, "active") == "0"
    assert status(shop, item_id) == ("Active", None)
    assert switch(shop, item_id, sku_id, "inactive") == "0"
    assert deactivate(shop, {"ItemId": item_id, "Skus": {"SkuId": [sku_id]}}) == "E0004"
    assert deactivate(shop, {}) == "E0001"


def test_off_sale_while_pending_stays_off(shop: Client) -> None:
    """Quality control approves what the seller no longer wants to show: it is not shown."""
    item_id = shop.create()["item_id"]
    assert deactivate(shop, {"ItemId": item_id}) == "0"
    shop.pass_time(hours=6)
    assert status(shop, item_id) == ("InActive", None)


def test_removal_names_item_and_sku(shop: Client) -> None:
    """`SkuId_item_sku` and nothing else."""
    item_id, sku_id = shop.on_sale()
    wrong = (["OCOP-TN-0007"], [f"SkuId_{item_id}_7"], [f"SkuId_7_{sku_id}"], [f"SkuId_{item_id}_{sku_id}"] * 51)
    codes = [shop.post("/product/remove", sku_id_list=json.dumps(names))["code"] for names in wrong]
    assert codes == ["5", "207", "208", "4171"]
    assert shop.post("/product/remove", seller_sku_list='["OCOP-TN-0007"]')["code"] == "6"
    assert status(shop, item_id) == ("Active", None)


def test_lists_by_state_time_and_sku(shop: Client) -> None:
    """Every filter, the date windows, the SKU list, and pages."""
    for number in range(1, 4):
        shop.on_sale(number)
    shop.create(Skus={"Sku": [sku(4, quantity="0")]})

    def found(**params: Any) -> list[str]:
        rows = shop.get("/products/get", **({"filter": "all"} | params))["data"]["products"]
        return [row["skus"][0]["SellerSku"][-1] for row in rows]

    assert found() == ["1", "2", "3", "4"]
    assert (found(filter="live"), found(filter="pending"), found(filter="deleted")) == (["1", "2", "3"], ["4"], [])
    assert found(limit=2, offset=1) == ["2", "3"]
    assert found(sku_seller_list='["OCOP-TN-0003","OCOP-TN-0009"]') == ["3"]
    assert found(create_after="2026-10-01T07:00:00+07:00") == ["2", "3", "4"]
    shop.pass_time(hours=6)
    assert found(filter="sold-out") == ["4"]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "MissingParameter"),
        ({"filter": "some"}, "36"),
        ({"filter": "all", "limit": 51}, "19"),
        ({"filter": "all", "offset": 10_001}, "14"),
        ({"filter": "all", "create_after": "2026-10-01T00:00:00+0700"}, "17"),
        ({"filter": "all", "sku_seller_list": "OCOP"}, "39"),
    ],
)
def test_lists_refused(shop: Client, params: dict[str, Any], code: str) -> None:
    """Each limit of the list by its code."""
    shop.on_sale()
    assert shop.get("/products/get", **params)["code"] == code


def test_one_product_refused(shop: Client) -> None:
    """By item id only; an unknown one is 208."""
    assert shop.get("/product/item/get", seller_sku="OCOP-TN-0007")["code"] == "4193"
    assert shop.get("/product/item/get", item_id=7)["code"] == "208"


def test_the_older_answer(shop: Client) -> None:
    """camelCase, when the site is told so."""
    item_id, _ = shop.on_sale()
    shop.site.rules.camel_case_item = True
    item = shop.item(item_id)
    assert (item["itemId"], item["primaryCategory"], item["productImageList"]) == (item_id, 10100123, item["images"])
    assert "item_id" not in item


def test_the_cap_of_active_products(shop: Client) -> None:
    """4148 once it is reached; taking one off sale makes room."""
    shop.site.rules.active_products = 1
    item_id, _ = shop.on_sale(1)
    assert refused(shop)["code"] == "4148"
    deactivate(shop, {"ItemId": item_id})
    assert shop.create()["item_status"] == "Pending QC"
