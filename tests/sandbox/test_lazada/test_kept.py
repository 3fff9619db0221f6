"""The marketplace outlives its process: everything comes back from the journal as it was."""

import json
from pathlib import Path
from typing import Any

from sandbox.lazada import SITES
from sandbox.sandbox import Sandbox
from tests.sandbox.test_lazada.conftest import Client, attributes, sku


def busy_days(shop: Client) -> None:
    """Every kind of write, refused and half-done ones too."""
    ids = [shop.on_sale(number, quantity="9999") for number in range(1, 5)]
    shop.create(Attributes=attributes(description="Gọi 0912345678"), Skus={"Sku": [sku(9)]})
    shop.send("/product/create", shop.product())
    shop.send("/product/create", shop.product())  # refused: the SKU is taken
    rows = [{"ItemId": str(item), "SkuId": str(one), "Price": "99000", "Quantity": "500"} for item, one in ids]
    shop.price(*rows, {"ItemId": "7", "SkuId": "7", "Price": "1000"})
    shop.price({"ItemId": str(ids[0][0]), "SkuId": str(ids[0][1]), "SalePrice": "90000", "SaleEndDate": "2026-10-05"})
    shop.send("/product/update", {"ItemId": str(ids[1][0]), "Attributes": {"name": "Trà mới"}})
    shop.post("/product/remove", sku_id_list=json.dumps([f"SkuId_{ids[3][0]}_{ids[3][1]}"]))
    link = {"response_type": "code", "client_id": "500001", "redirect_uri": "http://127.0.0.1/x"}
    shop.http.get(f"{shop.site.base_url}/oauth/authorize", params=link, timeout=10, allow_redirects=False)
    shop.pass_time(days=20)
    shop.renew()
    for review in shop.sandbox.world.reviews("lazada")[:1]:
        shop.get("/review/seller/reply/add", id=review.review_id, content="Cảm ơn")


def everything(shop: Client) -> tuple[Any, ...]:
    answers = [
        shop.get("/products/get", filter="all", limit=50)["data"],
        shop.get("/orders/get", created_after="2026-10-01T00:00:00+07:00")["data"],
        shop.get("/finance/transaction/details/get", start_time="2026-10-01", end_time="2026-12-01")["data"],
        shop.get("/finance/payout/status/get", created_after="2026-10-01")["data"],
    ]
    world, storefront = shop.sandbox.world, shop.sandbox.storefront_url("lazada")
    said = json.dumps(answers).replace(storefront, "")  # another port another time
    return (said, shop.sandbox.truth(), world.reviews("lazada"), shop.site.credentials(), shop.site.accounts.codes)


def test_a_restarted_marketplace_is_the_same(tmp_path: Path) -> None:
    """Products, prices, orders, money, tokens, codes and replies, to the last id; and so are the days after."""
    seen = []
    for life in (1, 2, 3):
        with Sandbox(seed=7, sites=SITES, directory=tmp_path) as sandbox:
            shop = Client(sandbox, sandbox.credentials("lazada"))
            if life == 1:
                busy_days(shop)
            if life == 3:
                shop.pass_time(days=5)
            seen.append(everything(shop))
            shop.http.close()
    assert seen[0] == seen[1]
    assert seen[2][1]["markets"]["lazada"]["orders"] > seen[1][1]["markets"]["lazada"]["orders"]


def test_only_what_changed_the_world_is_kept(tmp_path: Path) -> None:
    """Reads and refused writes leave no line in the journal, though they are answered like all others."""
    with Sandbox(seed=7, sites=SITES, directory=tmp_path) as sandbox:
        shop = Client(sandbox, sandbox.credentials("lazada"))
        shop.get("/seller/get")
        shop.post("/product/create", payload="{}")
        shop.price({"ItemId": "7", "SkuId": "7", "Price": "1000"})
        shop.upload()
        shop.http.close()
    lines = (tmp_path / "world.journal").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line).get("target") for line in lines] == [None, "/rest/image/upload"]


def test_two_worlds_of_one_seed_are_one() -> None:
    """Nothing depends on the machine's clock or its chance, nor on how the world's clock is stepped."""
    worlds = []
    for steps in (1, 10):
        with Sandbox(seed=7, sites=SITES) as sandbox:
            shop = Client(sandbox, sandbox.credentials("lazada"))
            shop.on_sale(quantity="9999")
            for _ in range(steps):
                shop.pass_time(days=20 / steps)
            worlds.append(everything(shop))
            shop.http.close()
    assert worlds[0] == worlds[1]
