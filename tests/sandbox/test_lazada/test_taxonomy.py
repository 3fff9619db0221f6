"""Categories, attributes, brands, pictures."""

import json
from typing import Any

import pytest

from sandbox.lazada import categories
from tests.sandbox.test_lazada.conftest import Client, png


def leaves(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [leaf for row in rows for leaf in (leaves(row["children"]) if "children" in row else [row])]


def test_the_tree_in_two_languages(shop: Client) -> None:
    """Branches have children, leaves do not; nothing needs a token."""
    vietnamese = leaves(shop.get("/category/tree/get", token=False, language_code="vi_VN")["data"])
    english = leaves(shop.get("/category/tree/get", token=False)["data"])
    assert all(leaf["leaf"] and leaf["var"] for leaf in vietnamese)
    assert [leaf["category_id"] for leaf in vietnamese] == [leaf["category_id"] for leaf in english]
    names = {leaf["category_id"]: leaf["name"] for leaf in vietnamese}
    assert names[10100123] == "Trà túi & trà lá"
    assert len(names) == sum(category.kind != "" for category in categories.TREE)


def test_attributes_of_a_leaf(shop: Client) -> None:
    """What is mandatory, where it goes, and what may be chosen."""
    rows = shop.get("/category/attributes/get", token=False, primary_category_id=10100123, language_code="vi_VN")[
        "data"
    ]
    known = {row["name"]: row for row in rows}
    assert [name for name, row in known.items() if row["is_mandatory"]] == [
        "name",
        "brand",
        "tea_type",
        "SellerSku",
        "package_weight",
        "package_length",
        "package_width",
        "package_height",
        "price",
    ]
    assert known["tea_type"]["options"][0] == {"id": 120301, "name": "Trà xanh", "en_name": "Green Tea"}
    assert (known["weight"]["attribute_type"], known["weight"]["is_sale_prop"]) == ("sku", 1)
    assert shop.get("/category/attributes/get", token=False, primary_category_id=10100)["code"] == "201"


@pytest.mark.parametrize(
    ("name", "category_id"),
    [("Chè Đinh Tân Cương", 10100123), ("Mật ong rừng nguyên chất", 10100154), ("Miến dong Tài Hoan", 10100142)],
)
def test_a_category_is_suggested(shop: Client, name: str, category_id: int) -> None:
    """By the words of the title."""
    answer = shop.get("/product/category/suggestion/get", product_name=name)
    assert answer["data"]["categorySuggestions"][0]["categoryId"] == category_id


def test_nothing_to_suggest(shop: Client) -> None:
    """Code 701."""
    assert shop.get("/product/category/suggestion/get", product_name="Xyz")["code"] == "701"


def test_brands_page_by_page(shop: Client) -> None:
    """200 a page at most; "No Brand" is not on the first one."""
    pages = [shop.get("/category/brands/query", token=False, startRow=at, pageSize=200)["data"] for at in (0, 200, 400)]
    rows = [row for page in pages for row in page["module"]]
    assert ([len(page["module"]) for page in pages], pages[0]["total_record"]) == ([200, 200, 50], 450)
    assert [place for place, row in enumerate(rows) if row["brand_id"] == 30768] == [316]
    assert shop.get("/category/brands/query", token=False, startRow=0, pageSize=201)["code"] == "5"


def upload(client: Client, **files: Any) -> dict[str, Any]:
    url = f"{client.site.base_url}/rest/image/upload"
    return client.http.post(url, data=client.signed("/image/upload", {}), files=files, timeout=10).json()


def test_a_picture_gets_an_address(shop: Client) -> None:
    """Its name in the address is its hash code; files are not signed."""
    image = upload(shop, image=("trà.png", png()))["data"]["image"]
    assert image["url"] == f"https://vn-live-02.slatic.net/p/{image['hash_code']}.png"


@pytest.mark.parametrize(
    ("content", "code"), [(b"GIF89a", "302"), (b"\xff\xd8\xff" + bytes(1024 * 1024), "303"), (png(8), "300")]
)
def test_pictures_refused(shop: Client, content: bytes, code: str) -> None:
    """JPG or PNG, one megabyte, no smaller than the guide says."""
    assert upload(shop, image=("a", content))["code"] == code


def test_the_guides_least_side(shop: Client) -> None:
    """330 pixels."""
    assert [upload(shop, image=("a.png", png(side)))["code"] for side in (329, 330)] == ["300", "0"]


def migrate(client: Client, url: str) -> dict[str, Any]:
    return client.post("/image/migrate", payload=f"<Request><Image><Url>{url}</Url></Image></Request>")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/a.png", "http://localhost/a.png", "https://a.vn:8080/a.png", "ftp://a.vn/a.png"]
)
def test_only_public_sources_are_migrated(shop: Client, url: str) -> None:
    """No address literal, no private name, no odd port."""
    assert migrate(shop, url)["code"] == "301"


def test_one_picture_and_many(shop: Client) -> None:
    """One at once, eight later by the batch's id, with the failed ones named."""
    assert migrate(shop, "https://ocop.example/a.jpg")["data"]["image"]["url"].startswith(
        "https://vn-live-02.slatic.net/p/"
    )
    urls = "".join(f"<Url>{url}</Url>" for url in ("https://ocop.example/a.jpg", "http://10.0.0.1/b.jpg"))
    batch = shop.post("/images/migrate", payload=f"<Request><Images>{urls}</Images></Request>")["batch_id"]
    told = shop.get("/image/response/get", batch_id=batch)["data"]
    assert len(told["images"]) == 1
    assert [row["original_url"] for row in told["errors"]] == ["http://10.0.0.1/b.jpg"]
    nine = "<Url>https://a.vn/a.jpg</Url>" * 9
    assert shop.post("/images/migrate", payload=f"<Request><Images>{nine}</Images></Request>")["code"] == "1"


def test_an_empty_request(shop: Client) -> None:
    """E030, as SDKs meet it that lose their body."""
    answer = shop.post("/product/create", payload=json.dumps({"Request": {}}))
    assert (answer["code"], answer["message"]) == ("30", "E030: Empty Request")
