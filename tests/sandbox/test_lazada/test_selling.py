"""Prices and stock in batches, the special price and its days, total and sellable stock."""

from typing import Any

import pytest

from sandbox import lifecycle
from tests.sandbox.test_lazada.conftest import Client


def row(ids: tuple[int, int], **changes: str) -> dict[str, str]:
    return {"ItemId": str(ids[0]), "SkuId": str(ids[1])} | changes


def pays_vnd(shop: Client, ids: tuple[int, int]) -> int:
    offer = shop.sandbox.world.offer("lazada", ids[1])
    assert offer is not None
    return offer.price_vnd


def sellable(shop: Client, path: str, ids: tuple[int, int], quantity: str) -> dict[str, Any]:
    rows = f"<Sku><ItemId>{ids[0]}</ItemId><SkuId>{ids[1]}</SkuId><SellableQuantity>{quantity}</SellableQuantity></Sku>"
    return shop.post(
        f"/product/stock/sellable/{path}", payload=f"<Request><Product><Skus>{rows}</Skus></Product></Request>"
    )


def test_price_and_stock_of_two_products(shop: Client) -> None:
    """One call, both in force at once."""
    one, two = shop.on_sale(1), shop.on_sale(2)
    answer = shop.price(row(one, Price="201000"), row(two, Quantity="0"))
    assert (answer["code"], answer["data"]) == ("0", {})
    shown = [shop.item(ids[0])["skus"][0] for ids in (one, two)]
    assert [(sku["price"], sku["quantity"]) for sku in shown] == [(201000.0, 120), (185000.0, 0)]


def test_bad_rows_are_named_and_good_ones_applied(shop: Client) -> None:
    """Code 501; each bad row by its SellerSku, or by the id that was sent when it is none of ours."""
    one, two = shop.on_sale(1), shop.on_sale(2)
    answer = shop.price(row(one, Price="0"), row(two, Price="99000"), row((one[0], 7), Price="1000"), row(one))
    assert (answer["code"], answer["message"]) == ("501", "E0501: Update product failed")
    assert [(bad.get("seller_sku"), bad.get("sku"), bad["code"]) for bad in answer["detail"]] == [
        ("OCOP-TN-0001", None, "4118"),
        (None, "7", "207"),
        ("OCOP-TN-0001", None, "1"),
    ]
    assert [shop.item(ids[0])["skus"][0]["price"] for ids in (one, two)] == [185000.0, 99000.0]


def test_fifty_rows_and_no_more(shop: Client) -> None:
    """4171, and nothing is applied."""
    ids = shop.on_sale()
    assert shop.price(*[row(ids, Price="99000")] * 50)["code"] == "0"
    assert shop.price(*[row(ids, Price="98000")] * 51)["code"] == "4171"
    assert shop.item(ids[0])["skus"][0]["price"] == 99000.0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Price": "1000.5"}, "4104"),
        ({"SalePrice": "185000"}, "4157"),
        ({"SalePrice": "1000", "SaleStartDate": "2026-12-31", "SaleEndDate": "2026-12-01"}, "4117"),
        ({"Quantity": "many"}, "5"),
        ({"Price": "1000", "MultiWarehouseInventories": {}}, "5"),
    ],
)
def test_rows_refused(shop: Client, changes: dict[str, Any], code: str) -> None:
    """A wrong row's code is in its detail."""
    ids = shop.on_sale()
    assert shop.price(row(ids, **changes))["detail"][0]["code"] == code


def test_a_seller_sku_names_nothing(shop: Client) -> None:
    """4193 since 2023."""
    shop.on_sale()
    assert shop.price({"SellerSku": "OCOP-TN-0007", "Price": "1000"})["detail"][0]["code"] == "4193"


def test_a_sale_begins_and_ends_by_itself(shop: Client) -> None:
    """Buyers pay the special price within its days, the last day whole, and the price before and after."""
    ids = shop.on_sale()
    dates = {"SaleStartDate": "2026-10-03", "SaleEndDate": "2026-10-04"}
    assert shop.price(row(ids, Price="185000", SalePrice="169000", **dates))["code"] == "0"
    seen = []
    for _ in range(5):
        seen.append(pays_vnd(shop, ids))
        shop.pass_time(days=1)
    assert seen == [185000, 185000, 169000, 169000, 185000]
    shown = shop.item(ids[0])["skus"][0]
    assert (shown["special_price"], shown["special_from_date"], shown["special_to_time"]) == (
        169000.0,
        "2026-10-03",
        "2026-10-04 23:59",
    )


def test_a_sale_ends_with_zero(shop: Client) -> None:
    """Open-ended without dates; 0 takes it away."""
    ids = shop.on_sale()
    shop.price(row(ids, SalePrice="169000"))
    assert (pays_vnd(shop, ids), shop.item(ids[0])["skus"][0]["special_price"]) == (169000, 169000.0)
    shop.price(row(ids, SalePrice="0"))
    assert (pays_vnd(shop, ids), shop.item(ids[0])["skus"][0]["special_price"]) == (185000, 0.0)


def test_total_is_what_can_be_sold_and_what_is_reserved(shop: Client) -> None:
    """An order that is not shipped keeps its pieces: a total below them is refused, the sellable stock may still be 0."""
    ids = shop.on_sale(quantity="9999")
    world = shop.sandbox.world
    while not world.orders("lazada") or world.orders("lazada")[-1].cancelled_at:
        shop.pass_time(hours=1)
    order = world.orders("lazada")[-1]
    lifecycle.pay(world, order)
    pieces = sum(
        line.quantity
        for one in world.orders("lazada")
        for line in one.lines
        if not one.shipped_at and not one.cancelled_at
    )
    stock = shop.item(ids[0])["skus"][0]["multiWarehouseInventories"][0]
    assert stock["occupyQuantity"] + stock["withholdQuantity"] == pieces
    assert stock["totalQuantity"] == stock["sellableQuantity"] + pieces
    short = shop.price(row(ids, Quantity=str(pieces - 1)))
    assert "negative sellable on channel inventory" in short["detail"][0]["message"]
    assert shop.price(row(ids, Quantity=str(pieces + 5)))["code"] == "0"
    assert shop.item(ids[0])["skus"][0]["quantity"] == 5
    assert sellable(shop, "update", ids, "0")["code"] == "0"
    assert shop.item(ids[0])["skus"][0]["quantity"] == 0


def test_sellable_stock_is_set_or_moved(shop: Client) -> None:
    """Update overwrites, adjust adds; below zero is 212."""
    ids = shop.on_sale()
    assert sellable(shop, "update", ids, "35")["code"] == "0"
    assert sellable(shop, "adjust", ids, "-5")["code"] == "0"
    assert sellable(shop, "adjust", ids, "-31")["detail"][0]["code"] == "212"
    assert shop.item(ids[0])["skus"][0]["quantity"] == 30


def test_a_timeout_after_the_write(shop: Client) -> None:
    """ServiceTimeout may come though the write was applied: reading tells."""
    ids = shop.on_sale()
    shop.site.trouble.announce("ServiceTimeout", "price_quantity", applied=True)
    assert shop.price(row(ids, Price="99000"))["code"] == "ServiceTimeout"
    assert shop.item(ids[0])["skus"][0]["price"] == 99000.0
